"""Prints the multiply-adds of one image, counted by hooks on PyTorch's own layers, and the learned numbers.

    python3 multiply_adds.py          (needs torch, torchvision, timm)
"""

import golden
import torch


def count(model: torch.nn.Module, side: int) -> int:
    total = 0

    def hook(layer, inputs, output):
        nonlocal total
        total += output.numel() * layer.weight[0].numel()

    def attention(layer, inputs, output):
        nonlocal total
        total += 2 * output.numel() * output.shape[1]  # queries with keys, weights with values

    for layer in model.modules():
        if isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear)):
            layer.register_forward_hook(hook)
        elif hasattr(layer, "fused_attn"):
            layer.register_forward_hook(attention)
    with torch.no_grad():
        model.eval()(torch.zeros(1, 3, side, side))
    return total


SIDES = {"b1": 240, "b2": 260, "b3": 300, "b4": 380, "lite1": 240, "lite2": 260}

for name, build in golden.MODELS.items():
    if name.endswith(("linear", "mlp", "inception_time", "_mean", "_token")):
        continue
    small = name in ("resnet20", "resnet32", "resnet56")
    side = 32 if small else SIDES.get(name.removeprefix("efficientnet_"), 224)
    side = 518 if "dinov2" in name else 256 if "dinov3" in name else side
    model = build(10 if small else 1000)
    print(name, count(model, side), sum(value.numel() for value in model.parameters()))
