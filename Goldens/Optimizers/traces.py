"""Writes traces.json: parameters after each of five steps of PyTorch's and timm's own code.

    python3 traces.py
"""

import json

import torch
from timm.utils import ModelEmaV3

STEPS, RATES = 5, [0.1, 0.1, 0.05, 0.01, 0.01]
SHAPES = {"bias": [3], "weight": [2, 3], "kernel": [2, 3, 2, 2]}

torch.manual_seed(1)
start = {name: torch.randn(shape) for name, shape in SHAPES.items()}
gradients = [{name: torch.randn(shape) for name, shape in SHAPES.items()} for _ in range(STEPS)]


def flat(tensors):
    return {name: tensor.detach().flatten().tolist() for name, tensor in tensors.items()}


def trace(make, skip=lambda step, name: False):
    params = {name: torch.nn.Parameter(value.clone()) for name, value in start.items()}
    optimizer = make(list(params.values()))
    after = []
    for step in range(STEPS):
        optimizer.param_groups[0]["lr"] = RATES[step]
        for name, param in params.items():
            param.grad = None if skip(step, name) else gradients[step][name].clone()
        optimizer.step()
        after.append(flat(params))
    return after


def sgd(**options):
    return lambda params: torch.optim.SGD(params, lr=1, foreach=False, **options)


def adamw(**options):
    return lambda params: torch.optim.AdamW(params, lr=1, foreach=False, **options)


def clipped(limit):
    params = [torch.nn.Parameter(value.clone()) for value in start.values()]
    for param, gradient in zip(params, gradients[0].values()):
        param.grad = gradient.clone()
    norm = torch.nn.utils.clip_grad_norm_(params, limit)
    return {"limit": limit, "norm": norm.item(),
            "gradients": flat({name: p.grad for name, p in zip(SHAPES, params)})}


def average(decay, warmup):
    model = torch.nn.ParameterDict({name: value.clone() for name, value in start.items()})
    ema = ModelEmaV3(model, decay=decay, use_warmup=warmup, foreach=False)
    after = []
    for step in range(STEPS):
        with torch.no_grad():
            for name in SHAPES:
                model[name] += gradients[step][name]
        ema.update(model, step=step + 1)
        after.append(flat(dict(ema.module.items())))
    return after


with open("traces.json", "w") as fp:
    json.dump(
        {
            "shapes": SHAPES, "rates": RATES, "start": flat(start),
            "gradients": [flat(g) for g in gradients],
            "traces": {
                "sgd": trace(sgd()),
                "sgd decay": trace(sgd(weight_decay=0.1)),
                "momentum": trace(sgd(momentum=0.9, weight_decay=0.01)),
                "nesterov": trace(sgd(momentum=0.9, nesterov=True, weight_decay=0.01)),
                "adamw": trace(adamw(weight_decay=0.1)),
                "adamw betas": trace(adamw(betas=(0.8, 0.95), weight_decay=0.0, eps=1e-3)),
                "momentum late": trace(sgd(momentum=0.9), lambda step, name: step < 2 and name == "bias"),
                "adamw late": trace(adamw(), lambda step, name: step < 2 and name == "bias"),
            },
            "clipped": [clipped(0.5), clipped(100.0)],
            "averages": {"plain": average(0.9, False), "warm": average(0.9, True),
                         "slow warm": average(0.5, True)},
        },
        fp, indent=1)
    fp.write("\n")
