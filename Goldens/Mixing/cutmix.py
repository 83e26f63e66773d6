"""Writes cutmix.json: CutMix of small images for given λ, place and partners, in NumPy, with the box as Yun et al. 2019 cut it.

    python3 cutmix.py
"""

import json

import numpy as np

rng = np.random.default_rng(2)
N, C, CHANNELS, HEIGHT, WIDTH = 3, 3, 2, 5, 7
x = np.round(rng.normal(size=(N, CHANNELS, HEIGHT, WIDTH)), 3)
labels, partner = np.array([0, 1, 2]), np.array([2, 0, 1])
cases = []
for lam, cx, cy in [(0.5, 3, 2), (0.5, 0, 0), (0.1, 6, 4), (0.9, 3, 2), (1.0, 3, 2), (0.0, 3, 2), (0.0, 0, 4)]:
    width, height = int(WIDTH * np.sqrt(1 - lam)), int(HEIGHT * np.sqrt(1 - lam))
    x1, x2 = np.clip([cx - width // 2, cx + width // 2], 0, WIDTH)
    y1, y2 = np.clip([cy - height // 2, cy + height // 2], 0, HEIGHT)
    mixed = x.copy()
    mixed[:, :, y1:y2, x1:x2] = x[partner][:, :, y1:y2, x1:x2]
    left = 1 - (x2 - x1) * (y2 - y1) / (WIDTH * HEIGHT)
    target = left * np.eye(C)[labels] + (1 - left) * np.eye(C)[labels[partner]]
    cases.append({"lambda": lam, "x": cx, "y": cy, "left": left, "mixed": mixed.flatten().tolist(),
                  "target": target.flatten().tolist()})

with open("cutmix.json", "w") as fp:
    json.dump({"shape": x.shape, "classes": C, "inputs": x.flatten().tolist(), "labels": labels.tolist(),
               "partner": partner.tolist(), "cases": cases}, fp, indent=1)
    fp.write("\n")
