"""Writes targets.json: losses of several labels, ordered classes and numbers, by PyTorch and coral-pytorch, in float64.

    pip install torch coral-pytorch
    python3 targets.py
"""

import json

import torch
from coral_pytorch.dataset import levels_from_labelbatch
from coral_pytorch.losses import coral_loss, corn_loss
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


def coral(grades, importance=None):
    z = outputs.clone().requires_grad_()
    levels = levels_from_labelbatch(grades.tolist(), K, torch.float64)
    weights = None if importance is None else torch.tensor(importance, dtype=torch.float64)
    coral_loss(z, levels, weights).backward()
    rows = coral_loss(outputs, levels, weights, reduction=None)
    return {
        "grades": grades.tolist(), "importance": importance, "values": rows.tolist(), "mean": rows.mean().item(),
        "gradient": z.grad.flatten().tolist(),
    }


def weighted(grades, weights):
    """Rows by weights of their K classes: of CORAL over their sum, of CORN over that of their questions."""
    w = torch.tensor(weights, dtype=torch.float64)[grades]
    questions = torch.tensor([min(y + 1, K - 1) for y in grades.tolist()])
    levels = levels_from_labelbatch(grades.tolist(), K, torch.float64)
    rows = torch.stack([corn_loss(outputs[i:i + 1], grades[i:i + 1], K) * questions[i] for i in range(N)])
    return {
        "weights": weights, "coral": ((w * coral_loss(outputs, levels, reduction=None)).sum() / w.sum()).item(),
        "corn": ((w * rows.flatten()).sum() / (w * questions).sum()).item(),
    }


def package():
    """The inputs of coral-pytorch's own tests; it says there .5370, .8951, .6441 and .9657."""
    z = torch.tensor([[2.1, 1.8, -2.1, -1.8], [1.9, -1.0, -1.5, -1.3], [1.9, 1.8, 1.7, 1.6]], dtype=torch.float64)
    levels = levels_from_labelbatch([2, 1, 4], K, torch.float64)
    return {
        "outputs": z.flatten().tolist(), "coral": coral_loss(z, levels, reduction=None).tolist(),
        "corn": corn_loss(z, torch.tensor([0, 1, 2]), K).item(),
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
        "coral": [coral(torch.tensor([0, 4, 1, 2, 3, 4])),
                  coral(torch.tensor([0, 4, 1, 2, 3, 4]), [0.5, 2.0, 1.0, 0.0])],
        "weighted": weighted(torch.tensor([0, 4, 1, 2, 3, 4]), [1.0, 2.0, 0.5, 4.0, 3.0]), "package": package(),
        "graded": graded(),
    },
    open("targets.json", "w"), indent=1)
open("targets.json", "a").write("\n")
