"""Writes targets.json: where torchvision's transforms (v2) and Pillow move the map of classes over a picture.

Needs Pillow, numpy and torchvision. torchvision scales a map with `NEAREST` where nothing else is
asked for, and its grid lies beside the picture's; that of `NEAREST_EXACT` and of Pillow is the picture's own.
"""

import json
import pathlib

import numpy as np
import torch
from PIL import Image

library = torch.library.Library("torchvision", "DEF")
for operator in ("nms", "qnms"):  # so that a torchvision without its own kernels imports
    library.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
from torchvision import tv_tensors  # noqa: E402
from torchvision.transforms import InterpolationMode  # noqa: E402
from torchvision.transforms.v2 import functional as F  # noqa: E402

here = pathlib.Path(__file__).parent
W, H = 23, 17
EXACT = InterpolationMode.NEAREST_EXACT


def value(array):
    array = np.asarray(array)
    if array.ndim == 2:
        array = array[..., None]
    return {"width": array.shape[1], "height": array.shape[0], "channels": array.shape[2],
            "pixels": array.reshape(-1).tolist()}


rng = np.random.default_rng(17)
array = rng.choice(np.array([1, 2, 5, 200, 255], np.uint8), (H, W))  # noise, so that a pixel beside its place shows
mask = tv_tensors.Mask(torch.from_numpy(array))
pillow = Image.fromarray(array)
colours = Image.fromarray(rng.integers(0, 256, (H, W, 3)).astype(np.uint8))
out = {"map": value(array), "colours": value(colours), "resized": [], "colouredResized": [], "turned": []}

out["mirrored"] = value(F.horizontal_flip(mask))
out["flipped"] = value(F.vertical_flip(mask))
out["middle"] = value(F.center_crop(mask, [9, 12]))
out["wideMiddle"] = value(F.center_crop(mask, [21, 12]))
out["padded"] = value(F.pad(mask, [2, 2, 2, 2]))
out["middleResized"] = value(F.resize(F.crop(mask, 0, 3, 17, 17), [8, 30], interpolation=EXACT))

for angle in (30.5, -12.25, 45, 90, 180):  # clockwise here, the other way there
    out["turned"].append({"angle": angle, "scale": 1, "map": value(F.rotate(mask, -angle))})
for angle, scale in ((7.5, 1.17), (-140, 0.83)):
    turned = F.affine(mask, angle=angle, translate=[0, 0], scale=scale, shear=[0, 0])
    out["turned"].append({"angle": angle, "scale": scale, "map": value(turned)})

for width, height in [(10, 7), (46, 34), (23, 5), (8, 17), (48, 30), (45, 9), (1, 1), (3, 40)]:
    resized = np.asarray(pillow.resize((width, height), Image.NEAREST))
    assert np.array_equal(resized, F.resize(mask, [height, width], interpolation=EXACT))
    out["resized"].append(value(resized))
    out["colouredResized"].append(value(colours.resize((width, height), Image.NEAREST)))
out["shorter"] = [value(F.resize(mask, [length], interpolation=EXACT)) for length in (11, 40)]

with open(here / "targets.json", "w") as file:
    json.dump(out, file, separators=(",", ":"))
    file.write("\n")
