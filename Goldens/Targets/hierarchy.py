"""Golden probabilities of labels in a hierarchy, raised towards parents, on random graphs without circles.

    python3 Goldens/Targets/hierarchy.py        # NumPy

Found by relaxation, not by walking: as long as a parent is less probable than a child it gets the child's probability.
"""

import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
rng = np.random.default_rng(20)
cases = []
for _ in range(40):
    width, rows = int(rng.integers(2, 8)), int(rng.integers(1, 6))
    order = rng.permutation(width)
    edges = [
        (int(order[a]), int(order[b]))
        for a in range(width) for b in range(a) if rng.random() < 0.35]
    if not edges:
        edges = [(int(order[1]), int(order[0]))]
    edges = [edges[i] for i in rng.permutation(len(edges))]
    given = np.round(rng.random((rows, width)), 3)
    p, changed = given.copy(), True
    while changed:
        changed = False
        for child, parent in edges:
            low = p[:, parent] < p[:, child]
            if low.any():
                p[low, parent] = p[low, child]
                changed = True
    cases.append({"labels": width, "edges": edges, "given": given.tolist(), "raised": p.tolist()})
lines = ",\n".join(json.dumps(case) for case in cases)
(HERE / "hierarchy.json").write_text(f"[\n{lines}\n]\n")
