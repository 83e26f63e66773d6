"""What the machine reaches at best, by simple means: products of large matrices, copies of memory, decoded files.

limits.py [NETWORK:SIZE …] [/FOLDER:SIZE …] prints one line of JSON: FLOPs a second of float32 and, where the processor has it,
bfloat16; bytes a second of a copy, read and written; FLOPs of one image through each network, forward; files a second that
all processors decode, from memory, at the least size that the decoder offers without going below SIZE.
"""
import concurrent.futures
import io
import json
import os
import pathlib
import sys
import time

import networks
import torch
import tuned
from PIL import Image


def best_rate(work: float, act, least_seconds: float = 0.4) -> float:
    """The best rate of repetitions that together last a while: what else runs can only take away."""
    act()
    best, begun = 0.0, time.perf_counter()
    while time.perf_counter() - begun < least_seconds:
        start = time.perf_counter()
        act()
        best = max(best, work / (time.perf_counter() - start))
    return best


def products(kind: torch.dtype, side: int = 1536) -> float:
    left, right = torch.randn(side, side).to(kind), torch.randn(side, side).to(kind)
    return best_rate(2 * side**3, lambda: torch.mm(left, right))


def copies(size: int = 1 << 28) -> float:
    """Of blocks far larger than any cache."""
    source, target = torch.ones(size // 4), torch.ones(size // 4)
    return best_rate(2 * size, lambda: target.copy_(source))


def flops(network: str, size: int) -> int:
    """Twice the products of convolutions and linear layers, which hold nearly all there are."""
    model, total = networks.build(network, 10).eval(), 0

    def count(layer, inputs, output):
        nonlocal total
        each = layer.weight[0].numel()
        total += 2 * each * output.numel()

    for layer in model.modules():
        if isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear)):
            layer.register_forward_hook(count)
    with torch.inference_mode():
        model(torch.zeros(1, 3, size, size))
    return total


def decoded(folder: str, size: int, least_seconds: float = 1.0) -> float:
    """Files a second of a thread for each processor; Pillow's decoder leaves Python's lock."""
    paths = sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file())[:64]
    contents = [path.read_bytes() for path in paths]

    def load(content: bytes) -> None:
        image = Image.open(io.BytesIO(content))
        image.draft("RGB", (size, size))
        image.load()

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return best_rate(len(contents), lambda: list(pool.map(load, contents)), least_seconds)


def main(words: list[str]) -> None:
    torch.set_grad_enabled(False)
    rates = {"float32": products(torch.float32)}
    if tuned.has_bfloat16():
        rates["bfloat16"] = products(torch.bfloat16)
    pairs = [word.rsplit(":", 1) for word in words]
    print(json.dumps({
        "flops_per_second": rates,
        "copied_bytes_per_second": copies(),
        "flops": {f"{name}:{size}": flops(name, int(size)) for name, size in pairs if "/" not in name},
        "decoded_per_second": {
            f"{pathlib.Path(name).name}:{size}": decoded(name, int(size)) for name, size in pairs if "/" in name},
    }))


if __name__ == "__main__":
    main(sys.argv[1:])
