"""The input pipeline alone: decode, resize, crop, flip, normalise, collate; no network.

pipeline.py FOLDER SIZE BATCH WARMUP STEPS prints one line of JSON.
"""
import json
import resource
import sys
import time

import data


def main(folder: str, size: int, batch: int, warmup: int, steps: int) -> None:
    batches, _ = data.loader(folder, size, batch, warmup + steps)
    for step, _ in enumerate(batches):
        if step == warmup - 1:
            whole = data.memory_with_workers()
            start = time.perf_counter()
    seconds = time.perf_counter() - start
    print(json.dumps({
        "images_per_second": steps * batch / seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "whole_mb": whole,
    }))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:6]))
