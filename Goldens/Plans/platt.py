"""Writes platt.json: Platt's scaling of errors to probabilities, by SciPy's minimiser of its likelihood.

    pip install scipy
    python3 platt.py
"""

import json

import numpy as np
from scipy.optimize import minimize

rng = np.random.default_rng(8)
cases = []
for name, normal, others in [
    ("overlap", rng.normal(0.3, 0.05, 40), rng.normal(0.38, 0.06, 7)),
    ("apart", rng.normal(0.2, 0.01, 9), rng.normal(0.6, 0.01, 3)),
    ("the wrong way round", rng.normal(0.5, 0.1, 12), rng.normal(0.4, 0.1, 12)),
    ("equal", np.full(5, 0.25), np.full(2, 0.25)),
]:
    x = np.concatenate([normal, others])
    targets = np.concatenate([
        np.full(len(normal), 1 / (len(normal) + 2)),
        np.full(len(others), (len(others) + 1) / (len(others) + 2))])
    unit = x.std() if x.std() > 1e-12 else 1.0
    z = (x - x.mean()) / unit

    def loss(w):
        f = w[0] * z + w[1]
        return np.sum(np.logaddexp(0, f) - targets * f)

    fit = minimize(loss, [0.0, 0.0], method="BFGS", options={"gtol": 1e-10}).x
    p = 1 / (1 + np.exp(-(fit[0] * z + fit[1])))
    cases.append({
        "name": name, "errors": x.tolist(), "normals": len(normal), "probabilities": p.tolist()})

with open("platt.json", "w") as fp:
    json.dump(cases, fp, indent=1)
    fp.write("\n")
