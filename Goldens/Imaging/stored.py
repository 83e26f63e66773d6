"""Writes files whose samples are not 8-bit grey or RGB, and what NumPy knows of them.

Needs numpy, Pillow and tifffile. Writes Stored/* and stored.json beside this programme: for each file and
page the samples, which band is alpha, the number of pages, and the digest of the stored samples, written
here from its definition.
"""

import hashlib
import json
import pathlib
import struct

import numpy as np
import tifffile
from PIL import Image

here = pathlib.Path(__file__).parent
files = here / "Stored"
files.mkdir(exist_ok=True)
W, H = 5, 4
entries = []


def digest(array, alpha=None):
    """SHA-256 of "W H B form" and the samples; see StoredImage.digest."""
    array = array[..., None] if array.ndim == 2 else array
    bands = list(range(array.shape[2]))
    if alpha is not None:
        top = {"u": lambda d: np.iinfo(d).max, "i": lambda d: np.iinfo(d).max, "f": lambda d: 1}
        if (array[..., alpha] == top[array.dtype.kind](array.dtype)).all():
            bands.remove(alpha)
    kept = array[..., bands]
    if kept.shape[2] == 1:
        kept = np.repeat(kept, 3, -1)
    real = kept.astype(np.float64)
    whole = np.isfinite(real).all() and (real == real.round()).all() and real.min() >= 0
    if whole and real.max() <= 255:
        form, body = "", real.astype("<u1")
    elif whole and real.max() <= 65535:
        form, body = " u16", real.astype("<u2")
    else:
        real = np.where(real == 0, 0.0, real)
        real[np.isnan(real)] = np.nan
        form, body = " f64", real.astype("<f8")
    head = f"{kept.shape[1]} {kept.shape[0]} {kept.shape[2]}{form}\n".encode()
    return hashlib.sha256(head + np.ascontiguousarray(body).tobytes()).hexdigest()


def expect(name, array, page=1, pages=1, alpha=None):
    """`array` is [H, W] or [H, W, bands], the top row first."""
    real = array.astype(np.float64).reshape(-1)
    entries.append({
        "name": name, "page": page, "pages": pages,
        "width": array.shape[1], "height": array.shape[0],
        "bands": 1 if array.ndim == 2 else array.shape[2], "alpha": alpha,
        "type": str(array.dtype.name),
        "samples": [None if np.isnan(v) else float(v) for v in real],
        "digest": digest(array, alpha),
    })


y, x = np.mgrid[0:H, 0:W]
ramp = (y * W + x).astype(np.int64)
grey = {
    "uint8": ramp * 7, "uint16": ramp * 3000 + 5, "int8": ramp * 9 - 100, "int16": ramp * 500 - 4000,
    "uint32": ramp * 200_000_000, "int32": ramp * 100_000_000 - 1_000_000_000,
    "float32": ramp / 8 - 1, "float64": ramp / 7 - 1,
}
grey = {kind: values.astype(kind) for kind, values in grey.items()}
colours = np.stack([ramp * 5, ramp * 3 + 20, 200 - ramp * 4], -1).astype(np.uint8)
fourth = (ramp * 12).astype(np.uint8)
four = np.concatenate([colours, fourth[..., None]], -1)

# TIFF: every sample type, in both byte orders and as BigTIFF.
for kind, array in grey.items():
    tifffile.imwrite(files / f"{kind}.tif", array, photometric="minisblack")
    # libvips reads at most 32 bits a sample.
    if kind != "float64":
        expect(f"{kind}.tif", array)
tifffile.imwrite(files / "big-endian.tif", grey["int16"], photometric="minisblack", byteorder=">")
expect("big-endian.tif", grey["int16"])
tifffile.imwrite(files / "bigtiff.tif", four, photometric="rgb", extrasamples=["unspecified"],
                 bigtiff=True)
expect("bigtiff.tif", four)

# A fourth band: what ExtraSamples says it is, and nothing else.
for word in ["unspecified", "unassalpha", "assocalpha"]:
    tifffile.imwrite(files / f"{word}.tif", four, photometric="rgb", extrasamples=[word])
    # libvips divides colours that are multiplied by alpha; StoredImageTests has the numbers.
    if word != "assocalpha":
        expect(f"{word}.tif", four, alpha=None if word == "unspecified" else 3)
