"""Writes haco.json: HACO's loss by PyTorch in float64, at three moments of training, and its weights for counts by hand.

    pip install numpy torch
    python3 haco.py
"""

import json

import numpy
import torch
from torch.nn import functional as F

random = numpy.random.default_rng(9)
N, L = 40, 4
table = (random.random((N, L)) < [0.5, 0.25, 0.1, 0.05]).astype(int)
table[random.random((N, L)) < 0.15] = -1
for label in range(L):  # each label both ways
    table[label, label], table[label + L, label] = 1, 0
rows = [0, 1, 2, 3, 9, 12, 20, 33]
outputs = random.normal(size=(len(rows), L)) * 2


def thousand(pair):
    return 1000 * numpy.asarray(pair, float) / sum(pair)


def weights(pairs, v, beta):
    """Of (absent, present) of each output: a pair each, summing to 2."""
    everything = thousand(numpy.sum(pairs, 0))
    found = []
    for pair in pairs:
        blended = numpy.maximum(v * thousand(pair) + (1 - v) * everything, 20)
        blended *= 1000 / blended.sum()
        w = (1 - beta) / (1 - beta**blended)
        found.append((2 * w / w.sum()).tolist())
    return found


pairs = [((table[:, l] == 0).sum(), (table[:, l] == 1).sum()) for l in range(L)]


def case(elapsed, blend=0.3, beta=0.9999, absent=0.5, mean=0.1):
    leaf = torch.tensor(outputs, requires_grad=True)
    y = torch.tensor((table[rows] == 1).astype(float))
    seen = torch.tensor((table[rows] >= 0).astype(float))
    w = torch.tensor(weights(pairs, blend * elapsed, beta), dtype=torch.float64)
    p = torch.tensor([b / (a + b) for a, b in pairs], dtype=torch.float64)
    said = torch.sigmoid(leaf)
    entries = F.binary_cross_entropy(said, y, weight=torch.where(y == 1, w[:, 1], w[:, 0]), reduction="none")
    entries = entries + 2 * absent * said * (y == 0) + 2 * mean * F.l1_loss(said, p.expand_as(said), reduction="none")
    value = (entries * seen).sum() / seen.sum()
    value.backward()
    return {"settings": [elapsed, blend, beta, absent, mean], "absent": w[:, 0].tolist(), "present": w[:, 1].tolist(),
            "values": (entries * seen).sum(1).tolist(), "mean": value.item(), "gradient": leaf.grad.flatten().tolist()}


def rare(v):
    """Of outputs that are rarer than 20 of a thousand: the blend is held at 20, not what is blended."""
    pairs = [(9990, 10), (600, 400), (3, 997)]
    w = weights(pairs, v, 0.9999)
    return {"blend": v, "present": [p for _, p in w], "absent": [a for a, _ in w]}


with open("haco.json", "w") as file:
    json.dump({
        "table": table.flatten().tolist(), "width": L, "rows": rows, "outputs": outputs.flatten().tolist(),
        "cases": [case(0.0), case(0.5), case(1.0), case(1.0, 1.0, 0.99, 0.0, 0.0), case(0.7, 0.5, 0.9, 0.2, 0.4)],
        "rare": [rare(0.0), rare(0.3), rare(0.97), rare(1.0)],
    }, file, indent=1)
    file.write("\n")
print(weights([(980, 20)], 1, 0.9999)[0], weights([(980, 20)], 1, 0.9999)[0][1] / weights([(980, 20)], 1, 0.9999)[0][0])
