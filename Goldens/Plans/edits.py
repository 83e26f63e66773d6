"""Writes edits.json: changes of the last layer between stages by their formulas, in NumPy.

    python3 edits.py
"""

import json

import numpy as np

rng = np.random.default_rng(14)
F, C = 3, 4
COUNTS = np.array([40, 12, 5, 3])
centres = rng.normal(0, 1, (C, F))


def drawn(counts):
    y = np.repeat(np.arange(C), counts)
    return np.round(centres[y] + rng.normal(0, 0.8, (len(y), F)), 3), y


train, labels = drawn(COUNTS)
validation, truths = drawn([9, 8, 7, 6])
queries = np.round(rng.normal(0, 1.5, (6, F)), 3)
prior = COUNTS / COUNTS.sum()
# Common classes have long weights and large biases.
W = np.round(centres * np.array([[1.6], [1.2], [0.9], [0.7]]) + rng.normal(0, 0.1, (C, F)), 3)
b = np.round(np.log(prior) + rng.normal(0, 0.1, C), 3)
scale = np.round(rng.uniform(0.5, 2, C), 3)


def balanced_accuracy(z):
    right = z.argmax(1) == truths
    return float(np.mean([right[truths == c].mean() for c in range(C)]))


def by_length(tau):
    return W / np.linalg.norm(W, axis=1, keepdims=True) ** tau


def searched(path, logits):
    """The first of the values with the highest balanced accuracy on validation."""
    scores = [balanced_accuracy(logits(tau)) for tau in path]
    best = int(np.argmax(scores))
    return {"tau": path[best], "score": scores[best], "scores": scores}


means = np.stack([train[labels == c].mean(0) for c in range(C)])


def cosines(x, rows):
    return x @ rows.T / np.linalg.norm(x, axis=1)[:, None] / np.linalg.norm(rows, axis=1)[None]


def flat(a):
    return np.asarray(a, dtype=np.float64).flatten().tolist()


if __name__ == "__main__":
    json.dump({
        "width": F, "counts": COUNTS.tolist(), "features": flat(train), "labels": labels.tolist(),
        "validation": flat(validation), "truths": truths.tolist(), "queries": flat(queries),
        "weight": flat(W), "bias": flat(b), "scale": flat(scale),
        "tauNorm": [{"tau": t, "weight": flat(by_length(t)), "logits": flat(queries @ by_length(t).T)}
                    for t in (0.0, 0.3, 0.7, 1.0)],
        "tauNormSearch": searched([k / 20 for k in range(21)], lambda t: validation @ by_length(t).T),
        "priorShift": [{"tau": t, "logits": flat(queries @ W.T + b - t * np.log(prior))} for t in (0.0, 0.5, 1.0, 2.0)],
        "priorShiftSearch": searched(
            [k / 20 for k in range(61)], lambda t: validation @ W.T + b - t * np.log(prior)),
        "shifted": flat(queries @ W.T + b + np.array([0.5, -1, 2, 0.25])),
        "means": flat(means), "unitMeans": flat(means / np.linalg.norm(means, axis=1, keepdims=True)),
        "nearestMean": flat(16 * cosines(queries, means)),
        "scaled": flat(scale * (queries @ W.T + b)),
        "foldedWeight": flat(scale[:, None] * W), "foldedBias": flat(scale * b),
    }, open("edits.json", "w"), indent=1)
    open("edits.json", "a").write("\n")
