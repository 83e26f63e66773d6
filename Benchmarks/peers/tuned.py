"""What every tuned peer settles before it computes. tuned.py --compiler says in JSON whether torch.compile works here."""
import json
import sys
import time

import torch


def prepare() -> None:
    """Denormal numbers are zero, as they can cost a hundred times as much as others; cuDNN takes the fastest of its algorithms."""
    torch.set_flush_denormal(True)
    torch.backends.cudnn.benchmark = True


def moved(batch: tuple, device: torch.device) -> tuple:
    """The batch on the device; to a GPU from pinned memory, and nothing waits for it."""
    if device.type != "cuda":
        return batch
    return tuple(tensor.pin_memory().to(device, non_blocking=True) for tensor in batch)


def has_bfloat16(device: torch.device = torch.device("cpu")) -> bool:
    """Whether the device multiplies bfloat16 itself; autocast slows down one that does not."""
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    try:
        words = set(open("/proc/cpuinfo").read().split())
    except OSError:
        return False
    return not words.isdisjoint({"avx512_bf16", "amx_bf16", "bf16"})


def compiler() -> dict:
    """Whether torch.compile makes a function here: it needs a C++ compiler and Python's headers."""
    start = time.perf_counter()
    try:
        torch.compile(lambda x: torch.relu(x * 2 + 1).sum())(torch.ones(64, 64))
    except Exception as problem:  # inductor has a type for each way to fail
        words = str(problem).strip().splitlines() or [type(problem).__name__]
        return {"works": False, "problem": words[0][:200]}
    return {"works": True, "seconds": time.perf_counter() - start}


if __name__ == "__main__" and "--compiler" in sys.argv:
    print(json.dumps(compiler()))
