"""Writes losses.json: first steps of the methods of losses, weights and samplers, in NumPy; see methods.py.

    python3 losses.py
"""

import math

import numpy as np

from methods import (
    BATCH, C, COUNTS, N, SEED, Key, branches, cross_entropy, labels, log_sigmoid, network, plain, step,
    uniform, weighted, written)

n = np.array(COUNTS, dtype=np.float64)
prior = n / n.sum()


def members(c):
    return [i for i in range(N) if labels[i] == c]


def over_sampled(source, t):
    """Whole copies, then what is missing to the commonest, class by class; N of them."""
    rows = []
    for c in range(C):
        own = members(c)
        copies, rest = divmod(max(COUNTS), len(own))
        rows += own * copies
        if rest:
            rows += [own[k] for k in source.shuffle(len(own))[:rest]]
    return [rows[k] for k in source.shuffle(len(rows))[:N]]


def under_sampled(source, t):
    """The same rows in every epoch, gone through again and again."""
    fixed = Key.seeded(0).fold("under-sampling").source
    kept = []
    for c in range(C):
        own = members(c)
        kept += [own[k] for k in fixed.shuffle(len(own))[:min(COUNTS)]]
    order = []
    while len(order) < N:
        order += [kept[k] for k in source.shuffle(len(kept))]
    return order[:N]


def repeated(threshold):
    def draw(source, t):
        r = np.maximum(1, np.sqrt(threshold / prior))
        rows = []
        for i in range(N):
            whole = math.floor(r[labels[i]])
            rows += [i] * (whole + (1 if source.uniform() < r[labels[i]] - whole else 0))
        return [rows[k] for k in source.shuffle(len(rows))[:N]]

    return draw


def in_turn(each):
    def draw(source, t):
        waiting, order = [[] for _ in range(C)], []
        while len(order) < N:
            for c in source.shuffle(C):
                for _ in range(each):
                    if not waiting[c]:
                        waiting[c] = [members(c)[k] for k in source.shuffle(COUNTS[c])]
                    order.append(waiting[c].pop())
        return order[:N]

    return draw


def by_effective_number(n, t, beta=0.9999):
    w = n * (1 - beta) / (1 - beta**n)
    return w / w.sum()


def weights(w):
    return C * w / w.sum()


def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def inverse(z, target):
    return (target @ weights(1 / n)) * cross_entropy(z, target)


def focal(z, target):
    return (1 - (target * softmax(z)).sum(1)) ** 2 * cross_entropy(z, target)


def class_balanced_focal(z, target):
    """One against the rest, gamma 0.5; the last layer's first bias is an edit and not seen here."""
    pt = np.where(target > 0, 1 / (1 + np.exp(-z)), 1 / (1 + np.exp(z)))
    rows = ((1 - pt) ** 0.5 * -(target * log_sigmoid(z) + (1 - target) * log_sigmoid(-z))).sum(1)
    return (target @ weights((1 - 0.9999) / (1 - 0.9999**n))) * rows


def ldam(z, target):
    return cross_entropy(z - 30 * target * 0.5 * (n.min() / n) ** 0.25, target)


def adjusted(z, target):
    return cross_entropy(z + np.log(prior), target)


def vs(z, target):
    return cross_entropy(z * (n / n.max()) ** 0.3 + np.log(prior), target)


def cdt(z, target):
    return cross_entropy(z / (n.max() / n) ** 0.2, target)


def gcl(z, target):
    source = Key.seeded(SEED).fold("logit-noise").fold(0).fold(0).source
    draws = np.array([[source.normal() / 3 for _ in range(C)] for _ in range(BATCH)])
    rarity = np.log(n.max() / n) / np.log(n.max() / n.min())
    return cross_entropy(z - 30 * np.minimum(np.abs(draws), 1) * rarity, target)


def smoothed(z, target):
    eps = 0.1 + 0.3 * np.sin(np.pi / 2 * (n - n.min()) / (n.max() - n.min()))
    e = (target @ eps)[:, None]
    return cross_entropy(z, target * (1 - e) + e / C)


def lade(xs, ys, t):
    """Row by row: its own part in the first means, and an equal part of the rest."""
    z, target = xs[0] @ network, ys[0]
    mass = target.sum(0)
    spread = z - np.log(prior * C)
    second = np.log(np.exp(spread).sum(0)) - math.log(BATCH)
    rest = (prior * (second + 0.1 * second**2)).sum()
    pull = np.divide(BATCH * prior, mass, out=np.zeros(C), where=mass > 0)
    rows = rest - (target * z * pull).sum(1)
    return np.concatenate([adjusted(z, target), 0.1 * rows]).tolist()


def one(sampler, loss=cross_entropy):
    return step([sampler], plain, 0.25, loss)


LOSSES = {
    "weighted-ce": one(uniform, inverse),
    "focal": one(uniform, focal),
    "cb-focal": one(uniform, class_balanced_focal),
    "ldam": one(uniform, ldam),
    "logit-adjustment": one(uniform, adjusted),
    "vs": one(uniform, vs),
    "cdt": one(uniform, cdt),
    # What they do comes after training.
    "logit-adjustment-posthoc": one(uniform),
    "thresholding": one(uniform),
    "lade": branches([uniform], lade, 0.25),
    "gcl": one(uniform, gcl),
    # No class of these is rarer than 1 in 200.
    "equalization": one(uniform),
    # Its second part comes in later.
    "ib": one(uniform),
    "label-aware-smoothing": one(uniform, smoothed),
    "over-sampling": one(over_sampled),
    "under-sampling": one(under_sampled),
    "effective-number-sampling": one(weighted(by_effective_number)),
    # No class of these is rarer than 1 in 1000.
    "repeat-factor": one(repeated(0.001)),
    "class-aware": one(in_turn(1)),
    "two-phase": one(over_sampled),
}

if __name__ == "__main__":
    written("losses.json", LOSSES)
