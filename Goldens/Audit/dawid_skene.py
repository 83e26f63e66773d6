"""Golden numbers of Dawid and Skene's model with a Dirichlet prior: EM in dense arrays, and of a small set the largest posterior
density by a general optimiser, which knows nothing of EM.

Prior: of each class every rater has given 2 ratings beforehand, 0.7 of them right and the others spread evenly; each class has
half a row. EM begins with the shares of votes and ends where no probability moves by more than 1e-6, after 500 rounds at most.

Python 3.11, NumPy 2.4, SciPy 1.17; writes dawid_skene.json beside itself, in three minutes, most of them for the optimiser.
"""
import json
import pathlib

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax, logsumexp


def prior_counts(classes):
    counts = np.full((classes, classes), 2 * 0.3 / (classes - 1))
    np.fill_diagonal(counts, 2 * 0.7)
    return counts


def em(labels, classes):
    seen = np.stack([labels == c for c in range(classes)], axis=2).astype(float)  # [N, M, C]
    votes = seen.sum(1)
    t = votes / votes.sum(1, keepdims=True)
    for turn in range(1, 501):
        p = (t.sum(0) + 0.5) / (len(t) + 0.5 * classes)
        counts = np.einsum("nc,nml->mcl", t, seen) + prior_counts(classes)
        confusion = counts / counts.sum(2, keepdims=True)
        scores = np.log(p) + np.einsum("nml,mcl->nc", seen, np.log(confusion))
        after = np.exp(scores - logsumexp(scores, axis=1, keepdims=True))
        moved = np.abs(after - t).max()
        t = after
        if moved <= 1e-6:
            break
    value = logsumexp(scores, axis=1).sum() + 0.5 * np.log(p).sum() + (prior_counts(classes) * np.log(confusion)).sum()
    return t, p, confusion, turn, value


def density(flat, labels, classes):
    """Minus the logarithm of the posterior density, of free logits."""
    p = log_softmax(flat[:classes])
    confusion = log_softmax(flat[classes:].reshape(labels.shape[1], classes, classes), axis=2)
    total = 0.5 * p.sum() + (prior_counts(classes) * confusion).sum()
    for row in labels:
        scores = p.copy()
        for rater, label in enumerate(row):
            if label >= 0:
                scores = scores + confusion[rater, :, label]
        total += logsumexp(scores)
    return -total


def world(random, rows, classes, raters, share):
    shares = random.dirichlet(np.full(classes, 0.8)) + 0.02
    truth = random.choice(classes, rows, p=shares / shares.sum())
    skill = random.uniform(0.4, 0.95, raters)
    labels = np.where(random.random((rows, raters)) < skill, truth[:, None], random.integers(0, classes, (rows, raters)))
    labels[random.random((rows, raters)) > share] = -1
    for i in np.flatnonzero((labels < 0).all(1)):
        labels[i, random.integers(raters)] = truth[i]
    return labels


random = np.random.default_rng(79)
cases = []
for turn, (rows, classes, raters, share) in enumerate(
        [(60, 2, 3, 1.0), (120, 3, 5, 0.8), (150, 4, 4, 0.6), (100, 6, 8, 0.4), (80, 3, 10, 0.3)]):
    labels = world(random, rows, classes, raters, share)
    t, p, confusion, rounds, value = em(labels, classes)
    peak = None
    if turn < 2:
        start = np.concatenate([np.log(p), np.log(confusion).ravel()])
        start = start + random.normal(size=len(start)) * 0.05
        peak = -float(minimize(density, start, args=(labels, classes), method="L-BFGS-B",
                               options={"maxiter": 2000, "maxfun": 10**6, "ftol": 1e-13}).fun)
        assert abs(peak - value) < 1e-3, (peak, value)
    cases.append({
        "name": f"random {turn}", "classes": classes,
        "labels": [[None if v < 0 else int(v) for v in row] for row in labels.tolist()],
        "posterior": t.ravel().tolist(), "prior": p.tolist(), "confusion": confusion.ravel().tolist(),
        "rounds": rounds, "objective": float(value), "peak": peak,
    })
    print(turn, rounds, value, peak)
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
