"""Writes router.json: a router between three experts over given features, what it answers, and its loss, row by row, in NumPy.

    python3 router.py
"""

import json

import numpy as np

rng = np.random.default_rng(7)
N, F, C, E, HIDDEN, TOP = 40, 5, 34, 3, 16, 30
x = np.round(rng.normal(size=(N, F)), 3)
# As the file has them, in float32.
heads = [{"weight": np.float32(rng.normal(size=(C, F))), "bias": np.float32(rng.normal(size=C) / 2)} for _ in range(E)]
layers = [
    {"weight": np.float32(rng.normal(size=(HIDDEN, F)) / 2), "bias": np.float32(rng.normal(size=HIDDEN) / 4)}
    for _ in range(E - 1)]
choice = {"weight": np.float32(rng.normal(size=(1, HIDDEN + TOP)) / 8), "bias": np.float32([0])}
logits = [x @ h["weight"].T.astype(float) + h["bias"] for h in heads]
labels = [int(v) for v in rng.integers(0, C, N)]
# Some labels that single experts or their means get right, so that all cases are met.
for row in range(0, N, 2):
    labels[row] = int(np.argmax(np.mean([z[row] for z in logits[:1 + row // 2 % E]], axis=0)))


def score(e):
    unit = x / np.sqrt((x ** 2).sum(1, keepdims=True))
    hidden = np.maximum(unit @ layers[e]["weight"].T.astype(float) + layers[e]["bias"], 0)
    mean = np.mean(logits[:e + 1], axis=0)
    top = np.sort(mean, axis=1)[:, ::-1][:, :TOP]
    return np.concatenate([top, hidden], axis=1) @ choice["weight"][0].astype(float) + choice["bias"][0]


# About half of the rows go on.
choice["bias"] = np.float32([-np.median(score(0))])
scores = [score(e) for e in range(E - 1)]
# Nothing lies so near the edge that a digit decides.
assert min(np.abs(s).min() for s in scores) > 1e-3

engaged, answers = [], []
for row in range(N):
    count = 1
    while count < E and 1 / (1 + np.exp(-scores[count - 1][row])) > 0.5:
        count += 1
    engaged.append(count)
    answers.append(np.mean([z[row] for z in logits[:count]], axis=0))
assert set(engaged) == {1, 2, 3}


def loss(e, caution):
    out = []
    for row in range(N):
        right = [int(np.argmax(np.mean([z[row] for z in logits[:k + 1]], axis=0))) == labels[row] for k in range(E)]
        need = not right[e] and any(right[e + 1:])
        s = scores[e][row]
        out.append((caution * np.logaddexp(0, -s) if need else np.logaddexp(0, s)) / (E - 1))
    return out


def tensors(parts):
    return [{k: v.astype(float).flatten().tolist() for k, v in p.items()} for p in parts]


with open("router.json", "w") as fp:
    json.dump({
        "rows": N, "features": F, "classes": C, "inputs": x.flatten().tolist(), "labels": labels,
        "heads": tensors(heads), "layers": tensors(layers), "choice": tensors([choice])[0],
        "scores": [s.tolist() for s in scores], "engaged": engaged,
        "answer": np.array(answers).flatten().tolist(),
        "losses": [{"caution": k, "values": [loss(e, k) for e in range(E - 1)]} for k in (100.0, 3.0)],
    }, fp, indent=1)
    fp.write("\n")