opaque = four.copy()
opaque[..., 3] = 255
tifffile.imwrite(files / "opaque.tif", opaque, photometric="rgb", extrasamples=["unassalpha"])
expect("opaque.tif", opaque, alpha=3)
two = np.stack([ramp * 9, 255 - ramp], -1).astype(np.uint8)
tifffile.imwrite(files / "two.tif", two, photometric="minisblack", planarconfig="contig",
                 extrasamples=["unspecified"])
expect("two.tif", two)
six = np.stack([ramp * n for n in range(1, 7)], -1).astype(np.uint8)
tifffile.imwrite(files / "six.tif", six, photometric="minisblack", planarconfig="contig")
expect("six.tif", six)

# Three pages; an animation of two frames.
with tifffile.TiffWriter(files / "pages.tif") as out:
    for page in range(3):
        out.write((ramp + 50 * page).astype(np.uint8), photometric="minisblack")
for page in range(3):
    expect("pages.tif", (ramp + 50 * page).astype(np.uint8), page=page + 1, pages=3)

# PNG: 16 bits, and grey with alpha.
Image.fromarray(grey["uint16"]).save(files / "uint16.png")
expect("uint16.png", grey["uint16"])
Image.fromarray(two, "LA").save(files / "grey-alpha.png")
expect("grey-alpha.png", two, alpha=1)

# NumPy's own.
for kind, array in grey.items():
    np.save(files / f"{kind}.npy", array)
    expect(f"{kind}.npy", array)
np.save(files / "fortran.npy", np.asfortranarray(colours))
expect("fortran.npy", colours)
np.save(files / "half.npy", grey["float32"].astype(np.float16))
expect("half.npy", grey["float32"])


# FITS: the first stored row is the bottom one.
def unit(array, bits, primary, extra=()):
    axes = array.shape[::-1]
    cards = ["SIMPLE  =                    T" if primary else "XTENSION= 'IMAGE   '"]
    cards += [f"BITPIX  = {bits:20d}", f"NAXIS   = {len(axes):20d}"]
    cards += [f"NAXIS{i + 1:<3}= {n:20d}" for i, n in enumerate(axes)]
    cards += [*extra, "END"]
    text = "".join(f"{card:<80}" for card in cards)
    data = array[::-1].tobytes()
    return (text.ljust(-(-len(text) // 2880) * 2880).encode()
            + data.ljust(-(-len(data) // 2880) * 2880, b"\0"))


def fits(name, array, stored, bits, extra=()):
    (files / name).write_bytes(unit(stored, bits, True, extra))
    expect(name, array)


fits("uint8.fits", grey["uint8"], grey["uint8"], 8)
fits("int8.fits", grey["int8"], (grey["int8"].astype(int) + 128).astype(">u1"), 8, ["BZERO   = -128"])
fits("int16.fits", grey["int16"], grey["int16"].astype(">i2"), 16)
fits("uint16.fits", grey["uint16"], (grey["uint16"].astype(int) - 32768).astype(">i2"), 16,
     ["BZERO   = 32768", "BSCALE  = 1"])
fits("int32.fits", grey["int32"], grey["int32"].astype(">i4"), 32)
fits("uint32.fits", grey["uint32"], (grey["uint32"].astype(int) - 2**31).astype(">i4"), 32,
     ["BZERO   = 2147483648"])
fits("float32.fits", grey["float32"], grey["float32"].astype(">f4"), -32)
fits("float64.fits", grey["float64"], grey["float64"].astype(">f8"), -64)
blank = ramp.astype(np.float64) * 0.5 + 3
blank[1, 2] = np.nan
stored = ramp.astype(">i2")
stored[1, 2] = -1
fits("scaled.fits", blank, stored, 16, ["BSCALE  = 0.5", "BZERO   = 3.0", "BLANK   = -1"])
(files / "units.fits").write_bytes(
    unit(grey["uint8"], 8, True) + unit(grey["int16"].astype(">i2"), 16, False))
expect("units.fits", grey["uint8"], page=1, pages=2)
expect("units.fits", grey["int16"], page=2, pages=2)

# Evenly spread samples and their percentiles, interpolated linearly.
rng = np.random.default_rng(18)
classes = {"a": rng.normal(100, 20, 4000), "b": rng.normal(900, 5, 37)}
ends = {k: np.percentile(v, [0.5, 99.5]).tolist() for k, v in classes.items()}

with open(here / "stored.json", "w") as out:
    json.dump(entries, out, separators=(",", ":"))
with open(here / "percentiles.json", "w") as out:
    json.dump({"values": {k: v.tolist() for k, v in classes.items()}, "ends": ends}, out,
              separators=(",", ":"))
