"""Draws pictures and saves them again as people do: the near copies that must be found, and none else.

Run from this folder: python3 copies.py (needs numpy and Pillow). Writes Copies/NN-what.png|jpg: six pictures
of blobs on a slope, `same` of each being the picture itself, and what was done with it.
"""

import pathlib

import numpy as np
from PIL import Image

out = pathlib.Path("Copies")
out.mkdir(exist_ok=True)
rng = np.random.default_rng(18)
W, H = 120, 96


def picture():
    y, x = np.mgrid[0:H, 0:W].astype(float)
    image = np.stack([60 + 90 * x / W + 40 * y / H * s for s in (1, 0.5, -0.3)], -1)
    for _ in range(14):
        cx, cy, r = rng.uniform(0, W), rng.uniform(0, H), rng.uniform(5, 18)
        blob = 1 / (1 + np.exp(np.hypot(x - cx, (y - cy) * rng.uniform(0.6, 1.6)) - r))
        image += blob[..., None] * rng.uniform(-110, 110, 3)
    return Image.fromarray(np.clip(image + rng.normal(0, 2, image.shape), 0, 255).astype(np.uint8))


for number in range(6):
    image = picture()
    image.save(out / f"{number:02}-same.png")
    image.save(out / f"{number:02}-quality60.jpg", quality=60)
    image.resize((W // 2, H // 2), Image.BICUBIC).save(out / f"{number:02}-half.jpg", quality=90)
    image.resize((W * 3 // 2, H * 3 // 2), Image.BICUBIC).save(out / f"{number:02}-larger.jpg", quality=90)
    w, h = round(W * 0.95), round(H * 0.95)
    left, top = int(rng.integers(0, W - w + 1)), int(rng.integers(0, H - h + 1))
    image.crop((left, top, left + w, top + h)).save(out / f"{number:02}-cropped.jpg", quality=85)
