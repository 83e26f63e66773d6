"""Writes adjusted.json: losses adjusted by class counts, element by element, by their formulas in NumPy.

    python3 adjusted.py
"""

import json

import numpy as np

rng = np.random.default_rng(11)
COUNTS = np.array([120, 31, 7, 2], dtype=np.float64)
N, C = 9, len(COUNTS)
z = rng.normal(0, 2, (N, C))
y = np.array([0, 1, 2, 3, 0, 2, 1, 3, 0])


def log_softmax(x):
    x = x - x.max(1, keepdims=True)
    return x - np.log(np.exp(x).sum(1, keepdims=True))


def cross_entropy(x):
    return -log_softmax(x)[np.arange(N), y]


def balanced_softmax(tau):
    return cross_entropy(z + tau * np.log(COUNTS / COUNTS.sum()))


def inverse_softmax(lam):
    """The authors': ranks by sorting twice, 1e-9 inside the logarithms. The counts are all different."""
    prior = COUNTS / COUNTS.sum()
    rank = np.argsort(np.argsort(prior))
    inverse = np.sort(prior)[C - 1 - rank]
    return cross_entropy(z + np.log(prior + 1e-9) - lam * np.log(inverse + 1e-9))


def ldam(margin, scale):
    x = z.copy()
    x[np.arange(N), y] -= scale * margin * (COUNTS.min() / COUNTS[y]) ** 0.25
    return cross_entropy(x)


def effective_number(beta):
    w = (1 - beta) / (1 - beta ** COUNTS)
    return w / w.sum() * C


def seesaw(p, q, counts):
    """Values [N], and their gradient [N, C], in which S is a constant: softmax(z + ln S) - onehot."""
    prob = np.exp(log_softmax(z))
    out, slopes = [], []
    for i in range(N):
        s = np.ones(C)
        own = max(prob[i, y[i]], 0.01)
        for c in range(C):
            if c == y[i]:
                continue
            if counts[c] < counts[y[i]]:
                s[c] *= (counts[c] / counts[y[i]]) ** p
            if prob[i, c] > own:
                s[c] *= (prob[i, c] / own) ** q
        e = np.exp(z[i])
        out.append(float(-np.log(e[y[i]] / (s * e).sum())))
        slopes.append(s * e / (s * e).sum() - np.eye(C)[y[i]])
    return np.array(out), np.array(slopes)


seen = 1 + np.bincount(y, minlength=C)
weights = effective_number(0.999)
per_row = ldam(0.5, 3)
seesaws, seesaw_slopes = seesaw(0.8, 2, seen)
json.dump(
    {
        "counts": COUNTS.astype(int).tolist(), "labels": y.tolist(), "logits": z.flatten().tolist(),
        "balancedSoftmax": balanced_softmax(1).tolist(), "halfBalanced": balanced_softmax(0.5).tolist(),
        "inverseSoftmax": inverse_softmax(2).tolist(),
        "ldam": per_row.tolist(), "weights": weights.tolist(),
        "ldamDRW": float((weights[y] * per_row).sum() / weights[y].sum()),
        "seesaw": seesaws.tolist(), "seesawSlopes": seesaw_slopes.flatten().tolist(),
        "seesawCounts": seen.tolist(),
    },
    open("adjusted.json", "w"), indent=1)
open("adjusted.json", "a").write("\n")
