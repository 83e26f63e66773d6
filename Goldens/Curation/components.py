"""Golden numbers of scaling, principal components and k-means, by scikit-learn.

Python 3.11, NumPy 2, scikit-learn 1.5 or later (which turns components so that their largest loading is positive); writes
components.json beside itself.
"""
import json
import pathlib

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler


def case(seed, rows, width, kinds, components, constant=()):
    """Rows around a few centres, columns of very different scale, some of them constant."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(kinds, width)) * 3
    truth = random.integers(0, kinds, rows)
    x = centres[truth] + random.normal(size=(rows, width)) @ random.normal(size=(width, width)) * 0.5
    x = x * 10.0 ** random.integers(-2, 3, width) + random.normal(size=width) * 5
    x[:, list(constant)] = 1.25
    x = x.astype(np.float32)
    scaler = StandardScaler().fit(x.astype(np.float64))
    z = scaler.transform(x.astype(np.float64)).astype(np.float32)
    pca = PCA(n_components=components, svd_solver="full").fit(z.astype(np.float64))
    # What Steelyard clusters: single-precision scores.
    scores = pca.transform(z.astype(np.float64)).astype(np.float32)
    first = scores[random.choice(rows, kinds, replace=False)]
    means = KMeans(kinds, init=first, n_init=1, max_iter=300, tol=0, algorithm="lloyd").fit(scores.astype(np.float64))
    return {
        "rows": rows, "width": width, "clusters": kinds, "x": x.ravel().tolist(), "means": scaler.mean_.tolist(),
        "deviations": np.sqrt(scaler.var_).tolist(), "components": pca.components_.ravel().tolist(),
        "variances": pca.explained_variance_.tolist(), "kept": float(pca.explained_variance_ratio_.sum()),
        "scores": scores.ravel().tolist(), "first": first.ravel().tolist(), "labels": means.labels_.tolist(),
        "centres": means.cluster_centers_.ravel().tolist(), "inertia": float(means.inertia_), "steps": int(means.n_iter_),
    }


cases = [case(1, 120, 6, 4, 3), case(2, 60, 10, 3, 9, constant=(4,)), case(3, 30, 40, 5, 12), case(4, 300, 3, 7, 2)]
text = json.dumps(cases, separators=(",", ":"))
pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")
