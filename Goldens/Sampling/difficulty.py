"""Writes difficulty.json: how difficult examples of several labels are, and which of five bins they lie in, by NumPy.

The difficulty is written as the paper has it, mean(c (1 - m)) - mean(c m); bins are edges from `numpy.log1p` and `numpy.digitize`.

    python3 difficulty.py
"""

import json

import numpy

random = numpy.random.default_rng(12)
N, L, B = 400, 40, 5
prevalence = 0.35 * (0.004 / 0.35) ** (numpy.arange(L) / (L - 1))
severity = random.normal(size=N)  # examples that have much have much that is rare
table = (random.random((N, L)) < prevalence * numpy.exp(0.8 * severity)[:, None]).astype(float)
for label in range(L):
    table[label, label] = 1
holes = random.random((N, L)) < 0.1


def places(c):
    """c has NaN where it is not known."""
    m = numpy.nanmean(c, axis=0)
    d = numpy.nanmean(c * (1 - m), axis=1) - numpy.nanmean(c * m, axis=1)
    kept = numpy.nansum(c, axis=1) > 0
    t = numpy.linspace(0, 1, B + 1)
    low, high = d[kept].min(), d[kept].max()
    edges = low + (high - low) * numpy.log1p(5 * t) / numpy.log(6)
    found = numpy.clip(numpy.digitize(d, edges[1:-1]), 0, B - 1)
    return {
        "difficulty": [float(x) if k else None for x, k in zip(d, kept)],
        "bins": [int(b) if k else -1 for b, k in zip(found, kept)],
    }


partly = numpy.where(holes, numpy.nan, table)
with open("difficulty.json", "w") as file:
    json.dump({
        "width": L,
        "table": [-1 if numpy.isnan(x) else int(x) for x in partly.ravel()],
        "known": places(table),
        "partly": places(partly),
        "whole": [int(x) for x in table.ravel()],
    }, file)
    file.write("\n")
