"""Golden curves: areas, calibration and operating points of the tables of tables.py.

    python3 Goldens/Evaluation/curves.py        # scikit-learn 1.9.1
"""

import warnings

import numpy as np
from sklearn import metrics as sk

from tables import NAN, Generator, condensed, store, table, write

warnings.simplefilter("ignore")
BINS = 15


def pair_area(y, score, positive, negative):
    rows = (y == positive) | (y == negative)
    if positive == negative or len(set(y[rows])) < 2:
        return NAN
    return sk.roc_auc_score(y[rows] == positive, score[rows])


def areas(y, scores):
    classes = scores.shape[1]
    present = sorted(set(y))
    pairs = [pair_area(y, scores[:, i], i, j) for i in range(classes) for j in range(classes)]
    precision = [
        sk.average_precision_score(y == k, scores[:, k]) if k in present else NAN for k in range(classes)]
    macro = np.nanmean(precision)
    if classes == 2:
        # Of two classes the rarer is the positive one, of equals the second.
        positive = int((y == 1).sum() <= (y == 0).sum())
        ovo = sk.roc_auc_score(y == positive, scores[:, positive]) if len(present) > 1 else NAN
        macro = precision[positive]
    elif len(present) == classes:
        ovo = sk.roc_auc_score(y, scores, multi_class="ovo", average="macro")
        assert np.isclose(macro, sk.average_precision_score(np.eye(classes)[y], scores, average="macro"))
    else:
        ovo = np.nanmean(pairs) if len(present) > 1 else NAN
    return [ovo, macro, condensed(pairs), condensed(precision)]


def calibration_error(p, hit):
    """scikit-learn has none: bins (b/15, (b+1)/15], 0 in the first."""
    bins = np.clip(np.ceil(p * BINS) - 1, 0, BINS - 1)
    return sum(
        (bins == b).mean() * abs(p[bins == b].mean() - hit[bins == b].mean()) for b in range(BINS) if (bins == b).any())


def calibration(y, decided, scores):
    classes = scores.shape[1]
    rows = np.arange(len(y))
    # Of equal scores the decided class, so that the order of the classes does not matter; else the first.
    best = np.where(scores[rows, decided] == scores.max(1), decided, scores.argmax(1))
    each = [calibration_error(scores[:, k], y == k) for k in range(classes)]
    brier = sk.brier_score_loss(y, scores, labels=range(classes), scale_by_half=False)
    return [brier, calibration_error(scores.max(1), best == y), np.mean(each), condensed(each)]


def operating(y, scores, case):
    """Class 0 against the rest: sensitivity and specificity bounds, precision at k, net benefit."""
    positive, score = y == 0, scores[:, 0]
    bound = [0, 0.5, 0.8, 0.9, 1][case % 5]
    k = 1 + case % 7
    at = [0.1, 0.25, 0.5, 0.8][case % 4]
    if len(set(positive)) == 2:
        fpr, tpr, _ = sk.roc_curve(positive, score, drop_intermediate=False)
        sensitivity = tpr[1 - fpr >= bound - 1e-12].max()
        specificity = 1 - fpr[tpr >= bound - 1e-12].min()
    else:
        sensitivity = specificity = NAN
    precision = NAN
    if k <= len(y):
        # Mean over orders of the tied: every example above the k-th counts, the tied count in part.
        threshold = np.sort(score)[::-1][k - 1]
        above, tied = score > threshold, score == threshold
        precision = (positive[above].sum() + (k - above.sum()) * positive[tied].mean()) / k
    called = score >= at
    benefit = (called & positive).mean() - (called & ~positive).mean() * at / (1 - at)
    return [sensitivity, specificity, precision, benefit]


def froc(case):
    """Detections from the generator that GoldenTables.swift repeats; the curve by brute force."""
    rng = Generator(case)
    images, lesions, marks = 1 + rng.below(8), 1 + rng.below(6), rng.below(30)
    found = [
        (rng.below(images), rng.below([3, 1000][case % 2]) / 1000, rng.below(2 * lesions)) for _ in range(marks)]
    points = []
    for threshold in sorted({score for _, score, _ in found}, reverse=True):
        kept = [lesion for _, score, lesion in found if score >= threshold]
        hit = {lesion for lesion in kept if lesion < lesions}
        points.append((len(hit) / lesions, sum(lesion >= lesions for lesion in kept) / images))
    at = [max([s for s, f in points if f <= rate], default=0) for rate in (0.125, 0.25, 0.5, 1, 2, 4, 8)]
    return [np.mean(at), condensed([s + 10 * f for s, f in points])]


rows = {"areas": [], "calibration": [], "operating": []}
for case in range(1, 2001):
    y, decided, scores, _ = table(case)
    rows["areas"].append([store(v) for v in areas(y, scores)])
    rows["calibration"].append([store(v) for v in calibration(y, decided, scores)])
    rows["operating"].append([store(v) for v in operating(y, scores, case)])
for name, values in rows.items():
    write(f"{name}.json", values)
write("froc.json", [[store(v) for v in froc(case)] for case in range(1, 501)])
