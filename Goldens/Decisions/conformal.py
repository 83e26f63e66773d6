"""Golden sets by cumulated probability (APS), class by class: crepes' thresholds on scores written out here.

    python3 Goldens/Decisions/conformal.py        # crepes 0.9, numpy

The scores are those of Romano, Sesia and Candes (2020) for given draws u: walk down the sorted probabilities, sum
what stands above, add the part u of what is reached. A class without mass has 1 + u. crepes knows nothing of them:
it takes any nonconformity, and gives the p values of a class-conditional (Mondrian) split conformal classifier.
"""

import json
import pathlib

import numpy as np
from crepes import ConformalClassifier

rng = np.random.default_rng(7)


def score(row, u):
    order = np.argsort(-row, kind="stable")
    found, above = np.empty(len(row)), 0.0
    place = 0
    while place < len(row):
        tied = [k for k in order[place:] if row[k] == row[order[place]]]
        mass = row[tied].sum()
        found[tied] = 1 + u if mass < 2.0**-53 else above + u * mass
        above += mass
        place += len(tied)
    return found


def rows(count, classes):
    truth = rng.integers(classes, size=count)
    logits = rng.normal(size=(count, classes)) + 2.5 * np.eye(classes)[truth]
    p = np.exp(4 * logits)
    p /= p.sum(1, keepdims=True)
    saturated = rng.random(count) < 0.4
    p[saturated] = np.eye(classes)[p[saturated].argmax(1)]
    return truth, np.round(p, 6)


cases = []
for classes, alpha in ((2, 0.1), (3, 0.1), (3, 0.3), (5, 0.2)):
    truth, p = rows(40 * classes, classes)
    fresh_truth, fresh = rows(60, classes)
    u, v = rng.random(len(p)), rng.random(len(fresh))
    scores = np.array([score(a, b) for a, b in zip(p, u)])
    fresh_scores = np.array([score(a, b) for a, b in zip(fresh, v)])
    model = ConformalClassifier()
    model.fit(scores[np.arange(len(p)), truth], bins=truth)
    columns = []
    for k in range(classes):
        # Vovk's sets have p > alpha; crepes' own also take p = alpha, which the promise does not need.
        p_values = model.predict_p(fresh_scores[:, [k]], bins=np.full(len(fresh), k), smoothing=False)
        columns.append(np.asarray(p_values)[:, 0] > alpha + 1e-12)
    inside = np.array(columns).T
    inside[fresh == fresh.max(1, keepdims=True)] = True  # the most probable class is in every set
    cases.append({
        "alpha": alpha, "truth": truth.tolist(), "p": p.tolist(), "u": u.tolist(), "fresh": fresh.tolist(),
        "v": v.tolist(), "sets": [np.flatnonzero(row).tolist() for row in inside]})
    print(classes, alpha, "mean size", inside.sum(1).mean(), "covered",
          inside[np.arange(len(fresh)), fresh_truth].mean())
path = pathlib.Path(__file__).parent / "conformal.json"
path.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
