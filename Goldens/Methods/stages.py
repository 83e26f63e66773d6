"""Writes stages.json: first steps of the second stages of methods, in NumPy; see methods.py. Keys are NAME/2.

What the edits before and after a stage do is in ../Plans/edits.py and ../Plans/decoupled.py.

    python3 stages.py
"""

import numpy as np

from losses import by_effective_number, n, one, smoothed, softmax, weights
from methods import BATCH, C, Key, SEED, balanced, cross_entropy, labels, uniform, weighted, written, x


def by_power(z, target):
    """DisAlign: each row over its class's size to the power 1.2, all weights together C."""
    return (target @ weights(n**-1.2)) * cross_entropy(z, target)


def by_number(z, target):
    """Weight balancing: the effective number, beta .9999."""
    return (target @ weights((1 - 0.9999) / (1 - 0.9999**n))) * cross_entropy(z, target)


def influence(z, target):
    """Over how much a row pulls, alpha 1000; the rows are those that a sampler without weights draws."""
    h = x[uniform(Key.seeded(SEED).fold("sampler").fold(0).source, 0.25)[:BATCH]]
    pull = np.abs(softmax(z) - target).sum(1) * np.abs(h).sum(1)
    return (target @ weights(1 / n)) * 1000 * cross_entropy(z, target) / (pull + 1e-3)


even = one(balanced)
STAGES = {
    **{name: even for name in ("crt", "lws", "drs", "supcon", "sbcl", "kcl", "tsc")},
    "mislas": one(balanced, smoothed),
    "gcl": one(weighted(by_effective_number)),
    "disalign": one(uniform, by_power),
    "weight-balancing": one(uniform, by_number),
    "ib": one(uniform, influence),
    "two-phase": one(uniform),
}

if __name__ == "__main__":
    assert len(labels) == n.sum() and len(n) == C
    written("stages.json", {f"{name}/2": values for name, values in STAGES.items()})
