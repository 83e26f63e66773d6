"""Golden mean average precisions of studies whose views are joined by mean, maximum and noisy-or.

    python3 Goldens/Targets/studies.py        # scikit-learn

Some tables are noise; in others a label is seen in one view of several, or faintly in all of them, so that each of the
three ways is the best of some tables. A study has a label where a view has it, and is unknown where none has it and one is
unknown. No table has two ways within 1e-8 of each other, or two studies of one probability within 1e-9, so that no rounding decides.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

HERE = Path(__file__).parent
JOINS = {
    "mean": lambda p: p.mean(0),
    "max": lambda p: p.max(0),
    "noisy-or": lambda p: 1 - np.prod(1 - p, 0),
}


def table(rng, kind):
    studies, width = int(rng.integers(12, 40)), int(rng.integers(1, 4))
    study, truth, score = [], [], []
    for s in range(studies):
        has = rng.random(width) < 0.35
        views = int(rng.integers(1, 5))
        seen = rng.integers(0, views, width)
        for v in range(views):
            p = rng.uniform(0, 0.6, width)
            if kind == "one view":
                p = np.where(has & (seen == v), rng.uniform(0.4, 1, width), p)
            elif kind == "all views":
                p = np.clip(p + 0.15 * has, 0, 1)
            t = np.where(has, 1, 0)
            t = np.where(rng.random(width) < 0.05, -1, t)
            study.append(f"s{s}")
            truth.append(t)
            score.append(np.round(p, 6))
    return study, np.array(truth), np.array(score)


def values(study, truth, score):
    names = list(dict.fromkeys(study))
    rows = [[i for i, s in enumerate(study) if s == name] for name in names]
    known = np.array([
        np.where((truth[r] == 1).any(0), 1, np.where((truth[r] == -1).any(0), -1, 0)) for r in rows])
    found = {}
    for name, join in JOINS.items():
        joined = np.array([join(score[r]) for r in rows])
        gaps = np.diff(np.sort(joined, 0), axis=0)
        if (gaps < 1e-9).any():
            return {"mean": None}
        each = []
        for l in range(truth.shape[1]):
            k = known[:, l] >= 0
            if (known[k, l] == 1).any():
                each.append(average_precision_score(known[k, l], joined[k, l]))
        found[name] = float(np.mean(each)) if each else None
    return found


def main():
    rng = np.random.default_rng(13)
    out = []
    while len(out) < 30:
        study, truth, score = table(rng, ["noise", "one view", "all views"][len(out) % 3])
        found = values(study, truth, score)
        if None in found.values() or len({round(v, 8) for v in found.values()}) < 3:
            continue
        out.append({
            "studies": study, "truths": truth.tolist(), "scores": score.tolist(), "values": found,
            "best": max(found, key=found.get)})
    print({name: sum(case["best"] == name for case in out) for name in JOINS})
    lines = ",\n".join(json.dumps(case) for case in out)
    (HERE / "studies.json").write_text(f"[\n{lines}\n]\n")


main()
