"""Writes small files of rare kinds, and the pixels that their formats' definitions give them.

Needs Pillow and numpy. PNG, TIFF, BMP and Netpbm are written here byte by byte (ISO/IEC 15948, TIFF 6.0, the BITMAPINFOHEADER,
Netpbm's manuals); GIF, WebP and JPEG by Pillow. Writes odd.json beside this programme: for each file its bytes in base64, its size
upright, the pixels as upright 8-bit RGB composed onto black, and how far a pixel may be off.
"""

import base64
import io
import json
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image

here = pathlib.Path(__file__).parent
rng = np.random.default_rng(71)
entries = []


def expect(name, data, rgb, within=0, pages=1, orientation=1):
    """`rgb` is [H, W] or [H, W, 3], real levels that are rounded half up."""
    rgb = np.asarray(rgb, dtype=np.float64)
    if rgb.ndim == 2:
        rgb = np.repeat(rgb[..., None], 3, -1)
    levels = np.floor(rgb + 0.5 + 1e-9).astype(int)
    entries.append({
        "name": name, "file": base64.b64encode(data).decode(), "width": levels.shape[1],
        "height": levels.shape[0], "pixels": levels.reshape(-1).tolist(), "within": within,
        "pages": pages, "orientation": orientation,
    })


# How stored pixels lie where the upright picture is `a` (EXIF 2.32, tag 274).
TURNS = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a, 1),
    7: lambda a: np.rot90(a, 2).swapaxes(0, 1),
    8: lambda a: np.rot90(a, -1),
}


# PNG

def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def packed_rows(samples, depth):
    """Rows of [H, W, bands] samples as bytes, the leftmost in the high bits."""
    rows = []
    for row in samples.reshape(samples.shape[0], -1):
        if depth == 16:
            rows.append(b"".join(struct.pack(">H", int(v)) for v in row))
        elif depth == 8:
            rows.append(bytes(int(v) for v in row))
        else:
            bits = "".join(format(int(v), f"0{depth}b") for v in row)
            bits += "0" * (-len(bits) % 8)
            rows.append(bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)))
    return rows


def filtered(rows, unit, first):
    """Each row by another of the five filters."""
    out, above = b"", bytes(len(rows[0]))
    for number, row in enumerate(rows):
        kind = (number + first) % 5
        line = bytearray()
        for i, value in enumerate(row):
            a = row[i - unit] if i >= unit else 0
            b = above[i]
            c = above[i - unit] if i >= unit else 0
            if kind == 4:
                p = a + b - c
                guess = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            else:
                guess = [0, a, b, (a + b) // 2][kind]
            line.append((value - guess) % 256)
        out += bytes([kind]) + bytes(line)
        above = row
    return out


PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
          (0, 1, 1, 2)]


def png(samples, colour, depth, chunks=(), interlaced=False):
    samples = samples.reshape(samples.shape[0], samples.shape[1], -1)
    height, width, bands = samples.shape
    unit = max(1, bands * depth // 8)
    body = b""
    if interlaced:
        for x, y, dx, dy in PASSES:
            part = samples[y::dy, x::dx]
            if part.size:
                body += filtered(packed_rows(part, depth), unit, 0)
    else:
        body = filtered(packed_rows(samples, depth), unit, 1)
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    for kind, data in chunks:
        out += chunk(kind, data)
    return out + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b"")


def drawn(depth, bands, height=5, width=11):
    samples = rng.integers(0, 1 << depth, (height, width, bands))
    samples.reshape(-1)[:2] = [0, (1 << depth) - 1]
    return samples


