"""What Scripts/audit needs NumPy and cleanlab for.

    audit.py plant FEATURES SEED FOLDER    errors planted in the labels of features; pool.npz, all.npz and truth.csv in FOLDER
    audit.py rank PREDICTIONS              cleanlab's issues of a table of predictions, the worst first, as JSON

Needs numpy, and to rank cleanlab.
"""
import csv
import json
import pathlib
import sys

import numpy as np

SHARE, TEST, NEAREST = 0.08, 0.2, (0.6, 0.3, 0.1)


def confusable(features, labels, classes):
    """The three classes with the nearest means, of each class, in standardised features."""
    z = (features - features.mean(0)) / np.maximum(features.std(0), 1e-6)
    means = np.stack([z[labels == k].mean(0) for k in range(classes)])
    apart = ((means[:, None] - means[None]) ** 2).sum(2)
    np.fill_diagonal(apart, np.inf)
    return apart.argsort(1, kind="stable")[:, :len(NEAREST)]


def held_out(random, labels, groups, classes):
    """Whole groups of about a fifth of the rows, in which every class has at least a tenth of its rows, and at most a half."""
    names, group = np.unique(groups, return_inverse=True)
    for _ in range(1000):
        order, chosen = random.permutation(len(names)), np.zeros(len(groups), bool)
        for number in order:
            if chosen.mean() >= TEST:
                break
            chosen |= group == number
        shares = np.bincount(labels[chosen], minlength=classes) / np.bincount(labels, minlength=classes)
        if shares.min() >= 0.1 and shares.max() <= 0.5:
            return chosen
    sys.exit("no test part has something of every class; take more rows")


def plant(path, seed, folder):
    random = np.random.default_rng(seed)
    with np.load(path) as file:
        features, ids, names, groups = (file[key] for key in ("features", "ids", "labels", "groups"))
    classes, truth = np.unique(names, return_inverse=True)
    is_test = held_out(random, truth, groups, len(classes))
    near = confusable(features, truth, len(classes))
    # Each class has a rate of its own, from half to one and a half times the others', so that all together have the share.
    rates = random.uniform(0.5, 1.5, len(classes))
    sizes = np.bincount(truth[~is_test], minlength=len(classes))
    rates *= SHARE * sizes.sum() / (rates * sizes).sum()
    given = truth.copy()
    for row in np.flatnonzero(~is_test & (random.random(len(truth)) < rates[truth])):
        given[row] = near[truth[row], random.choice(len(NEAREST), p=NEAREST)]
    folder = pathlib.Path(folder)
    pool = ~is_test
    parts = {"features": features, "ids": ids, "labels": classes[given], "groups": groups}
    np.savez(folder / "pool.npz", **{key: value[pool] for key, value in parts.items()})
    # A cell that lies in the pool too, under a second smear, would be judged by its copy.
    known = {row.tobytes() for row in features[pool]}
    kept = pool | np.array([row.tobytes() not in known for row in features])
    parts["splits"] = np.where(is_test, "test", "train")
    np.savez(folder / "all.npz", **{key: value[kept] for key, value in parts.items()})
    with open(folder / "truth.csv", "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["path", "given", "truth", "part"])
        table.writerows(zip(ids, classes[given], names, np.where(is_test, "test", "train")))


def rank(path):
    from cleanlab.filter import find_label_issues

    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [name for name in rows[0] if name.startswith("prob_")]
    places = {name.removeprefix("prob_"): place for place, name in enumerate(columns)}
    p = np.array([[float(row[name]) for name in columns] for row in rows])
    given = np.array([places[row["y_true"]] for row in rows])
    orders = {}
    for score in ("self_confidence", "normalized_margin"):
        found = find_label_issues(given, p, return_indices_ranked_by=score, n_jobs=1)
        orders[score] = [rows[place]["path"] for place in found]
    print(json.dumps(orders))


if __name__ == "__main__":
    what, *words = sys.argv[1:]
    if what == "plant":
        plant(words[0], int(words[1]), words[2])
    else:
        rank(words[0])
