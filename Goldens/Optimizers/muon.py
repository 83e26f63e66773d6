"""Writes muon.json: Muon's orthogonalisation and three of its updates, in NumPy's doubles.

    python3 muon.py
"""

import json

import numpy as np

rng = np.random.default_rng(5)


def orthogonalize(g):
    x = g / (np.linalg.norm(g) + 1e-7)
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    for _ in range(5):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return x.T if tall else x


matrices = []
for shape in [(3, 7), (7, 3), (5, 5)]:
    g = rng.normal(0, 2, shape)
    matrices.append({"shape": shape, "values": g.flatten().tolist(),
                     "orthogonalized": orthogonalize(g).flatten().tolist()})

beta, rate, decay = 0.95, 0.02, 0.01
w, b = rng.normal(0, 1, (6, 4)), np.zeros((6, 4))
start, gradients, steps = w.copy(), [], []
for _ in range(3):
    g = rng.normal(0, 1, (6, 4))
    b = beta * b + (1 - beta) * g
    u = orthogonalize((1 - beta) * g + beta * b) * max(1, 6 / 4) ** 0.5
    w = w * (1 - rate * decay) - rate * u
    gradients.append(g.flatten().tolist())
    steps.append(w.flatten().tolist())

with open("muon.json", "w") as fp:
    json.dump({"matrices": matrices, "start": start.flatten().tolist(), "gradients": gradients,
               "steps": steps, "rate": rate}, fp, indent=1)
    fp.write("\n")
