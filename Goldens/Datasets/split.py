"""How evenly scikit-learn's StratifiedGroupKFold splits Chula RBC-12 at 60/20/20, for comparison.

Run from this folder: python3 split.py LABELS.CSV (needs scikit-learn). Writes split.json: over ten
seeds, the mean and the largest |x_sc / n_c - f_s| over classes c and splits s, where fold 0 is the
test, fold 1 val and the rest train; the class 12_elliptocyte is dropped.
"""

import csv
import json
import sys

import numpy as np
import sklearn
from sklearn.model_selection import StratifiedGroupKFold

rows = [r for r in csv.DictReader(open(sys.argv[1])) if r["label"] != "12_elliptocyte"]
labels = np.array([r["label"] for r in rows])
groups = np.array([r["group"] for r in rows])
classes = sorted(set(labels))

means, maxima = [], []
for seed in range(10):
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=seed).split(labels, labels, groups)
    split = np.full(len(labels), "train", dtype="U5")
    for number, (_, members) in enumerate(folds):
        if number < 2:
            split[members] = ["test", "val"][number]
    deviations = [
        abs(np.mean(split[labels == c] == s) - share)
        for c in classes
        for s, share in (("train", 0.6), ("val", 0.2), ("test", 0.2))
    ]
    means.append(float(np.mean(deviations)))
    maxima.append(float(np.max(deviations)))

with open("split.json", "w") as file:
    result = {"sklearn": sklearn.__version__, "mean": means, "max": maxima}
    json.dump(result, file, indent=1)
    file.write("\n")
