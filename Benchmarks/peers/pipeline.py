"""The input pipeline alone: decode, resize, crop, flip, normalise, collate; no network.

pipeline.py FOLDER SIZE BATCH WARMUP STEPS prints one line of JSON.
"""
import sys

import data


def main(folder: str, size: int, batch: int, warmup: int, steps: int) -> None:
    batches, _ = data.loader(folder, size, batch, warmup + steps)
    data.timed(batches, batch, warmup, steps)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:6]))
