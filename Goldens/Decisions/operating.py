"""Golden operating points, abstentions and conformal sets, each by brute force over all thresholds.

    python3 Goldens/Decisions/operating.py     # numpy, scipy, scikit-learn 1.9.1
"""

import json
import pathlib

import numpy as np
from scipy.special import softmax
from scipy.stats import beta
from sklearn.metrics import roc_curve

HERE = pathlib.Path(__file__).parent


def table(seed, rows, classes, decimals):
    rng = np.random.default_rng(seed)
    truth = rng.choice(classes, rows, p=np.array([0.6, 0.3, 0.1])[:classes])
    p = np.round(softmax(rng.normal(size=(rows, classes)) + 1.5 * np.eye(classes)[truth], axis=1), decimals)
    p[:, 0] = np.abs(np.round(1 - p[:, 1:].sum(axis=1), decimals))
    return truth, p


def point(score, positive, kind, level):
    """Threshold among the scores, or None; scikit-learn's curve has every threshold."""
    fpr, tpr, thresholds = roc_curve(positive, score, drop_intermediate=False)
    load = np.array([(score >= t).mean() for t in thresholds])
    usable = np.isfinite(thresholds)
    if kind == "sensitivity":
        good = usable & (tpr >= level - 1e-12)
        return max(thresholds[good])
    good = usable & ((1 - fpr >= level - 1e-12) if kind == "specificity" else (load <= level + 1e-12))
    return min(thresholds[good]) if good.any() else None


def promise(kind, level, positives, negatives):
    n = {"sensitivity": positives, "specificity": negatives, "workload": positives + negatives}[kind]
    k = int(np.ceil((1 - level if kind == "workload" else level) * n - 1e-9))
    low, mean = float(beta.ppf(0.05, k, n - k + 1)), k / (n + 1)
    return [n, 1 - low, 1 - mean] if kind == "workload" else [n, low, mean]


def area(confidence, right):
    """Mean risk over coverages; every order of tied rows is equally likely, so average many orders' errors."""
    order = np.argsort(-confidence, kind="stable")
    confidence, wrong = confidence[order], (~right[order]).astype(float)
    for value in np.unique(confidence):
        wrong[confidence == value] = wrong[confidence == value].mean()
    return float((np.cumsum(wrong) / np.arange(1, len(wrong) + 1)).mean())


def conformal(truth, p, alpha, kind):
    def score(row):
        # Summed from the largest down, so that ties fall as they do for whoever sums in that order.
        return 1 - row if kind == "probability" else np.array([sum(sorted(row[row >= v])[::-1]) for v in row])

    scores = np.array([score(row) for row in p])
    thresholds = []
    for c in range(p.shape[1]):
        mine = scores[truth == c, c]
        level = np.ceil((len(mine) + 1) * (1 - alpha) - 1e-9) / len(mine)
        thresholds.append(float(np.quantile(mine, level, method="inverted_cdf")) if level <= 1 else None)
    inside = np.array([[t is None or v <= t for v, t in zip(row, thresholds)] for row in scores])
    return {
        "alpha": alpha,
        "score": kind,
        "thresholds": thresholds,
        "sizes": inside.sum(axis=1).tolist(),
        "covered": int(inside[np.arange(len(truth)), truth].sum()),
    }


def case(seed, rows, decimals):
    truth, p = table(seed, rows, 3, decimals)
    points = []
    for c in range(3):
        positive = truth == c
        for kind, level in [
            ("sensitivity", 0.5), ("sensitivity", 0.8), ("sensitivity", 0.95), ("sensitivity", 1.0),
            ("specificity", 0.5), ("specificity", 0.9), ("specificity", 0.95), ("specificity", 1.0),
            ("workload", 0.01), ("workload", 0.05), ("workload", 0.2), ("workload", 0.5),
        ]:
            threshold = point(p[:, c], positive, kind, level)
            points.append([c, kind, level, threshold, *promise(kind, level, int(positive.sum()), int((~positive).sum()))])
    decided = p.argmax(axis=1)
    cost = np.array([[0, 1, 2], [3, 0, 1.5], [20, 10, 0]])
    return {
        "truths": truth.tolist(),
        "probabilities": p.ravel().tolist(),
        "points": points,
        "area": area(p.max(axis=1), decided == truth),
        "classAreas": [area(p.max(axis=1)[truth == c], decided[truth == c] == c) for c in range(3)],
        "costs": cost.tolist(),
        "cheapest": (p @ cost).argmin(axis=1).tolist(),
        "meanCost": float(cost[truth, (p @ cost).argmin(axis=1)].mean()),
        "conformal": [conformal(truth, p, a, k) for a in (0.02, 0.1, 0.25) for k in ("probability", "aps")],
    }


text = json.dumps([case(3, 80, 6), case(4, 60, 1), case(5, 150, 2)], allow_nan=False, separators=(",", ":"))
(HERE / "operating.json").write_text(text + "\n")
