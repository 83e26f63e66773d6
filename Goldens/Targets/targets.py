"""Golden metrics of several labels, of grades and of numbers, on random and degenerate tables.

    python3 Goldens/Targets/targets.py        # scikit-learn 1.9.1, SciPy 1.17.1

Each table stands in the file with its values: once with every row counting once, and once with each row
repeated as often as its weight says. A value that scikit-learn cannot define is null.
"""

import json
import warnings
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn import metrics as sk

warnings.simplefilter("ignore")
HERE = Path(__file__).parent


def clean(value):
    if isinstance(value, (list, np.ndarray)):
        return [clean(v) for v in value]
    return None if value is None or not np.isfinite(value) else float(value)


def precision_of(y, s):
    return sk.average_precision_score(y, s) if y.sum() > 0 else np.nan


def area_of(y, s):
    return sk.roc_auc_score(y, s) if len(set(y)) == 2 else np.nan


def ranking_of(y, s):
    """Precision, loss and coverage of one row's known labels."""
    if len(y) == 1:
        return 1.0, 0.0, float(y[0])
    y, s = y[None, :], s[None, :]
    return (
        sk.label_ranking_average_precision_score(y, s),
        sk.label_ranking_loss(y, s),
        sk.coverage_error(y, s),
    )


def labels(truth, score):
    """truth [N, L] of 1, 0 and -1 for unknown."""
    width = truth.shape[1]
    known = truth >= 0
    said = (score >= 0.5).astype(int)
    each = [(truth[known[:, l], l], score[known[:, l], l], said[known[:, l], l]) for l in range(width)]
    precision = [precision_of(y, s) for y, s, _ in each]
    area = [area_of(y, s) for y, s, _ in each]
    f1, pre, rec = [], [], []
    for y, _, d in each:
        f1.append(sk.f1_score(y, d, zero_division=np.nan) if len(y) else np.nan)
        pre.append(sk.precision_score(y, d, zero_division=np.nan) if len(y) else np.nan)
        rec.append(sk.recall_score(y, d, zero_division=np.nan) if len(y) else np.nan)
    pooled = (truth[known], score[known], said[known])
    rows = [i for i in range(len(truth)) if known[i].any()]
    ranks = [ranking_of(truth[i, known[i]], score[i, known[i]]) for i in rows]
    right = [(truth[i, known[i]] == said[i, known[i]]).all() for i in rows]
    found = {
        "average_precision_macro": np.nanmean(precision), "roc_auc_macro": np.nanmean(area),
        "average_precision_micro": precision_of(pooled[0], pooled[1]),
        "roc_auc_micro": area_of(pooled[0], pooled[1]),
        "f1_macro": np.nanmean(f1), "precision_macro": np.nanmean(pre), "recall_macro": np.nanmean(rec),
        "f1_micro": sk.f1_score(pooled[0], pooled[2], zero_division=np.nan) if len(pooled[0]) else np.nan,
        "precision_micro": sk.precision_score(pooled[0], pooled[2], zero_division=np.nan) if len(pooled[0]) else np.nan,
        "recall_micro": sk.recall_score(pooled[0], pooled[2], zero_division=np.nan) if len(pooled[0]) else np.nan,
        "subset_accuracy": np.mean(right) if rows else np.nan,
        "hamming_loss": (pooled[0] != pooled[2]).mean() if len(pooled[0]) else np.nan,
        "label_ranking_average_precision": np.mean([r[0] for r in ranks]) if rows else np.nan,
        "label_ranking_loss": np.mean([r[1] for r in ranks]) if rows else np.nan,
        "coverage_error": np.mean([r[2] for r in ranks]) if rows else np.nan,
    }
    if known.all() and width > 1:
        # Whole tables go through scikit-learn as they are.
        assert np.isclose(found["subset_accuracy"], sk.accuracy_score(truth, said))
        assert np.isclose(found["hamming_loss"], sk.hamming_loss(truth, said))
        assert np.isclose(
            found["label_ranking_average_precision"], sk.label_ranking_average_precision_score(truth, score))
        assert np.isclose(found["label_ranking_loss"], sk.label_ranking_loss(truth, score))
        assert np.isclose(found["coverage_error"], sk.coverage_error(truth, score))
        assert np.isclose(found["f1_micro"], sk.f1_score(truth, said, average="micro", zero_division=np.nan), equal_nan=True)
        if not np.isnan(precision).any():
            assert np.isclose(found["average_precision_macro"], sk.average_precision_score(truth, score))
            assert np.isclose(found["average_precision_micro"], sk.average_precision_score(truth, score, average="micro"))
        if not np.isnan(area).any():
            assert np.isclose(found["roc_auc_macro"], sk.roc_auc_score(truth, score))
    for name, values in [("average_precision", precision), ("roc_auc", area), ("f1", f1), ("precision", pre), ("recall", rec)]:
        found["per_label_" + name] = values
    return {name: clean(value) for name, value in found.items()}


