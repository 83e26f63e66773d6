"""Writes similarity.json: scikit-image's structural similarity, place by place, in float64.

    pip install scikit-image
    python3 similarity.py
"""

import json

import numpy as np
from skimage.metrics import structural_similarity

rng = np.random.default_rng(4)
N, C, H, W = 3, 2, 12, 14
x = rng.uniform(0, 1, (N, C, H, W))
y = np.clip(x + rng.normal(0, 0.2, x.shape), 0, 1)
y[1] = rng.uniform(0, 1, y[1].shape)  # nothing in common
y[2] = 0.5  # no variance at all

maps, means = [], []
for n in range(N):
    options = dict(
        gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1, channel_axis=0)
    mean, image = structural_similarity(x[n], y[n], full=True, **options)
    means.append(mean)
    maps += image[:, 5:-5, 5:-5].flatten().tolist()

with open("similarity.json", "w") as fp:
    json.dump(
        {"shape": [N, C, H, W], "x": x.flatten().tolist(), "y": y.flatten().tolist(),
         "maps": maps, "means": means}, fp)
    fp.write("\n")
