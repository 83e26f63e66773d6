"""Signs of the lowest cosine frequencies of small pictures, by SciPy's transform.

Run from this folder: python3 hash.py (needs numpy and scipy). Writes hash.json: 32 x 32 grey levels, and the
64 bits as a hexadecimal number, bit k being the k-th frequency in the order of u + v, then u.
"""

import json

import numpy as np
from scipy.fft import dctn

rng = np.random.default_rng(6)
cases = []
for _ in range(5):
    y, x = np.mgrid[0:32, 0:32].astype(float)
    image = np.full((32, 32), 128.0)
    for _ in range(8):
        cx, cy, r = rng.uniform(0, 32), rng.uniform(0, 32), rng.uniform(2, 9)
        image += rng.uniform(-90, 90) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / r**2)
    image = np.clip(image + rng.normal(0, 3, image.shape), 0, 255).round()
    frequencies = dctn(image, type=2)
    order = sorted(((u, v) for u in range(9) for v in range(9) if u + v), key=lambda p: (sum(p), p[0]))
    bits = sum(1 << k for k, (u, v) in enumerate(order[:64]) if frequencies[u, v] > 0)
    cases.append({"pixels": image.astype(int).ravel().tolist(), "hash": f"{bits:016x}"})
with open("hash.json", "w") as out:
    json.dump(cases, out, separators=(",", ":"))
