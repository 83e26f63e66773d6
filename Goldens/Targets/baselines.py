"""Golden metrics of answers that look at no example: each label's share for a probability, no label, and every label.

    python3 Goldens/Targets/baselines.py        # scikit-learn

Shares and constants are those of scikit-learn's DummyClassifier, fitted to the known entries of each label; its probabilities and
the answers from 1/2 on are judged by scikit-learn. 1, 0, and -1 where not known; a value that cannot be defined is null.
"""

import json
import warnings
from pathlib import Path

import numpy as np
from sklearn import metrics as sk
from sklearn.dummy import DummyClassifier

warnings.simplefilter("ignore")
HERE = Path(__file__).parent


def clean(value):
    return None if value is None or not np.isfinite(value) else float(value)


def probabilities(kind, y):
    """Probability that a label is there, of each of its known entries."""
    x = np.zeros((len(y), 1))
    if kind != "prior":
        return np.full(len(y), 1.0 if kind == "all" else 0.0)
    dummy = DummyClassifier(strategy="prior").fit(x, y)
    found = dummy.predict_proba(x)
    return found[:, list(dummy.classes_).index(1)] if 1 in dummy.classes_ else np.zeros(len(y))


def values(kind, truth):
    precision, area, f1, pre, rec = [], [], [], [], []
    said = np.full(truth.shape, -1)
    score = np.full(truth.shape, np.nan)
    for l in range(truth.shape[1]):
        known = truth[:, l] >= 0
        y = truth[known, l]
        if not len(y):
            continue
        p = probabilities(kind, y)
        d = (p >= 0.5).astype(int)
        said[known, l], score[known, l] = d, p
        precision.append(sk.average_precision_score(y, p) if y.any() else np.nan)
        area.append(sk.roc_auc_score(y, p) if 0 < y.sum() < len(y) else np.nan)
        f1.append(sk.f1_score(y, d, zero_division=np.nan))
        pre.append(sk.precision_score(y, d, zero_division=np.nan))
        rec.append(sk.recall_score(y, d, zero_division=np.nan))
    known = truth >= 0
    y, d, p = truth[known], said[known], score[known]
    rows = [i for i in range(len(truth)) if known[i].any()]
    found = {
        "average_precision_macro": np.nanmean(precision), "roc_auc_macro": np.nanmean(area),
        "average_precision_micro": sk.average_precision_score(y, p) if y.any() else np.nan,
        "f1_macro": np.nanmean(f1), "f1_micro": sk.f1_score(y, d, zero_division=np.nan),
        "precision_macro": np.nanmean(pre), "recall_macro": np.nanmean(rec),
        "subset_accuracy": np.mean([(truth[i, known[i]] == said[i, known[i]]).all() for i in rows]),
        "hamming_loss": (y != d).mean(),
    }
    return {name: clean(value) for name, value in found.items()}


def main():
    rng = np.random.default_rng(29)
    out = []
    while len(out) < 60:
        rows, width = int(rng.integers(2, 40)), int(rng.integers(1, 6))
        share = rng.choice([0.0, 0.03, 0.2, 0.5, 0.8, 1.0], width)
        truth = (rng.random((rows, width)) < share).astype(int)
        truth[rng.random((rows, width)) < rng.choice([0, 0, 0.3, 0.8])] = -1
        if not (truth >= 0).any():
            continue
        out.append({"truths": truth.tolist()} | {kind: values(kind, truth) for kind in ("prior", "none", "all")})
    (HERE / "baselines.json").write_text("[\n" + ",\n".join(json.dumps(case) for case in out) + "\n]\n")


main()
