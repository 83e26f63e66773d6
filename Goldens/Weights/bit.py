"""Writes `bit.npz`: a BiT archive of real size whose every array is one number, so that it packs small;
and `bit-small.npz`, with an array of each kind of name and axes of one to three, for damage.

    python3 bit.py          (needs torch, numpy)

`bit.json` says where each number must arrive: the model is that of ../Networks/golden.py, and a module
takes its arrays as the authors' PyTorch code loads them: gn1 and conv1 from a, gn2 and conv2 from b,
gn3 and conv3 from c, downsample from a/proj.
"""

import io
import json
import pathlib
import sys
import zipfile

import numpy as np

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "Networks"))
import golden  # noqa: E402

UNIT = {
    "gn1.weight": "a/group_norm/gamma",
    "gn1.bias": "a/group_norm/beta",
    "gn2.weight": "b/group_norm/gamma",
    "gn2.bias": "b/group_norm/beta",
    "gn3.weight": "c/group_norm/gamma",
    "gn3.bias": "c/group_norm/beta",
    "conv1.weight": "a/standardized_conv2d/kernel",
    "conv2.weight": "b/standardized_conv2d/kernel",
    "conv3.weight": "c/standardized_conv2d/kernel",
    "downsample.weight": "a/proj/standardized_conv2d/kernel",
}
REST = {
    "root.conv.weight": "resnet/root_block/standardized_conv2d/kernel",
    "head.gn.weight": "resnet/group_norm/gamma",
    "head.gn.bias": "resnet/group_norm/beta",
    "head.conv.weight": "resnet/head/conv2d/kernel",
    "head.conv.bias": "resnet/head/conv2d/bias",
}


def small(arrays):
    """The root, the head and the first unit of two blocks, every fourth array stored and the others deflated, each axis shortened."""
    kept = [key for key in arrays if not key.startswith("resnet/block") or key.startswith(("resnet/block1/unit01", "resnet/block4/unit02"))]
    with zipfile.ZipFile(HERE / "bit-small.npz", "w") as archive:
        for number, key in enumerate(kept):
            part = arrays[key][tuple(slice(0, 1 + axis % 3) for axis in range(arrays[key].ndim))]
            text = io.BytesIO()
            np.lib.format.write_array(text, np.ascontiguousarray(part))
            entry = zipfile.ZipInfo(key + ".npy", (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, text.getvalue(), zipfile.ZIP_DEFLATED if number % 4 else zipfile.ZIP_STORED)


def main():
    arrays, expected = {}, []
    for number, (name, value) in enumerate(golden.bit(5).state_dict().items()):
        if name in REST:
            key = REST[name]
        else:
            _, block, unit, part = name.split(".", 3)
            key = f"resnet/{block}/{unit}/{UNIT[part]}"
        shape = tuple(value.shape)
        hwio = tuple(shape[i] for i in (2, 3, 1, 0)) if len(shape) == 4 else shape
        arrays[key] = np.full(hwio, number, np.float32)
        if name == "root.conv.weight":  # one kernel with distinct elements, for the order of its axes
            arrays[key] = np.arange(value.numel(), dtype=np.float32).reshape(hwio)
        expected.append([name, list(shape), number])
    small(arrays)
    np.savez_compressed(HERE / "bit.npz", **dict(reversed(arrays.items())))
    (HERE / "bit.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main()
