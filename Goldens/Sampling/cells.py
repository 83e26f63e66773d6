"""Writes cells.json: how many draws each cell of rows gets, handed out one draw at a time.

Each draw goes to the cell that has had the fewest so far and may have another; of equals to the one with the most rows, then to
the first.

    python3 cells.py
"""

import json
import math

import numpy

random = numpy.random.default_rng(22)
cases = []
for _ in range(60):
    sizes = [int(n) for n in random.choice([1, 2, 3, 7, 20, 90], size=random.integers(1, 9))]
    cap = float(random.choice([1, 1.5, 2, 4.7, 10, 1e6]))
    draws = sum(sizes) if random.random() < 0.7 else int(random.integers(0, 120))
    limits = [math.floor(cap * n) for n in sizes]
    quotas = [0] * len(sizes)
    for _ in range(min(draws, sum(limits))):
        open_cells = [c for c in range(len(sizes)) if quotas[c] < limits[c]]
        cell = min(open_cells, key=lambda c: (quotas[c], -sizes[c], c))
        quotas[cell] += 1
    cases.append({"sizes": sizes, "cap": cap, "draws": draws, "quotas": quotas})

with open("cells.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
