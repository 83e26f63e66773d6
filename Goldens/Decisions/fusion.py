#!/usr/bin/env python3
"""fusion.json: log-probabilities and columns of a table under one logistic regression of scikit-learn.

    python3 Goldens/Decisions/fusion.py            (numpy, scikit-learn)

Columns are coded here again: numbers with the mean where they are missing and a mark beside it, words as ones and zeros.
"""
import json
import pathlib

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

HERE = pathlib.Path(__file__).resolve().parent
draw = np.random.default_rng(3)


def rows(count, classes):
    labels = draw.integers(0, classes, size=count)
    z = draw.normal(size=(count, classes))
    z[np.arange(count), labels] += 1
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    age = np.round(40 + 10 * labels + 12 * draw.normal(size=count))
    age = ["" if draw.random() < 0.15 else str(int(a)) for a in age]
    site = [["back", "arm", ""][(label + draw.integers(0, 2)) % 3] for label in labels]
    return p, labels, age, site


def coded(age, site, mean):
    numbers = np.array([[float(a) if a else mean, 0.0 if a else 1.0] for a in age])
    words = np.array([[float(s == w) for w in ("", "arm", "back")] for s in site])
    return numbers, words


def case(name, classes, c, parts):
    p, y, age, site = rows(90, classes)
    tp, ty, tage, tsite = rows(12, classes)
    # A word that the fit has not seen is none of them.
    tsite[0] = "leg"
    mean = float(np.mean([float(a) for a in age if a]))

    def inputs(p, age, site):
        logs = np.log(p)
        numbers, words = coded(age, site, mean)
        found = {"scores": logs - logs.mean(axis=1, keepdims=True), "age": numbers, "site": words}
        return np.concatenate([found[part] for part in parts], axis=1)

    x, tx = inputs(p, age, site), inputs(tp, tage, tsite)
    scaler = StandardScaler().fit(x)
    # Two classes have one row of weights in scikit-learn, and two here.
    model = LogisticRegression(C=2 * c if classes == 2 else c, tol=1e-10, max_iter=100_000)
    model.fit(scaler.transform(x), y)
    return {
        "name": name, "classes": classes, "c": c, "parts": parts,
        "probabilities": p.ravel().tolist(), "labels": y.tolist(), "age": age, "site": site,
        "testProbabilities": tp.ravel().tolist(), "testAge": tage, "testSite": tsite,
        "fused": model.predict_proba(scaler.transform(tx)).ravel().tolist(),
    }


cases = [
    case("three classes", 3, 0.5, ["scores", "age", "site"]),
    case("three classes, strong penalty", 3, 0.01, ["scores", "age", "site"]),
    case("two classes", 2, 0.3, ["scores", "age", "site"]),
    case("without scores", 3, 1.0, ["age", "site"]),
    case("scores and a number", 4, 3.0, ["scores", "age"]),
]
(HERE / "fusion.json").write_text(json.dumps({"cases": cases}) + "\n")
