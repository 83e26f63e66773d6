"""Archives and tables written by Python's own modules, for the readers of `Files`.

Run from this folder: python3 files.py (needs numpy). Writes arrays.npz, deflated.npz, wide.zip,
hello.gz, arrays.json, text.json, table.csv, table.json.
"""

import csv
import gzip
import io
import json
import zipfile

import numpy as np

rng = np.random.default_rng(7)
arrays = {
    "u1": rng.integers(0, 256, (2, 3), dtype=np.uint8),
    "i4": rng.integers(-1000, 1000, (4,), dtype=np.int32),
    "i8": rng.integers(-(2**40), 2**40, (2, 2), dtype=np.int64),
    "f4": rng.normal(size=(3, 2)).astype(np.float32),
    "f8": rng.normal(size=(2, 1, 2)),
    "b1": np.array([True, False, True]),
    "fortran": np.asfortranarray(np.arange(24, dtype=np.int32).reshape(2, 3, 4)),
    "scalar": np.array(2.5),
    "empty": np.zeros((0, 4), dtype=np.float32),
}
np.savez("arrays.npz", **arrays)
np.savez_compressed("deflated.npz", **arrays)
with open("arrays.json", "w") as file:
    values = {
        name: {"shape": list(a.shape), "values": [float(v) for v in a.ravel()]}
        for name, a in arrays.items()
    }
    json.dump(values, file, indent=1)
    file.write("\n")

def saved(array):
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue().hex()


# Bytes of whole .npy files: texts of unequal length, and numbers.
texts = ["a/1.png", "Ω-ж-🦠.png", "", "x,y"]
with open("text.json", "w") as file:
    golden = {
        "texts": texts,
        "npy": saved(np.array(texts)),
        "numbers": saved(np.arange(6, dtype=np.float32).reshape(2, 3)),
    }
    json.dump(golden, file, indent=1)
    file.write("\n")

# zip64: a size unknown in advance makes Python write the wide fields when forced.
with zipfile.ZipFile("wide.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    with archive.open("folder/wide.txt", "w", force_zip64=True) as entry:
        entry.write(b"wide " * 1000)
    archive.comment = b"a comment after the directory"

buffer = io.BytesIO()
for text in (b"hello, ", b"two members\n"):
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as member:
        member.write(text)
open("hello.gz", "wb").write(buffer.getvalue())

rows = [
    ["path", "label", "note"],
    ["a.jpg", "plain", ""],
    ["b,c.jpg", 'say "no"', "two\nlines"],
    ["d.jpg", " spaces kept ", "é — 日本"],
    ['"', '""', ","],
    ["", "", ""],
]
with open("table.csv", "w", newline="", encoding="utf-8") as file:
    csv.writer(file, lineterminator="\n").writerows(rows)
with open("table.json", "w", encoding="utf-8") as file:
    json.dump(rows, file, ensure_ascii=False, indent=1)
    file.write("\n")
