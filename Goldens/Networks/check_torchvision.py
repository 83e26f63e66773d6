"""Checks that PyTorch's own models load what Steelyard writes, and give the same logits to 1e-4.

    STEELYARD_EXPORT=/tmp/export swift test -c release --filter ExportTests ...
    python3 check_torchvision.py /tmp/export/*.safetensors
    python3 check_torchvision.py runs/NAME/model.safetensors

A file with `check.images` and `check.logits`, as ExportTests writes them, is compared; another is only
loaded, every name and shape strictly. Needs torch, torchvision, safetensors, numpy.
"""

import sys

import golden
import safetensors
import safetensors.torch
import torch

HEADS = (
    "fc.bias", "linear.bias", "classifier.1.bias", "head.conv.bias", "classifier.bias", "head.bias", "head.fc.bias",
)


def check(path: str) -> bool:
    tensors = safetensors.torch.load_file(path)
    with safetensors.safe_open(path, "pt") as file:
        name = file.metadata()["architecture"]
    images, logits = tensors.pop("check.images", None), tensors.pop("check.logits", None)
    classes = next(tensors[key].shape[0] for key in HEADS if key in tensors)
    model = golden.MODELS[name](classes)
    model.load_state_dict(tensors, strict=True)
    if images is None:
        print(f"{path}: {name} with {classes} classes loads")
        return True
    model.eval()
    with torch.no_grad():
        error = ((model(images) - logits).norm() / logits.norm()).item()
    print(f"{path}: {name} loads; logits differ by {error:.1e} of their size")
    return error < 1e-4


if __name__ == "__main__":
    if not all([check(path) for path in sys.argv[1:]]):
        sys.exit(1)
