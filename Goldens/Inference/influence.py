"""Influence of training rows on the answer to one row, and variance of gradients, in NumPy: gradients at every number of the
last layer, and at every number of a row, by central differences.

    python3 Goldens/Inference/influence.py        # numpy
"""

import json
import pathlib

import numpy as np

rng = np.random.default_rng(14)
N, F, C, S = 7, 4, 3, 2.5
rates = [0.5, 0.125]
features = rng.normal(size=(N, F)).round(4)
labels = [0, 2, 1, 1, 0, 2, 1]
shown, own = rng.normal(size=F).round(4), 2


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def linear(theta, f):
    return theta["weight"] @ f + theta["bias"]


def cosine(theta, f):
    return S * (theta["weight"] @ f) / np.linalg.norm(theta["weight"], axis=1) / np.linalg.norm(f)


def scaled(theta, f):
    return theta["scale"] * linear(theta, f)


def mixed(theta, f):
    return (linear(theta, f) + cosine({"weight": theta["cosine"]}, f)) / 2


def drawn(names):
    shapes = {"weight": (C, F), "bias": (C,), "scale": (C,), "cosine": (C, F)}
    return {name: (rng.uniform(0.5, 2, C) if name == "scale" else rng.normal(size=shapes[name])).round(4) for name in names}


def gradient(head, theta, f, y, step=1e-5):
    """Of -log p_y, over all numbers of all tensors."""
    parts = []
    for name, values in theta.items():
        for index in np.ndindex(values.shape):
            ends = []
            for sign in (1, -1):
                moved = {key: value.copy() for key, value in theta.items()}
                moved[name][index] += sign * step
                ends.append(-np.log(softmax(head(moved, f))[y]))
            parts.append((ends[0] - ends[1]) / (2 * step))
    return np.array(parts)


heads = {"linear": (linear, ("weight", "bias")), "cosine": (cosine, ("weight",)), "scaled": (scaled, ("weight", "bias", "scale"))}
out = {"features": features.ravel().tolist(), "labels": labels, "shown": shown.tolist(), "own": own, "scale": S, "rates": rates,
       "similarities": [float(f @ shown / np.linalg.norm(f) / np.linalg.norm(shown)) for f in features], "heads": {}}


def recorded(name, head, tensors):
    moments = [drawn(tensors) for _ in rates]
    scores, self_influence, norms = np.zeros(N), 0.0, np.zeros(N)
    for rate, theta in zip(rates, moments):
        target = gradient(head, theta, shown, own)
        rows = np.array([gradient(head, theta, f, y) for f, y in zip(features, labels)])
        scores += rate * rows @ target
        norms += rate * (rows**2).sum(axis=1)
        self_influence += rate * target @ target
    out["heads"][name] = {
        "moments": [{key: value.ravel().tolist() for key, value in theta.items()} for theta in moments],
        "scores": scores.tolist(), "norms": norms.tolist(), "selfInfluence": float(self_influence),
        "probabilities": softmax(head(moments[-1], shown)).tolist(),
    }


for name, (head, tensors) in heads.items():
    recorded(name, head, tensors)


def slope(head, theta, x, y, answer, step=1e-5):
    steps = np.eye(F) * step
    return np.array([(answer(head(theta, x + one))[y] - answer(head(theta, x - one))[y]) / (2 * step) for one in steps])


# Of the cosine head, whose logits are not linear in the row either.
moments = [drawn(("weight",)) for _ in range(4)]
out["variance"] = {"moments": [theta["weight"].ravel().tolist() for theta in moments]}
for name, answer in (("probability", softmax), ("logit", lambda z: z)):
    slopes = np.array([[slope(cosine, theta, f, y, answer) for f, y in zip(features, labels)] for theta in moments])
    out["variance"][name] = np.sqrt(((slopes - slopes.mean(axis=0)) ** 2).mean(axis=0)).mean(axis=1).tolist()
# Drawn after all others, whose numbers stay what they were.
recorded("mixed", mixed, ("weight", "bias", "cosine"))
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out, indent=1) + "\n")
