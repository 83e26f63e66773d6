"""Golden studies of folds that join views in different ways, and scikit-learn's mean average precision of them together.

    python3 Goldens/Targets/mixed_studies.py        # numpy, scikit-learn

A fold joins the views of its studies by mean, maximum or noisy-or; views without a study stand alone. A study has a label where a
view has it, and is unknown where none has it and one is unknown. No two studies of a label are within 1e-9 of each other.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

HERE = Path(__file__).parent
WAYS = ["mean", "max", "noisy-or"]


def join(way, p):
    if way == "mean":
        return np.average(p, axis=0)
    return np.amax(p, axis=0) if way == "max" else -np.expm1(np.log1p(-p).sum(axis=0))


def table(rng, folds):
    ways = [WAYS[int(w)] for w in rng.permutation(np.arange(folds) % 3)]
    rows = []
    for study in range(int(rng.integers(9, 25))):
        for view in range(int(rng.integers(1, 5))):
            rows.append((f"s{study}", study % folds, f"{study}-{view}"))
    rows += [("", int(rng.integers(folds)), f"alone{n}") for n in range(3)]
    rows = [rows[i] for i in rng.permutation(len(rows))]
    truth = np.where(rng.random((len(rows), 2)) < 0.1, -1, rng.random((len(rows), 2)) < 0.25).astype(int)
    score = np.round(np.clip(rng.beta(1, 2, truth.shape) + 0.2 * (truth == 1), 0.001, 0.999), 6)
    return ways, rows, truth, score


def joined(ways, rows, truth, score):
    members = {}
    for i, (study, fold, path) in enumerate(rows):
        members.setdefault((fold, study or path), []).append(i)
    # Folds in their order, within one the order of first views.
    keys = sorted(members, key=lambda key: (key[0], members[key][0]))
    names = [name for _, name in keys]
    p = np.array([join(ways[fold], score[members[fold, name]]) for fold, name in keys])
    t = np.array([[1 if 1 in c else -1 if -1 in c else 0 for c in truth[members[key]].T.tolist()] for key in keys])
    return names, [fold + 1 for fold, _ in keys], t, p


def main():
    rng, out = np.random.default_rng(29), []
    while len(out) < 12:
        ways, rows, truth, score = table(rng, 3 + len(out) % 3)
        names, folds, t, p = joined(ways, rows, truth, score)
        if (np.diff(np.sort(p, 0), axis=0) < 1e-9).any() or not (t == 1).any(0).all():
            continue
        ap = [average_precision_score(t[t[:, l] >= 0, l], p[t[:, l] >= 0, l]) for l in range(2)]
        out.append({
            "ways": ways, "studies": [r[0] for r in rows], "folds": [r[1] + 1 for r in rows], "paths": [r[2] for r in rows],
            "truths": truth.tolist(), "scores": score.tolist(), "names": names, "joinedFolds": folds,
            "joinedTruths": t.tolist(), "joined": p.tolist(), "averagePrecision": float(np.mean(ap))})
    (HERE / "mixed_studies.json").write_text("[\n" + ",\n".join(json.dumps(t) for t in out) + "\n]\n")


main()
