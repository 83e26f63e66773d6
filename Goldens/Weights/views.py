"""Writes files that hold the same tensors in the ways in which PyTorch has written them over the years.

    python3 views.py          (needs torch)

`views.json` says what each of `views-*.pth` must read as: name, shape, element type, values in row-major order.
`views-protocolN.pth` are by `torch.save` with pickles of that protocol, of both containers; `views-oldest.pth` names
the function that PyTorch had before 0.4; `unread-*.pth` hold element types that are not read here.
"""

import collections
import json
import pathlib

import torch

HERE = pathlib.Path(__file__).parent


def state():
    """Tensors that share a storage in every way that PyTorch can describe."""
    base = torch.arange(60, dtype=torch.float32) * 0.25 - 3
    cube = base.reshape(3, 4, 5)
    parameter = torch.nn.Parameter(torch.tensor([[4.0, -5.0]]))
    parameter.note = 7  # written as a parameter with state
    numbers = torch.arange(12, dtype=torch.int64) - 6
    return collections.OrderedDict(
        whole=cube,
        turned=cube.permute(2, 0, 1),
        column=cube[:, :, 3],
        every_other=base[1::2][:7],
        corner=cube[1:, 2:, 1:4],
        one=cube[2, 3, 4],
        expanded=cube[:1, :1, :2].expand(3, 2, 2),
        diagonal=torch.diagonal(base[:16].reshape(4, 4)),
        windows=base[:6].unfold(0, 3, 1),
        last=base[59:],
        none=cube[:, 2:2],
        odd_one=torch.zeros(1, 1, 1).as_strided((1, 1, 1), (9, 7, 5)),
        parameter=parameter,
        shared=numbers.reshape(3, 4).t(),
        shared_again=numbers[3:9],
        half=base.half()[10:20:3],
        brain=base.bfloat16().reshape(6, 10)[:, ::5],
        bytes=torch.arange(256, dtype=torch.uint8).reshape(16, 16)[::5, 1::5],
        truth=(numbers % 3 == 0).reshape(2, 6)[:, 1::2],
        double=torch.tensor([1e-300, -0.0, 1.7976931348623157e308], dtype=torch.float64),
        integer=torch.tensor([-(2**31), 2**31 - 1], dtype=torch.int32),
        long=torch.tensor([-(2**40) - 1, 2**40 + 1], dtype=torch.int64),
    )


def main():
    values = state()
    for protocol in (2, 3, 4, 5):
        torch.save(values, HERE / f"views-protocol{protocol}.pth", pickle_protocol=protocol)
    torch.save(values, HERE / "views-stream.pth", _use_new_zipfile_serialization=False)
    torch.save({"a": 1, "model": {"state_dict": values, "b": [2]}}, HERE / "views-wrapped.pth")
    # Of the container before 1.6; the older function has the first four arguments of the newer.
    old = collections.OrderedDict((name, value) for name, value in values.items() if name != "parameter")

    def rebuilt(tensor):
        return torch._utils._rebuild_tensor, (
            tensor.storage(), tensor.storage_offset(), tuple(tensor.size()), tensor.stride())

    usual = torch.Tensor.__reduce_ex__
    torch.Tensor.__reduce_ex__ = lambda tensor, protocol: rebuilt(tensor)
    torch.save(old, HERE / "views-oldest.pth", _use_new_zipfile_serialization=False)
    torch.Tensor.__reduce_ex__ = usual
    for name, kind in (("short", torch.int16), ("char", torch.int8), ("complex", torch.complex64)):
        torch.save({"w": torch.ones(2, dtype=kind)}, HERE / f"unread-{name}.pth")
    torch.save({"w": torch.ones(2, dtype=torch.uint16)}, HERE / "unread-uint16.pth")
    expected = [
        [name, list(value.shape), str(value.dtype)[6:], value.detach().double().reshape(-1).tolist()]
        for name, value in values.items()
    ]
    (HERE / "views.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main()
