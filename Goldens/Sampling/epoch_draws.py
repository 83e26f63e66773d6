"""Writes epoch_draws.json: EpochDraws, written again from its description in Python.

    python3 epoch_draws.py
"""

import bisect
import json
import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Randomness"))

from permutation import Permutation  # noqa: E402
from randomness import Key  # noqa: E402


def shares(kind, counts, t):
    n, c = sum(counts), len(counts)
    if kind == "balanced":
        return [1 / c] * c
    if kind == "square_root":
        powers = [math.pow(k, 0.5) for k in counts]
        total = 0.0
        for p in powers:
            total += p
        return [p / total for p in powers]
    return [(1 - t) * (k / n) + t / c for k in counts]


def sums(values):
    ends = [0]
    for value in values:
        ends.append(ends[-1] + value)
    return ends


def rows(kind, counts, t, epoch, evenly, positions):
    key = Key.seeded(7).fold("draws").fold(epoch)
    starts = sums(counts)
    if kind == "uniform":
        order = Permutation(starts[-1], key)
        return [order(p) for p in positions]
    ends = sums(max(1, math.floor(math.ldexp(p, 62) + 0.5)) for p in shares(kind, counts, t))
    drawn = []
    if not evenly:
        for position in positions:
            source = key.fold(position).source
            label = bisect.bisect_right(ends, source.below(ends[-1])) - 1
            drawn.append(starts[label] + source.below(counts[label]))
        return drawn
    offset = key.fold("places").source.below(ends[-1])
    places = [(starts[-1] * end + offset) // ends[-1] for end in ends]
    order = Permutation(starts[-1], key)
    for position in positions:
        place = order(position)
        label = bisect.bisect_right(places, place) - 1
        turn, within = divmod(place - places[label], counts[label])
        drawn.append(starts[label] + Permutation(counts[label], key.fold(label).fold(turn))(within))
    return drawn


def main():
    golden = []
    for counts in ([90, 9, 1], [6, 99_999_994 - 1000, 1000], [2**39, 2**39 - 6, 6]):
        n = sum(counts)
        positions = [p for p in (0, 1, 2, 3, 4, 5, 50, n // 2, n - 1)]
        for kind, t in (("uniform", 0), ("balanced", 0), ("square_root", 0), ("progressive", 0.25)):
            for evenly in (False, True) if kind != "uniform" else (False,):
                golden.append({"kind": kind, "counts": counts, "progress": t, "epoch": 3, "evenly": evenly,
                               "positions": positions,
                               "rows": rows(kind, counts, t, 3, evenly, positions)})
    with open("epoch_draws.json", "w") as fp:
        json.dump(golden, fp, indent=1)
        fp.write("\n")


if __name__ == "__main__":
    main()
