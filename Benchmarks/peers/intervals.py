"""Bootstrap of every metric with scikit-learn in a loop: the same metrics as `bench-intervals`, the same table.

    intervals.py FILE RESAMPLES

Prints a line of JSON: the seconds of so many resamples, without reading the table.
"""

import json
import sys
import time

import numpy as np
from scipy.stats import kendalltau
from sklearn import metrics as sk

BINS = 15


def read(path):
    with open(path) as file:
        names = [name[5:] for name in file.readline().strip().split(",") if name.startswith("prob_")]
        rows = [line.strip().split(",") for line in file]
    place = {name: index for index, name in enumerate(names)}
    truth = np.array([place[row[1]] for row in rows])
    return truth, np.array([row[2:] for row in rows], dtype=float)


def gap(confidence, hit):
    bins = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
    return np.abs(np.bincount(bins, confidence - hit, BINS)).sum() / len(hit)


def every_metric(y, p):
    classes = range(p.shape[1])
    decided = p.argmax(axis=1)
    confusion = sk.confusion_matrix(y, decided, labels=classes)
    tp, support, predicted = np.diag(confusion), confusion.sum(1), confusion.sum(0)
    negatives = len(y) - support
    one_hot = np.eye(p.shape[1])[y]
    values = [
        sk.accuracy_score(y, decided), sk.balanced_accuracy_score(y, decided), sk.matthews_corrcoef(y, decided),
        *(sk.cohen_kappa_score(y, decided, weights=w, labels=classes) for w in (None, "linear", "quadratic")),
        kendalltau(y, decided).statistic, sk.log_loss(y, p, labels=classes), ((p - one_hot) ** 2).sum(1).mean(),
        np.exp(np.log(np.maximum(tp / support, 1e-300)).mean()),
        gap(p.max(axis=1), decided == y), np.mean([gap(p[:, k], one_hot[:, k]) for k in classes]),
        *(sk.top_k_accuracy_score(y, p, k=k, labels=classes) for k in (3, 5)),
        sk.roc_auc_score(y, p, multi_class="ovo", labels=classes),
        *((negatives - predicted + tp) / negatives),
    ]
    for average in ("macro", "weighted", None):
        values += list(sk.precision_recall_fscore_support(
            y, decided, average=average, labels=classes, zero_division=np.nan)[:3])
    values.append(sk.roc_auc_score(one_hot, p, average=None))
    values.append(sk.average_precision_score(one_hot, p, average=None))
    return values


def main():
    y, p = read(sys.argv[1])
    random = np.random.default_rng(0)
    strata = [np.flatnonzero(y == k) for k in range(p.shape[1])]
    count = int(sys.argv[2])
    start, processor = time.perf_counter(), time.process_time()
    for _ in range(count):
        rows = np.concatenate([random.choice(rows, len(rows)) for rows in strata])
        every_metric(y[rows], p[rows])
    print(json.dumps({"seconds": time.perf_counter() - start, "cpu_seconds": time.process_time() - processor}))


main()
