"""The input pipeline alone, tuned: see tuned_data.py. Nothing is kept in memory, as a data set larger than memory would have it.

pipeline_tuned.py FOLDER SIZE BATCH WARMUP STEPS prints one line of JSON.
"""
import sys

import data
import tuned_data


def main(folder: str, size: int, batch: int, warmup: int, steps: int) -> None:
    batches = tuned_data.loader(tuned_data.Drawn(folder, size, augments=True), batch, warmup + steps)
    data.timed(batches, batch, warmup, steps, tuned_data.normalised)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:6]))
