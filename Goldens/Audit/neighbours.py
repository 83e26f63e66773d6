"""Golden numbers of neighbours: the nearest by cosine distance, and the score of outliers and rare examples.

Python 3.11, NumPy 2, scikit-learn 1.9; writes neighbours.json beside itself.

Of an example with k neighbours, itself among them: 2 / (1 + e^-d) - 1, d the mean cosine distance of the k - 1 others.
"""
import json
import pathlib

import numpy as np
from sklearn.neighbors import NearestNeighbors

random = np.random.default_rng(24)
# Three clouds around directions of their own, a pair that is rare, and one row that is far from all.
centres = random.normal(size=(3, 6)) * 3
# In steps of 1/256, which single precision holds exactly.
features = np.round(256 * np.concatenate([
    *(centre + random.normal(size=(n, 6)) for centre, n in zip(centres, (24, 12, 6))),
    -centres.sum(0) + 0.1 * random.normal(size=(2, 6)), random.normal(size=(1, 6)) * 5,
])) / 256
given = [0] * 24 + [1] * 12 + [2] * 6 + [2, 2, 0]
# Some labels are wrong, so that neighbours disagree.
for row in (3, 17, 30):
    given[row] = (given[row] + 1) % 3
COUNT = 12
search = NearestNeighbors(n_neighbors=COUNT + 1, metric="cosine", algorithm="brute").fit(features)
distances, rows = search.kneighbors(features)
assert (rows[:, 0] == np.arange(len(features))).all()
distances, rows = distances[:, 1:], rows[:, 1:]
# No two distances are so close that single precision could swap them.
gaps = np.diff(np.sort(search.kneighbors(features, n_neighbors=len(features))[0], axis=1)[:, 1:COUNT + 2], axis=1)
assert gaps.min() > 2e-6, gaps.min()
answer = {
    "width": 6, "count": COUNT, "features": features.ravel().tolist(), "given": given, "rows": rows.ravel().tolist(),
    "distances": distances.ravel().tolist(), "outliers": {}, "agreeing": {},
}
labels = np.array(given)
for k in (4, 10):
    mean = distances[:, :k - 1].mean(1)
    answer["outliers"][k] = (2 / (1 + np.exp(-mean)) - 1).tolist()
    answer["agreeing"][k] = (1 + (labels[rows[:, :k - 1]] == labels[:, None]).sum(1)).tolist()
(pathlib.Path(__file__).parent / "neighbours.json").write_text(json.dumps(answer) + "\n")
