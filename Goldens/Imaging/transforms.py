"""Writes transforms.json: what Pillow and torchvision make of one picture.

Needs Pillow, numpy and torchvision.
"""

import json
import pathlib

import numpy as np
import torch
from PIL import Image

library = torch.library.Library("torchvision", "DEF")
for operator in ("nms", "qnms"):  # so that a torchvision without its own kernels imports
    library.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
import torchvision.transforms.functional as F  # noqa: E402

here = pathlib.Path(__file__).parent
W, H = 23, 17


def picture():
    """Edges, ramps and noise."""
    rng = np.random.default_rng(11)
    y, x = np.mgrid[0:H, 0:W]
    red = 255 * x // (W - 1)
    green = np.where((x // 4 + y // 3) % 2 == 0, 230, 20)
    blue = rng.integers(0, 256, (H, W))
    return np.stack([red, green, blue], -1).astype(np.uint8)


def value(array):
    array = np.asarray(array)
    if array.ndim == 2:
        array = array[..., None]
    return {
        "width": array.shape[1],
        "height": array.shape[0],
        "channels": array.shape[2],
        "pixels": array.reshape(-1).tolist(),
    }


rgb = Image.fromarray(picture())
grey = Image.fromarray(picture()[..., 2])
tensor = torch.from_numpy(picture()).permute(2, 0, 1)
out = {"rgb": value(rgb), "grey": value(grey), "resize": [], "colour": [], "affine": []}

for size in [(10, 7), (23, 5), (8, 17), (48, 30), (45, 9), (1, 1), (3, 40)]:
    out["resize"].append(value(rgb.resize(size, Image.BILINEAR)))
    out["resize"].append(value(grey.resize(size, Image.BILINEAR)))

for kind, factors in {
    "brightness": [0, 0.75, 1, 1.25],
    "contrast": [0, 0.75, 1, 1.25],
    "saturation": [0, 0.75, 1, 1.25],
    "hue": [-0.5, -0.01, 0.01, 0.2],
}.items():
    for factor in factors:
        changed = getattr(F, f"adjust_{kind}")(tensor, factor)
        out["colour"].append(
            {"kind": kind, "factor": factor, "image": value(changed.permute(1, 2, 0))})

for angle, scale, right, down in [
    (0, 1, 3, 0), (0, 1, -2, 5), (0, 1.19, 0, 0), (0, 0.95, 0, 0),
    (45, 1, 0, 0), (-31.7, 1, 0, 0), (17.3, 1.1, 2, -1), (180, 1, 0, 0), (90, 1, 0, 0),
]:
    for sampling, mode in [("nearest", F.InterpolationMode.NEAREST),
                           ("bilinear", F.InterpolationMode.BILINEAR)]:
        warped = F.affine(
            rgb, angle=angle, translate=[right, down], scale=scale, shear=[0.0, 0.0],
            interpolation=mode)
        out["affine"].append({
            "angle": angle, "scale": scale, "right": right, "down": down,
            "sampling": sampling, "image": value(warped)})

with open(here / "transforms.json", "w") as file:
    json.dump(out, file, separators=(",", ":"))
