"""Golden numbers of several raters beside a model: consensus, quality of labels and of raters, weights, by cleanlab.

Python 3.11, NumPy 2.4, cleanlab 2.9; writes crowdlab.json beside itself.
"""
import json
import pathlib

import numpy as np
from cleanlab.multiannotator import get_label_quality_multiannotator, get_majority_vote_label


def world(random, rows, classes, raters, share, sharpness, alone=False):
    """Labels of raters of different skill, of whom each rates a share of the rows, and probabilities of a model."""
    shares = random.dirichlet(np.full(classes, 0.7)) + 0.02
    truth = random.choice(classes, rows, p=shares / shares.sum())
    logits = random.normal(size=(rows, classes))
    logits[np.arange(rows), truth] += sharpness
    p = np.exp(logits)
    p /= p.sum(1, keepdims=True)
    skill = random.uniform(0.3, 0.95, raters)
    labels = np.full((rows, raters), np.nan)
    for i in range(rows):
        who = np.flatnonzero(random.random(raters) < share)
        if len(who) == 0:
            who = [random.integers(raters)]
        for j in who:
            labels[i, j] = truth[i] if random.random() < skill[j] else random.integers(classes)
    if alone:
        # The last rater shares no row with another.
        labels[:, -1] = np.nan
        for i in range(3):
            labels[i] = np.nan
            labels[i, -1] = random.integers(classes)
    return labels, p


def golden(name, labels, p):
    found = get_label_quality_multiannotator(labels, p, return_weights=True, verbose=False)
    rows, stats = found["label_quality"], found["annotator_stats"].sort_index()
    return {
        "name": name,
        "classes": p.shape[1],
        "labels": [[None if np.isnan(v) else int(v) for v in row] for row in labels],
        "p": p.ravel().tolist(),
        "vote": get_majority_vote_label(labels, p, verbose=False).tolist(),
        "consensus": rows["consensus_label"].tolist(),
        "quality": rows["consensus_quality_score"].tolist(),
        "agreement": rows["annotator_agreement"].tolist(),
        "raters": [None if np.isnan(v) else float(v) for v in stats["annotator_quality"]],
        "model_weight": float(found["model_weight"]),
        "rater_weights": found["annotator_weight"].tolist(),
    }


random = np.random.default_rng(31)
cases = []
for turn, (raters, share) in enumerate([(3, 1.0), (3, 0.6), (4, 0.5), (5, 0.7), (7, 0.3), (10, 0.25)]):
    rows, classes = int(random.integers(60, 160)), int(random.integers(2, 7))
    cases.append(golden(f"random {turn}", *world(
        random, rows, classes, raters, share, float(random.uniform(0.5, 3)))))
cases.append(golden("a model that knows nothing", *world(random, 100, 4, 5, 0.6, 0)))
cases.append(golden("a rater alone", *world(random, 80, 3, 4, 0.7, 2, alone=True)))
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
