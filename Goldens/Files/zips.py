"""Writes zip archives of rare forms, and what they hold.

Needs nothing but Python. Most are written by its zipfile, those with fields of zip64 in every combination byte by byte (PKWARE's
APPNOTE 6.3.10, section 4.5.3). Writes zips.json beside this programme: for each archive its bytes in base64, and its entries in the
order of the central directory with their contents, or words of the error where an entry is not read.
"""

import base64
import io
import itertools
import json
import pathlib
import struct
import warnings
import zipfile
import zlib

here = pathlib.Path(__file__).parent
archives = []
text = ("a line of text, " * 40).encode()


def add(name, data, entries):
    """Entries are (name, content or None, stored, words of the error)."""
    archives.append({
        "name": name, "file": base64.b64encode(data).decode(),
        "entries": [
            {"name": n, "content": None if c is None else base64.b64encode(c).decode(),
             "stored": s, "error": e}
            for n, c, s, e in entries],
    })


def written(items):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content, method in items:
            archive.writestr(name, content, method)
    return out.getvalue()


names = ["/etc/passwd", "../../up.txt", "a\\b.txt", "größe/日本.txt", "folder/", ".", "same.txt",
         "x" * 300]
with_names = written([(n, n.encode(), zipfile.ZIP_DEFLATED) for n in names])
add("names", with_names, [(n, n.encode(), False, None) for n in names])
out = io.BytesIO()
with zipfile.ZipFile(out, "w") as archive:
    warnings.simplefilter("ignore")
    archive.writestr("twice.txt", b"first")
    archive.writestr("twice.txt", b"second")
add("a name twice", out.getvalue(),
    [("twice.txt", b"first", True, None), ("twice.txt", b"second", True, None)])
for method, number in ((zipfile.ZIP_BZIP2, 12), (zipfile.ZIP_LZMA, 14)):
    add(f"method {number}", written([("a", text, method), ("b", text, zipfile.ZIP_STORED)]),
        [("a", None, False,
          f"is packed with method {number}; only stored (0) and deflated (8) are read"),
         ("b", text, True, None)])


def local(name, content, method, packed, flags=0, extra=b""):
    return struct.pack(
        "<IHHHHHIIIHH", 0x04034B50, 45, flags, method, 0, 0, zlib.crc32(content),
        0xFFFFFFFF if extra else len(packed), 0xFFFFFFFF if extra else len(content),
        len(name), len(extra)) + name + extra + packed


def archive(items, wide=(), before=b"", zip64_end=False, flags=0, sum_off=0, lead=b""):
    """`wide` are the fields that stand in zip64's: 0 size, 1 packed size, 2 place of the header."""
    out, directory = bytearray(lead), bytearray()
    for name, content, method in items:
        packed = zlib.compress(content)[2:-4] if method == 8 else content
        values = [len(content), len(packed), len(out)]
        body = b"".join(struct.pack("<Q", values[i]) for i in sorted(wide))
        extra = before + (struct.pack("<HH", 1, len(body)) + body if wide else b"")
        shown = [0xFFFFFFFF if i in wide else values[i] for i in range(3)]
        directory += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, flags, method, 0, 0,
            zlib.crc32(content) ^ sum_off, shown[1], shown[0], len(name), len(extra), 3, 0, 0, 0,
            shown[2]) + name + extra + b"rem"
        out += local(name, content, method, packed, flags, before)
    place = len(out)
    out += directory
    count = len(items)
    if zip64_end:
        record = len(out)
        out += struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, len(directory),
                           place)
        out += struct.pack("<IIQI", 0x07064B50, 0, record, 1)
        count, place = 0xFFFF, 0xFFFFFFFF
    return bytes(out + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory),
                                   place, 0))


two = [(b"one", text, 8), (b"two", text[:77], 0)]
read = [("one", text, False, None), ("two", text[:77], True, None)]
unknown = struct.pack("<HH", 0x5455, 5) + b"12345"
for count in range(4):
    for wide in itertools.combinations(range(3), count):
        for before in (b"", unknown):
            for end in (False, True):
                add(f"wide {wide} {len(before)} {end}",
                    archive(two, wide, before, end), read)
add("bytes before it that it counts", archive(two, lead=b"#!/bin/sh\n"), read)
add("encrypted", archive(two, flags=1),
    [("one", None, False, "is encrypted"), ("two", None, True, "is encrypted")])
add("another sum", archive(two, sum_off=1),
    [(n, None, s, "does not match its checksum; copy or download the archive again")
     for n, s in (("one", False), ("two", True))])

with open(here / "zips.json", "w") as out:
    json.dump(archives, out, separators=(",", ":"))
