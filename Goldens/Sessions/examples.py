"""What single rows of a step come to, in NumPy: loss, margin, correctness, EL2N, and the norm of the gradient at the
last layer by central differences over every one of its numbers.

    python3 Goldens/Sessions/examples.py        # numpy
"""

import json
import pathlib

import numpy as np

rng = np.random.default_rng(11)
N, F, C, S = 6, 4, 3, 2.5
features = rng.normal(size=(N, F)).round(4)
labels = [0, 2, 1, 1, 0, 2]
others = [1, 2, 0, 2, 0, 1]
own_weight = np.array([1, 0.75, 0.5, 0.25, 1, 0])


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def linear(theta, f):
    return theta["weight"] @ f + theta["bias"]


def cosine(theta, f):
    w = theta["weight"]
    return S * (w @ f) / np.linalg.norm(w, axis=1) / np.linalg.norm(f)


def mixed(theta, f):
    return (linear(theta, f) + cosine({"weight": theta["cosine.weight"]}, f)) / 2


def scaled(theta, f):
    return theta["scale"] * linear(theta, f)


W, b, a = rng.normal(size=(C, F)).round(4), rng.normal(size=C).round(4), rng.uniform(0.5, 2, C).round(4)
V = rng.normal(size=(C, F)).round(4)
heads = {
    "linear": (linear, {"weight": W, "bias": b}),
    "cosine": (cosine, {"weight": W}),
    "mixed": (mixed, {"weight": W, "bias": b, "cosine.weight": V}),
    "scaled": (scaled, {"weight": W, "bias": b, "scale": a}),
}


def target(row):
    y = np.zeros(C)
    y[labels[row]] += own_weight[row]
    y[others[row]] += 1 - own_weight[row]
    return y


def loss(z, y):
    return -(y * np.log(softmax(z))).sum()


def gradient_norm(head, theta, f, y, step=1e-5):
    square = 0.0
    for name, values in theta.items():
        for index in np.ndindex(values.shape):
            ends = []
            for sign in (1, -1):
                moved = {key: value.copy() for key, value in theta.items()}
                moved[name][index] += sign * step
                ends.append(loss(head(moved, f), y))
            square += ((ends[0] - ends[1]) / (2 * step)) ** 2
    return square**0.5


out = {
    "features": features.ravel().tolist(),
    "labels": labels,
    "others": others,
    "ownWeight": own_weight.tolist(),
    "scale": S,
    "heads": {},
}
for name, (head, theta) in heads.items():
    rows = []
    for row in range(N):
        z, y = head(theta, features[row]), target(row)
        rest = np.delete(z, labels[row])
        rows.append(
            [
                loss(z, y),
                z[labels[row]] - rest.max(),
                float(z.argmax() == labels[row]),
                np.linalg.norm(softmax(z) - y),
                gradient_norm(head, theta, features[row], y),
                own_weight[row],
            ]
        )
    out["heads"][name] = {
        "tensors": {key: value.ravel().tolist() for key, value in theta.items()},
        "rows": rows,
    }
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out, indent=1) + "\n")
