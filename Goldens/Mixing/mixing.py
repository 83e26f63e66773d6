"""Writes mixing.json: MixUp and Balanced-MixUp of small batches, by the formulas, in NumPy.

    python3 mixing.py
"""

import json

import numpy as np

rng = np.random.default_rng(1)
N, C, SHAPE = 4, 3, (4, 3, 2, 2)


def onehot(labels):
    return np.eye(C)[labels]


a, b = rng.normal(size=SHAPE), rng.normal(size=SHAPE)
ya, yb = np.array([0, 0, 1, 2]), np.array([2, 1, 0, 2])
partner = np.array([2, 0, 3, 1])
cases = []
for lam in (0.0, 0.2, 0.5, 0.8, 1.0):
    cases.append({
        "lambda": lam,
        "mixup": (lam * a + (1 - lam) * a[partner]).flatten().tolist(),
        "mixupTarget": (lam * onehot(ya) + (1 - lam) * onehot(ya)[partner]).flatten().tolist(),
        "balanced": ((1 - lam) * a + lam * b).flatten().tolist(),
        "balancedTarget": ((1 - lam) * onehot(ya) + lam * onehot(yb)).flatten().tolist(),
    })

with open("mixing.json", "w") as fp:
    json.dump({"shape": SHAPE, "classes": C, "a": a.flatten().tolist(), "b": b.flatten().tolist(),
               "ya": ya.tolist(), "yb": yb.tolist(), "partner": partner.tolist(),
               "cases": cases}, fp, indent=1)
    fp.write("\n")
