"""Writes labels.json: several labels an example, by NumPy and PyTorch in float64.

What is drawn when labels are balanced, what repeat factors come to, weights of labels, two rows mixed, and the weighted loss of
the mixture: `torch.nn.functional.binary_cross_entropy_with_logits` with `weight` and `pos_weight`.

    pip install numpy torch
    python3 labels.py
"""

import json

import numpy
import torch
from torch.nn import functional as F

random = numpy.random.default_rng(5)
N, L = 40, 5
shares = [0.5, 0.3, 0.2, 0.1, 0.05]
table = (random.random((N, L)) < shares).astype(int)
table[random.random((N, L)) < 0.15] = -1
for label in range(L):  # each label both ways
    table[label, label], table[label + L, label] = 1, 0
there, known = table == 1, table >= 0
n, m = there.sum(0), (table == 0).sum(0)

# A label, each equally often, then any example that has it: by going through both draws.
balanced = numpy.zeros(N)
for label in range(L):
    members = numpy.flatnonzero(there[:, label])
    for member in members:
        balanced[member] += 1 / L / len(members)

threshold = 0.4
factors = numpy.maximum(1, numpy.sqrt(threshold / (n / N)))
repeated = numpy.array(
    [max([1.0] + [factors[label] for label in range(L) if there[row, label]]) for row in range(N)])


def weights(of):
    """The weights of two classes, absent and present, with a mean of 1 over the known entries."""
    pairs = []
    for positive, negative in zip(n, m):
        raw = numpy.array([of(negative), of(positive)])
        pairs.append(raw * (positive + negative) / (raw @ [negative, positive]))
    return {"absent": [p[0] for p in pairs], "present": [p[1] for p in pairs]}


rules = {
    "inverse": weights(lambda count: 1 / count),
    "root": weights(lambda count: count ** -0.5),
    "effective": weights(lambda count: (1 - 0.99) / (1 - 0.99**count)),
}

first, second, mix = table[:8], table[8:16], 0.3
share = (1 - mix) * (first >= 0) + mix * (second >= 0)
value = (1 - mix) * (first == 1) + mix * (second == 1)
value = numpy.divide(value, share, out=numpy.zeros_like(value), where=share > 0)

outputs = torch.from_numpy(random.normal(size=(8, L)) * 3)


def loss(rule):
    """Sum over entries, each times how far it is known, over the sum of how far; and its gradient."""
    z = outputs.clone().requires_grad_()
    absent, present = torch.tensor(rule["absent"]), torch.tensor(rule["present"])
    entries = F.binary_cross_entropy_with_logits(
        z, torch.from_numpy(value), weight=absent * torch.from_numpy(share),
        pos_weight=present / absent, reduction="none")
    mean = entries.sum() / share.sum()
    mean.backward()
    return {
        "values": entries.sum(1).tolist(), "mean": mean.item(), "gradient": z.grad.flatten().tolist(),
    }


ones = {"absent": [1.0] * L, "present": [1.0] * L}
with open("labels.json", "w") as file:
    json.dump({
        "table": table.flatten().tolist(), "width": L, "present": n.tolist(), "absent": m.tolist(),
        "balanced": balanced.tolist(),
        "balancedPresent": (balanced @ there).tolist(), "balancedKnown": (balanced @ known).tolist(),
        "threshold": threshold, "factors": factors.tolist(),
        "repeated": (repeated / repeated.sum()).tolist(),
        "weights": rules, "mix": mix, "mixedWeights": share.flatten().tolist(),
        "mixedValues": value.flatten().tolist(), "outputs": outputs.flatten().tolist(),
        "plain": loss(ones), "weighted": {name: loss(rule) for name, rule in rules.items()},
    }, file, indent=1)