for interlaced in (False, True):
    way = "interlaced" if interlaced else "plain"
    for depth in (1, 2, 4, 8, 16):
        top = (1 << depth) - 1
        grey = drawn(depth, 1)
        expect(f"grey {depth} {way}.png", png(grey, 0, depth, interlaced=interlaced),
               grey[..., 0] * 255 / top)
        clear = int(grey[2, 3, 0])
        expect(f"grey {depth} one clear {way}.png",
               png(grey, 0, depth, [(b"tRNS", struct.pack(">H", clear))], interlaced),
               np.where(grey[..., 0] == clear, 0, grey[..., 0] * 255 / top))
    for depth in (1, 2, 4, 8):
        colours = min(1 << depth, 40)
        table = rng.integers(0, 256, (colours, 3))
        alpha = rng.integers(0, 256, max(1, colours // 2))
        index = drawn(depth, 1) % colours
        plte = (b"PLTE", bytes(table.reshape(-1).tolist()))
        expect(f"palette {depth} {way}.png", png(index, 3, depth, [plte], interlaced),
               table[index[..., 0]])
        full = np.concatenate([alpha, np.full(colours - len(alpha), 255)])
        share = full[index[..., 0]][..., None] / 255
        expect(f"palette {depth} clear {way}.png",
               png(index, 3, depth, [plte, (b"tRNS", bytes(alpha.tolist()))], interlaced),
               table[index[..., 0]] * share)
    for depth in (8, 16):
        top = (1 << depth) - 1
        rgb = drawn(depth, 3)
        expect(f"rgb {depth} {way}.png", png(rgb, 2, depth, interlaced=interlaced), rgb * 255 / top)
        clear = rgb[1, 4]
        rgb[3, 9] = clear
        expect(f"rgb {depth} one clear {way}.png",
               png(rgb, 2, depth, [(b"tRNS", struct.pack(">HHH", *map(int, clear)))], interlaced),
               np.where((rgb == clear).all(-1)[..., None], 0, rgb * 255 / top))
        both = drawn(depth, 2)
        # Levels and alpha are rounded one after the other, so 16 bits may be off by one.
        expect(f"grey and alpha {depth} {way}.png", png(both, 4, depth, interlaced=interlaced),
               both[..., 0] * both[..., 1] / top * 255 / top, within=int(depth == 16))
        four = drawn(depth, 4)
        expect(f"rgb and alpha {depth} {way}.png", png(four, 6, depth, interlaced=interlaced),
               four[..., :3] * four[..., 3:] / top * 255 / top, within=int(depth == 16))

for size in [(1, 1), (1, 7), (7, 1)]:
    for interlaced in (False, True):
        rgb = rng.integers(0, 256, (*size, 3))
        expect(f"{size[0]} by {size[1]} {interlaced}.png", png(rgb, 2, 8, interlaced=interlaced), rgb)


def exif(number, order="<", kind=3):
    value = struct.pack(order + ("HH" if kind == 3 else "I"), *([number, 0] if kind == 3 else [number]))
    entry = struct.pack(order + "HHI", 0x0112, kind, 1) + value
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "IH", 8, 1) + entry + struct.pack(order + "I", 0)


for number, turn in TURNS.items():
    upright = rng.integers(0, 256, (3, 5, 3))
    expect(f"exif {number}.png",
           png(turn(upright), 2, 8, [(b"eXIf", exif(number, "<>"[number % 2]))]), upright,
           orientation=number)


# TIFF

def tiff(pages, order="<"):
    """Each page is (tags, strips): tags by number as (type, values), strips as bytes."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    out = bytearray(mark + struct.pack(order + "I", 0))
    link = 4
    for tags, strips in pages:
        places = []
        for strip in strips:
            places.append(len(out))
            out += strip + b"\0" * (len(strip) % 2)
        tiled = 322 in tags
        tags = {**tags, (324 if tiled else 273): (4, places),
                (325 if tiled else 279): (4, [len(s) for s in strips])}
        directory = bytearray()
        for tag in sorted(tags):
            kind, values = tags[tag]
            body = struct.pack(order + {3: "H", 4: "I"}[kind] * len(values), *map(int, values))
            if len(body) > 4:
                place = len(out)
                out += body + b"\0" * (len(body) % 2)
                body = struct.pack(order + "I", place)
            directory += struct.pack(order + "HHI", tag, kind, len(values)) + body.ljust(4, b"\0")
        struct.pack_into(order + "I", out, link, len(out))
        out += struct.pack(order + "H", len(tags)) + directory
        link = len(out)
        out += struct.pack(order + "I", 0)
    return bytes(out)


def tags(width, height, bits, bands, photometric, **more):
    found = {256: (3, [width]), 257: (3, [height]), 258: (3, [bits] * bands), 259: (3, [1]),
             262: (3, [photometric]), 277: (3, [bands]), 278: (3, [height])}
    return {**found, **{int(k[1:]): v for k, v in more.items()}}


def strip(samples, bits, order):
    if bits == 16:
        return samples.astype(order + "u2").tobytes()
    return b"".join(packed_rows(samples.reshape(samples.shape[0], samples.shape[1], -1), bits))


for order in "<>":
    way = "little" if order == "<" else "big"
    for bits in (1, 4, 8, 16):
        top = (1 << bits) - 1
        grey = drawn(bits, 1)[..., 0]
        for photometric, word in ((0, "white"), (1, "black")):
            levels = (top - grey if photometric == 0 else grey) * 255 / top
            expect(f"{word} is zero {bits} {way}.tif",
                   tiff([(tags(11, 5, bits, 1, photometric), [strip(grey, bits, order)])], order),
                   levels)
    for bits in (8, 16):
        top = (1 << bits) - 1
        rgb = drawn(bits, 3)
        expect(f"rgb {bits} {way}.tif",
               tiff([(tags(11, 5, bits, 3, 2), [strip(rgb, bits, order)])], order), rgb * 255 / top)
        expect(f"rgb in planes {bits} {way}.tif",
               tiff([(tags(11, 5, bits, 3, 2, t284=(3, [2])),
                      [strip(rgb[..., c], bits, order) for c in range(3)])], order),
               rgb * 255 / top)
    rows = drawn(8, 3)
    expect(f"strips of two rows {way}.tif",
           tiff([(tags(11, 5, 8, 3, 2, t278=(3, [2])),
                  [strip(rows[y:y + 2], 8, order) for y in (0, 2, 4)])], order), rows)
    index = drawn(8, 1)[..., 0] % 7
    table = rng.integers(0, 256, (3, 256)) * 257
    expect(f"palette {way}.tif",
           tiff([(tags(11, 5, 8, 1, 3, t320=(3, table.reshape(-1).tolist())),
                  [strip(index, 8, order)])], order),
           np.stack([table[c][index] / 257 for c in range(3)], -1))
    inks = drawn(8, 4)
    expect(f"cmyk {way}.tif", tiff([(tags(11, 5, 8, 4, 5), [strip(inks, 8, order)])], order),
           (255 - inks[..., :3]) * (255.0 - inks[..., 3:]) / 255)
    deflated = drawn(8, 3)
    expect(f"deflated {way}.tif",
           tiff([({**tags(11, 5, 8, 3, 2), 259: (3, [8])},
                  [zlib.compress(strip(deflated, 8, order))])], order), deflated)
    # Differences of neighbours (predictor 2).
    before = np.concatenate([np.zeros((5, 1, 3), int), deflated[:, :-1]], 1)
    expect(f"predicted {way}.tif",
           tiff([({**tags(11, 5, 8, 3, 2), 259: (3, [8]), 317: (3, [2])},
                  [zlib.compress(strip((deflated - before) % 256, 8, order))])], order), deflated)
    whole = np.zeros((32, 32, 3), int)
    picture = rng.integers(0, 256, (18, 20, 3))
    whole[:18, :20] = picture
    tiles = [strip(whole[y:y + 16, x:x + 16], 8, order) for y in (0, 16) for x in (0, 16)]
    known = tags(20, 18, 8, 3, 2)
    del known[278]
    expect(f"tiles {way}.tif",
           tiff([({**known, 322: (3, [16]), 323: (3, [16])}, tiles)], order), picture)
    first, second = drawn(8, 3), drawn(8, 3)
    expect(f"first of two {way}.tif",
           tiff([(tags(11, 5, 8, 3, 2), [strip(p, 8, order)]) for p in (first, second)], order),
           first, pages=2)
    for number, turn in TURNS.items():
        upright = rng.integers(0, 256, (3, 5, 3))
        stored = turn(upright)
        expect(f"turned {number} {way}.tif",
               tiff([(tags(stored.shape[1], stored.shape[0], 8, 3, 2, t274=(3, [number])),
                      [strip(stored, 8, order)])], order), upright, orientation=number)


# BMP

def bmp(width, height, bits, rows, table=b"", upside_down=True):
    body = b"".join(row + b"\0" * (-len(row) % 4) for row in (rows[::-1] if upside_down else rows))
    info = struct.pack("<IiiHHIIiiII", 40, width, height if upside_down else -height, 1, bits, 0,
                       len(body), 2835, 2835, len(table) // 4, 0)
    start = 14 + len(info) + len(table)
    return b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start) + info + table + body


for width in (1, 2, 3, 5, 9):
    rgb = rng.integers(0, 256, (4, width, 3))
    rows = [bytes(row[:, ::-1].reshape(-1).tolist()) for row in rgb]
    expect(f"24 bits, {width} wide.bmp", bmp(width, 4, 24, rows), rgb)
    expect(f"24 bits, {width} wide, from the top.bmp", bmp(width, 4, 24, rows, upside_down=False), rgb)
    for bits in (1, 4, 8):
        colours = rng.integers(0, 256, (1 << bits, 3))
        table = b"".join(bytes([*map(int, c[::-1]), 0]) for c in colours)
        index = rng.integers(0, 1 << bits, (4, width, 1))
        expect(f"{bits} bits, {width} wide.bmp",
               bmp(width, 4, bits, packed_rows(index, bits), table), colours[index[..., 0]])


# Netpbm

grey = rng.integers(0, 256, (3, 7))
rgb = rng.integers(0, 256, (3, 7, 3))
bits = rng.integers(0, 2, (3, 11))
deep = rng.integers(0, 65536, (3, 7))


def words(values):
    return " ".join(map(str, np.asarray(values).reshape(-1).tolist())).encode()


expect("plain bits.pbm", b"P1\n# a remark\n11 3\n" + words(bits) + b"\n", (1 - bits) * 255)
expect("bits.pbm", b"P4\n11 3\n" + b"".join(packed_rows(bits[..., None], 1)), (1 - bits) * 255)
expect("plain grey.pgm", b"P2\n7 3\n255\n" + words(grey) + b"\n", grey)
expect("grey.pgm", b"P5\n# one\n7 3 # two\n255\n" + bytes(grey.reshape(-1).tolist()), grey)
expect("16 bits.pgm", b"P5\n7 3\n65535\n" + deep.astype(">u2").tobytes(), deep / 257)
expect("plain colours.ppm", b"P3\n7 3\n255\n" + words(rgb) + b"\n", rgb)
expect("colours.ppm", b"P6 7 3 255\n" + bytes(rgb.reshape(-1).tolist()), rgb)


# What Pillow writes

def saved(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def onto_black(image):
    four = np.asarray(image.convert("RGBA")).astype(float)
    return four[..., :3] * four[..., 3:] / 255


four = Image.fromarray(rng.integers(0, 256, (6, 9, 4)).astype(np.uint8), "RGBA")
expect("alpha.webp", saved(four, "WEBP", lossless=True, exact=True), onto_black(four))
opaque = [Image.fromarray(rng.integers(0, 256, (6, 9, 3)).astype(np.uint8)) for _ in range(3)]
expect("first of three.webp",
       saved(opaque[0], "WEBP", lossless=True, save_all=True, append_images=opaque[1:], duration=50),
       np.asarray(opaque[0]), pages=3)
index = Image.fromarray(rng.integers(0, 6, (6, 9)).astype(np.uint8), "P")
index.putpalette(rng.integers(0, 256, 18).tolist())
expect("interlaced.gif", saved(index, "GIF", interlace=1), np.asarray(index.convert("RGB")))
clear = index.copy()
clear.info["transparency"] = 2
shown = np.where((np.asarray(index) == 2)[..., None], 0, np.asarray(index.convert("RGB")))
expect("one clear.gif", saved(clear, "GIF", transparency=2), shown)
smooth = Image.fromarray(
    np.stack([*np.meshgrid(np.arange(0, 250, 13), np.arange(0, 250, 17)), np.full((15, 20), 90)], -1)
    .astype(np.uint8))
for name, options in [("one block", {"subsampling": 0}), ("4 2 2", {"subsampling": 1}),
                      ("4 2 0", {"subsampling": 2}), ("progressive", {"progressive": True}),
                      ("restarts", {"restart_marker_blocks": 1})]:
    data = saved(smooth.crop((0, 0, 8, 8)) if name == "one block" else smooth, "JPEG", quality=90,
                 **options)
    expect(f"{name}.jpg", data, np.asarray(Image.open(io.BytesIO(data)).convert("RGB")), within=1)
for level in (0, 127, 255):
    data = saved(Image.new("L", (1, 1), level), "JPEG", quality=100)
    expect(f"a pixel of {level}.jpg", data, [[level]], within=1)
base = saved(smooth, "JPEG", quality=90, subsampling=0)
picture = np.asarray(Image.open(io.BytesIO(base)).convert("RGB"))
back = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}


def marked(blocks):
    out = base[:2]
    for block in blocks:
        out += b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
    return out + base[2:]


for number in TURNS:
    for order in "<>":
        for kind in (3, 4):
            # What is stored is upright once it is turned the other way.
            expect(f"exif {number}{order}{kind}.jpg",
                   marked([b"Exif\0\0" + exif(number, order, kind)]), TURNS[back[number]](picture),
                   within=1, orientation=number)
expect("exif of no way.jpg", marked([b"Exif\0\0" + exif(9)]), picture, within=1)
expect("another block first.jpg",
       marked([b"http://ns.adobe.com/xap/1.0/\0<x/>", b"Exif\0\0" + exif(6)]), TURNS[8](picture),
       within=1, orientation=6)

with open(here / "odd.json", "w") as out:
    json.dump(entries, out, separators=(",", ":"))
