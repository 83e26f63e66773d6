"""Non-negative weights of models of a number, by SciPy.

Run from this folder: python3 ensemble.py (needs NumPy and SciPy). Writes ensemble.json.
"""

import json

import numpy as np
import scipy
from scipy.optimize import nnls


def case(seed, rows, models, flipped):
    """Models that share what they know, some of them the wrong way round."""
    random = np.random.default_rng(seed)
    truth = 40 + 9 * random.standard_normal(rows)
    shared = random.standard_normal(rows)
    said = np.empty((models, rows))
    for model in range(models):
        slope = -0.4 if model < flipped else 0.2 + random.random()
        said[model] = 5 * model + slope * truth + 4 * shared + 6 * random.standard_normal(rows)
    truth, said = np.round(truth, 4), np.round(said, 4)
    means = said.mean(axis=1)
    weights = nnls((said - means[:, None]).T, truth - truth.mean())[0]
    return {
        "truth": truth.tolist(), "said": said.tolist(), "weights": weights.tolist(),
        "intercept": float(truth.mean() - weights @ means),
    }


result = {
    "scipy": scipy.__version__,
    "cases": [case(1, 60, 2, 0), case(2, 80, 5, 2), case(3, 50, 8, 3), case(4, 40, 1, 1), case(5, 90, 6, 0)],
}
with open("ensemble.json", "w") as file:
    json.dump(result, file)
    file.write("\n")
for one in result["cases"]:
    print([round(w, 3) for w in one["weights"]], round(one["intercept"], 3))
