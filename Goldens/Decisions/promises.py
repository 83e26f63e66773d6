"""Golden promises. Sets by probability, class by class: those of MAPIE's split conformal classifier that saw the images of
the class alone; with groups, each of which counts once, by their definition. Promised risks: the upper limits of
Clopper and Pearson, from scipy, at ten fixed coverages.

    python3 Goldens/Decisions/promises.py        # MAPIE 1.6, numpy, scipy, scikit-learn
"""

import json
import pathlib

import numpy as np
from mapie.classification import SplitConformalClassifier
from scipy.stats import beta
from sklearn.base import BaseEstimator, ClassifierMixin

rng = np.random.default_rng(13)


class Said(ClassifierMixin, BaseEstimator):
    """A model whose answers are its inputs."""

    def __init__(self, classes=2):
        self.classes = classes

    def fit(self, x, y):
        self.classes_, self.n_features_in_, self.fitted_ = np.arange(self.classes), self.classes, True
        return self

    def predict_proba(self, x):
        return np.asarray(x)

    def predict(self, x):
        return np.asarray(x).argmax(1)

    def __sklearn_is_fitted__(self):
        return True


def rows(count, classes):
    truth = rng.integers(classes, size=count)
    logits = rng.normal(size=(count, classes)) + 1.5 * np.eye(classes)[truth]
    p = np.exp(logits)
    return truth, p / p.sum(1, keepdims=True)


def by_mapie(truth, p, fresh, alpha):
    classes = p.shape[1]
    inside = np.zeros((len(fresh), classes), dtype=bool)
    for k in range(classes):
        own = truth == k
        model = SplitConformalClassifier(
            Said(classes).fit(None, None), confidence_level=1 - alpha, conformity_score="lac", prefit=True)
        model.conformalize(p[own], truth[own])
        inside[:, k] = model.predict_set(fresh)[1][:, k, 0]
    return inside


def by_groups(truth, p, groups, fresh, alpha):
    inside = np.zeros((len(fresh), p.shape[1]), dtype=bool)
    for k in range(p.shape[1]):
        own = truth == k
        scores, names = 1 - p[own, k], groups[own]
        weights = np.array([1 / (names == name).sum() for name in names])
        order = np.argsort(scores, kind="stable")
        total = np.cumsum(weights[order])
        reached = np.flatnonzero(total >= (len(set(names)) + 1) * (1 - alpha) - 1e-9)
        inside[:, k] = 1 - fresh[:, k] <= scores[order][reached[0]] if len(reached) else True
    return inside


def listed(inside):
    return [np.flatnonzero(row).tolist() for row in inside]


def risk(confidence, right, most, level):
    """The threshold of the largest of ten coverages whose limit is low enough, and the limit."""
    for part in range(10, 0, -1):
        places = sorted(set(confidence), reverse=True)
        least = next(t for t in places if (confidence >= t).mean() >= part / 10 - 1e-12)
        answered = right[confidence >= least]
        k, n = int(answered.sum()), len(answered)
        limit = 1 - (beta.ppf((1 - level) / 10, k, n - k + 1) if k else 0)
        if limit <= most:
            return least, limit
    return None


sets, risks = [], []
for classes, alpha in ((2, 0.1), (3, 0.2), (5, 0.1)):
    truth, p = rows(45 * classes, classes)
    fresh = rows(50, classes)[1]
    groups = rng.integers(20, size=len(truth)) ** 2 // 20
    sets.append({
        "alpha": alpha, "truth": truth.tolist(), "p": p.tolist(), "fresh": fresh.tolist(),
        "sets": listed(by_mapie(truth, p, fresh, alpha)), "groups": [f"g{group}" for group in groups],
        "grouped": listed(by_groups(truth, p, groups, fresh, alpha))})
for count, most in ((300, 0.25), (300, 0.12), (2000, 0.15), (80, 0.3), (40, 0.01)):
    confidence = np.round(rng.uniform(0.3, 1, count), 2)
    right = rng.uniform(size=count) < 1 - (1 - confidence) ** 1.5
    found = risk(confidence, right, most, 0.95)
    risks.append({
        "most": most, "confidence": confidence.tolist(), "right": right.tolist(),
        "threshold": found and found[0], "limit": found and found[1]})
    print(count, most, found)
print([np.mean([len(s) for s in one["sets"]]) for one in sets], [np.mean([len(s) for s in one["grouped"]]) for one in sets])
path = pathlib.Path(__file__).parent / "promises.json"
path.write_text(json.dumps({"sets": sets, "risks": risks}, separators=(",", ":")) + "\n")
