"""Writes the image files that the decoder's tests read, and what Pillow reads from them.

Needs Pillow and numpy. Writes Files/* and decoded.json beside this programme.
"""

import io
import json
import pathlib
import struct

import numpy as np
from PIL import Image

here = pathlib.Path(__file__).parent
files = here / "Files"
files.mkdir(exist_ok=True)
W, H = 20, 13
decoded = {}


def picture(width=W, height=H):
    """Smooth, without symmetry, every channel different."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    red = 255 * x / (width - 1)
    green = 255 * y / (height - 1)
    blue = 127 + 120 * np.sin(x / 3 + y / 5)
    return np.stack([red, green, blue], -1).round().astype(np.uint8)


def expect(name, array):
    array = np.asarray(array)
    if array.ndim == 2:
        array = np.repeat(array[..., None], 3, -1)
    assert array.dtype == np.uint8, (name, array.dtype)
    decoded[name] = {
        "width": array.shape[1],
        "height": array.shape[0],
        "pixels": array.reshape(-1).tolist(),
    }


def save(name, image, **options):
    image.save(files / name, **options)
    return files / name


rgb = Image.fromarray(picture())
grey = Image.fromarray(picture()[..., 0] // 2 + picture()[..., 1] // 2)

# Lossless formats.
for name in ["rgb.png", "rgb.bmp", "rgb.tif", "rgb.ppm"]:
    expect(name, rgb)
    save(name, rgb)
expect("rgb.webp", rgb)
save("rgb.webp", rgb, lossless=True)
expect("rgb.jp2", rgb)
save("rgb.jp2", rgb, irreversible=False)
expect("grey.png", grey)
save("grey.png", grey)
one = grey.point(lambda v: 255 if v > 127 else 0).convert("1")
expect("one-bit.png", np.asarray(one).astype(np.uint8) * 255)
save("one-bit.png", one)
palette = rgb.quantize(16)
expect("palette.png", palette.convert("RGB"))
save("palette.png", palette)
expect("palette.gif", palette.convert("RGB"))
save("palette.gif", palette)

# Transparency, onto black.
alpha = (picture()[..., 2]).astype(int)
rgba = np.concatenate([picture(), alpha[..., None].astype(np.uint8)], -1)
expect("rgba.png", ((picture().astype(int) * alpha[..., None] + 127) // 255).astype(np.uint8))
save("rgba.png", Image.fromarray(rgba))

# 16 bits: the type's range, whatever values occur.
deep = (picture()[..., 0].astype(np.uint16) * 200 + picture()[..., 1]).astype(np.uint16)
deep[0, 0], deep[0, 1], deep[0, 2] = 0, 65535, 32768
expect("grey16.png", np.floor(deep / 257 + 0.5).astype(np.uint8))
save("grey16.png", Image.fromarray(deep))
expect("grey16.tif", np.floor(deep / 257 + 0.5).astype(np.uint8))
save("grey16.tif", Image.fromarray(deep))

# Floating point, signed and FITS: by a scale that is stated. `NAME own` is what models from before there
# was a scale were trained with: the image's own range.
real = np.sin(np.arange(W * H).reshape(H, W) / 17).astype(np.float32) * 3 - 1
real[2, 3] = np.nan


def stretched(values):
    low, high = np.nanmin(values), np.nanmax(values)
    scaled = (values.astype(np.float64) - low) * (255 / (np.float64(high) - np.float64(low)))
    return np.floor(np.nan_to_num(scaled, nan=0) + 0.5).astype(np.uint8)


def scaled(values, low, high):
    levels = (values.astype(np.float64) - low) * (255 / (np.float64(high) - np.float64(low)))
    return np.floor(np.clip(np.nan_to_num(levels, nan=0), 0, 255) + 0.5).astype(np.uint8)


expect("float.tif", scaled(real, -3, 1.5))
expect("float.tif own", stretched(real))
save("float.tif", Image.fromarray(real))


def fits(name, array, bits, extra=(), empty_primary=False, order=">"):
    def block(cards):
        text = "".join(f"{c:<80}" for c in [*cards, "END"])
        return text.ljust(-(-len(text) // 2880) * 2880).encode()

    axes = array.shape[::-1]
    cards = [f"BITPIX  = {bits:20d}", f"NAXIS   = {len(axes):20d}"]
    cards += [f"NAXIS{i + 1:<3}= {n:20d}" for i, n in enumerate(axes)]
    cards += list(extra)
    out = b""
    if empty_primary:
        out += block(["SIMPLE  =                    T", "BITPIX  = 8", "NAXIS   = 0"])
        out += block(["XTENSION= 'IMAGE   '           / extension", *cards])
    else:
        out += block(["SIMPLE  =                    T / conforms", *cards])
    data = array.tobytes()
    out += data.ljust(-(-len(data) // 2880) * 2880, b"\0")
    (files / name).write_bytes(out)


# The first stored row is the bottom one.
fits("float.fits", real[::-1].astype(">f4"), -32)
expect("float.fits", scaled(real, -3, 1.5))
expect("float.fits own", stretched(real))
counts = (picture()[..., 0].astype(int) * 7 - 300).astype(np.int16)
counts[4, 5] = -32768
physical = np.where(counts == -32768, np.nan, counts * 2.0 + 10)
fits("integer.fits", counts[::-1].astype(">i2"), 16, empty_primary=True,
     extra=["BZERO   = 10.0", "BSCALE  = 2.0D0", "BLANK   = -32768"])
expect("integer.fits", scaled(physical, -400, 2500))
expect("integer.fits own", stretched(physical))
planes = np.stack([picture()[::-1, :, c] for c in range(3)]).astype(">f8")
fits("planes.fits", planes, -64)
expect("planes.fits", scaled(picture(), 10, 200))
expect("planes.fits own", stretched(picture()))

# JPEG: the reference is the same library through Pillow.
big = Image.fromarray(picture(61, 45))


def jpeg(name, image, **options):
    path = save(name, image, **options)
    expect(name, Image.open(path).convert("RGB"))


jpeg("rgb.jpg", rgb, quality=90)
jpeg("progressive.jpg", rgb, quality=90, progressive=True)
jpeg("444.jpg", rgb, quality=90, subsampling=0)
jpeg("grey.jpg", grey, quality=90)
cmyk = rgb.convert("CMYK")
jpeg("cmyk.jpg", cmyk, quality=95, subsampling=0)
jpeg("odd.jpg", big, quality=90)
for denominator in (2, 4, 8):
    image = Image.open(files / "odd.jpg")
    image.draft("RGB", (61 // denominator, 45 // denominator))
    expect(f"odd.jpg/{denominator}", image)

# Eight ways to hold a camera: the stored picture differs, the upright one does not.
upright = picture()
stored = {
    1: upright,
    2: upright[:, ::-1],
    3: upright[::-1, ::-1],
    4: upright[::-1],
    5: upright.transpose(1, 0, 2),
    6: np.rot90(upright, 1),
    7: np.rot90(upright, 2).transpose(1, 0, 2),
    8: np.rot90(upright, -1),
}
for number, array in stored.items():
    exif = Image.Exif()
    exif[0x0112] = number
    Image.fromarray(np.ascontiguousarray(array)).save(
        files / f"orientation-{number}.jpg", quality=100, subsampling=0, exif=exif)
exif = Image.Exif()
exif[0x0112] = 6
Image.fromarray(np.ascontiguousarray(stored[6])).save(files / "orientation-6.png", exif=exif)
expect("orientation-6.png", upright)

# Damage.
whole = (files / "rgb.jpg").read_bytes()
noise = np.random.default_rng(5).integers(0, 256, (40, 40, 3)).astype(np.uint8)
buffer = io.BytesIO()
Image.fromarray(noise).save(buffer, "JPEG", quality=90)
noisy = buffer.getvalue()
(files / "truncated.jpg").write_bytes(noisy[: len(noisy) // 2])
(files / "headless.jpg").write_bytes(whole[:60])
scan = noisy.index(b"\xff\xda")
broken = bytearray(noisy)
broken[scan + 300 : scan + 330] = b"\xff\x00" * 15
(files / "broken.jpg").write_bytes(broken)
# Stray bytes before the end marker: every viewer shows this picture whole.
(files / "stray.jpg").write_bytes(whole[:-2] + b"\x12\x34\x56" + whole[-2:])
decoded["stray.jpg"] = decoded["rgb.jpg"]
buffer = io.BytesIO()
Image.fromarray(noise).save(buffer, "PNG")
png = buffer.getvalue()
(files / "truncated.png").write_bytes(png[: len(png) // 2])
broken = bytearray(png)
broken[len(png) // 2] ^= 0xFF
(files / "broken.png").write_bytes(broken)
(files / "text.jpg").write_text("This is no picture.\n")
(files / "empty.png").write_bytes(b"")
(files / "truncated.fits").write_bytes((files / "float.fits").read_bytes()[:3000])


def chunk(kind, body):
    import zlib

    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


huge = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 50000, 8, 2, 0, 0, 0))
import zlib

huge += chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
(files / "huge.png").write_bytes(huge)

with open(here / "decoded.json", "w") as out:
    json.dump(decoded, out, separators=(",", ":"))
