"""Writes mixing.json: first-step losses of the mixing and decoupled methods, by their formulas, in NumPy.

    python3 mixing.py

Methods that paste see each row as a picture of 32 x 32 pixels, one number of the row a channel, of which the network
takes the mean: a rectangle mixes two rows by its area.
"""

import methods
import numpy as np
from methods import BATCH, COUNTS, N, C, balanced, cross_entropy, mixup, plain, step, uniform, weighted, written

SIDE = 32
# A seed of this file's own, of whose draws the methods that mix half of the batches mix this one.
methods.SEED = 12
n = np.array(COUNTS, dtype=np.float64)


def classes(target):
    return target.argmax(1)


def area(lam, source):
    """What a rectangle leaves of a picture, its place drawn."""
    side = int(SIDE * np.sqrt(1 - lam)) // 2
    cx, cy = source.below(SIDE), source.below(SIDE)
    w = min(cx + side, SIDE) - max(cx - side, 0)
    h = min(cy + side, SIDE) - max(cy - side, 0)
    return 1 - w * h / SIDE ** 2


def cutmix(xs, ys, source):
    if source.uniform() >= 0.5:
        return xs[0], ys[0]
    lam = source.beta(1, 1)
    order = source.shuffle(BATCH)
    left = area(lam, source)
    return left * xs[0] + (1 - left) * xs[0][order], left * ys[0] + (1 - left) * ys[0][order]


def labelled(rule):
    def mix(xs, ys, source):
        lam = source.beta(1, 1)
        order = source.shuffle(BATCH)
        own = np.array([rule(n[i], n[j], lam) for i, j in zip(classes(ys[0]), classes(ys[0])[order])])[:, None]
        return lam * xs[0] + (1 - lam) * xs[0][order], own * ys[0] + (1 - own) * ys[0][order]

    return mix


def remix(ni, nj, lam):
    if ni / nj >= 3 and lam < 0.5:
        return 0
    if ni / nj <= 1 / 3 and 1 - lam < 0.5:
        return 1
    return lam


def mamix(ni, nj, lam):
    """As the authors write it, with the weight of the partner."""
    ki, kj = ni ** -0.25, nj ** -0.25
    middle, partner = ki / (ki + kj), 1 - lam
    if partner < middle:
        return -0.5 * partner / middle + 1
    return (partner - 1) * 0.5 / (middle - 1)


def unimix(xs, ys, source):
    draws = np.array([source.beta(0.8, 0.8) for _ in range(BATCH)])
    ni, nj = n[classes(ys[0])], n[classes(ys[1])]
    lam = draws + nj / (ni + nj)
    lam = np.where(lam > 1, lam - 1, lam)[:, None]
    return lam * xs[0] + (1 - lam) * xs[1], lam * ys[0] + (1 - lam) * ys[1]


def adpmix(xs, ys, source):
    """With a shift of half of how unequal the two classes are, as shares of both."""
    lam = source.beta(1, 1)
    ni, nj = n[classes(ys[0])], n[classes(ys[1])]
    own = np.clip(lam + 0.5 * (nj / (ni + nj) - ni / (ni + nj)), 0, 1)[:, None]
    return lam * xs[0] + (1 - lam) * xs[1], own * ys[0] + (1 - own) * ys[1]


def bayias(z, target):
    return cross_entropy(z + np.log(n / n.sum()) - np.log(np.full(C, 1 / C)), target)


def cmo(xs, ys, source):
    if source.uniform() >= 0.5:
        return xs[0], ys[0]
    left = area(source.beta(1, 1), source)
    return left * xs[0] + (1 - left) * xs[1], left * ys[0] + (1 - left) * ys[1]


def glmc(source):
    """Both heads at the beginning of the run, where the second does not count yet; a view's projection is its features."""
    key = methods.Key.seeded(methods.SEED)
    xs, ys = [], []
    for k, sampler in enumerate([uniform, weighted(lambda n, t: n / n.sum())]):
        drawn = sampler(key.fold("sampler").fold(k).source, 0.25)[:BATCH]
        xs.append(methods.x[drawn])
        ys.append(np.eye(C)[methods.labels[drawn]])
    lam = source.beta(1, 1)
    left = area(lam, source)
    target = lam * ys[0] + (1 - lam) * ys[1]
    views = [w * xs[0] + (1 - w) * xs[1] for w in (lam, left)]
    mixture = sum(cross_entropy(v @ methods.network, target) for v in views)
    unit = [v / np.linalg.norm(v, axis=1, keepdims=True) for v in views]
    apart = 2 - 2 * (unit[0] * unit[1]).sum(1)
    return mixture.tolist() + [0.0] * BATCH + (4 * apart).tolist()


rare_partners = weighted(lambda n, t: n ** -0.1 / (n ** -0.1).sum())

METHODS = {
    "cutmix": ([uniform], cutmix),
    "remix": ([uniform], labelled(remix)),
    "mamix": ([uniform], labelled(mamix)),
    "unimix": ([uniform, rare_partners], unimix, bayias),
    "cmo": ([uniform, balanced], cmo),
    # Its two versions are equal here.
    "enmix": ([uniform], mixup(1)),
    "adpmix": ([uniform, balanced], adpmix),
    # The network is linear, so that the layer does not matter.
    "manifold-mixup": ([uniform], mixup(1)),
    # Their first stage; what their edits and second stages do has goldens of its own.
    "mislas": ([uniform], mixup(1)),
    "disalign": ([uniform], plain),
    "weight-balancing": ([uniform], plain),
    "smote-features": ([uniform], plain),
    # Nothing is known to be confused yet.
    "confusion-mixup": ([uniform, balanced], plain),
}

if __name__ == "__main__":
    assert sum(COUNTS) == N
    mix = methods.Key.seeded(methods.SEED).fold("mix").fold(0).fold(0).source
    written("mixing.json", {
        **{name: step(*parts[:2], 0.25, *parts[2:]) for name, parts in METHODS.items()}, "glmc": glmc(mix)})
