"""Writes aggregation.json: expert weights fitted by the agreement of two views, step by step, in NumPy.

The gradient is that of the formula worked out by hand, and is checked by central differences. The update is
torch.optim.SGD(lr=.1, momentum=.9, nesterov=True, weight_decay=5e-4), written again.

    python3 aggregation.py
"""

import json

import numpy as np

E, N, C, STEPS = 3, 7, 4, 6
rng = np.random.default_rng(5)
# The first expert says the same of both views, the second nearly, the third hardly.
base = rng.normal(0, 2, (STEPS, E, N, C))
noise = rng.normal(0, 1, (STEPS, E, N, C)) * np.array([0.05, 0.5, 2.0]).reshape(1, E, 1, 1)
views = np.stack([base, base + noise], axis=1)  # [step, view, expert, row, class]


def softmax(x, axis):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def agreement(w, pair):
    p, q = (softmax(np.tensordot(softmax(w, 0), z, axes=1), 1) for z in pair)
    return ((p * q).sum(1) / np.sqrt((p * p).sum(1) * (q * q).sum(1))).mean()


def gradient(w, pair):
    a = softmax(w, 0)
    p, q = (softmax(np.tensordot(a, z, axes=1), 1) for z in pair)
    lp, lq = np.linalg.norm(p, axis=1, keepdims=True), np.linalg.norm(q, axis=1, keepdims=True)
    cos = ((p * q).sum(1, keepdims=True)) / (lp * lq)
    to_p = q / (lp * lq) - cos * p / lp ** 2
    to_q = p / (lp * lq) - cos * q / lq ** 2
    through = lambda s, d: s * (d - (s * d).sum(1, keepdims=True))  # softmax's Jacobian
    dzp, dzq = through(p, to_p), through(q, to_q)
    to_a = np.array([((dzp * pair[0][e]).sum() + (dzq * pair[1][e]).sum()) / N for e in range(E)])
    return a * (to_a - (a * to_a).sum())


w, velocity, trace = np.full(E, 1 / E), None, []
for pair in views:
    g = gradient(w, pair)
    for e in range(E):
        d = np.eye(E)[e] * 1e-6
        assert abs((agreement(w + d, pair) - agreement(w - d, pair)) / 2e-6 - g[e]) < 1e-8
    before = agreement(w, pair)
    pull = -g + 5e-4 * w
    velocity = pull if velocity is None else 0.9 * velocity + pull
    w = w - 0.1 * (pull + 0.9 * velocity)
    trace.append({"agreement": before, "weights": softmax(w, 0).tolist()})

with open("aggregation.json", "w") as fp:
    json.dump({"experts": E, "rows": N, "classes": C, "views": views.reshape(STEPS, 2, E, -1).tolist(),
               "trace": trace}, fp)
    fp.write("\n")
