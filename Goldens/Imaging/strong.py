"""Writes strong.json: what Pillow makes of one picture, change by change of RandAugment.

Needs Pillow and numpy. Shears are about the centre; their amounts keep every pixel's source away from an edge
between two pixels.
"""

import json
import pathlib

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

here = pathlib.Path(__file__).parent
W, H = 23, 17


def picture():
    """Ramps that do not reach black and white, edges, noise."""
    rng = np.random.default_rng(5)
    y, x = np.mgrid[0:H, 0:W]
    red = 40 + 150 * x // (W - 1)
    green = np.where((x // 4 + y // 3) % 2 == 0, 230, 20)
    blue = rng.integers(10, 200, (H, W))
    return np.stack([red, green, blue], -1).astype(np.uint8)


def value(image):
    array = np.asarray(image)
    if array.ndim == 2:
        array = array[..., None]
    return {"width": array.shape[1], "height": array.shape[0], "channels": array.shape[2],
            "pixels": array.reshape(-1).tolist()}


def large():
    """More pixels than 255 a value, so that equalising has steps."""
    rng = np.random.default_rng(6)
    return (rng.beta(2, 5, (90, 110, 3)) * 255).astype(np.uint8)[::1]


rgb, grey = Image.fromarray(picture()), Image.fromarray(picture()[..., 2])
big = Image.fromarray(large())
flat = Image.new("RGB", (4, 3), (7, 7, 200))
pictures = {"rgb": rgb, "grey": grey, "flat": flat}
out = {"pictures": {k: value(v) for k, v in pictures.items()}, "tones": [], "sharpness": [], "shears": [],
       "large": value(big.crop((0, 0, 40, 40))), "equalized": value(ImageOps.equalize(big.crop((0, 0, 40, 40))))}

for name, image in pictures.items():
    cases = [("autocontrast", 0, ImageOps.autocontrast(image)), ("equalize", 0, ImageOps.equalize(image))]
    cases += [("posterize", bits, ImageOps.posterize(image, bits)) for bits in (1, 4, 7, 8)]
    cases += [("solarize", t, ImageOps.solarize(image, t)) for t in (0, 100, 231, 256)]
    out["tones"] += [{"picture": name, "kind": k, "amount": a, "image": value(i)} for k, a, i in cases]
    for factor in (0, 0.32, 0.95, 1, 1.7):
        out["sharpness"].append({"picture": name, "factor": factor,
                                 "image": value(ImageEnhance.Sharpness(image).enhance(factor))})
for x, y in ((0.17, 0), (-0.23, 0), (0, 0.17), (0, -0.23)):
    matrix = (1, x, -x * H / 2, y, 1, -y * W / 2)
    out["shears"].append({"x": x, "y": y, "image": value(rgb.transform(rgb.size, Image.AFFINE, matrix))})

with open(here / "strong.json", "w") as file:
    json.dump(out, file, separators=(",", ":"))
    file.write("\n")
