"""Boosted trees of grades by Python's lightgbm, each booster of the rows that have come so far, for Tests/Learning/PlansTests.

pip install lightgbm numpy; python Goldens/Boosting/onward.py

Question k is asked of rows of grade k or more: is the row beyond k? Probabilities are products of its answers, so that none is
negative.
"""

import json
import pathlib
import sys

# A file of this folder is called as the package is.
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != pathlib.Path(__file__).parent.resolve()]
import lightgbm as lgb
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
rng = np.random.RandomState(23)
ROUNDS, PATIENCE = 120, 10
SETTINGS = {
    "rounds": ROUNDS, "patience": PATIENCE, "rate": 0.1, "leaves": 7, "leastRows": 5, "l2": 0.0, "featurePart": 1.0,
    "rowPart": 1.0,
}
PARAMETERS = {
    "objective": "binary", "metric": "binary_logloss", "learning_rate": 0.1, "num_leaves": 7, "min_data_in_leaf": 5,
    "lambda_l2": 0.0, "num_threads": 1, "deterministic": True, "force_col_wise": True, "verbosity": -1,
}


def rows(count):
    x = rng.normal(size=(count, 4)).astype(np.float32)
    score = x[:, 0] - 0.4 * x[:, 1] * x[:, 2] + 0.5 * rng.normal(size=count)
    return x, np.searchsorted([-0.5, 0.6, 1.7], score)


def answer(k, x, y, vx, vy, tx, balance):
    own, seen = y >= k, vy >= k
    yes, vyes = (y[own] > k).astype(int), (vy[seen] > k).astype(int)
    share = np.array([np.mean(yes == 0), np.mean(yes == 1)])
    weight = ((0.5 / share) ** balance).astype(np.float32)
    training = lgb.Dataset(x[own], yes.astype(np.float32), weight=weight[yes])
    validation = lgb.Dataset(vx[seen], vyes.astype(np.float32), weight=weight[vyes], reference=training)
    booster = lgb.train(
        PARAMETERS, training, num_boost_round=ROUNDS, valid_sets=[validation],
        callbacks=[lgb.early_stopping(PATIENCE, verbose=False)])
    return booster.best_iteration, booster.predict(tx, raw_score=True), booster.predict(tx)


def case(balance):
    (x, y), (vx, vy), (tx, _) = rows(240), rows(120), rows(24)
    answers = [answer(k, x, y, vx, vy, tx, balance) for k in range(3)]
    onward = [p for _, _, p in answers]
    stays = [1 - p for p in onward]
    p = np.stack([
        stays[0], onward[0] * stays[1], onward[0] * onward[1] * stays[2], onward[0] * onward[1] * onward[2]], axis=1)
    return {
        "balance": balance, "settings": SETTINGS, "classes": 4,
        "training": x.ravel().tolist(), "validation": vx.ravel().tolist(), "test": tx.ravel().tolist(),
        "labels": y.tolist(), "validationLabels": vy.tolist(), "rounds": [a[0] for a in answers],
        "raw": [a[1].tolist() for a in answers], "probabilities": p.ravel().tolist(),
    }


document = [case(0.0), case(0.5)]
print([one["rounds"] for one in document], [np.bincount(one["labels"]).tolist() for one in document])
(HERE / "onward.json").write_text("[\n" + ",\n".join(json.dumps(one) for one in document) + "\n]\n")
