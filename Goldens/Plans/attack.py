"""Writes attack.json: projected gradient descent on cross-entropy, step by step, in NumPy.

A linear network; rows with bounds (a unit and limits a feature) and without.

    python3 attack.py
"""

import json

import numpy as np

rng = np.random.default_rng(5)
N, F, C = 6, 4, 3
x = rng.uniform(-1, 1, (N, F))
w = rng.normal(0, 1, (F, C))
y = np.array([0, 1, 2, 0, 2, 1])
noise = rng.uniform(-1, 1, (N, F))
unit, low, high = np.array([2.0, 1.0, 0.5, 4.0]), np.full(F, -0.9), np.full(F, 0.8)


def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def losses(at):
    return -np.log(softmax(at @ w)[np.arange(N), y])


def attack(radius, a, steps, bounded, best):
    u = unit if bounded else np.ones(F)
    lo, hi = x - radius * u, x + radius * u
    if bounded:
        lo, hi = np.maximum(lo, low), np.minimum(hi, high)
    at = np.minimum(np.maximum(x + noise * radius * u, lo), hi)
    places = [x, at]
    for _ in range(steps):
        g = (softmax(at @ w) - np.eye(C)[y]) @ w.T
        at = np.minimum(np.maximum(at + a * np.sign(g) * u, lo), hi)
        places.append(at)
    if not best:
        return at
    table = np.array([losses(p) for p in places])
    # The first of the highest, as a later place must be higher to be taken.
    return np.array(places)[table.argmax(0), np.arange(N)]


cases = [
    {"radius": r, "step": a, "steps": k, "bounded": b, "best": s, "inputs": attack(r, a, k, b, s).flatten().tolist()}
    for r, a, k in ((0.3, 0.1, 2), (0.05, 0.04, 3), (0.2, 0.5, 1), (0.1, 0.1, 0))
    for b in (False, True) for s in (False, True)
]
with open("attack.json", "w") as fp:
    json.dump({"x": x.flatten().tolist(), "network": w.flatten().tolist(), "labels": y.tolist(),
               "noise": noise.flatten().tolist(), "unit": unit.tolist(), "low": low.tolist(),
               "high": high.tolist(), "cases": cases}, fp, indent=1)
    fp.write("\n")
