"""Boosted trees by Python's lightgbm, for Tests/Base/BoostingTests and NetworksTests.

pip install lightgbm numpy scipy; python Goldens/Boosting/lightgbm.py
"""

import json
import pathlib
import sys

# This file is called as the package is.
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != pathlib.Path(__file__).parent.resolve()]
import lightgbm as lgb
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
rng = np.random.RandomState(7)


def rows(count, classes):
    """Rows of four numbers in single precision; classes differ in mean, the first is the commonest."""
    share = 0.5 ** np.arange(classes)
    labels = rng.choice(classes, size=count, p=share / share.sum())
    values = rng.normal(size=(count, 4)) + labels[:, None] * np.array([0.8, -0.5, 0.0, 0.3])
    values[:, 3] += values[:, 0] * values[:, 1]
    return values.astype(np.float32), labels


def case(name, classes, balance, options):
    (x, y), (vx, vy), (tx, _) = rows(240, classes), rows(90, classes), rows(25, classes)
    counts = np.bincount(y, minlength=classes)
    weights = ((len(y) / (classes * counts)) ** balance).astype(np.float32)
    parameters = {
        "objective": "binary" if classes == 2 else "multiclass",
        "metric": "binary_logloss" if classes == 2 else "multi_logloss",
        "learning_rate": options["rate"],
        "num_leaves": options["leaves"],
        "min_data_in_leaf": options["leastRows"],
        "lambda_l2": options["l2"],
        "feature_fraction": options["featurePart"],
        "bagging_fraction": options["rowPart"],
        "bagging_freq": 1 if options["rowPart"] < 1 else 0,
        "seed": 11,
        "num_threads": 1,
        "deterministic": True,
        "force_col_wise": True,
        "verbosity": -1,
    }
    if classes > 2:
        parameters["num_class"] = classes
    training = lgb.Dataset(x, y, weight=weights[y])
    validation = lgb.Dataset(vx, vy, weight=weights[vy], reference=training)
    booster = lgb.train(
        parameters, training, num_boost_round=options["rounds"], valid_sets=[validation],
        callbacks=[lgb.early_stopping(options["patience"], verbose=False)])
    plain = lgb.train(parameters, training, num_boost_round=7)
    metric = parameters["metric"]
    return {
        "name": name, "classes": classes, "balance": balance, "settings": options, "seed": 11,
        "training": x.ravel().tolist(), "labels": y.tolist(),
        "validation": vx.ravel().tolist(), "validationLabels": vy.tolist(),
        "test": tx.ravel().tolist(),
        "classWeights": weights.tolist(),
        "rounds": booster.best_iteration,
        "loss": booster.best_score["valid_0"][metric],
        "raw": np.asarray(booster.predict(tx, raw_score=True)).ravel().tolist(),
        "probabilities": np.asarray(booster.predict(tx)).ravel().tolist(),
        "rawOfSeven": np.asarray(plain.predict(tx, raw_score=True)).ravel().tolist(),
        "text": booster.model_to_string(num_iteration=booster.best_iteration),
    }


options = {
    "rounds": 200, "patience": 12, "rate": 0.1, "leaves": 7, "leastRows": 5, "l2": 0.0,
    "featurePart": 1.0, "rowPart": 1.0,
}
drawn = dict(options, rate=0.2, l2=1.5, featurePart=0.75, rowPart=0.8, leaves=5)
cases = [
    case("three classes", 3, 0, options),
    case("three balanced classes", 3, 1, options),
    case("two classes", 2, 0, options),
    case("two balanced classes, drawn", 2, 0.5, drawn),
]
(HERE / "lightgbm.json").write_text(
    json.dumps({"lightgbm": lgb.__version__, "cases": cases}) + "\n")
