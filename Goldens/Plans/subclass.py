"""Writes subclass.json: subclasses, their temperatures, the losses of SBCL, and a contrast with a queue, in NumPy.

The random numbers are those of ../Randomness/randomness.py. Loops stand for the masks and products of the library.

    python3 subclass.py
"""

import json
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Randomness"))
from randomness import Key  # noqa: E402

COUNTS, DIMENSIONS, SMALLEST, TAU, BETA, SEED = [23, 11, 4], 5, 4, 0.1, 0.25, 17
rng = np.random.default_rng(3)
labels = np.array([c for c, n in enumerate(COUNTS) for _ in range(n)])
rng.shuffle(labels)
features = rng.normal(size=(len(labels), DIMENSIONS)) + 2 * np.eye(DIMENSIONS)[labels]


def unit(x):
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


def clusters(rows, k, source):
    """Seeds by k-means++ on 1 - cos; then the most similar pair first, while there is room."""
    n = len(rows)
    chosen = [source.below(n)]
    while len(chosen) < k:
        apart = np.array([min(max(0.0, 1 - row @ rows[c]) for c in chosen) for row in rows])
        apart[chosen] = 0
        edges = np.cumsum(apart)
        chosen.append(int(np.searchsorted(edges, source.uniform() * edges[-1], side="right")))
    centres, before = rows[chosen], None
    for _ in range(35):
        order = sorted(((r, c) for r in range(n) for c in range(k)), key=lambda p: (-(rows[p[0]] @ centres[p[1]]), p))
        found, sizes = np.full(n, -1), np.zeros(k, int)
        for room in (n // k, n // k + 1):
            for r, c in order:
                if found[r] < 0 and sizes[c] < room:
                    found[r], sizes[c] = c, sizes[c] + 1
        if before is not None and (found == before).all():
            break
        before = found
        centres = unit(np.array([rows[found == c].mean(0) for c in range(k)]))
    return before


numbers, spreads, first = np.zeros(len(labels), int), [], 0
ks = [max(1, n // max(min(COUNTS), SMALLEST)) for n in COUNTS]
for c, k in enumerate(ks):
    members = np.flatnonzero(labels == c)
    rows = unit(features[members])
    numbers[members] = first + (clusters(rows, k, Key.seeded(SEED).fold("subclasses").fold(0).fold(0).fold(c).source) if k > 1 else 0)
    spreads.append(np.linalg.norm(rows - rows.mean(0), axis=1).mean() / np.log(len(rows) + 10))
    first += k
cut = np.clip(spreads, np.percentile(spreads, 20), np.percentile(spreads, 80))
temperatures = np.where(np.array(ks) > 1, TAU * cut / cut.mean(), TAU)

# Two views of eight rows.
batch = [0, 1, 2, 3, 10, 11, 20, 37]
views = np.concatenate([features[batch] + 0.1 * rng.normal(size=(8, DIMENSIONS)) for _ in range(2)])
z, y, s = unit(views), np.tile(labels[batch], 2), np.tile(numbers[batch], 2)


def contrast(i, partners, compared, tau, others=z, row=None):
    row = z[i] if row is None else row
    total = sum(np.exp(row @ others[a] / tau) for a in compared)
    return -np.mean([np.log(np.exp(row @ others[p] / tau) / total) for p in partners])


subclass, wide = [], []
for i in range(16):
    twin, rest = (i + 8) % 16, [j for j in range(16) if j != i]
    subclass.append(contrast(i, [j for j in rest if s[j] == s[i]], rest, TAU))
    compared = [j for j in rest if s[j] != s[i] or j == twin]
    wide.append(BETA * contrast(
        i, [j for j in compared if y[j] == y[i]], compared, temperatures[y[i]]))

# A queue of six places, two of them empty, one a row of the batch.
queue_rows, queue_labels = [-1, -1, 5, 2, 30, 7], [-1, -1, int(labels[5]), int(labels[2]), int(labels[30]), int(labels[7])]
queue_keys = unit(rng.normal(size=(6, DIMENSIONS)))
queue_keys[:2] = 0
keys, queued = unit(views[8:]), []
for i in range(8):
    others = np.concatenate([keys, queue_keys])
    both = list(labels[batch]) + queue_labels
    compared = list(range(8)) + [8 + q for q in range(6) if queue_rows[q] >= 0 and queue_rows[q] not in batch]
    queued.append(contrast(i, [a for a in compared if both[a] == labels[batch][i]], compared, TAU, others))

with open("subclass.json", "w") as file:
    json.dump({
        "counts": COUNTS, "labels": labels.tolist(), "features": features.flatten().tolist(),
        "dimensions": DIMENSIONS, "smallest": SMALLEST, "temperature": TAU, "weight": BETA, "seed": SEED,
        "numbers": numbers.tolist(), "temperatures": temperatures.tolist(), "batch": batch,
        "views": views.flatten().tolist(), "subclass": subclass, "class": wide,
        "queue": {"rows": queue_rows, "labels": queue_labels, "keys": queue_keys.flatten().tolist()},
        "queued": queued}, file, indent=1)
    file.write("\n")
