"""Writes experts.json: first steps of the methods with experts, contrasts and pseudo-labels, by their formulas.

    python3 experts.py

Data, samplers and tools are those of methods.py; SciPy gives the functions that NumPy has not.
"""

import itertools

import numpy as np
from scipy.special import gammaln, ive

from methods import (
    BATCH, C, COUNTS, balanced_softmax, branch, branches, cross_entropy, ldam, network, uniform,
    written)

n = np.array(COUNTS, dtype=np.float64)


def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def unit(z):
    return z / np.linalg.norm(z, axis=1, keepdims=True)


def divergence(answer, z):
    """KL of the joint answer from one expert's, row by row; temperatures come in later."""
    p, q = softmax(answer), softmax(z)
    return (p * np.log(p / q)).sum(1)


def ride(xs, ys, t):
    heads = [xs[0] @ branch(e) for e in range(3)]
    answer = sum(heads) / 3
    found = [ldam(z, ys[0]) for z in heads] + [-0.2 * divergence(answer, z) for z in heads]
    return np.concatenate(found).tolist()


def kcl(xs, ys, t):
    """The queue is empty: a row is compared with its own other view and nothing else."""
    return np.zeros(BATCH).tolist()


def bcl(xs, ys, t):
    y = ys[0].argmax(1)
    z, labels = unit(np.concatenate([xs[0]] * 2)), np.concatenate([y, y])
    centres, rows = unit(network.T), []
    for i in range(len(labels)):
        own, total = [], 0
        for c in range(C):
            members = [z[a] for a in range(len(labels)) if labels[a] == c and a != i]
            scores = np.array([z[i] @ v / 0.1 for v in members + [centres[c]]])
            total += np.exp(scores).mean()
            if c == labels[i]:
                own = scores
        rows.append(np.log(total) - own.mean())
    return np.concatenate([balanced_softmax(xs[0] @ network, ys[0]), 0.35 * np.array(rows)]).tolist()


def tlc(xs, ys, t, eta=0.2, tau=0.54):
    """Rows that do not engage an expert are 0; the conflict is a sum over all pairs of different classes."""
    heads = [xs[0] @ branch(e) for e in range(4)]
    weights, before = [np.ones(BATCH)], None
    for z in heads:
        s = (np.exp(z) + 1).sum(1)
        b, u, k = np.exp(z) / s[:, None], C / s, np.zeros(BATCH)
        if before is not None:
            k = sum(before[:, p] * b[:, q] for p in range(C) for q in range(C) if p != q)
        weights.append(weights[-1] * u / (1 - k))
        before = b
    w = np.stack(weights[:-1], 1)
    shares = np.exp(w / eta) / np.exp(w / eta).sum(1, keepdims=True)
    answer = sum(shares[:, e:e + 1] * z for e, z in enumerate(heads))
    engaged = [w[:, e] / w[:, e].max() > tau for e in range(4)]
    found = [m * ldam(z, ys[0]) for m, z in zip(engaged, heads)]
    found += [-0.01 * m * divergence(answer, z) for m, z in zip(engaged, heads)]
    return np.concatenate(found).tolist()


def paco(xs, ys, t, alpha=0.01, tau=0.05):
    """The queue is empty; the other view is the same."""
    y, q = ys[0].argmax(1), unit(xs[0])
    z, rows = xs[0] @ network + np.log(n / n.sum()), []
    for i in range(BATCH):
        scores, weights = list(z[i]), list(ys[0][i])
        for a in [a for a in range(BATCH) if a != i] + list(range(BATCH)):
            scores.append(q[i] @ q[a] / tau)
            weights.append(alpha * (y[a] == y[i]))
        log = np.array(scores) - np.logaddexp.reduce(scores)
        rows.append(-(np.array(weights) * log).sum() / sum(weights))
    return rows


def tsc(xs, ys, t, tau=0.07, weight=0.2):
    """The queue is empty; three classes have the corners of a triangle for targets."""
    y, q = ys[0].argmax(1), unit(xs[0])
    corners = np.zeros((3, q.shape[1]))
    corners[:, :2] = [[1, 0], [-0.5, np.sqrt(0.75)], [-0.5, -np.sqrt(0.75)]]
    centres = np.array([q[y == c].sum(0) if (y == c).any() else np.zeros(q.shape[1]) for c in range(C)])
    lengths = np.linalg.norm(centres, axis=1, keepdims=True)
    centres = centres / np.maximum(lengths, 1e-12)
    best = max(itertools.permutations(range(C)), key=lambda p: sum(centres[c] @ corners[p[c]] for c in range(C)))
    rows = []
    for i in range(BATCH):
        scores = np.concatenate([[1 / tau], corners @ q[i] / tau])
        log = scores - np.logaddexp.reduce(scores)
        rows.append(-(log[0] + weight * log[1 + best[y[i]]]) / 2)
    return rows


def log_bessel(order, k):
    """ln(k^-order I_order(k)), by SciPy."""
    if k == 0:
        return -order * np.log(2) - gammaln(order + 1)
    return np.log(ive(order, k)) + k - order * np.log(k)


def proco(xs, ys, t, tau=0.1, p=128):
    """The first step: the estimates are those of the batch, and a class that it has not is everywhere."""
    y, q = ys[0].argmax(1), unit(xs[0])
    scores = np.zeros((BATCH, C))
    for c in range(C):
        mean = q[y == c].mean(0) if (y == c).any() else np.zeros(q.shape[1])
        r = min(np.linalg.norm(mean), 1.0)
        kappa = min(r * (p - r * r) / max(1 - r * r, 1e-12), 1e5)
        centre = kappa * mean / r if r > 0 else mean
        for i in range(BATCH):
            moved = np.linalg.norm(centre + q[i] / tau)
            scores[i, c] = log_bessel(p / 2 - 1, moved) - log_bessel(p / 2 - 1, kappa)
    return np.concatenate([
        balanced_softmax(xs[0] @ network, ys[0]), balanced_softmax(scores, ys[0])]).tolist()


def debiaspl(xs, ys, t, strength=0.5, decay=0.999):
    """The unlabelled rows are the labelled ones; before the first step nothing was said."""
    z = xs[0] @ network
    said = np.full(C, 1 / C)
    p = softmax(z - strength * np.log(said))
    said = decay * said + (1 - decay) * softmax(z).mean(0)
    sure = p.max(1) >= 0.95
    return np.concatenate([
        cross_entropy(z, ys[0]),
        sure * cross_entropy(z + strength * np.log(said), np.eye(C)[p.argmax(1)])]).tolist()


METHODS = {
    "ride": ride, "kcl": kcl, "bcl": bcl, "tlc": tlc, "paco": paco, "tsc": tsc, "proco": proco,
    "debiaspl": debiaspl,
}

if __name__ == "__main__":
    written("experts.json", {
        name: branches([uniform], objective, 0.25) for name, objective in METHODS.items()})
