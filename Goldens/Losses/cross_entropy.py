"""Writes cross_entropy.json: values and gradients of PyTorch's cross-entropy in float64.

    python3 cross_entropy.py
"""

import json

import torch
from torch.nn import functional as F

torch.manual_seed(1)
ROWS, CLASSES = 6, 5

logits = {
    "ordinary": torch.randn(ROWS, CLASSES, dtype=torch.float64) * 3,
    "extreme": torch.tensor([[100.0, -100, 0, 50, -50]] * ROWS, dtype=torch.float64),
    "two classes": torch.randn(ROWS, 2, dtype=torch.float64),
}
labels = torch.tensor([0, 1, 0, 1, 1, 0])
partner = torch.tensor([1, 1, 0, 0, 1, 0])
weights = torch.tensor([0.3, 0.0, 1.0, 0.5, 0.9, 0.125], dtype=torch.float64)

cases = []
for name, z in logits.items():
    classes = z.shape[1]
    first, second = F.one_hot(labels, classes).double(), F.one_hot(partner, classes).double()
    for smoothing in (0.0, 0.1):
        for kind in ("hard", "mixed"):
            target = labels if kind == "hard" else first * (1 - weights[:, None]) + second * weights[:, None]
            x = z.clone().requires_grad_()
            loss = F.cross_entropy(x, target, label_smoothing=smoothing, reduction="none")
            (loss * torch.arange(1, ROWS + 1)).sum().backward()
            cases.append({
                "name": f"{name}, {kind}, smoothing {smoothing}", "kind": kind,
                "smoothing": smoothing, "classes": classes, "logits": z.flatten().tolist(),
                "loss": loss.tolist(), "gradient": x.grad.flatten().tolist(),
            })

with open("cross_entropy.json", "w") as fp:
    json.dump({"labels": labels.tolist(), "partner": partner.tolist(),
               "weights": weights.tolist(), "cases": cases}, fp, indent=1)
    fp.write("\n")
