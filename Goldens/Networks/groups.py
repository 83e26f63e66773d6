"""Writes groups.json: timm's layer-wise learning rates and stochastic depth for every network that timm has.

    python3 groups.py

`rates`: for each parameter in order the factor of its learning rate at a decay of 0.75, as runs [factor, how many].
`paths`: how often each block is left out at a rate of 0.3, in order, those that never are left out.
"""

import itertools
import json
import pathlib

import golden
import timm.optim
import torch

DECAY, RATE = 0.75, 0.3
SAME = ("resnet18", "resnet34", "resnet50", "resnext50_32x4d", "regnety_004", "mobilenetv3_small_100",
        "mobilenetv3_large_100", "densenet121", "convnext_tiny", "convnextv2_tiny", *golden.SWIN[:1], *golden.VIT[:1],
        *golden.DINOV2[:1], "vit_small_patch14_reg4_dinov2", *golden.DINOV3[:1], "vit_base_patch32_clip_224",
        *golden.SIGLIP[:1])
NAMES = {name: name for name in SAME}
NAMES |= {f"efficientnet_{size}": f"tf_efficientnet_{size}" for size in ("lite0", "b0", "b1")}
NAMES |= {"efficientnet_b0_torch": "efficientnet_b0", "efficientnetv2_s": "tf_efficientnetv2_s"}


def model(name, **keywords):
    with torch.device("meta"):
        return timm.create_model(name, num_classes=5, **keywords)


def rates(network):
    groups = timm.optim.param_groups_layer_decay(network, weight_decay=0, layer_decay=DECAY)
    scale = {id(value): group["lr_scale"] for group in groups for value in group["params"]}
    runs = itertools.groupby(scale[id(value)] for value in network.parameters())
    return [[float(f"{key:.12g}"), len(list(values))] for key, values in runs]


def paths(name):
    if name == "densenet121":
        return []
    network, found = model(name, drop_path_rate=RATE), []
    for module in network.modules():
        if getattr(module, "has_skip", True) is False:
            continue
        for child in module.children():
            if isinstance(child, timm.layers.DropPath):
                found.append(child.drop_prob)
    return [float(f"{value:.6g}") for value in found]


content = {name: {"rates": rates(model(other)), "paths": paths(other)} for name, other in NAMES.items()}
text = json.dumps(content, separators=(",", ":")).replace('},"', '},\n"')
(pathlib.Path(__file__).parent / "groups.json").write_text(text + "\n")
