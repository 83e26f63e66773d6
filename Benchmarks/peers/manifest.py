"""Samplers of PyTorch over N rows: seconds to set up, seconds of an epoch, memory. One object of JSON.

    python3 manifest.py random ROWS
    python3 manifest.py weighted ROWS CLASSES

Labels have a long tail with a smallest class of 6 rows, as bench-manifest's table; weights are 1 / n_c, the balanced epoch.
"""
import json
import math
import resource
import sys
import time

import numpy as np
import torch
from torch.utils.data import RandomSampler, WeightedRandomSampler


def sizes(rows: int, classes: int) -> np.ndarray:
    low, high = 0.0, math.log(rows)
    steps = np.arange(classes) / (classes - 1)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if (6 * np.exp(middle * steps)).sum() > rows else (middle, high)
    counts = np.maximum(6, (6 * np.exp(low * steps)).astype(np.int64))
    counts[-1] += rows - counts.sum()
    return counts


def resident() -> dict:
    with open("/proc/self/status") as file:
        lines = dict(line.split(":", 1) for line in file)
    return {"own": int(lines["RssAnon"].split()[0]) * 1024, "files": int(lines["RssFile"].split()[0]) * 1024}


def main() -> None:
    kind, rows = sys.argv[1], int(sys.argv[2])
    torch.manual_seed(1)
    answer = {"kind": kind, "rows": rows, "before": resident()}
    counts = sizes(rows, int(sys.argv[3])) if kind == "weighted" else None
    start = time.perf_counter()
    try:
        if kind == "random":
            sampler = RandomSampler(range(rows))
        else:
            weights = torch.from_numpy(np.repeat(1 / counts, counts))
            sampler = WeightedRandomSampler(weights, rows)
        answer["set_up"] = time.perf_counter() - start
        start = time.perf_counter()
        iterator = iter(sampler)
        first = next(iterator)
        answer["first"] = time.perf_counter() - start
        total = first + sum(iterator)
        answer["epoch"] = time.perf_counter() - start
        answer["sum"] = total
    except (RuntimeError, MemoryError) as error:
        answer["error"] = f"{type(error).__name__}: {error}".split("\n")[0]
    answer["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
