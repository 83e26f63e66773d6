"""Writes steps.json: the first three steps of sixteen methods, whole, in NumPy: what is drawn and mixed, what each step loses,
and the weights of a linear network after each update by SGD. The gradients are central differences of the loss.

The data, samplers, mixings and losses are those of ../Methods; an epoch is drawn once, and its steps take 8 rows each.

    python3 steps.py
"""

import json
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Methods"))
import losses  # noqa: E402
import methods  # noqa: E402
import mixing  # noqa: E402
from methods import BATCH, C, COUNTS, FEATURES, SEED, Key, cross_entropy, labels, x  # noqa: E402

STEPS, RATE, MOMENTUM, DECAY, PROGRESS = 3, 0.5, 0.9, 1e-2, 0.25
n = np.array(COUNTS, dtype=np.float64)


def mean(loss):
    """Loss of hard or mixed rows, over how many there are."""
    return lambda seen: lambda z, target: loss(z, target).sum() / len(z)


def weighted(seen):
    """Class-balanced loss: over what the weights come to."""
    w = (1 - 0.9999) / (1 - 0.9999 ** n)
    w = C * w / w.sum()

    def loss(z, target):
        return methods.effective_number(z, target).sum() / (target @ w).sum()

    return loss


def seesaw(seen):
    """Counts of all batches so far, this one too, from 1 on; the factors have no gradient."""
    counts, factors = 1 + seen, []

    def loss(z, target):
        if not factors:
            p = np.exp(z - z.max(1, keepdims=True))
            p /= p.sum(1, keepdims=True)
            for row, y in enumerate(target.argmax(1)):
                own = max(p[row, y], 0.01)
                factors.append([
                    1.0 if c == y else min(1, counts[c] / counts[y]) ** 0.8 * max(1, p[row, c] / own) ** 2
                    for c in range(C)])
        return cross_entropy(z + np.log(np.array(factors)), target).mean()

    return loss


METHODS = {
    "erm": ([methods.uniform], methods.plain, mean(cross_entropy)),
    "class-balanced": ([methods.balanced], methods.plain, mean(cross_entropy)),
    "square-root": ([methods.square_root], methods.plain, mean(cross_entropy)),
    "progressive": ([methods.progressive], methods.plain, mean(cross_entropy)),
    "mixup": ([methods.uniform], methods.mixup(0.2), mean(cross_entropy)),
    "balanced-mixup": ([methods.uniform, methods.balanced], methods.balanced_mixup(0.2), mean(cross_entropy)),
    "remix": (*mixing.METHODS["remix"][:2], mean(cross_entropy)),
    "mamix": (*mixing.METHODS["mamix"][:2], mean(cross_entropy)),
    "enmix": (*mixing.METHODS["enmix"][:2], mean(cross_entropy)),
    "adpmix": (*mixing.METHODS["adpmix"][:2], mean(cross_entropy)),
    "balanced-softmax": ([methods.uniform], methods.plain, mean(methods.balanced_softmax)),
    "vs": ([methods.uniform], methods.plain, mean(losses.vs)),
    "cdt": ([methods.uniform], methods.plain, mean(losses.cdt)),
    "focal": ([methods.uniform], methods.plain, mean(losses.focal)),
    "cb-loss": ([methods.uniform], methods.plain, weighted),
    "seesaw": ([methods.uniform], methods.plain, seesaw),
}


def run(samplers, mix, loss):
    key = Key.seeded(SEED)
    orders = [s(key.fold("sampler").fold(k).source, PROGRESS) for k, s in enumerate(samplers)]
    theta = np.concatenate([methods.network / 4, np.zeros((1, C))])
    speed, seen, lost, after = np.zeros_like(theta), np.zeros(C), [], []
    for step in range(STEPS):
        drawn = [o[step * BATCH:(step + 1) * BATCH] for o in orders]
        inputs, target = mix(
            [x[d] for d in drawn], [np.eye(C)[labels[d]] for d in drawn],
            key.fold("mix").fold(0).fold(step).source)
        seen = seen + target.sum(0)
        value = loss(seen)

        def at(theta):
            return value(inputs @ theta[:FEATURES] + theta[FEATURES], target)

        lost.append(at(theta))
        gradient = np.zeros_like(theta)
        for place in np.ndindex(theta.shape):
            up, down = theta.copy(), theta.copy()
            up[place] += 1e-5
            down[place] -= 1e-5
            gradient[place] = (at(up) - at(down)) / 2e-5
        speed = MOMENTUM * speed + gradient + DECAY * theta
        theta = theta - RATE * speed
        after.append(theta.flatten().tolist())
    return {"losses": lost, "weights": after}


with open("steps.json", "w") as fp:
    json.dump({
        "labels": labels.tolist(), "counts": COUNTS, "inputs": x.flatten().tolist(),
        "network": (methods.network / 4).flatten().tolist(), "batch": BATCH, "seed": SEED, "progress": PROGRESS,
        "rate": RATE, "momentum": MOMENTUM, "decay": DECAY,
        "runs": {name: run(*parts) for name, parts in METHODS.items()}}, fp, indent=1)
    fp.write("\n")