def label_table(rng):
    rows, width = int(rng.integers(1, 30)), int(rng.integers(1, 6))
    levels = [2, 4, 1000][rng.integers(3)]
    prevalence = rng.choice([0.0, 0.02, 0.2, 0.5, 1.0], width)
    truth = (rng.random((rows, width)) < prevalence).astype(int)
    score = (rng.integers(0, levels + 1, (rows, width)) + truth * rng.integers(0, 2)) / (levels + 1)
    truth[rng.random((rows, width)) < rng.choice([0, 0, 0.3, 0.9])] = -1
    return truth, score


def numbers(y, p, low=None, high=None):
    varies = len(set(y)) > 1
    both = varies and len(set(p)) > 1
    found = {
        "mae": sk.mean_absolute_error(y, p), "rmse": sk.root_mean_squared_error(y, p),
        "r2": sk.r2_score(y, p) if varies else np.nan,
        "pearson": stats.pearsonr(y, p).statistic if both else np.nan,
        "spearman": stats.spearmanr(y, p).statistic if both else np.nan,
        "bias": np.mean(p - y), "error_sd": np.std(p - y, ddof=1) if len(y) > 1 else np.nan,
        "median_absolute_error": sk.median_absolute_error(y, p),
        "interval_coverage": np.mean((low <= y) & (y <= high)), "interval_width": np.mean(high - low),
    }
    return {name: clean(value) for name, value in found.items()}


def number_table(rng):
    rows = int(rng.integers(1, 40))
    y = np.round(rng.normal(0, 5, rows) if rng.integers(4) else np.full(rows, 2.0), int(rng.integers(0, 3)))
    p = np.round(y * rng.choice([0, 0.5, 1, -1]) + rng.normal(0, 2, rows) * rng.choice([0, 1]), 1)
    width = np.round(rng.random(rows) * 4, 1)
    return y, p, np.round(p - width, 1), np.round(p + width, 1)


def grades(y, d, k):
    each = [np.abs(d[y == g] - g).mean() if (y == g).any() else np.nan for g in range(k)]
    both = len(set(y)) > 1 and len(set(d)) > 1
    return {
        "mae": clean(sk.mean_absolute_error(y, d)), "mae_macro": clean(np.nanmean(each)), "mae_per_grade": clean(each),
        "cohen_kappa_quadratic": clean(
            sk.cohen_kappa_score(y, d, weights="quadratic", labels=range(k)) if both else np.nan),
        "kendall_tau": clean(stats.kendalltau(y, d).statistic if both else np.nan),
    }


def main():
    rng = np.random.default_rng(13)
    out = {"labels": [], "numbers": [], "grades": []}
    for _ in range(300):
        truth, score = label_table(rng)
        weights = rng.integers(0, 4, len(truth))
        weights[0] = max(weights[0], 1)
        repeat = np.repeat(np.arange(len(truth)), weights)
        out["labels"].append({
            "truths": truth.tolist(), "scores": score.tolist(), "weights": weights.tolist(),
            "once": labels(truth, score), "weighted": labels(truth[repeat], score[repeat])})
    for _ in range(200):
        table = number_table(rng)
        weights = rng.integers(0, 4, len(table[0]))
        weights[0] = max(weights[0], 1)
        repeat = np.repeat(np.arange(len(weights)), weights)
        out["numbers"].append({
            "truths": table[0].tolist(), "predicted": table[1].tolist(), "lower": table[2].tolist(),
            "upper": table[3].tolist(), "weights": weights.tolist(), "once": numbers(*table),
            "weighted": numbers(*(column[repeat] for column in table))})
    for _ in range(100):
        k, rows = int(rng.integers(2, 6)), int(rng.integers(1, 40))
        y = rng.integers(0, k, rows) if rng.integers(4) else np.full(rows, k - 1)
        d = np.clip(y + rng.integers(-2, 3, rows), 0, k - 1)
        out["grades"].append({"grades": k, "truths": y.tolist(), "decided": d.tolist(), "values": grades(y, d, k)})
    for name, cases in out.items():
        lines = ",\n".join(json.dumps(case) for case in cases)
        (HERE / f"{name}.json").write_text(f"[\n{lines}\n]\n")


main()
