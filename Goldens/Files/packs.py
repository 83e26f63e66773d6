"""Zip archives, .npy files and tables as Python's modules write them in all their ways, for the readers of `Files`.

Run from this folder: python3 packs.py (needs numpy). Writes packs.json: archives and arrays in hexadecimal beside what they hold.
"""

import csv
import hashlib
import io
import json
import random
import zipfile

import numpy as np

draw = random.Random(31)


class Pipe(io.RawIOBase):
    """What cannot be gone back in, so that sizes and checksums come behind the bytes."""

    def __init__(self):
        self.bytes = b""

    def writable(self):
        return True

    def write(self, data):
        self.bytes += bytes(data)
        return len(data)


def entries(archive):
    return [[name, archive.read(name).hex()] for name in archive.namelist()]


def packed(name, streamed, fill):
    pipe = Pipe() if streamed else io.BytesIO()
    with zipfile.ZipFile(pipe, "w") as archive:
        fill(archive)
    whole = pipe.bytes if streamed else pipe.getvalue()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return {"name": name, "bytes": whole.hex(), "entries": entries(archive)}


def several(method):
    def fill(archive):
        for number, content in enumerate([b"", b"x", bytes(range(256)) * 3, b"a" * 5000]):
            archive.writestr(zipfile.ZipInfo(f"dir/{number}.bin", (2020, 1, 1, 0, 0, 0)), content, method)
    return fill


def odd(archive):
    archive.comment = b"PK in a comment, and more of it"
    folder = zipfile.ZipInfo("folder/", (1980, 1, 1, 0, 0, 0))
    archive.writestr(folder, b"")
    named = zipfile.ZipInfo("ä/Ω 🦠.txt", (2107, 12, 31, 23, 59, 58))
    named.comment = b"of an entry"
    # A field of no known kind, before the sizes that a reader may look for.
    named.extra = b"\xfe\xca\x03\x00abc"
    archive.writestr(named, b"named", zipfile.ZIP_DEFLATED)
    archive.writestr(zipfile.ZipInfo("twice", (1980, 1, 1, 0, 0, 0)), b"one")


def wide(archive):
    for number in range(3):
        with archive.open(zipfile.ZipInfo(f"{number}", (1980, 1, 1, 0, 0, 0)), "w", force_zip64=True) as entry:
            entry.write(b"wide" * number)


archives = [packed("empty", False, lambda archive: None), packed("odd", False, odd), packed("wide", False, wide), packed("wide, streamed", True, wide)]
for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
    for streamed in (False, True):
        archives.append(packed(f"method {method}, streamed {streamed}", streamed, several(method)))

arrays = []
for version in [(1, 0), (2, 0), (3, 0)]:
    for order in "CF":
        for kind in ["u1", "i1", "<u2", "<i2", "<u4", "<i4", "<i8", "<f2", "<f4", "<f8", "?"]:
            array = np.array(draw.choices(range(2 if kind == "?" else 100), k=24)).astype(kind).reshape(2, 3, 4, order=order)
            if kind == "<f2":
                array[0, 0] = [np.float16(6e-8), np.float16(-65504), np.float16(0.33325), np.float16(-0.0)]
            stream = io.BytesIO()
            np.lib.format.write_array(stream, np.asfortranarray(array) if order == "F" else array, version=version)
            arrays.append({"bytes": stream.getvalue().hex(), "shape": [2, 3, 4], "values": [float(v) for v in array.ravel()]})

# Every number of two bytes, by the digest of the doubles that they are; NaN as 0.
half = np.arange(65536, dtype=np.uint16).view(np.float16).astype(np.float64)
digest = hashlib.sha256(np.nan_to_num(half, nan=0.0, posinf=1e9, neginf=-1e9).astype("<f8").tobytes()).hexdigest()

LETTERS = ["a", "b", "0", ".5", " ", ",", ";", "\t", "|", '"', "'", "\n", "\r\n", "é", "🦠", "\\", "#", "="]
tables = []
for number in range(80):
    columns = draw.randrange(2, 5)
    rows = [[f"c{place}" for place in range(columns)]]
    rows += [["".join(draw.choices(LETTERS, k=draw.randrange(4))) for _ in range(columns)] for _ in range(draw.randrange(5))]
    # A row of blanks alone counts as an empty line.
    rows = [rows[0]] + [row for row in rows[1:] if "".join(row).strip() or len(row) > 1]
    stream = io.StringIO()
    separator = draw.choice([",", ";", "\t", "|"])
    csv.writer(stream, delimiter=separator, lineterminator=draw.choice(["\n", "\r\n"]),
               quoting=draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])).writerows(rows)
    text = draw.choice(["", "\ufeff"]) + stream.getvalue()
    if draw.random() < 0.3:
        text = text.rstrip("\r\n")
        # Without its last line break a last empty field of a last row is still one.
    tables.append({"text": text, "separator": separator, "rows": rows})

with open("packs.json", "w") as file:
    json.dump({"archives": archives, "arrays": arrays, "half": digest, "tables": tables}, file, indent=0)
    file.write("\n")
