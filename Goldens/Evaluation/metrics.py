"""Golden metrics: what scikit-learn, imbalanced-learn and SciPy say about the tables of tables.py.

    python3 Goldens/Evaluation/metrics.py        # scikit-learn 1.9.1, imbalanced-learn 0.14, scipy
"""

import warnings

import numpy as np
from imblearn.metrics import geometric_mean_score
from scipy.stats import binomtest, kendalltau, norm
from sklearn import metrics as sk

from tables import NAN, condensed, store, table, write

warnings.simplefilter("ignore")


def decision_metrics(y, p, classes):
    labels = list(range(classes))
    each = sk.precision_recall_fscore_support(y, p, labels=labels, zero_division=np.nan)
    macro = sk.precision_recall_fscore_support(
        y, p, labels=labels, zero_division=np.nan, average="macro")
    weighted = sk.precision_recall_fscore_support(
        y, p, labels=labels, zero_division=np.nan, average="weighted")
    # The defaults, wherever scikit-learn calls them defined.
    assert np.isclose(macro[2], sk.f1_score(y, p, average="macro"), atol=1e-15)
    assert np.isclose(macro[1], sk.balanced_accuracy_score(y, p), atol=1e-15)
    if set(y) <= set(p):
        assert np.isclose(
            macro[0], sk.precision_score(y, p, labels=sorted(set(p)), average="macro"), atol=1e-15)
    # A mean over no class at all: scikit-learn falls back to 0, we say undefined.
    precision_weighted = weighted[0] if set(y) & set(p) else NAN
    specificity = [sk.recall_score(y != k, p != k, zero_division=np.nan) for k in labels]
    return [
        sk.accuracy_score(y, p), sk.balanced_accuracy_score(y, p), sk.matthews_corrcoef(y, p),
        sk.cohen_kappa_score(y, p, labels=labels),
        sk.cohen_kappa_score(y, p, labels=labels, weights="linear"),
        sk.cohen_kappa_score(y, p, labels=labels, weights="quadratic"),
        macro[2], weighted[2], macro[0], precision_weighted, macro[1], weighted[1],
        np.nanmean(specificity) if not np.all(np.isnan(specificity)) else NAN,
        condensed(each[0]), condensed(each[1]), condensed(each[2]), condensed(specificity),
        # Classes in the truth; imbalanced-learn's default also takes a class predicted but never true, as 0.
        geometric_mean_score(y, p, labels=sorted(set(y))),
        kendalltau(y, p, variant="b").statistic,
    ]


def score_metrics(y, scores, distinct):
    classes = scores.shape[1]
    present = set(y)
    each = [
        sk.roc_auc_score(y == k, scores[:, k]) if k in present and len(present) > 1 else NAN
        for k in range(classes)]
    if classes == 2:
        # Of two classes the rarer is the positive one, of equals the second.
        positive = int((y == 1).sum() <= (y == 0).sum())
        macro = sk.roc_auc_score(y == positive, scores[:, positive]) if len(present) > 1 else NAN
    elif len(present) == classes:
        macro = sk.roc_auc_score(y, scores, multi_class="ovr", average="macro")
    else:  # scikit-learn gives NaN here
        macro = np.nanmean(each) if len(present) > 1 else NAN
    # Only where no two scores of a row are equal: scikit-learn prefers the last of equals.
    distinct = distinct and all(len(set(row)) == classes for row in scores)
    top = (
        sk.top_k_accuracy_score(y, scores, k=3, labels=range(classes))
        if distinct and classes > 3 else NAN)
    return [macro, sk.log_loss(y, scores, labels=range(classes)), top, condensed(each)]


decisions, scores = [], []
for case in range(1, 3001):
    y, p, table_scores, distinct = table(case)
    if case <= 1000:
        decisions.append([store(v) for v in decision_metrics(y, p, table_scores.shape[1])])
    scores.append([store(v) for v in score_metrics(y, table_scores, distinct)])
write("decisions.json", decisions)
write("scores.json", scores)

intervals = []
for trials in (1, 2, 3, 7, 20, 150, 4000):
    for successes in sorted({0, 1, trials // 3, trials // 2, trials - 1, trials}):
        for level in (0.5, 0.95, 0.999):
            ci = binomtest(successes, trials).proportion_ci(level, method="wilson")
            intervals.append([successes, trials, level, store(ci.low), store(ci.high)])
write("wilson.json", intervals)
points = [1e-300, 1e-12, 1e-4, 0.025, 0.3, 0.5, 0.75, 0.975, 0.9999]
write("normal.json", [[q, float(norm.ppf(q))] for q in points])
