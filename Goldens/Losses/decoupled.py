"""Writes decoupled.json: losses of the mixing and decoupled methods, element by element, by their formulas, in NumPy.

    python3 decoupled.py
"""

import json

import numpy as np

rng = np.random.default_rng(21)
COUNTS = np.array([120, 31, 7, 2], dtype=np.float64)
N, C = 9, len(COUNTS)
z = np.round(rng.normal(0, 2, (N, C)), 4)
y, other = np.array([0, 1, 2, 3, 0, 2, 1, 3, 0]), np.array([3, 3, 0, 1, 0, 1, 2, 2, 2])


def log_softmax(x):
    x = x - x.max(1, keepdims=True)
    return x - np.log(np.exp(x).sum(1, keepdims=True))


def smoothed(head, tail, y):
    """The authors': concave, spread over all classes."""
    eps = tail + (head - tail) * np.sin((COUNTS - COUNTS.min()) * np.pi / (2 * (COUNTS.max() - COUNTS.min())))
    logp = log_softmax(z)
    return (1 - eps[y]) * -logp[np.arange(N), y] + eps[y] * -logp.mean(1)


def bayias(target):
    target = np.array(target) / sum(target)
    return -log_softmax(z + np.log(COUNTS / COUNTS.sum()) - np.log(target))[np.arange(N), y]


weights = 1 / (COUNTS / COUNTS.sum()) ** 1.2
weights = weights / weights.sum() * C
json.dump({
    "counts": COUNTS.astype(int).tolist(), "labels": y.tolist(), "others": other.tolist(), "logits": z.flatten().tolist(),
    "smoothed": smoothed(0.4, 0.1, y).tolist(),
    "smoothedMixture": (0.7 * smoothed(0.4, 0.1, y) + 0.3 * smoothed(0.4, 0.1, other)).tolist(),
    "bayias": bayias([1, 1, 1, 1]).tolist(), "bayiasTarget": bayias([4, 1, 2, 3]).tolist(),
    "reweighted": weights.tolist(),
}, open("decoupled.json", "w"), indent=1)
open("decoupled.json", "a").write("\n")
