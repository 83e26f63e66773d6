"""Prints the multiply-adds of one image, counted by hooks on PyTorch's own layers.

    python3 multiply_adds.py          (needs torch, torchvision)
"""

import golden
import torch


def count(model: torch.nn.Module, side: int) -> int:
    total = 0

    def hook(layer, inputs, output):
        nonlocal total
        total += output.numel() * layer.weight[0].numel()

    for layer in model.modules():
        if isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear)):
            layer.register_forward_hook(hook)
    with torch.no_grad():
        model.eval()(torch.zeros(1, 3, side, side))
    return total


for name, build in golden.MODELS.items():
    small = name in ("resnet20", "resnet32", "resnet56")
    print(name, count(build(10 if small else 1000), 32 if small else 224))
