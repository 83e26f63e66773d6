"""Boosted trees of numbers, labels and grades by Python's lightgbm, for Tests/Base/BoostingTests and Tests/Learning/PlansTests.

pip install lightgbm numpy scipy; python Goldens/Boosting/targets.py
"""

import json
import math
import pathlib
import sys

# A file of this folder is called as the package is.
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != pathlib.Path(__file__).parent.resolve()]
import lightgbm as lgb
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
rng = np.random.RandomState(19)

OPTIONS = {
    "rounds": 200, "patience": 12, "rate": 0.1, "leaves": 7, "leastRows": 5, "l2": 0.0,
    "featurePart": 1.0, "rowPart": 1.0,
}
SEED = 11


def rows(count):
    """Rows of four numbers in single precision, some of them missing, and a score that depends on three of them."""
    values = rng.normal(size=(count, 4))
    score = values[:, 0] - 0.5 * values[:, 1] ** 2 + values[:, 0] * values[:, 3]
    score = score + 0.4 * rng.normal(size=count)
    values[rng.uniform(size=count) < 0.15, 0] = np.nan
    return values.astype(np.float32), score


def grown(x, y, weights, vx, vy, vweights, objective, metric, options):
    """Trees that validation ends, as `lightgbm.train` grows and keeps them."""
    parameters = {
        "objective": objective, "metric": metric, "learning_rate": options["rate"],
        "num_leaves": options["leaves"], "min_data_in_leaf": options["leastRows"],
        "lambda_l2": options["l2"], "feature_fraction": options["featurePart"],
        "bagging_fraction": options["rowPart"], "bagging_freq": 1 if options["rowPart"] < 1 else 0,
        "seed": SEED, "num_threads": 1, "deterministic": True, "force_col_wise": True,
        "verbosity": -1,
    }
    training = lgb.Dataset(x, y.astype(np.float32), weight=weights)
    validation = lgb.Dataset(vx, vy.astype(np.float32), weight=vweights, reference=training)
    booster = lgb.train(
        parameters, training, num_boost_round=options["rounds"], valid_sets=[validation],
        callbacks=[lgb.early_stopping(options["patience"], verbose=False)])
    name = {"mae": "l1"}.get(metric, metric)
    return booster, booster.best_iteration, booster.best_score["valid_0"][name]


def raw(booster, x):
    return np.asarray(booster.predict(x, raw_score=True), dtype=np.float64).ravel().tolist()


def listed(values):
    """Numbers in JSON, which has no NaN: a missing one is null."""
    return [None if math.isnan(v) else float(v) for v in np.asarray(values, dtype=np.float64).ravel()]


def density(numbers, others, bins=100, power=0.5, width=2.0, radius=2):
    """LDS, Yang et al. 2021: w ∝ 1 / Σ_d exp(−d²/2σ²) n_{b+d}^p with mean 1 over the training numbers."""
    low, high = numbers.min(), numbers.max()
    step = (high - low) / bins
    edges = low + step * np.arange(1, bins)
    place = lambda v: np.searchsorted(edges, v, side="right")
    counts = np.bincount(place(numbers), minlength=bins).astype(np.float64)
    raised = np.where(counts > 0, np.maximum(counts, 1) ** power, 0)
    kernel = np.exp(-np.arange(-radius, radius + 1) ** 2 / (2 * width ** 2))
    smoothed = np.array([
        sum(kernel[d + radius] * raised[b + d] for d in range(-radius, radius + 1) if 0 <= b + d < bins)
        for b in range(bins)])
    inverse = np.array([1 / s if s > 0 else np.inf for s in smoothed])
    inverse = np.minimum(inverse, inverse[counts > 0].max())
    weights = inverse / inverse[place(numbers)].mean()
    return weights[place(numbers)], weights[place(others)]


