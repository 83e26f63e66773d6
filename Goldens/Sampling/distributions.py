"""Writes distributions.json: P(class) of each sampling rule, from its per-example weights.

The weights are built per example and summed by class with NumPy, as a weighted random sampler
would use them, instead of from the closed forms in the package.

    python3 distributions.py
"""

import json

import numpy as np

COUNTS = {
    "eyepacs": [23229, 2198, 4763, 786, 637],
    "two": [90, 10],
    "single example": [500, 37, 1],
    "balanced": [5, 5, 5, 5],
    "one class": [3],
}


def by_class(labels, weights):
    weights = weights / weights.sum()
    return [float(weights[labels == c].sum()) for c in range(labels.max() + 1)]


def rules(counts):
    n = np.array(counts, dtype=np.float64)
    labels = np.repeat(np.arange(len(n)), counts)
    total, classes = n.sum(), len(n)
    out = {"uniform": by_class(labels, np.ones(len(labels)))}
    for q in (0.0, 0.125, 0.5, 1.0, 1.5):
        out[f"power {q}"] = by_class(labels, 1 / n[labels] ** q)
    for beta in (0.0, 0.9, 0.9999):
        out[f"effective {beta}"] = by_class(labels, (1 / ((1 - beta**n) / (1 - beta)))[labels])
    for t in (0.0001, 0.05, 1.0):
        out[f"repeat {t}"] = by_class(labels, np.maximum(1, np.sqrt(t / (n / total)))[labels])
    for epoch in range(4):
        t = epoch / 3
        weights = (1 - t) * classes + t * total / n
        out[f"progressive {epoch}"] = by_class(labels, weights[labels])
    return out


with open("distributions.json", "w") as fp:
    json.dump([{"name": k, "counts": c, "rules": rules(c)} for k, c in COUNTS.items()], fp, indent=1)
    fp.write("\n")
