"""The input pipeline alone, tuned: see tuned_data.py. Nothing is kept in memory, as a data set larger than memory would have it.

pipeline_tuned.py FOLDER SIZE BATCH WARMUP STEPS prints one line of JSON.
"""
import json
import resource
import sys
import time

import data
import tuned_data


def main(folder: str, size: int, batch: int, warmup: int, steps: int) -> None:
    batches = tuned_data.loader(tuned_data.Drawn(folder, size, augments=True), batch, warmup + steps)
    for step, (images, _) in enumerate(batches):
        tuned_data.normalised(images)
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
