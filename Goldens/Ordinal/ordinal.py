#!/usr/bin/env python3
"""ordinal.json: cumulative logits with proportional odds and with fused differences, by SciPy and statsmodels, in float64.

    pip install numpy scipy statsmodels
    python3 Goldens/Ordinal/ordinal.py

The objectives are written from their formulas. |psi| is split into two halves of at least 0 and minimised with bounds, which is
another way than the one under test. Without a penalty statsmodels says the same.
"""
import json
import pathlib
import warnings

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from statsmodels.miscmodels.ordinal_model import OrderedModel

HERE = pathlib.Path(__file__).resolve().parent
N, D, K = 240, 4, 4
draw = np.random.default_rng(11)
scales = np.array([1, 20, 0.05, 3.0])
x = (draw.normal(size=(N, D)) + np.array([0, 2, -1, 5])) * scales
z = (x - x.mean(0)) / x.std(0)
beta = np.array([[0.8, -0.5, 0, 0.3], [0.8, -0.5, 0.6, 0.3], [0.8, 0.2, 0.6, 0.3]])
logits = np.array([-0.2, 1.2, 2.6]) + z @ beta.T
grades = (draw.uniform(size=N)[:, None] > np.maximum.accumulate(expit(logits), 1)).sum(1)


def probabilities(alpha, b, rows):
    """P(y = k), [N, K], of coefficients [K - 1, D]; not straightened."""
    below = expit(alpha + rows @ b.T)
    ends = np.hstack([np.zeros((len(rows), 1)), below, np.ones((len(rows), 1))])
    return np.diff(ends, axis=1)


def loss(alpha, b):
    p = probabilities(alpha, b, z)[np.arange(N), grades]
    return -np.log(np.maximum(p, 1e-300)).mean() if p.min() > 1e-12 else 1e6 - p.min()


def slopes(alpha, b):
    """Of the mean loss in alpha and in b."""
    u = alpha + z @ b.T
    bend = expit(u) * expit(-u)
    p = probabilities(alpha, b, z)[np.arange(N), grades]
    g = np.zeros((N, K - 1))
    for k in range(K - 1):
        g[:, k] = ((grades == k + 1) * bend[:, k] - (grades == k) * bend[:, k]) / p / N
    return g.sum(0), g.T @ z


def start():
    share = np.cumsum(np.bincount(grades, minlength=K))[:-1] / N
    return np.log(share / (1 - share))


def minimum(function, first, bounds=None):
    options = {"maxiter": 100_000, "maxfun": 1_000_000, "ftol": 1e-16, "gtol": 1e-10}
    point = first
    for _ in range(3):
        point = minimize(function, point, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    return point


def original(alpha, b):
    """The same model of the numbers as they were."""
    b = b / x.std(0)
    return {"thresholds": (alpha - b @ x.mean(0)).tolist(), "coefficients": b.ravel().tolist()}


def proportional(c):
    ridge = 0 if c is None else 1 / (c * N)

    def function(theta):
        alpha, b = theta[:K - 1], theta[K - 1:]
        ga, gb = slopes(alpha, np.tile(b, (K - 1, 1)))
        return loss(alpha, np.tile(b, (K - 1, 1))) + ridge * (b @ b) / 2, np.concatenate([ga, gb.sum(0) + ridge * b])

    theta = minimum(function, np.concatenate([start(), np.zeros(D)]))
    b = np.tile(theta[K - 1:], (K - 1, 1))
    return {"c": c, "objective": function(theta)[0], **original(theta[:K - 1], b)}


def fused(lam, first, squared):
    """psi = up - down, each at least 0, so that |psi| = up + down."""
    size = (K - 1) * D
    price = np.full(size, lam)
    if not first:
        price[:D] = 0

    def parts(theta):
        alpha, up, down = theta[:K - 1], theta[K - 1:K - 1 + size], theta[K - 1 + size:]
        psi = up - down
        return alpha, psi, np.cumsum(psi.reshape(K - 1, D), 0), up + down

    def function(theta):
        alpha, psi, b, absolute = parts(theta)
        ga, gb = slopes(alpha, b)
        g = np.cumsum(gb[::-1], 0)[::-1].ravel()
        if squared:
            extra, gu, gd = (price * psi ** 2).sum() / 2, price * psi, -price * psi
        else:
            extra, gu, gd = (price * absolute).sum(), price, price
        return loss(alpha, b) + extra, np.concatenate([ga, g + gu, -g + gd])

    bounds = [(None, None)] * (K - 1) + [(0, None)] * (2 * size)
    theta = minimum(function, np.concatenate([start(), np.full(2 * size, 0.01)]), bounds)
    alpha, psi, b, _ = parts(theta)
    value = loss(alpha, b) + (price * (psi ** 2 / 2 if squared else np.abs(psi))).sum()
    return {"lambda": lam, "penalisesFirst": first, "isSquared": squared, "objective": value, **original(alpha, b)}


# Its search ends where rounding lets it go no further, and calls that a failure.
warnings.simplefilter("ignore")
fit = OrderedModel(grades, z, distr="logit").fit(method="bfgs", disp=False, maxiter=5000, gtol=1e-10)
cuts = fit.params[D:]
ordered = np.concatenate([[cuts[0]], cuts[0] + np.cumsum(np.exp(cuts[1:]))])
# Its sign of the coefficients is the other: P(y <= k) = F(cut - x b).
stats = {"objective": -fit.llf / N, **original(ordered, np.tile(-fit.params[:D], (K - 1, 1)))}

theta = {"alpha": [-0.5, 1.0, 2.2], "psi": draw.normal(size=(K - 1, D)) * 0.1}
b = np.cumsum(theta["psi"], 0)
gradient = slopes(np.array(theta["alpha"]), b)
assert loss(np.array(theta["alpha"]), b) < 1e5
new = (draw.normal(size=(8, D)) + np.array([0, 2, -1, 5])) * scales
crossing = np.array([[0.5, 0, 0, 0], [1.5, 0, 0, 0], [-1.0, 0, 0, 0.0]])
raw = probabilities(np.array([-1.0, 0, 1.5]), crossing, new)
clipped = np.maximum(raw, 0)

content = {
    "features": x.ravel().tolist(), "width": D, "labels": grades.tolist(), "grades": K,
    "statsmodels": stats,
    "proportional": [proportional(c) for c in (None, 1.0, 0.01)],
    "fused": [fused(lam, first, squared) for lam, first, squared in (
        (0.03, False, False), (0.01, False, False), (0.002, False, False), (0.0, False, False),
        (0.02, True, False), (0.004, True, False), (0.05, False, True), (0.005, True, True))],
    "point": {
        "theta": theta["alpha"] + theta["psi"].ravel().tolist(), "value": loss(np.array(theta["alpha"]), b),
        "thresholdSlopes": gradient[0].tolist(),
        "differenceSlopes": np.cumsum(gradient[1][::-1], 0)[::-1].ravel().tolist(),
    },
    "scaled": z.ravel().tolist(),
    "crossed": {
        "features": new.ravel().tolist(), "thresholds": [-1.0, 0, 1.5], "coefficients": crossing.ravel().tolist(),
        "probabilities": (clipped / clipped.sum(1, keepdims=True)).ravel().tolist(),
        "straightened": int((raw.min(1) < 0).sum()),
    },
}
if __name__ == "__main__":
    (HERE / "ordinal.json").write_text(json.dumps(content, indent=1) + "\n")
    print(np.bincount(grades), [f["objective"] for f in content["proportional"]], stats["objective"])
    print([round(f["objective"], 9) for f in content["fused"]], content["crossed"]["straightened"])
