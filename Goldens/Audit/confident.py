"""Golden numbers of confident learning: thresholds, joints, issues by every rule and scores, by cleanlab.

NumPy's order of equal numbers depends on the processor, so equal numbers are sorted in their order here, as Steelyard does.

Python 3.11, NumPy 2.4, cleanlab 2.9; writes confident.json beside itself.
"""
import json
import pathlib
import warnings

import numpy as np

plain = np.argsort
np.argsort = lambda a, *args, **keywords: plain(a, kind="stable")

from cleanlab import count, rank  # noqa: E402
from cleanlab.filter import find_label_issues  # noqa: E402

warnings.simplefilter("ignore")
RULES = ["prune_by_noise_rate", "prune_by_class", "both", "confident_learning", "predicted_neq_given"]
SCORES = ["self_confidence", "normalized_margin", "confidence_weighted_entropy"]


def world(random, rows, classes, noise, sharpness, digits, unused=(), unseen=(), alone=None, single=False):
    """Probabilities that lean to a true class, and labels some of which are wrong. Nobody is given `unused`,
    nobody is taken for `unseen`, and one row alone is given `alone`."""
    shares = random.dirichlet(np.ones(classes))
    truth = random.choice(classes, rows, p=shares)
    logits = random.normal(size=(rows, classes))
    logits[np.arange(rows), truth] += sharpness
    logits[:, list(unseen)] -= 9
    p = np.exp(logits)
    p = (p / p.sum(1, keepdims=True)).round(digits)
    p[np.arange(rows), p.argmax(1)] += 1 - p.sum(1)
    p = np.clip(p.round(digits), 0, 1)
    given = np.where(random.random(rows) < noise, random.integers(0, classes, rows), truth)
    others = [k for k in range(classes) if k not in unused and k != alone]
    for k in (*unused, *([] if alone is None else [alone])):
        given[given == k] = random.choice(others, (given == k).sum())
    if alone is not None:
        given[0] = alone
    return (p.astype(np.float32) if single else p), given


def golden(name, p, given, least=1):
    joint = count.compute_confident_joint(given, p, calibrate=False)
    wide = p.astype(float)
    return {
        "name": name,
        "classes": p.shape[1],
        "single": p.dtype == np.float32,
        "least": least,
        "p": [float(str(v)) for v in p.ravel()],
        "given": given.tolist(),
        "thresholds": [float(t) for t in count.get_confident_thresholds(given, p)],
        "joint": joint.ravel().tolist(),
        "calibrated": count.calibrate_confident_joint(joint, given).ravel().tolist(),
        "issues": {
            rule: np.flatnonzero(
                find_label_issues(given, p, filter_by=rule, min_examples_per_class=least, n_jobs=1)).tolist()
            for rule in RULES
        },
        "scores": {s: [float(v) for v in rank.get_label_quality_scores(given, wide, method=s)] for s in SCORES},
    }


random = np.random.default_rng(14)
cases = []
for turn in range(12):
    rows, classes = int(random.integers(30, 220)), int(random.integers(2, 9))
    cases.append(golden(f"random {turn}", *world(
        random, rows, classes, float(random.uniform(0, 0.5)), float(random.uniform(0, 4)), int(random.integers(2, 7)))))
cases.append(golden("nobody given", *world(random, 150, 6, 0.2, 2.5, 4, unused=(1, 4))))
cases.append(golden("nobody taken for", *world(random, 150, 6, 0.2, 2.5, 4, unseen=(0, 3))))
cases.append(golden("neither", *world(random, 120, 7, 0.3, 2, 4, unused=(2,), unseen=(2, 5))))
cases.append(golden("one alone", *world(random, 90, 4, 0.3, 2, 4, alone=3)))
cases.append(golden("many classes", *world(random, 400, 40, 0.3, 3, 4)))
cases.append(golden("single precision", *world(random, 300, 5, 0.25, 2, 5, single=True)))
cases.append(golden("single precision, nobody given", *world(random, 200, 5, 0.25, 2, 5, unused=(2,), single=True)))
cases.append(golden("ten kept", *world(random, 150, 6, 0.5, 1.5, 4), least=10))
cases.append(golden("labels at random", *world(random, 200, 4, 1.0, 3, 4)))
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
