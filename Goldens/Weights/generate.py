"""Writes the small files that the reader of PyTorch's formats is tested on.

    python3 generate.py          (needs torch, safetensors, numpy)

`values.json` says what each must read as: name, shape, element type, values in row-major order.
"""

import collections
import json
import os
import pathlib

import numpy as np
import safetensors.torch
import torch

HERE = pathlib.Path(__file__).parent


class Evil:
    """A pickle that runs a command when Python loads it."""

    def __reduce__(self):
        return os.system, ("touch /tmp/steelyard-was-here",)


def state():
    base = torch.arange(24, dtype=torch.float32) / 7
    return collections.OrderedDict(
        matrix=base.reshape(4, 6),
        transposed=base.reshape(4, 6).t(),
        channels_last=base.reshape(1, 3, 2, 4).contiguous(memory_format=torch.channels_last),
        part=base[5:9],
        parameter=torch.nn.Parameter(torch.tensor([1.5, -2.5])),
        double=torch.tensor([1 / 3, -1e300], dtype=torch.float64),
        half=torch.tensor([0.5, 65504.0], dtype=torch.float16),
        brain=torch.tensor([1.0, -3.0], dtype=torch.bfloat16),
        count=torch.tensor(12345678901234),
        integer=torch.tensor([-7, 8], dtype=torch.int32),
        bytes=torch.tensor([0, 255, 3], dtype=torch.uint8),
        truth=torch.tensor([True, False, True]),
        empty=torch.zeros(0, 3),
    )


def optimizer():
    """What Adam remembers after a step: tensors of another type than most weights, and numbers."""
    weight = torch.nn.Parameter(torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64))
    adam = torch.optim.Adam([weight])
    weight.square().sum().backward()
    adam.step()
    return adam.state_dict()


def main():
    values = state()
    checkpoint = {"epoch": 3, "optimizer": optimizer(), "model": values}
    torch.save(checkpoint, HERE / "checkpoint-stream.pth", _use_new_zipfile_serialization=False)
    torch.save(values, HERE / "zip.pth")
    torch.save(values, HERE / "stream.pth", _use_new_zipfile_serialization=False)
    torch.save({"epoch": 3, "state_dict": values}, HERE / "nested.pth")
    torch.save({"weight": Evil()}, HERE / "evil.pth")
    torch.save({"weight": Evil()}, HERE / "evil-stream.pth", _use_new_zipfile_serialization=False)
    torch.save(torch.nn.Linear(2, 2), HERE / "module.pth")
    dense = {name: value.detach().contiguous().clone() for name, value in values.items()}
    safetensors.torch.save_file(dense, HERE / "python.safetensors", {"made by": "safetensors"})
    expected = [
        [name, list(value.shape), str(value.dtype)[6:], value.double().flatten().tolist()]
        for name, value in values.items()
    ]
    (HERE / "values.json").write_text(json.dumps(expected) + "\n")
    np.savez(HERE / "wrong.npz", **{"resnet/root_block/standardized_conv2d/kernel": np.zeros(3, np.float32)})


if __name__ == "__main__":
    main()
