"""Writes contrast.json: supervised contrast (Khosla et al., L_out), pair by pair, in NumPy.

    python3 contrast.py
"""

import json

import numpy as np

rng = np.random.default_rng(3)
f = rng.normal(0, 2, (7, 5))
labels = [0, 1, 0, 2, 1, 0, 3]
cases = []
for tau in (0.07, 0.5):
    z = f / np.linalg.norm(f, axis=1, keepdims=True)
    rows = []
    for i in range(len(f)):
        others = [a for a in range(len(f)) if a != i]
        partners = [p for p in others if labels[p] == labels[i]]
        total = sum(np.exp(z[i] @ z[a] / tau) for a in others)
        rows.append(-sum(np.log(np.exp(z[i] @ z[p] / tau) / total) for p in partners) / len(partners) if partners else 0.0)
    cases.append({"temperature": tau, "values": rows, "denominator": sum(labels.count(y) > 1 for y in labels)})
with open("contrast.json", "w") as fp:
    json.dump({"features": f.flatten().tolist(), "labels": labels, "cases": cases}, fp, indent=1)
    fp.write("\n")
