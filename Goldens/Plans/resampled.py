#!/usr/bin/env python3
"""resampled.json: Tomek links, SMOTE and RUSBoost by imbalanced-learn, on the rows of fits.py.

    python3 Goldens/Plans/resampled.py            (numpy, scikit-learn, imbalanced-learn 0.14)

RUSBoost's members are logistic regressions behind a scaler, as ours are, with the weights of the drawn rows scaled to a
mean of 1, so that C means the same in every member. Which rows it drew is part of the golden.
"""
import json
import pathlib
import warnings

import numpy
from imblearn.combine import SMOTETomek
from imblearn.ensemble import RUSBoostClassifier
from imblearn.over_sampling import SMOTE
from imblearn.under_sampling import TomekLinks
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

from fits import WIDTH, rows

warnings.filterwarnings("ignore")
HERE = pathlib.Path(__file__).resolve().parent


class Member(ClassifierMixin, BaseEstimator):
    def __init__(self, c=0.3):
        self.c = c

    def fit(self, x, y, sample_weight=None):
        self.classes_ = numpy.unique(y)
        self.scaler = StandardScaler().fit(x)
        weight = sample_weight / sample_weight.mean()
        self.model = LogisticRegression(C=self.c, tol=1e-12, max_iter=100_000)
        self.model.fit(self.scaler.transform(x), y, sample_weight=weight)
        return self

    def predict_proba(self, x):
        return self.model.predict_proba(self.scaler.transform(x))

    def predict(self, x):
        return self.classes_[self.predict_proba(x).argmax(axis=1)]


def boosted(x, y, members):
    model = RUSBoostClassifier(Member(), n_estimators=members, algorithm="SAMME.R", random_state=5).fit(x, y)
    logs = [numpy.log(member.predict_proba(x)) for member in model.estimators_]
    answer = numpy.mean([log - log.mean(axis=1, keepdims=True) for log in logs], axis=0)
    return {"drawn": [sampler.sample_indices_.tolist() for sampler in model.samplers_],
            "logits": answer.ravel().tolist(), "c": 0.3}


x, y = rows(2)
overlapping = x / numpy.array([1, 10, 0.1, 3, 1, 100.0])
overlapping = overlapping.astype(numpy.float32).astype(float)
every = TomekLinks(sampling_strategy="all")
every.fit_resample(overlapping, y)
common = TomekLinks(sampling_strategy="not minority")
common.fit_resample(overlapping, y)
smote = SMOTE(random_state=3, k_neighbors=3)
grown, grown_y = smote.fit_resample(overlapping, y)
grown = grown.astype(numpy.float32).astype(float)
cleaned = TomekLinks(sampling_strategy="all")
cleaned.fit_resample(grown, grown_y)
whole = SMOTETomek(random_state=3, smote=smote).fit_resample(overlapping, y)
assert len(whole[1]) == len(cleaned.sample_indices_)
rare = overlapping[y == 2]
nearest = NearestNeighbors(n_neighbors=4, algorithm="brute").fit(rare).kneighbors(rare, return_distance=False)[:, 1:]
draws = {"rows": [0, 3, 4], "columns": [2, 0, 1], "shares": [0.25, 0.0, 0.9]}
made = smote._generate_samples(
    rare, rare, nearest, numpy.array(draws["rows"]), numpy.array(draws["columns"]),
    numpy.array(draws["shares"])[:, None])
content = {
    "features": overlapping.ravel().tolist(), "labels": y.tolist(), "width": WIDTH,
    "keptOfAll": every.sample_indices_.tolist(), "keptOfCommon": common.sample_indices_.tolist(),
    "grown": grown.ravel().tolist(), "grownLabels": grown_y.tolist(),
    "keptOfGrown": cleaned.sample_indices_.tolist(),
    "nearest": nearest.tolist(), "draws": draws, "made": made.ravel().tolist(),
    "boosted": boosted(overlapping, y, 4),
}
assert len(content["keptOfAll"]) < len(content["keptOfCommon"]) < len(y), "links of every kind"
(HERE / "resampled.json").write_text(json.dumps(content, indent=1) + "\n")
