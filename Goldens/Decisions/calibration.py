"""Golden calibrations: SciPy's and scikit-learn's answers on three small validation tables.

    python3 Goldens/Decisions/calibration.py     # numpy, scipy, scikit-learn 1.9.1

`plain` is over-confident, `ties` has probabilities of two decimals, `absent` a class without examples (its
expected answers follow the rule of OccurringClasses: fit and apply without it, keep its probability).
"""

import json
import pathlib

import numpy as np
from scipy.optimize import brentq, minimize
from scipy.special import log_softmax, softmax
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import log_loss

HERE = pathlib.Path(__file__).parent
FLOOR = 2.0**-126


def table(seed, rows, classes, sharpness, decimals, absent=None):
    rng = np.random.default_rng(seed)
    weights = np.array([0.5, 0.3, 0.15, 0.05][:classes])
    if absent is not None:
        weights[absent] = 0
    truth = rng.choice(classes, rows, p=weights / weights.sum())
    logits = rng.normal(size=(rows, classes)) + 1.2 * np.eye(classes)[truth] + [0.3, 0, -0.2, 0.1][:classes]
    p = np.round(softmax(sharpness * logits, axis=1), decimals)
    p[:, 0] = np.round(1 - p[:, 1:].sum(axis=1), decimals)
    return truth, np.abs(p)


def temperature(truth, p):
    u = np.log(np.maximum(p, FLOOR))

    def slope(beta):
        return np.mean((softmax(beta * u, axis=1) * u).sum(axis=1) - u[np.arange(len(truth)), truth])

    beta = brentq(slope, 0.05, 20, xtol=1e-15, rtol=1e-14)
    return beta, softmax(beta * u, axis=1)


def newton(objective, start):
    """SciPy's BFGS from the start, polished by Newton steps on a numerical Hessian of the gradient."""
    x = minimize(objective, start, jac=True, method="BFGS", options={"gtol": 1e-10, "maxiter": 5000}).x
    for _ in range(4):
        h = 1e-5
        hessian = np.array([(objective(x + h * e)[1] - objective(x - h * e)[1]) / (2 * h) for e in np.eye(len(x))])
        x = x - np.linalg.lstsq(hessian, objective(x)[1], rcond=1e-12)[0]
    assert np.abs(objective(x)[1]).max() < 1e-10, np.abs(objective(x)[1]).max()
    return x


def vector(truth, p, ridge):
    u = np.log(np.maximum(p, FLOOR))
    n, k = u.shape
    onehot = np.eye(k)[truth]

    def objective(x):
        w, b = x[:k], x[k:]
        z = w * u + b
        value = -np.mean((log_softmax(z, axis=1) * onehot).sum(1)) + ridge / k * (((w - 1) ** 2).sum() + (b**2).sum())
        r = (softmax(z, axis=1) - onehot) / n
        return value, np.concatenate([(r * u).sum(0) + 2 * ridge / k * (w - 1), r.sum(0) + 2 * ridge / k * b])

    x = newton(objective, np.concatenate([np.ones(k), np.zeros(k)]))
    return objective(x)[0], softmax(x[:k] * u + x[k:], axis=1)


def dirichlet(truth, p, lam, mu):
    u = np.log(np.maximum(p, FLOOR))
    n, k = u.shape
    onehot = np.eye(k)[truth]
    strength = np.full((k, k), lam / (k * (k - 1)))
    np.fill_diagonal(strength, 1e-4 * lam / k)

    def objective(x):
        w, b = x[: k * k].reshape(k, k), x[k * k :]
        z = u @ w.T + b
        value = -np.mean((log_softmax(z, axis=1) * onehot).sum(1))
        value += (strength * (w - np.eye(k)) ** 2).sum() + mu / k * (b**2).sum()
        r = (softmax(z, axis=1) - onehot) / n
        g = r.T @ u + 2 * strength * (w - np.eye(k))
        return value, np.concatenate([g.ravel(), r.sum(0) + 2 * mu / k * b])

    x = newton(objective, np.concatenate([np.eye(k).ravel(), np.zeros(k)]))
    return objective(x)[0], softmax(u @ x[: k * k].reshape(k, k).T + x[k * k :], axis=1)


