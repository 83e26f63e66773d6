"""Makes the fixture of a run: python3 copy.py RUN COPY PREFIX

Leaves out the weights of the checkpoints, takes PREFIX away from paths, rounds the float32 weights of the model to
5 bits of fraction (the nearest, ties to even), and compresses files above 100 kB.
"""
import gzip
import json
import pathlib
import struct
import sys

import numpy as np

CUT = 18  # of 23 bits of fraction


def rounded(model: bytes) -> bytes:
    size = struct.unpack("<Q", model[:8])[0]
    head = json.loads(model[8 : 8 + size])
    out = bytearray(model)
    for name, tensor in head.items():
        if name == "__metadata__" or tensor["dtype"] != "F32":
            continue
        start, end = (8 + size + place for place in tensor["data_offsets"])
        bits = np.frombuffer(model[start:end], "<u4").astype(np.uint64)
        bits += (1 << (CUT - 1)) - 1 + ((bits >> CUT) & 1)
        out[start:end] = (bits >> CUT << CUT).astype("<u4").tobytes()
    return bytes(out)


source, copy = map(pathlib.Path, sys.argv[1:3])
for path in sorted(source.rglob("*")):
    if path.is_dir() or path.parent.name == "checkpoints" and path.suffix == ".safetensors":
        continue
    content = path.read_bytes()
    is_model = path.name == "model.safetensors"
    content = rounded(content) if is_model else content.replace(sys.argv[3].encode(), b"")
    target = copy / path.relative_to(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    if len(content) > 100_000:
        target = target.with_name(target.name + ".gz")
        content = gzip.compress(content, 9, mtime=0)
    target.write_bytes(content)
