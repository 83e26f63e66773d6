"""Writes targets.json: losses of several labels, ordered classes and numbers, by PyTorch and coral-pytorch, in float64.

    pip install torch coral-pytorch
    python3 targets.py
"""

import json

import torch
from coral_pytorch.losses import corn_loss
from torch.nn import functional as F

torch.manual_seed(3)
N, L, K = 6, 4, 5

outputs = torch.randn(N, L, dtype=torch.float64) * 3
outputs[0, 0], outputs[0, 1] = 60, -60
labels = (torch.rand(N, L) < 0.4).double()
numbers = torch.randn(N, L, dtype=torch.float64) * 4
known = torch.rand(N, L) < 0.7
known[3] = False
classes = torch.tensor([0, 3, 1, 2, 2, 0])


def entries(loss, values):
    """Values and gradient of the mean over the known entries; PyTorch never sees the others."""
    z = outputs.clone().requires_grad_()
    mean = loss(z[known], values[known])
    mean.backward()
    rows = loss(outputs, values, reduction="none") * known
    return {
        "values": rows.sum(1).tolist(), "mean": mean.item(), "gradient": z.grad.flatten().tolist(),
    }


def one_against_rest():
    z = outputs.clone().requires_grad_()
    rows = F.binary_cross_entropy_with_logits(
        z, F.one_hot(classes, L).double(), reduction="none").sum(1)
    rows.mean().backward()
    return {
        "values": rows.tolist(), "mean": rows.mean().item(), "gradient": z.grad.flatten().tolist(),
    }


def corn(grades):
    """A row alone is divided by its own questions, so times their number it is the row's value."""
    z = outputs.clone().requires_grad_()
    mean = corn_loss(z, grades, K)
    mean.backward()
    questions = [min(y + 1, K - 1) for y in grades.tolist()]
    rows = [corn_loss(outputs[i:i + 1], grades[i:i + 1], K).item() * questions[i] for i in range(N)]
    return {
        "grades": grades.tolist(), "values": rows, "mean": mean.item(),
        "gradient": z.grad.flatten().tolist(),
    }


def graded():
    z = outputs[:, :1].clone().requires_grad_()
    rows = F.mse_loss(z, classes[:, None].double(), reduction="none").sum(1)
    rows.mean().backward()
    return {
        "values": rows.tolist(), "mean": rows.mean().item(), "gradient": z.grad.flatten().tolist(),
    }


json.dump(
    {
        "outputs": outputs.flatten().tolist(), "labels": labels.flatten().tolist(),
        "numbers": numbers.flatten().tolist(), "known": known.flatten().tolist(),
        "classes": classes.tolist(),
        "sigmoid": entries(F.binary_cross_entropy_with_logits, labels),
        "squared": entries(F.mse_loss, numbers),
        "oneAgainstRest": one_against_rest(),
        "corn": [corn(torch.tensor([0, 4, 1, 2, 3, 4])), corn(torch.zeros(N, dtype=torch.long))],
        "graded": graded(),
    },
    open("targets.json", "w"), indent=1)
open("targets.json", "a").write("\n")