def isotonic(truth, p):
    q = np.stack(
        [
            IsotonicRegression(out_of_bounds="clip").fit(p[:, c], truth == c).predict(p[:, c])
            for c in range(p.shape[1])
        ],
        axis=1,
    )
    sums = q.sum(axis=1, keepdims=True)
    return np.where(sums > 0, q / np.where(sums > 0, sums, 1), 1 / p.shape[1])


def completed(p, kept, q):
    if len(kept) == p.shape[1]:
        return q
    result = p.copy()
    result[:, kept] = p[:, kept].sum(axis=1, keepdims=True) * q
    return result


def bins(p, answers):
    index = np.clip(np.ceil(p * 15).astype(int) - 1, 0, 14)
    rows = []
    for b in range(15):
        mine = index == b
        rows.append([int(mine.sum()), int(answers[mine].sum()), float(p[mine].mean()) if mine.any() else None])
    error = sum(abs(r[1] - r[0] * (r[2] or 0)) for r in rows) / len(p)
    return rows, error


def case(truth, p):
    kept = [c for c in range(p.shape[1]) if (truth == c).any()]
    place = {c: i for i, c in enumerate(kept)}
    t = np.array([place[c] for c in truth])
    r = p if len(kept) == p.shape[1] else p[:, kept] / p[:, kept].sum(axis=1, keepdims=True)
    beta, scaled = temperature(truth, p)
    vector_value, vector_p = vector(t, r, 1e-3)
    dirichlet_value, dirichlet_p = dirichlet(t, r, 0.02, 0.05)
    top_rows, top_error = bins(p.max(axis=1), p.argmax(axis=1) == truth)
    class_bins = [bins(p[:, c], truth == c) for c in range(p.shape[1])]
    onehot = np.eye(p.shape[1])[truth]
    return {
        "truths": truth.tolist(),
        "classes": p.shape[1],
        "probabilities": p.ravel().tolist(),
        "temperature": 1 / beta,
        "temperatureP": scaled.ravel().tolist(),
        "vectorValue": vector_value,
        "vectorP": completed(p, kept, vector_p).ravel().tolist(),
        "dirichletValue": dirichlet_value,
        "dirichletP": completed(p, kept, dirichlet_p).ravel().tolist(),
        "isotonicP": completed(p, kept, isotonic(t, r)).ravel().tolist(),
        "logLoss": float(log_loss(truth, p / p.sum(axis=1, keepdims=True), labels=range(p.shape[1]))),
        "brier": float(((p - onehot) ** 2).sum(axis=1).mean()),
        "ece": top_error,
        "eceClass": [error if c in kept else None for c, (_, error) in enumerate(class_bins)],
        "topBins": top_rows,
    }


def curves():
    """One-dimensional isotonic fits with ties, constant scores and single points, read between points too."""
    rng = np.random.default_rng(5)
    at = np.linspace(-0.1, 1.1, 25)
    found = []
    for levels, rows in [(3, 12), (5, 40), (1, 6), (1000, 30), (10, 1), (20, 200)]:
        x = np.round(rng.integers(0, levels, rows) / max(levels - 1, 1), 6)
        y = (rng.random(rows) < 0.2 + 0.6 * x).astype(float)
        fit = IsotonicRegression(out_of_bounds="clip").fit(x, y)
        found.append({"x": x.tolist(), "y": y.tolist(), "at": at.tolist(), "values": fit.predict(at).tolist()})
    return found


cases = {
    "plain": case(*table(1, 120, 4, 2.5, 6)),
    "ties": case(*table(2, 100, 3, 1.5, 2)),
    "absent": case(*table(3, 90, 4, 2.0, 6, absent=2)),
}
text = json.dumps({"cases": cases, "curves": curves()}, separators=(",", ":"))
(HERE / "calibration.json").write_text(text + "\n")
