"""Writes operations.json: PyTorch's results of the operations that Steelyard wraps.

    python3 operations.py

Inputs are the scattered grid of `spread` in Tests/TorchTests/GradientCases.swift, in float64.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def spread(*shape, low=-1.51, high=2.03, turn=0):
    n = math.prod(shape)
    values = [low + (high - low) * ((i * 7919 + turn * 31) % n + 0.5) / n for i in range(n)]
    return torch.tensor(values).reshape(shape)


x, image = spread(2, 3), spread(2, 4, 5, 6)
positive = spread(2, 3, low=0.4)
four = [spread(4, turn=t) for t in (1, 2)]
rows = spread(3, 4)


def batch_norm(training):
    mean, variance = spread(4, turn=3), spread(4, low=0.5, turn=4)
    y = F.batch_norm(image, mean, variance, *four, training, momentum=0.2, eps=1e-3)
    return torch.cat([y.flatten(), mean, variance])


def optimise(make):
    p = torch.nn.Parameter(spread(3, 4))
    optimiser = make([p])
    for turn in range(3):
        p.grad = spread(3, 4, turn=turn + 1) * p.detach()
        optimiser.step()
    return p.detach()


results = {
    "arithmetic": (x + 2) * x - x / 3,
    "reciprocal": 2 / positive + positive.pow(2.5),
    "exp": x.exp(),
    "log": positive.log(),
    "log1p": positive.log1p(),
    "sqrt": positive.sqrt(),
    "sigmoid": x.sigmoid(),
    "silu": F.silu(x),
    "tanh": x.tanh(),
    "sin": x.sin(),
    "cos": x.cos(),
    "logGamma": (positive * 30).lgamma(),
    "digamma": (positive * 30).digamma(),
    "relu6": F.relu6(x * 5),
    "clamped": x.clamp(-1, 1),
    "maximum": torch.maximum(x, positive),
    "minimum": torch.minimum(x, positive),
    "where": torch.where(x > 0, x, positive),
    "indexSelect": rows.index_select(0, torch.tensor([2, 0, 2])),
    "gathered": rows.gather(1, torch.tensor([[3], [0], [1]])),
    "oneHot": F.one_hot(torch.tensor([2, 0]), 3),
    "permuted": image.permute(2, 0, 3, 1),
    "flipped": image.flip(3),
    "padded": F.pad(rows, (1, 2, 0, 1), value=7.0),
    "sum": image.sum((0, 2)),
    "mean": image.mean((1, 3)),
    "variance": image.var((0, 2, 3), unbiased=True),
    "varianceBiased": image.var((0, 2, 3), unbiased=False),
    "amax": image.amax((2, 3)),
    "amin": image.amin((2, 3)),
    "sorted": image.sort(1, descending=True).values,
    "argmax": image.argmax(1),
    "logSumExp": rows.logsumexp(1),
    "softmax": rows.softmax(0),
    "logSoftmax": rows.log_softmax(1),
    "norm": rows.norm(),
    "normSome": image.norm(p=2, dim=(1, 3)),
    "pseudoInverse": torch.linalg.pinv(rows),
    "symmetricEigenvectors": torch.linalg.eigh(rows @ rows.T)[1].square(),
    "matmul": rows.T @ rows,
    "linear": F.linear(rows, spread(2, 4, turn=1), spread(2, turn=2)),
    "conv2d": F.conv2d(image, spread(6, 2, 3, 3, turn=1), spread(6, turn=2), 2, 1, 1, 2),
    "conv2dDilated": F.conv2d(image, spread(3, 4, 2, 2, turn=1), None, 1, 1, 2),
    "batchNormTraining": batch_norm(True),
    "batchNormEvaluation": batch_norm(False),
    "groupNorm": F.group_norm(image, 2, *four, eps=1e-3),
    "gelu": F.gelu(x),
    "layerNorm": F.layer_norm(image, (6,), spread(6, turn=1), spread(6, turn=2), 1e-6),
    "attention": F.scaled_dot_product_attention(image, spread(2, 4, 3, 6, turn=1), spread(2, 4, 3, 2, turn=2)),
    "conv1d": F.conv1d(image[:, 0], spread(4, 5, 3, turn=1), spread(4, turn=2), 2, 1, 2),
    "maxPool1d": F.max_pool1d(image[:, 0], 3, 2, 1),
    "resizedBicubic": F.interpolate(image, (3, 8), mode="bicubic", antialias=True),
    "maxPool2d": F.max_pool2d(image, 3, 2, 1),
    "avgPool2d": F.avg_pool2d(image, 2, 2, 1),
    "adaptiveAvgPool2d": F.adaptive_avg_pool2d(image, (3, 2)),
    "sgd": optimise(lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, weight_decay=0.01)),
    "sgdNesterov": optimise(lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, nesterov=True)),
    "sgdPlain": optimise(lambda p: torch.optim.SGD(p, 0.1)),
    "adamW": optimise(lambda p: torch.optim.AdamW(p, 0.1, (0.8, 0.95), 1e-6, 0.05)),
}
file = pathlib.Path(__file__).with_name("operations.json")
lines = (
    f'"{name}": ' + json.dumps([float(f"{v:.15g}") for v in values.double().flatten().tolist()])
    for name, values in sorted(results.items())
)
file.write_text("{\n" + ",\n".join(lines) + "\n}\n")
