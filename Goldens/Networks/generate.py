"""Writes one JSON file per network: names, shapes, logits and gradients.

    python3 generate.py [NAME...]          (needs torch, torchvision, timm, numpy; tsai for its one network)

`eval` and `train` are computed and compared in float64. `float32` is one small image in evaluation
mode, channels-last: in float32 a ReLU whose input is within rounding of 0 turns its gradient on or
off, so the image is the first whose ReLU inputs all stay clear of the kink.
"""

import json
import pathlib
import sys

import golden
import torch
from torch.utils._python_dispatch import TorchDispatchMode

CLASSES = 5
# Without batch statistics and dropout training computes what evaluation does: there is one case of both.
SAME_IN_TRAINING = ("bit_m", "convnext", "vit_", "swin_", "linear")
# Of these one image in float64 is enough, of all that they have in common with smaller ones of their family.
LARGE = ("_base", "_large", "v3_large", "convnext_small", "swin_small", "regnety_008", "regnety_016", "regnety_032", "b1_torch", "b2_torch", "b3_torch", "b4_torch")
SIDES = {"resnet20": 32, "resnet32": 32, "resnet56": 32}
# The shapes of a batch in float64 and of one input in float32, of what does not look at images.
SHAPES = {
    **dict.fromkeys(golden.CONVNEXT, ([2, 3, 64, 96], [1, 3, 32, 32])),
    **dict.fromkeys(golden.DINOV2, ([2, 3, 56, 28], [1, 3, 28, 28])),
    **{name: ([2, 3, 64, 32], [1, 3, 32, 32]) for name in golden.MODELS if "patch16" in name},
    **dict.fromkeys(golden.SWIN, ([2, 3, 64, 96], [1, 3, 32, 32])),
    **{name: ([1, 3, 28, 28], [1, 3, 28, 28]) for name in golden.CLIP if "patch14" in name},
    "vit_small_patch16_224_mean": ([1, 3, 224, 224], [1, 3, 32, 32]),  # positions as they are
    "linear": ([3, 7], [1, 7]), "mlp": ([6, 7], [1, 7]), "inception_time": ([4, 2, 50], [1, 2, 30]),
}


class Margin(TorchDispatchMode):
    """The least distance of an activation function's input from its kinks, in standard deviations."""

    least = float("inf")

    def __torch_dispatch__(self, function, types, arguments=(), keywords=None):
        name = function.overloadpacket.__name__
        if name in ("relu", "relu_", "hardtanh", "hardtanh_"):
            x = arguments[0].detach().clone()
            kinks = (0.0, 6.0) if name.startswith("hardtanh") else (0.0,)
            distance = min((x - kink).abs().min().item() for kink in kinks)
            self.least = min(self.least, distance / x.std().item())
        return function(*arguments, **(keywords or {}))


def run(name, training, shape, number, dtype=torch.float64):
    model = golden.MODELS[name](CLASSES).to(dtype)
    golden.fill(model)
    model.train(training)
    images = (3.4 * golden.tensor(number, shape, torch.float64)).to(dtype)
    if dtype == torch.float32 and len(shape) == 4:
        model = model.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    with Margin() as margin:
        logits = model(images)
    (logits * golden.tensor(golden.PROJECTION, logits.shape, dtype)).sum().backward()
    return model, logits.detach(), margin.least


def short(values):
    return [float(f"{value:.12g}") for value in values]


def case(name, training, shape, number, dtype=torch.float64):
    model, logits, _ = run(name, training, shape, number, dtype)
    gradients = {
        key: short([value.grad.double().norm().item(), *value.grad.flatten()[:3].tolist()])
        for key, value in model.named_parameters()
    }
    result = {"shape": shape, "images": number, "logits": short(logits.flatten().tolist())}
    result["gradients"] = gradients
    if training:
        result["statistics"] = {
            key: short([value.double().norm().item(), *value.flatten()[:2].tolist()])
            for key, value in model.named_buffers()
            if not key.endswith("num_batches_tracked")
        }
    return result


def disagreement(name, shape, number):
    """The worst relative error of a float32 gradient, an idea of what 1e-5 leaves room for."""
    exact, rough = run(name, False, shape, number)[0], run(name, False, shape, number, torch.float32)[0]
    pairs = zip(exact.parameters(), rough.parameters())
    return max(((a.grad - b.grad.double()).norm() / a.grad.norm()).item() for a, b in pairs)


def clear_of_kinks(name, shape):
    margins = {}
    for number in range(golden.IMAGES, golden.IMAGES + 2000, 100):
        margins[number] = run(name, False, shape, number)[2]
        if margins[number] > 2e-6:
            break
    best = max(margins, key=margins.get)
    print(name, best, f"margin {margins[best]:.1e}", f"error {disagreement(name, shape, best):.1e}")
    return best


def main():
    here = pathlib.Path(__file__).parent
    for name in sys.argv[1:] or golden.MODELS:
        build = golden.MODELS[name]
        with torch.device("meta"):
            state = build(CLASSES).state_dict()
        side = SIDES.get(name, 64)
        shape, small = SHAPES.get(name, ([3, 3, side, side], [1, 3, 32, 32]))
        content = {"tensors": [[key, list(value.shape)] for key, value in state.items()]}
        if any(part in name for part in LARGE):
            content["eval"] = case(name, False, small, golden.IMAGES)
        else:
            content["eval"] = case(name, False, shape, golden.IMAGES)
            if not name.startswith(SAME_IN_TRAINING):
                content["train"] = case(name, True, shape, golden.IMAGES)
            content["float32"] = case(name, False, small, clear_of_kinks(name, small), torch.float32)
        text = json.dumps(content, separators=(",", ":")).replace('],"', '],\n"')
        (here / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
