"""Golden values of two classes: scikit-learn with the rarer class as pos_label, under both spellings.

    python3 Goldens/Evaluation/positive.py        # scikit-learn 1.9.1

Rows of positive.json: case, positive class, average precision, AUROC, F1, precision, recall. The names sort one
way and the other; scikit-learn, told pos_label, gives the same numbers, which is asserted.
"""

import warnings

import numpy as np
from sklearn import metrics as sk

from tables import NAN, store, table, write

warnings.simplefilter("ignore")


def values(y, decided, score, positive):
    both = len(set(y)) > 1
    hit = set(y) | set(decided)
    f1 = sk.f1_score(y, decided, pos_label=positive, average="binary", zero_division=np.nan) if positive in hit else NAN
    return [
        sk.average_precision_score(y, score, pos_label=positive) if positive in y else NAN,
        sk.roc_auc_score(y == positive, score) if both else NAN,
        f1,
        sk.precision_score(y, decided, pos_label=positive, zero_division=np.nan) if positive in decided else NAN,
        sk.recall_score(y, decided, pos_label=positive, zero_division=np.nan) if positive in y else NAN,
    ]


rows = []
for case in range(1, 9001):
    y, decided, scores, _ = table(case)
    if scores.shape[1] != 2 or len(set(y)) < 2 or len(set(decided)) < 2:
        continue
    positive = int((y == 1).sum() <= (y == 0).sum())
    found = []
    for names in (["a-rare", "b-common"], ["z-rare", "b-common"]):
        # The positive class has the name that ends in rare, whichever way that sorts.
        named = np.array(names if positive == 0 else names[::-1])
        found.append(values(named[y], named[decided], scores[:, positive], named[positive]))
    assert np.allclose(found[0], found[1], atol=1e-15, equal_nan=True), case
    rows.append([case, positive] + [store(v) for v in found[0]])
write("positive.json", rows)
print(len(rows), "tables of two classes")
