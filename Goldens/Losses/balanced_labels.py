"""Writes balanced_labels.json: distribution-balanced loss and margins of labels, by PyTorch in float64.

Weights of entries are made from the two probabilities of a draw that the paper divides, row by row; the loss from
`binary_cross_entropy_with_logits` of moved logits, as the authors' code composes it.

    pip install numpy torch
    python3 balanced_labels.py
"""

import json
import math

import numpy
import torch
from torch.nn import functional as F

random = numpy.random.default_rng(8)
N, L = 30, 5
shares = [0.6, 0.35, 0.25, 0.15, 0.08]
table = (random.random((N, L)) < shares).astype(int)
table[random.random((N, L)) < 0.15] = -1
for label in range(L):  # each label both ways
    table[label, label], table[label + L, label] = 1, 0
table[11] = 0  # has none
table[12] = [-1, 0, -1, 0, -1]  # has none that is known
rows = [0, 1, 2, 3, 8, 11, 12, 20]
n, known = (table == 1).sum(0), (table >= 0).sum(0)
outputs = random.normal(size=(len(rows), L)) * 3


def drawn(row, alpha, beta, mu):
    """P^C of each label, over P^I of the row, through the map."""
    once = [1 / L / n[k] for k in range(L)]
    again = sum(once[k] for k in range(L) if table[row, k] == 1)
    ratios = [math.inf if again == 0 else p / again for p in once]
    return [alpha + 1 / (1 + math.exp(-beta * (r - mu))) for r in ratios]


def finished(leaf, entries, weights):
    seen = torch.tensor((table[rows] >= 0).astype(float))
    mean = (entries * seen).sum() / seen.sum()
    mean.backward()
    return {"weights": weights, "values": (entries * seen).sum(1).tolist(), "mean": mean.item(),
            "gradient": leaf.grad.flatten().tolist()}


def balanced(alpha=0.1, beta=10.0, mu=0.2, lam=2.0, kappa=0.05, gamma=2.0):
    leaf = torch.tensor(outputs, requires_grad=True)
    y = torch.tensor((table[rows] == 1).astype(float))
    weights = [drawn(row, alpha, beta, mu) for row in rows]
    w = torch.tensor(weights, dtype=torch.float64)
    moved = leaf - kappa * torch.tensor(numpy.log(known / n - 1))
    moved = moved * y + lam * moved * (1 - y)
    entries = F.binary_cross_entropy_with_logits(moved, y, reduction="none")
    focus = (1 - torch.exp(-entries)) ** gamma
    entries = focus * entries * w * (y + (1 - y) / lam)
    return {"settings": [alpha, beta, mu, lam, kappa, gamma],
            **finished(leaf, entries, [v for row in weights for v in row])}


def margins(margin=0.5, scale=30.0):
    leaf = torch.tensor(outputs, requires_grad=True)
    y = torch.tensor((table[rows] == 1).astype(float))
    delta = scale * margin / n ** 0.25 / max(1 / n ** 0.25)
    entries = F.binary_cross_entropy_with_logits(leaf - y * torch.tensor(delta), y, reduction="none")
    return {"margin": margin, "scale": scale, **finished(leaf, entries, delta.tolist())}


with open("balanced_labels.json", "w") as file:
    json.dump({
        "table": table.flatten().tolist(), "width": L, "rows": rows, "outputs": outputs.flatten().tolist(),
        "balanced": [balanced(), balanced(mu=0.3, lam=5.0), balanced(0.4, 3.0, 0.5, 1.5, 0.3, 0.0)],
        "margins": [margins(), margins(0.2, 10.0)],
    }, file, indent=1)
    file.write("\n")
