"""Golden prevalences: EM and BBSE by NumPy, predictive values and their intervals by formula.

    python3 Goldens/Decisions/prevalence.py     # numpy, scipy
"""

import json
import pathlib

import numpy as np
from scipy.special import softmax
from scipy.stats import norm

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(17)


def posteriors(rows, prior, drawn, apart=1.5):
    c = len(prior)
    truth = rng.choice(c, rows, p=drawn)
    x = rng.normal(size=(rows, c)) + apart * np.eye(c)[truth]
    return truth, np.round(softmax(np.log(prior) + apart * x, axis=1), 6)


def em(p, prior):
    q, steps = np.array(prior), 0
    while True:
        r = p * q / prior
        new = (r / r.sum(axis=1, keepdims=True)).mean(axis=0)
        steps += 1
        if np.abs(new - q).max() < 1e-6:
            return new, steps
        q = new


def bbse(truth, p, target, soft):
    c = p.shape[1]
    f = (lambda p: p) if soft else (lambda p: np.eye(c)[p.argmax(axis=1)])
    joint = f(p).T @ np.eye(c)[truth] / len(truth)  # as the paper: joint frequencies, then w * prior
    w = np.linalg.solve(joint, f(target).mean(axis=0))
    q = np.maximum(w * np.bincount(truth, minlength=c) / len(truth), 0)
    a = joint / (np.bincount(truth, minlength=c) / len(truth))
    return q / q.sum(), np.linalg.cond(a, 1)


def wilson(k, n):
    z = norm.ppf(0.975)
    half = z / (n + z * z) * np.sqrt(k * (n - k) / n + z * z / 4)
    centre = (k + z * z / 2) / (n + z * z)
    return (0.0 if k == 0 else centre - half), (1.0 if k == n else centre + half)


def mover_sum(parts):
    value = sum(w * r for w, r, _, _ in parts)
    low = value - np.sqrt(sum((w * (r - l)) ** 2 for w, r, l, _ in parts))
    high = value + np.sqrt(sum((w * (u - r)) ** 2 for w, r, _, u in parts))
    return value, low, high


def share(a, b):
    (a, l1, u1), (b, l2, u2) = a, b
    low = l1 * (2 * a - l1) / (a * b + np.sqrt((a * b) ** 2 - l1 * u2 * (2 * a - l1) * (2 * b - u2))) if l1 > 0 else 0
    if l2 <= 0:
        return low / (1 + low), 1.0
    high = (a * b + np.sqrt((a * b) ** 2 - u1 * l2 * (2 * a - u1) * (2 * b - l2))) / (l2 * (2 * b - l2))
    return low / (1 + low), high / (1 + high)


def predictive(confusion, q):
    n = confusion.sum(axis=1)
    rows = []
    for c in range(len(q)):

        def parts(counts, classes):
            return mover_sum([(q[j], counts[j] / n[j], *wilson(counts[j], n[j])) for j in classes])

        others = [j for j in range(len(q)) if j != c]
        hit, alarm = parts(confusion[:, c], [c]), parts(confusion[:, c], others)
        clear, miss = parts(n - confusion[:, c], others), parts(n - confusion[:, c], [c])
        positive = hit[0] / (hit[0] + alarm[0]) if hit[0] + alarm[0] > 0 else None
        negative = clear[0] / (clear[0] + miss[0]) if clear[0] + miss[0] > 0 else None
        none = (None, None)
        rows.append(
            [positive, *(none if positive is None else share(hit, alarm))]
            + [negative, *(none if negative is None else share(clear, miss))]
        )
    return rows


prior = np.array([0.5, 0.3, 0.15, 0.05])
target = np.array([0.1, 0.2, 0.3, 0.4])
truth, validation = posteriors(150, prior, prior)
_, unlabelled = posteriors(150, prior, target)
estimate, steps = em(unlabelled, prior)
hard, condition = bbse(truth, validation, unlabelled, False)
soft, soft_condition = bbse(truth, validation, unlabelled, True)
confusions = [
    ([[45, 5, 0], [3, 20, 2], [0, 1, 7]], [0.9, 0.08, 0.02]),
    ([[50, 0, 0], [4, 16, 0], [1, 0, 4]], [0.5, 0.3, 0.2]),
    ([[30, 0], [2, 0]], [0.99, 0.01]),
    ([[900, 100], [5, 95]], [0.999, 0.001]),
]
out = {
    "prior": prior.tolist(),
    "truths": truth.tolist(),
    "validation": validation.ravel().tolist(),
    "unlabelled": unlabelled.ravel().tolist(),
    "em": estimate.tolist(),
    "steps": steps,
    "hard": hard.tolist(),
    "soft": soft.tolist(),
    "conditions": [condition, soft_condition],
    "predictive": [
        {"confusion": m, "prevalence": q, "values": predictive(np.array(m), q)} for m, q in confusions
    ],
}
text = json.dumps(out, allow_nan=False, separators=(",", ":"))
(HERE / "prevalence.json").write_text(text + "\n")
