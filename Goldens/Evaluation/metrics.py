"""Golden metrics: what scikit-learn says about a few thousand small, awkward prediction tables.

    python3 Goldens/Evaluation/metrics.py        # scikit-learn 1.9.1, scipy

Only answers are stored. The tables come from a linear congruential generator that
Tests/EvaluationTests/GoldenTables.swift repeats step for step. Values are stored times 1e10, rounded; null is
undefined. A list over classes is condensed to sum((k + 1) * value[k]) over its defined entries.
"""

import json
import pathlib
import warnings

import numpy as np
from scipy.stats import binomtest, norm
from sklearn import metrics as sk

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent
NAN = float("nan")


class Generator:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def table(case):
    """Truth [N], decision [N], probabilities [N, C] of one case."""
    rng = Generator(case)
    classes = 2 + rng.below(6)
    rows = 1 + rng.below(40)
    truths = 1 + rng.below(classes)  # classes that may occur in the truth
    decisions = 1 + rng.below(classes)  # classes that may be predicted
    offset = rng.below(2)  # whether the absent classes are the last or the first ones
    levels = [2, 3, 5, 1000003][rng.below(4)]  # few levels: many ties; one in 8 cases is constant
    constant = rng.below(8) == 0
    skill = rng.below(4)  # 0: none
    y, p, scores = [], [], []
    for _ in range(rows):
        truth = rng.below(truths)
        decided = truth if rng.below(4) < skill and truth < decisions else rng.below(decisions)
        row = [1 if constant else rng.below(levels) for _ in range(classes)]
        row[classes - 1 - truth if offset else truth] += 0 if constant else skill
        if sum(row) == 0:
            row[0] = 1
        y.append(classes - 1 - truth if offset else truth)
        p.append(classes - 1 - decided if offset else decided)
        scores.append([value / sum(row) for value in row])
    return np.array(y), np.array(p), np.array(scores), levels > 1000 and not constant


def store(value):
    return None if value is None or np.isnan(value) else round(float(value) * 1e10)


def condensed(values):
    return sum((k + 1) * v for k, v in enumerate(values) if not np.isnan(v))


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
    ]


def score_metrics(y, scores, distinct):
    classes = scores.shape[1]
    present = set(y)
    each = [
        sk.roc_auc_score(y == k, scores[:, k]) if k in present and len(present) > 1 else NAN
        for k in range(classes)]
    if classes == 2:
        macro = sk.roc_auc_score(y, scores[:, 1]) if len(present) > 1 else NAN
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


def write(name, rows):
    text = "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]\n"
    (HERE / name).write_text(text)


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
