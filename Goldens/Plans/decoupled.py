"""Writes decoupled.json: scores calibrated row by row (DisAlign) and weights held to a length (MaxNorm), in NumPy.

    python3 decoupled.py
"""

import json

import numpy as np

rng = np.random.default_rng(31)
N, F, C = 5, 3, 4
f = np.round(rng.normal(size=(N, F)), 3)
W, b = np.round(rng.normal(size=(C, F)), 3), np.round(rng.normal(size=C), 3)
scale, shift = np.round(rng.uniform(0.5, 2, C), 3), np.round(rng.normal(size=C), 3)
v, u = np.round(rng.normal(size=F), 3), 0.25

scores = f @ W.T + b
sigma = 1 / (1 + np.exp(-(f @ v + u)))[:, None]
aligned = sigma * (scale * scores + shift) + (1 - sigma) * scores
first = 1 / (1 + np.exp(-(f @ np.full(F, 0.1))))[:, None]

lengths = np.linalg.norm(W, axis=1)
held = []
for share in (0.0, 0.1, 0.6, 1.0, 2.0):
    limit = lengths.min() + share * (lengths.max() - lengths.min())
    held.append({"share": share, "limit": limit,
                 "weight": (W * np.minimum(1, limit / lengths)[:, None]).flatten().tolist()})

json.dump({
    "features": f.flatten().tolist(), "weight": W.flatten().tolist(), "bias": b.tolist(), "scale": scale.tolist(),
    "shift": shift.tolist(), "confidence": v.tolist(), "confidenceBias": u, "scores": scores.flatten().tolist(),
    "firstConfidence": first.flatten().tolist(), "aligned": aligned.flatten().tolist(), "held": held,
}, open("decoupled.json", "w"), indent=1)
open("decoupled.json", "a").write("\n")
