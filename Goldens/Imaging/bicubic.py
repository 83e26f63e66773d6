"""Writes bicubic.json: what Pillow makes of one picture by bicubic scaling.

Needs Pillow and numpy. The picture is that of transforms.py: edges, ramps and noise, so that levels are cut off at both ends.
"""

import json
import pathlib

import numpy as np
from PIL import Image

W, H = 23, 17


def picture():
    rng = np.random.default_rng(11)
    y, x = np.mgrid[0:H, 0:W]
    red = 255 * x // (W - 1)
    green = np.where((x // 4 + y // 3) % 2 == 0, 250, 4)
    blue = rng.integers(0, 256, (H, W))
    return np.stack([red, green, blue], -1).astype(np.uint8)


def value(image):
    array = np.asarray(image)
    array = array[..., None] if array.ndim == 2 else array
    height, width, channels = array.shape
    return {"width": width, "height": height, "channels": channels, "pixels": array.reshape(-1).tolist()}


rgb, grey = Image.fromarray(picture()), Image.fromarray(picture()[..., 2])
out = {"rgb": value(rgb), "grey": value(grey), "resize": []}
for size in [(10, 7), (23, 5), (8, 17), (48, 30), (45, 9), (1, 1), (3, 40)]:
    out["resize"] += [value(image.resize(size, Image.BICUBIC)) for image in (rgb, grey)]
(pathlib.Path(__file__).parent / "bicubic.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
