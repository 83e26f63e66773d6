"""Seconds of scikit-learn for what `steelyard curate` does: scaling, components, k-means, exact cosine neighbours.

    python3 Benchmarks/peers/curation.py FILE.npz CLUSTERS COMPONENTS NEIGHBOURS     (needs numpy, scikit-learn)

One start of k-means++ (its greedy variant) and at most 100 steps, as there; prints a line of JSON.
"""
import json
import sys
import time

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

x = np.load(sys.argv[1])["features"]
clusters, components, neighbours = map(int, sys.argv[2:5])
seconds = {}


def timed(part, body):
    start = time.perf_counter()
    result = body()
    seconds[part] = time.perf_counter() - start
    return result


z = timed("scaling", lambda: StandardScaler().fit_transform(x))
scores = timed("components", lambda: PCA(components, svd_solver="covariance_eigh").fit_transform(z))
timed("clusters", lambda: KMeans(clusters, n_init=1, max_iter=100, tol=0, random_state=1).fit(scores))
timed(
    "near copies",
    lambda: NearestNeighbors(n_neighbors=neighbours, metric="cosine", algorithm="brute").fit(z).kneighbors())
print(json.dumps(seconds))
