"""Logits of images whose sides are odd and unequal: `odd.json`.

    python3 odd.py          (needs torch, torchvision, timm)

MobileNetV2 and DenseNet-121 are torchvision's; MobileNetV3, RegNetY and Swin timm's. EfficientNet-Lite0 and ResNet-20 are written out here as functions of
their tensors: TensorFlow's 'same' padding and every other pixel are what odd sides can go wrong with. Weights follow the
rule of `golden.py`, the tensors' order that of the files beside this one.
"""

import json
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

# torchvision asks for these two operators, which builds without its library do not have.
_library = torch.library.Library("torchvision", "DEF")
for _operator in ("nms", "qnms"):
    _library.define(_operator + "(Tensor boxes, Tensor scores, float threshold) -> Tensor")

import timm  # noqa: E402
import torchvision  # noqa: E402

HERE = pathlib.Path(__file__).parent
SHAPES = [[2, 3, 37, 51], [1, 3, 33, 64], [1, 3, 45, 34]]
# Maps of 25 × 19, 13 × 10, 7 × 5 and 4 × 3: none is of whole windows, and two are halved with a row or column to spare.
WINDOWS = [[1, 3, 100, 76]]
TIMM = ("mobilenetv3_small_100", "regnety_004", "swin_tiny_patch4_window7_224")
CLASSES = 5


def centred(number, count):
    mask = 0xFFFFFFFF
    x = (np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B1)) & np.uint64(mask)
    x = (x + np.uint64(number * 0x85EBCA77 & mask)) & np.uint64(mask)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B), (16, 1)):
        x ^= x >> np.uint64(shift)
        x = (x * np.uint64(factor)) & np.uint64(mask)
    return x.astype(np.float64) / 4294967296.0 - 0.5


def values(number, name, shape):
    found = centred(number, math.prod(shape)).reshape(shape)
    if len(shape) > 1:
        return found * math.sqrt(12.0 / math.prod(shape[1:]))
    if name.endswith("running_var"):
        return 1 + found
    return 1 + 0.5 * found if name.endswith("weight") else 0.5 * found


def weights(network):
    tensors = json.loads((HERE / f"{network}.json").read_text())["tensors"]
    return {
        name: torch.from_numpy(np.asarray(values(number, name, shape)))
        for number, (name, shape) in enumerate(tensors)
        if not name.endswith("num_batches_tracked")
    }


def library(network, x):
    if network in TIMM:
        dynamic = {"dynamic_img_size": True} if "swin" in network else {}
        model = timm.create_model(network, num_classes=CLASSES, **dynamic)
    else:
        model = getattr(torchvision.models, network)(num_classes=CLASSES)
    model = model.double().eval()
    state = weights(network)
    problem = model.load_state_dict(state, strict=False)
    assert not problem.unexpected_keys and all("num_batches" in key for key in problem.missing_keys)
    return model(x)


def norm(state, name, x, epsilon):
    scale = state[name + ".weight"] / torch.sqrt(state[name + ".running_var"] + epsilon)
    shift = state[name + ".bias"] - state[name + ".running_mean"] * scale
    return x * scale[None, :, None, None] + shift[None, :, None, None]


def same(x, weight, stride, groups=1):
    """TensorFlow's padding: as many outputs as strides begin inside; an odd zero goes right and down."""
    kernel = weight.shape[-1]
    pads = []
    for side in (x.shape[3], x.shape[2]):
        total = max((math.ceil(side / stride) - 1) * stride + kernel - side, 0)
        pads += [total // 2, total - total // 2]
    return F.conv2d(F.pad(x, pads), weight, stride=stride, groups=groups)


def lite0(state, x):
    def step(x, layer, bn, stride=1, groups=1, clips=True):
        y = norm(state, bn, same(x, state[layer + ".weight"], stride, groups), 1e-3)
        return y.clamp(0, 6) if clips else y

    x = step(x, "conv_stem", "bn1", 2)
    for stage, (depth, stride) in enumerate(zip((1, 2, 2, 3, 3, 4, 1), (1, 2, 2, 2, 1, 2, 1))):
        for index in range(depth):
            name, before = f"blocks.{stage}.{index}.", x
            stride_here = stride if index == 0 else 1
            if stage == 0:
                y = step(x, name + "conv_dw", name + "bn1", stride_here, x.shape[1])
                y = step(y, name + "conv_pw", name + "bn2", clips=False)
            else:
                y = step(x, name + "conv_pw", name + "bn1")
                y = step(y, name + "conv_dw", name + "bn2", stride_here, y.shape[1])
                y = step(y, name + "conv_pwl", name + "bn3", clips=False)
            x = y + before if y.shape == before.shape else y
    x = step(x, "conv_head", "bn2").mean(dim=(2, 3))
    return x @ state["classifier.weight"].T + state["classifier.bias"]


def resnet20(state, x):
    def step(x, layer, bn, stride=1):
        return norm(state, bn, F.conv2d(x, state[layer + ".weight"], stride=stride, padding=1), 1e-5)

    x = step(x, "conv1", "bn1").relu()
    for stage in (1, 2, 3):
        for index in range(3):
            name, stride = f"layer{stage}.{index}.", 2 if stage > 1 and index == 0 else 1
            y = step(x, name + "conv1", name + "bn1", stride).relu()
            y = step(y, name + "conv2", name + "bn2")
            extra = y.shape[1] - x.shape[1]
            x = torch.cat(
                [torch.zeros_like(y[:, : extra // 2]), x[:, :, ::stride, ::stride],
                 torch.zeros_like(y[:, : extra - extra // 2])], 1)
            x = (x + y).relu()
    return x.mean(dim=(2, 3)) @ state["linear.weight"].T + state["linear.bias"]


def logits(name, x):
    if name == "resnet20":
        return resnet20(weights(name), x)
    return lite0(weights(name), x) if name == "efficientnet_lite0" else library(name, x)


def main():
    result = {}
    for name in ("resnet20", "efficientnet_lite0", "mobilenet_v2", "densenet121") + TIMM:
        result[name] = []
        for number, shape in enumerate(WINDOWS if "swin" in name else SHAPES):
            x = torch.from_numpy(3.4 * centred(30_000 + number, math.prod(shape)).reshape(shape))
            with torch.no_grad():
                found = logits(name, x).flatten().tolist()
            result[name].append({"shape": shape, "images": 30_000 + number, "logits": found})
    (HERE / "odd.json").write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
