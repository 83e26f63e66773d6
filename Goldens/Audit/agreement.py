"""Golden numbers of agreement between raters: Krippendorff's alpha by krippendorff, Fleiss' kappa by statsmodels, Cohen's by
scikit-learn. Where rows have unequally many ratings, Fleiss' kappa is that of the formula, by loops over pairs of ratings.

Python 3.11, NumPy 2.4, krippendorff 0.9, statsmodels 0.15, scikit-learn 1.9; writes agreement.json beside itself.
"""
import itertools
import json
import pathlib

import krippendorff
import numpy as np
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa


def world(random, rows, classes, raters, share, skill):
    shares = random.dirichlet(np.full(classes, 0.8))
    truth = random.choice(classes, rows, p=shares)
    labels = np.where(random.random((rows, raters)) < skill, truth[:, None], random.integers(0, classes, (rows, raters)))
    labels = labels.astype(float)
    if share < 1:
        labels[random.random((rows, raters)) > share] = np.nan
        for i in np.flatnonzero(np.isnan(labels).all(1)):
            labels[i, random.integers(raters)] = truth[i]
    return labels


def fleiss(labels, classes):
    """By loops over ordered pairs."""
    own = [[int(v) for v in row if not np.isnan(v)] for row in labels]
    own = [row for row in own if len(row) > 1]
    shares = []
    for row in own:
        pairs = list(itertools.permutations(row, 2))
        shares.append(sum(a == b for a, b in pairs) / len(pairs))
    every = [v for row in own for v in row]
    chance = sum((every.count(c) / len(every)) ** 2 for c in range(classes))
    agree = sum(a == b for row in own for a, b in itertools.permutations(row, 2))
    return (np.mean(shares) - chance) / (1 - chance), agree / sum(len(row) * (len(row) - 1) for row in own)


def golden(name, labels, classes):
    kappa, pairs = fleiss(labels, classes)
    full = not np.isnan(labels).any()
    if full:
        by = fleiss_kappa(aggregate_raters(labels.astype(int), n_cat=classes)[0], method="fleiss")
        assert abs(by - kappa) < 1e-12
        kappa = by
    domain = list(range(classes))
    alphas = {
        level: float(krippendorff.alpha(reliability_data=labels.T, level_of_measurement=level, value_domain=domain))
        for level in ["nominal", "ordinal"]
    }
    cohen = []
    for a, b in itertools.combinations(range(labels.shape[1]), 2):
        both = ~np.isnan(labels[:, a]) & ~np.isnan(labels[:, b])
        if both.sum() >= 20:
            x, y = labels[both, a].astype(int), labels[both, b].astype(int)
            cohen.append({
                "a": a, "b": b, "rows": int(both.sum()), "kappa": float(cohen_kappa_score(x, y, labels=domain)),
                "quadratic": float(cohen_kappa_score(x, y, labels=domain, weights="quadratic")),
            })
    return {
        "name": name, "classes": classes, "full": full,
        "labels": [[None if np.isnan(v) else int(v) for v in row] for row in labels],
        "pairs": float(pairs), "fleiss": float(kappa), "nominal": alphas["nominal"], "ordinal": alphas["ordinal"],
        "cohen": cohen,
    }


random = np.random.default_rng(8)
cases = []
for turn, (raters, share, skill) in enumerate(
        [(3, 1, 0.8), (5, 1, 0.5), (2, 1, 0.6), (4, 0.6, 0.7), (8, 0.4, 0.9), (6, 0.3, 0.3), (3, 0.8, 0.0)]):
    rows, classes = int(random.integers(50, 150)), int(random.integers(2, 7))
    cases.append(golden(f"random {turn}", world(random, rows, classes, raters, share, skill), classes))
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
