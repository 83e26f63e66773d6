"""Writes schedules.json: rates of PyTorch's and timm's own schedulers over 20 epochs.

    python3 schedules.py
"""

import json
import random

import torch
from timm.scheduler import CosineLRScheduler
from torch.optim import lr_scheduler as torch_lr

EPOCHS = 20


def optimizer():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))], lr=1.0)


def trace(make):
    opt = optimizer()
    schedule = make(opt)
    rates = []
    for _ in range(EPOCHS):
        rates.append(opt.param_groups[0]["lr"])
        opt.step()
        schedule.step()
    return rates


def warmup_cosine(opt):
    rise = torch_lr.LinearLR(opt, start_factor=0.1, end_factor=1.0, total_iters=5)
    fall = torch_lr.CosineAnnealingLR(opt, T_max=15, eta_min=0.05)
    return torch_lr.SequentialLR(opt, [rise, fall], milestones=[5])


def timm_cosine():
    opt = optimizer()
    schedule = CosineLRScheduler(opt, t_initial=15, lr_min=0.01, warmup_t=5, warmup_lr_init=0.2,
                                 warmup_prefix=True)
    rates = []
    for epoch in range(EPOCHS):
        schedule.step(epoch)
        rates.append(opt.param_groups[0]["lr"])
    return rates


def plateau(mode, factor, patience, threshold, minimum, values):
    opt = optimizer()
    schedule = torch_lr.ReduceLROnPlateau(
        opt, mode=mode, factor=factor, patience=patience, threshold=threshold, min_lr=minimum)
    rates = []
    for value in values:
        opt.step()
        schedule.step(value)
        rates.append(opt.param_groups[0]["lr"])
    return {"mode": mode, "factor": factor, "patience": patience, "threshold": threshold,
            "minimum": minimum, "values": values, "rates": rates}


draw = random.Random(4)
rising = [0.5 + 0.02 * min(i, 12) + 0.01 * draw.random() for i in range(40)]
falling = [2.0 / (1 + min(i, 9)) + 0.05 * draw.random() for i in range(40)]
flat = [0.7] * 12
negative = [-0.3, -0.2, -0.25, -0.1999, -0.19, -0.5, -0.5, 0.0, 0.0, 0.1, 0.1, 0.1]

with open("schedules.json", "w") as fp:
    json.dump(
        {
            "epochs": EPOCHS,
            "constant": trace(lambda o: torch_lr.ConstantLR(o, factor=1.0)),
            "cosine": trace(lambda o: torch_lr.CosineAnnealingLR(o, T_max=EPOCHS)),
            "cosine-floor": trace(lambda o: torch_lr.CosineAnnealingLR(o, T_max=EPOCHS, eta_min=0.1)),
            "milestones": trace(lambda o: torch_lr.MultiStepLR(o, [6, 11, 17], gamma=0.2)),
            "every": trace(lambda o: torch_lr.StepLR(o, 6, gamma=0.5)),
            "warmup-cosine": trace(warmup_cosine),
            "timm": timm_cosine(),
            "plateaus": [
                plateau("max", 0.1, 2, 1e-4, 1e-3, rising),
                plateau("min", 0.5, 3, 1e-2, 0.0, falling),
                plateau("max", 0.1, 0, 1e-4, 1e-2, flat),
                plateau("max", 0.3, 1, 1e-2, 0.0, negative),
            ],
        },
        fp, indent=1)
    fp.write("\n")