def numbers(name, weighting, metric, options=OPTIONS):
    (x, y), (vx, vy), (tx, _) = rows(200), rows(90), rows(20)
    y, vy = 30 + 4 * np.exp(0.3 * y), 30 + 4 * np.exp(0.3 * vy)
    mean, scale = y.mean(), y.std()
    z, vz = (y - mean) / scale, (vy - mean) / scale
    w, vw = (density(z, vz) if weighting == "density" else (np.ones(len(z)), np.ones(len(vz))))
    w, vw = w.astype(np.float32), vw.astype(np.float32)
    booster, rounds, loss = grown(x, z, w, vx, vz, vw, "regression", metric, options)
    return {
        "name": name, "weighting": weighting, "error": metric, "settings": options, "seed": SEED,
        "training": listed(x), "validation": listed(vx), "test": listed(tx),
        "numbers": z.tolist(), "validationNumbers": vz.tolist(),
        "mean": float(mean), "scale": float(scale),
        "weights": w.tolist(), "validationWeights": vw.tolist(),
        # A tree of one leaf is the mean, and no round.
        "rounds": 0 if booster.num_trees() == 1 and "num_leaves=1\n" in booster.model_to_string() else rounds,
        "loss": loss, "raw": raw(booster, tx),
    }


def question(x, y, vx, vy, tx, balance, options):
    """One label or threshold: y is 1, 0 or −1 where it is not known, which leaves the row out."""
    known, vknown = y >= 0, vy >= 0
    n, m = int((y == 1).sum()), int((y == 0).sum())
    if n == 0 or m == 0:
        share = min(max(n / (n + m), 1e-6), 1 - 1e-6)
        return {"rounds": None, "loss": None, "raw": [math.log(share / (1 - share))] * len(tx)}, None
    weights = np.array([((n + m) / (2 * c)) ** balance for c in (m, n)], dtype=np.float32)
    booster, rounds, loss = grown(
        x[known], y[known], weights[y[known]], vx[vknown], vy[vknown], weights[vy[vknown]], "binary",
        "binary_logloss", options)
    return {"rounds": rounds, "loss": loss, "raw": raw(booster, tx)}, booster


def labels(name, balance, options=OPTIONS):
    """Three labels: a common one, a rare one that some rows do not know, one that all rows have."""
    (x, y), (vx, vy), (tx, _) = rows(200), rows(90), rows(20)

    def entries(score):
        table = np.stack([score > 0, score + 0.7 * rng.normal(size=len(score)) > 1.4, score > -1e9], axis=1).astype(int)
        table[rng.uniform(size=len(score)) < 0.2, 1] = -1
        return table

    table, vtable = entries(y), entries(vy)
    answers = [question(x, table[:, l], vx, vtable[:, l], tx, balance, options)[0] for l in range(3)]
    return {
        "name": name, "balance": balance, "settings": options, "seed": SEED,
        "training": listed(x), "validation": listed(vx), "test": listed(tx),
        "labels": table.ravel().tolist(), "validationLabels": vtable.ravel().tolist(), "width": 3,
        "answers": answers,
    }


def grades(name, balance, options=OPTIONS):
    """Four grades, the last of them rare: three questions whether a row is beyond a grade."""
    (x, y), (vx, vy), (tx, _) = rows(200), rows(90), rows(20)
    cuts = np.array([-0.6, 0.5, 1.8])
    g, vg = np.searchsorted(cuts, y), np.searchsorted(cuts, vy)
    pairs = [question(x, (g > k).astype(int), vx, (vg > k).astype(int), tx, balance, options) for k in range(3)]
    logits = np.stack([pair[0]["raw"] for pair in pairs], axis=1)
    beyond = 1 / (1 + np.exp(-logits))
    p = np.stack([1 - beyond[:, 0], beyond[:, 0] - beyond[:, 1], beyond[:, 1] - beyond[:, 2], beyond[:, 2]], axis=1)
    seen = np.stack([np.asarray(pair[1].predict(x, raw_score=True)) for pair in pairs], axis=1)
    return {
        "name": name, "balance": balance, "settings": options, "seed": SEED, "classes": 4,
        "training": listed(x), "validation": listed(vx), "test": listed(tx),
        "labels": g.tolist(), "validationLabels": vg.tolist(), "answers": [pair[0] for pair in pairs],
        # Negative where answers cross; those rows are straightened.
        "differences": p.ravel().tolist(),
        "crossed": int((np.diff(seen, axis=1) > 0).any(axis=1).sum()),
    }


