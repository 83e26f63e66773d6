"""Golden calibrations of single labels: scikit-learn's answers, and SciPy's where it has none.

    python3 Goldens/Targets/label_calibration.py     # numpy, scipy, scikit-learn 1.9.1

Three tables of several labels of which some entries are not known. Each label is two classes by itself, fitted on the rows
that know it and applied to all rows:

* temperature: `LogisticRegression` without intercept and penalty on the log odds, whose coefficient is 1/T;
* isotonic: `CalibratedClassifierCV` of a frozen estimator;
* vector: ln p and -ln(1 - p) with a slope each and an intercept (beta calibration), a ridge towards the model's own
  probability; by SciPy, for no estimator has such a penalty;
* bins: `calibration_curve` with as many rows of a bin as fall there.

The threshold is that of the best F1 of `precision_recall_curve`, of equals the highest. A prevalence is carried over by odds.
"""

import json
import pathlib

import numpy as np
from scipy.optimize import minimize
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV, calibration_curve
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve

HERE = pathlib.Path(__file__).parent
RIDGE, BINS = 1e-3, 15


class Given(ClassifierMixin, BaseEstimator):
    """Says the probability that is its input."""

    def __init__(self):
        self.classes_, self.fitted_ = np.array([0, 1]), True

    def fit(self, x, y):
        return self

    def predict_proba(self, x):
        return np.hstack([1 - x, x])

    def predict(self, x):
        return (x[:, 0] >= 0.5).astype(int)


def logit(p):
    return np.log(p) - np.log1p(-p)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def temperature(p, y, at):
    fit = LogisticRegression(C=np.inf, fit_intercept=False, solver="newton-cholesky", tol=1e-13, max_iter=1000)
    fit.fit(logit(p)[:, None], y)
    return fit.predict_proba(logit(at)[:, None])[:, 1], 1 / float(fit.coef_[0, 0])


def isotonic(p, y, at):
    fit = CalibratedClassifierCV(FrozenEstimator(Given()), method="isotonic", ensemble=False)
    return fit.fit(p[:, None], y).predict_proba(at[:, None])[:, 1]


def vector(p, y, at):
    def columns(p):
        return np.stack([np.log(p), -np.log1p(-p), np.ones_like(p)], 1)

    x, towards, strength = columns(p), np.array([1.0, 1.0, 0.0]), RIDGE * np.array([1.0, 1.0, 0.5])

    def objective(w):
        z = x @ w
        value = np.mean(np.logaddexp(0, z) - y * z) + 0.5 * (strength * (w - towards) ** 2).sum()
        return value, x.T @ (sigmoid(z) - y) / len(y) + strength * (w - towards)

    w = minimize(objective, towards, jac=True, method="BFGS", options={"gtol": 1e-9}).x
    for _ in range(5):
        s = sigmoid(x @ w)
        hessian = x.T @ (x * (s * (1 - s))[:, None]) / len(y) + np.diag(strength)
        w = w - np.linalg.solve(hessian, objective(w)[1])
    assert np.abs(objective(w)[1]).max() < 1e-12
    return sigmoid(columns(at) @ w)


def threshold(p, y):
    precision, recall, at = precision_recall_curve(y, p)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-300)
    f1 = f1[:-1]
    return float(at[np.flatnonzero(f1 > f1.max() - 1e-12)[-1]]), float(f1.max())


def error(p, y):
    rate, mean = calibration_curve(y, p, n_bins=BINS, strategy="uniform")
    place = np.searchsorted(np.linspace(0, 1, BINS + 1)[1:-1], p)
    count = np.bincount(place, minlength=BINS)
    assert len(rate) == (count > 0).sum()
    return float((count[count > 0] * np.abs(rate - mean)).sum() / len(p))


def moved(p, y, target):
    odds = p / (1 - p) * (target / (1 - target)) / (y.mean() / (1 - y.mean()))
    return odds / (1 + odds)


def label(p, truth, target):
    known = truth >= 0
    y = truth[known]
    own = p[known]
    scaled, t = temperature(own, y, p)
    found = {
        "temperature": t,
        "probabilities": {"temperature": scaled, "isotonic": isotonic(own, y, p), "vector": vector(own, y, p)},
        "errors": {"none": error(own, y), "temperature": error(scaled[known], y)},
        "moved": moved(scaled, y, target),
    }
    (found["threshold"], found["f1"]) = threshold(scaled[known], y)
    found["probabilities"] = {name: values.tolist() for name, values in found["probabilities"].items()}
    found["moved"] = found["moved"].tolist()
    return found


def table(seed, rows, shares, sharpness, decimals, target):
    rng = np.random.default_rng(seed)
    shares, sharpness = np.array(shares), np.array(sharpness)
    truth = (rng.random((rows, len(shares))) < shares).astype(int)
    z = rng.normal(size=truth.shape) + 1.5 * truth + logit(shares) / 2
    p = np.clip(np.round(sigmoid(sharpness * z), decimals), 10.0**-decimals, 1 - 10.0**-decimals)
    truth = np.where(rng.random(truth.shape) < 0.15, -1, truth)
    return {
        "truths": truth.tolist(), "scores": p.tolist(), "target": target,
        "labels": [label(p[:, l], truth[:, l], target) for l in range(len(shares))]}


tables = [
    table(1, 90, [0.3, 0.1, 0.5], [2.5, 0.6, 1.0], 6, 0.02),
    # Many equal probabilities.
    table(2, 150, [0.2, 0.4], [1.8, 1.2], 2, 0.3),
    table(3, 60, [0.25, 0.15, 0.35, 0.6], [3.0, 1.0, 0.4, 1.5], 6, 0.05),
]
(HERE / "label_calibration.json").write_text("[\n" + ",\n".join(json.dumps(t) for t in tables) + "\n]\n")
