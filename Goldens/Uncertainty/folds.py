"""Golden numbers for metrics over folds: SciPy's t quantiles, and the corrected interval written again in NumPy.

    python3 Goldens/Uncertainty/folds.py        # numpy, scipy
"""

import json
import pathlib

import numpy as np
from scipy.stats import t

quantiles = [
    [level, freedom, t.ppf((1 + level) / 2, freedom)]
    for level in (0.5, 0.9, 0.95, 0.99, 0.999)
    for freedom in (1, 2, 3, 4, 9, 30, 1000)
]

rng = np.random.default_rng(5)
summaries = []
for folds in (2, 3, 5, 10):
    for level in (0.9, 0.95):
        values = rng.uniform(0.2, 0.9, folds)
        deviation = values.std(ddof=1)
        # Nadeau and Bengio: 1/K + n_test/n_train, and a fold is 1/(K - 1) of what it is not.
        half = t.ppf((1 + level) / 2, folds - 1) * deviation * np.sqrt(1 / folds + 1 / (folds - 1))
        summaries.append(
            {
                "values": values.tolist(),
                "level": level,
                "mean": values.mean(),
                "deviation": deviation,
                "low": values.mean() - half,
                "high": values.mean() + half,
            }
        )

out = {"quantiles": quantiles, "summaries": summaries}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out, indent=1) + "\n")
