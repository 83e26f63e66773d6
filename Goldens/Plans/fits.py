#!/usr/bin/env python3
"""fits.json: logistic regressions of scikit-learn to convergence, and nearest neighbours by its classifier.

    python3 Goldens/Plans/fits.py            (numpy, scikit-learn)

Written again here is only what scikit-learn has not: one vote that all classes share, balanced votes.
"""
import json
import pathlib

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler

HERE = pathlib.Path(__file__).resolve().parent
COUNTS = (40, 15, 5)
WIDTH = 6


def rows(seed: int, counts=COUNTS):
    draw = numpy.random.default_rng(seed)
    labels = numpy.repeat(numpy.arange(len(counts)), counts)
    centres = numpy.random.default_rng(1).normal(size=(len(counts), WIDTH))
    scales = numpy.array([1, 10, 0.1, 3, 1, 100.0])
    x = (centres[labels] + draw.normal(size=(len(labels), WIDTH))) * scales + 7 * scales
    return x.astype(numpy.float32).astype(float), labels


def logistic(x, y, c, balanced):
    scaled = StandardScaler().fit_transform(x)
    model = LogisticRegression(
        C=c, class_weight="balanced" if balanced else None, tol=1e-12, max_iter=100_000).fit(scaled, y)
    log_p = numpy.log(model.predict_proba(scaled))[numpy.arange(len(y)), y]
    weights = len(y) / (len(set(y)) * numpy.bincount(y)[y]) if balanced else numpy.ones(len(y))
    objective = -(weights * log_p).sum() / weights.sum() + (model.coef_ ** 2).sum() / (2 * c * weights.sum())
    return {"c": c, "balanced": balanced, "objective": objective,
            "logits": model.decision_function(StandardScaler().fit(x).transform(x[:7])).ravel().tolist()}


def neighbours(x, y, queries, k, temperature, balanced):
    def unit(a):
        return a / numpy.linalg.norm(a, axis=1, keepdims=True)
    # Of vectors of length 1 the squared distance is 2 − 2 cos.
    weight = lambda d: numpy.exp(-(d ** 2) / 2 / temperature)
    model = KNeighborsClassifier(n_neighbors=k, weights=weight, algorithm="brute").fit(unit(x), y)
    shares = model.predict_proba(unit(queries))
    if balanced:
        shares = shares / numpy.bincount(y)
        shares = shares / shares.sum(axis=1, keepdims=True)
    p = (k * shares + 1 / shares.shape[1]) / (k + 1)
    return {"k": k, "temperature": temperature, "balanced": balanced, "logits": numpy.log(p).ravel().tolist()}


x, y = rows(2)
scaler = StandardScaler().fit(x)
# Of directions, so that no two rows are equally near but for rounding.
directions = scaler.transform(x).astype(numpy.float32).astype(float)
queries = scaler.transform(rows(3, (3, 3, 3))[0]).astype(numpy.float32).astype(float)
content = {
    "features": x.ravel().tolist(), "labels": y.tolist(), "width": WIDTH,
    "directions": directions.ravel().tolist(), "queries": queries.ravel().tolist(),
    "logistic": [logistic(x, y, c, b) for c, b in ((0.01, False), (1.0, False), (10.0, True))],
    "neighbours": [neighbours(directions, y, queries, k, t, b)
                   for k, t, b in ((5, 0.07, False), (20, 0.5, False), (7, 0.1, True), (60, 1.0, False))],
}
if __name__ == "__main__":
    (HERE / "fits.json").write_text(json.dumps(content, indent=1) + "\n")
