"""Writes pairs.json: objectives that choose whom rows are mixed with, with the draws of ../Randomness/randomness.py, in NumPy.

    python3 pairs.py

Mixture consistency (GLMC) of four small batches of pictures; a running confusion matrix and the mixture that it leads to;
features moved towards neighbours of their class (SMOTE).
"""

import json
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Randomness"))
from randomness import Key  # noqa: E402

SEED = 2
rng = np.random.default_rng(41)


def log_softmax(x):
    x = x - x.max(1, keepdims=True)
    return x - np.log(np.exp(x).sum(1, keepdims=True))


def source(purpose):
    return Key.seeded(SEED).fold(purpose).fold(0).fold(0).source


def consistency():
    n, c, f, d, h, w = 4, 3, 2, 3, 4, 6
    counts = np.array([9.0, 3.0, 2.0])
    batches = [np.round(rng.normal(size=(n, f, h, w)), 3) for _ in range(4)]
    ya, yb = np.array([0, 0, 1, 2]), np.array([2, 1, 0, 0])
    heads = [np.round(rng.normal(size=(f, c)), 3) for _ in range(2)]
    project, predict = np.round(rng.normal(size=(f, d)), 3), np.round(rng.normal(size=(d, d)), 3)
    draws = source("mix")
    lam = draws.beta(1, 1)
    cx, cy = draws.below(w), draws.below(h)
    width, height = int(w * np.sqrt(1 - lam)), int(h * np.sqrt(1 - lam))
    x1, x2 = np.clip([cx - width // 2, cx + width // 2], 0, w)
    y1, y2 = np.clip([cy - height // 2, cy + height // 2], 0, h)
    first = lam * batches[0] + (1 - lam) * batches[2]
    second = batches[1].copy()
    second[:, :, y1:y2, x1:x2] = batches[3][:, :, y1:y2, x1:x2]
    target = lam * np.eye(c)[ya] + (1 - lam) * np.eye(c)[yb]
    weights = counts ** -1.2 / (counts ** -1.2).sum() * c
    elapsed, gamma = 0.6, 4
    alpha = 1 - elapsed ** 2
    features = [x.mean((2, 3)) for x in (first, second)]
    plain = sum(-(target * log_softmax(x @ heads[0])).sum(1) for x in features)
    balanced = sum(-(target * weights * log_softmax(x @ heads[1])).sum(1) for x in features)

    def unit(x):
        return x / np.linalg.norm(x, axis=1, keepdims=True)

    z = [x @ project for x in features]
    p = [x @ predict for x in z]
    apart = 2 - (unit(p[0]) * unit(z[1])).sum(1) - (unit(p[1]) * unit(z[0])).sum(1)
    return {
        "shape": [n, f, h, w], "counts": counts.astype(int).tolist(), "batches": [b.flatten().tolist() for b in batches],
        "ya": ya.tolist(), "yb": yb.tolist(), "heads": [m.flatten().tolist() for m in heads],
        "project": project.flatten().tolist(), "predict": predict.flatten().tolist(), "elapsed": elapsed,
        "lambda": lam, "pasted": int((x2 - x1) * (y2 - y1)),
        "mixture": (alpha * plain).tolist(), "balanced": ((1 - alpha) * balanced).tolist(),
        "consistency": (gamma * apart).tolist(),
    }


def observed(rows, labels, decided, decay):
    rows = rows.copy()
    for g in range(len(rows)):
        seen = [d for y, d in zip(labels, decided) if y == g]
        if not seen:
            continue
        found = np.bincount(seen, minlength=len(rows)) / len(seen)
        rows[g] = found if not rows[g].any() else decay * rows[g] + (1 - decay) * found
    return rows


def confusion():
    """Decided is what the inputs, taken for logits, say."""
    c, n, decay, warmup = 4, 8, 0.9, 4
    R = np.zeros((c, c))
    steps = []
    for step in range(3):
        labels = rng.integers(0, c - 1 if step == 0 else c, 12)
        decided = np.where(rng.uniform(size=12) < 0.5, labels, rng.integers(0, c, 12))
        R = observed(R, labels, decided, decay * min(1, (step / warmup) ** 3))
        steps.append({"labels": labels.tolist(), "decided": decided.tolist(), "rows": R.flatten().tolist()})
    a, b = np.round(rng.normal(size=(n, c)), 3), np.round(rng.normal(size=(n, c)), 3)
    ya, yb = np.array([0, 0, 0, 1, 1, 2, 3, 3]), np.array([0, 1, 2, 3, 0, 1, 2, 3])
    # The columns of the bank decide R's next step, after the mixture.
    draws = source("mix")
    strong = [R[g, g] > np.mean(np.diag(R)) for g in range(c)]
    partner, weight = np.arange(n), np.ones(n)
    for i in range(n):
        lam = draws.beta(0.5, 0.5)
        wanted = (R[:, ya[i]] if strong[ya[i]] else R[ya[i]]).copy()
        wanted[ya[i]] = 0
        shares = np.array([wanted[y] / (yb == y).sum() for y in yb])
        if wanted.sum() < 0.1 or shares.sum() <= 0:
            continue
        partner[i] = int(np.searchsorted(np.cumsum(shares), draws.uniform() * shares.sum(), side="right"))
        weight[i] = min(lam, 1 - lam) if strong[ya[i]] else max(lam, 1 - lam)
    w = weight[:, None]
    mixed = w * a + (1 - w) * b[partner]
    target = w * np.eye(c)[ya] + (1 - w) * np.eye(c)[yb[partner]]
    return {
        "classes": c, "decay": decay, "warmup": warmup, "steps": steps, "strong": [bool(s) for s in strong],
        "a": a.flatten().tolist(), "b": b.flatten().tolist(), "ya": ya.tolist(), "yb": yb.tolist(),
        "weights": weight.tolist(), "target": target.flatten().tolist(),
        "losses": (-(target * log_softmax(mixed)).sum(1)).tolist(),
        "after": observed(R, yb, b.argmax(1), decay * (3 / warmup) ** 3).flatten().tolist(),
    }


def smote():
    counts, f, k = np.array([12.0, 5.0, 1.0]), 3, 2
    labels = np.repeat(np.arange(3), counts.astype(int))
    training = np.round(rng.normal(size=(len(labels), f)), 3)
    rows = np.array([0, 3, 12, 13, 14, 16, 17, 12, 15, 13])
    # Seen in another view than those that are remembered.
    features = np.round(training[rows] + 0.1 * rng.normal(size=(len(rows), f)), 3)
    draws, moved = source("smote"), features.copy()
    for i, row in enumerate(rows):
        chance, place, share = draws.uniform(), draws.uniform(), draws.uniform()
        others = [j for j in range(len(labels)) if labels[j] == labels[row] and j != row]
        if chance < counts[labels[row]] / counts.max() or not others:
            continue
        distance = ((training[others] - features[i]) ** 2).sum(1)
        nearest = [others[j] for j in np.argsort(distance, kind="stable")[:k]]
        neighbour = nearest[int(place * len(nearest))]
        moved[i] = features[i] + share * (training[neighbour] - features[i])
    return {
        "counts": counts.astype(int).tolist(), "labels": labels.tolist(), "neighbours": k,
        "training": training.flatten().tolist(), "rows": rows.tolist(), "features": features.flatten().tolist(),
        "moved": moved.flatten().tolist(),
        "losses": (-log_softmax(moved)[np.arange(len(rows)), labels[rows]]).tolist(),
    }


json.dump({"seed": SEED, "consistency": consistency(), "confusion": confusion(), "smote": smote()},
          open("pairs.json", "w"), indent=1)
open("pairs.json", "a").write("\n")
