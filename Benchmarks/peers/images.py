"""Draws the folders of images that both sides read: images.py FOLDER WIDTH HEIGHT COUNT EXTENSION.

Smooth colour fields with some fine noise, so that a JPEG has about the size of a photograph's; ten classes,
seeded, the same bytes each time.
"""
import pathlib
import sys

import numpy
from PIL import Image

CLASSES = 10


def picture(random: numpy.random.Generator, width: int, height: int) -> Image.Image:
    coarse = random.integers(0, 256, size=(8, 8, 3), dtype=numpy.uint8)
    smooth = numpy.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))
    noisy = smooth.astype(numpy.float32) + random.normal(0, 8, size=smooth.shape)
    return Image.fromarray(noisy.clip(0, 255).astype(numpy.uint8))


def main(folder: str, width: int, height: int, count: int, extension: str) -> None:
    random = numpy.random.default_rng(0)
    for index in range(count):
        home = pathlib.Path(folder) / f"class{index % CLASSES}"
        home.mkdir(parents=True, exist_ok=True)
        picture(random, width, height).save(home / f"{index:05d}.{extension}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]), sys.argv[5])
