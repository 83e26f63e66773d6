"""Golden statistics of weighted examples: scikit-learn with sample_weight, on tables with and without ties.

    python3 Goldens/Uncertainty/weighted.py        # numpy, scikit-learn

Tables and weights come from a linear congruential generator that the test repeats. null is undefined.
"""

import json
import math
import pathlib
import warnings

import numpy as np
from sklearn import metrics as sk

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent


class Generator:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def table(number):
    random = Generator(number)
    classes, rows = 3 + random.below(3), 12 + random.below(30)
    levels = 4 if number % 2 else 1000003
    y, scores, weights = [], [], []
    for _ in range(rows):
        truth = random.below(classes)
        row = [1 + random.below(levels) for _ in range(classes)]
        row[truth] += levels // 2
        y.append(truth)
        scores.append([value / sum(row) for value in row])
        weights.append(random.below(4))
    return classes, np.array(y), np.array(scores), np.array(weights)


def defined(value):
    return None if value is None or math.isnan(value) else float(value)


def calibration(confidence, hit, weights):
    bins = np.clip(np.ceil(confidence * 15).astype(int) - 1, 0, 14)
    return sum(abs(((confidence - hit) * weights)[bins == b].sum()) for b in range(15)) / weights.sum()


def case(number):
    classes, y, p, w = table(number)
    decided = p.argmax(axis=1)
    labels = range(classes)
    kept = w > 0
    area, precision, pairs = [], [], []
    for k in labels:
        hit = y == k
        both = w[hit].sum() > 0 and w[~hit].sum() > 0
        area.append(sk.roc_auc_score(hit[kept], p[kept, k], sample_weight=w[kept]) if both else None)
        precision.append(sk.average_precision_score(hit, p[:, k], sample_weight=w) if w[hit].sum() else None)
        for j in labels:
            rows = kept & ((y == k) | (y == j))
            two = j != k and w[y == k].sum() > 0 and w[y == j].sum() > 0
            pairs.append(sk.roc_auc_score(y[rows] == k, p[rows, k], sample_weight=w[rows]) if two else None)
    one_hot = np.eye(classes)[y]
    metrics = {
        "accuracy": sk.accuracy_score(y, decided, sample_weight=w),
        "mcc": sk.matthews_corrcoef(y, decided, sample_weight=w),
        "cohen_kappa": sk.cohen_kappa_score(y, decided, labels=labels, sample_weight=w),
        "cohen_kappa_quadratic": sk.cohen_kappa_score(
            y, decided, labels=labels, weights="quadratic", sample_weight=w),
        "f1_weighted": sk.f1_score(y, decided, average="weighted", sample_weight=w, zero_division=np.nan),
        "log_loss": sk.log_loss(y, p, labels=labels, sample_weight=w),
        "brier": np.average(((p - one_hot) ** 2).sum(1), weights=w),
        "ece": calibration(p.max(axis=1), decided == y, w),
        "ece_classwise": np.mean([calibration(p[:, k], one_hot[:, k], w) for k in labels]),
    }
    lists = {
        "roc_auc": [defined(a) if a is not None else None for a in area],
        "average_precision": [defined(a) if a is not None else None for a in precision],
        "roc_auc_pairs": [defined(a) if a is not None else None for a in pairs],
    }
    return {"metrics": metrics, "lists": lists}


(HERE / "weighted.json").write_text(json.dumps([case(number) for number in range(1, 61)], indent=0) + "\n")