def drawn(name, options):
    """Rounds whose drawn rows and features hold no split: the booster is updated round by round, and a round that grows no tree
    counts as one without gain."""
    rng.seed(5)
    (x, y), (vx, vy), (tx, _) = rows(160), rows(80), rows(20)
    y, vy = (y > 1.2).astype(np.float32), (vy > 1.2).astype(np.float32)
    parameters = {
        "objective": "binary", "metric": "binary_logloss", "learning_rate": options["rate"],
        "num_leaves": options["leaves"], "min_data_in_leaf": options["leastRows"],
        "lambda_l2": options["l2"], "feature_fraction": options["featurePart"],
        "bagging_fraction": options["rowPart"], "bagging_freq": 1, "seed": SEED, "num_threads": 1,
        "deterministic": True, "force_col_wise": True, "verbosity": -1,
    }
    training = lgb.Dataset(x, y)
    booster = lgb.Booster(parameters, training)
    booster.add_valid(lgb.Dataset(vx, vy, reference=training), "seen")
    failures, best, trees = [], None, 0
    for tried in range(1, options["rounds"] + 1):
        if booster.update():
            failures.append(tried)
        else:
            trees += 1
        loss = booster.eval_valid()[0][2]
        if best is None or loss < best[2]:
            best = (tried, trees, loss)
        if tried - best[0] >= options["patience"]:
            break
    # A first round without a split leaves a tree of one leaf, the log odds of the share, before all others.
    constant = 1 if failures[:1] == [1] else 0
    return {
        "name": name, "settings": options, "seed": SEED, "training": listed(x), "validation": listed(vx),
        "test": listed(tx), "labels": y.astype(int).tolist(), "validationLabels": vy.astype(int).tolist(),
        "rounds": best[1], "grown": trees, "empty": len(failures), "first": constant == 1, "loss": best[2],
        "raw": np.asarray(booster.predict(tx, raw_score=True, num_iteration=best[1] + constant)).ravel().tolist(),
    }


# Leaves of about half of the rows that a round draws, which many draws do not allow.
narrow = dict(OPTIONS, rowPart=0.5, leaves=4)
document = {
    "lightgbm": lgb.__version__,
    "numbers": [
        numbers("as they come", "none", "rmse"),
        numbers("as they come, mae", "none", "mae"),
        numbers("by density", "density", "rmse"),
        # No leaf may be so small: the mean is all there is.
        numbers("no split", "none", "rmse", dict(OPTIONS, leastRows=200)),
    ],
    "labels": [labels("as they come", 0), labels("balanced", 1)],
    "grades": [grades("as they come", 0), grades("half balanced", 0.5)],
    "drawn": [
        drawn("a first round without a split", dict(narrow, leastRows=44, featurePart=0.25)),
        drawn("nothing better than the share", dict(narrow, leastRows=44, featurePart=0.5)),
        drawn("later rounds without a split", dict(narrow, leastRows=40, featurePart=0.5)),
    ],
}
(HERE / "targets.json").write_text(json.dumps(document) + "\n")
for one in document["numbers"]:
    print(one["name"], one["rounds"], one["loss"])
for one in document["labels"] + document["grades"]:
    print(one["name"], [(a["rounds"], a["loss"]) for a in one["answers"]], one.get("crossed"))
for one in document["drawn"]:
    print(one["name"], one["rounds"], one["grown"], one["empty"], one["first"], one["loss"])
