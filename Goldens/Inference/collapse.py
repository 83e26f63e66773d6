"""Writes collapse.json: measures of neural collapse, with the pseudo-inverse of the F x F matrix, in NumPy.

    python3 collapse.py
"""

import json

import numpy as np

rng = np.random.default_rng(21)


def angle(rows, rare):
    best = None
    for i, a in enumerate(rare):
        for b in rare[i + 1:]:
            cosine = rows[a] @ rows[b] / np.linalg.norm(rows[a]) / np.linalg.norm(rows[b])
            degrees = float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
            best = degrees if best is None else min(best, degrees)
    return best


cases = []
for counts, width, noise in (([12, 7, 4, 3], 6, 0.5), ([9, 5, 5, 2, 2], 3, 0.1), ([6, 2], 4, 1.0)):
    C = len(counts)
    labels = np.array([c for c, n in enumerate(counts) for _ in range(n)])
    rng.shuffle(labels)
    h = rng.normal(size=(C, width))[labels] * 2 + noise * rng.normal(size=(len(labels), width)) + 1
    w = rng.normal(size=(C, width))
    mu = np.array([h[labels == c].mean(0) for c in range(C)])
    m = mu - mu.mean(0)
    within = np.mean([(h[labels == c] - mu[c]).T @ (h[labels == c] - mu[c]) / counts[c] for c in range(C)], axis=0)
    between = m.T @ m / C
    lengths = np.linalg.norm(m, axis=1)
    cosines = np.array([
        m[a] @ m[b] / lengths[a] / lengths[b] for a in range(C) for b in range(C) if a != b])
    # The rarer half, of equal ones the later.
    rare = sorted(sorted(range(C), key=lambda c: (counts[c], -c))[:C // 2])
    cases.append({
        "features": h.flatten().tolist(), "weights": w.flatten().tolist(), "labels": labels.tolist(),
        "counts": counts, "width": width,
        "nc1": float(np.trace(within @ np.linalg.pinv(between)) / C),
        "equinorm": float(lengths.std() / lengths.mean()), "equiangle": float(cosines.std()),
        "maximal": float(np.abs(cosines + 1 / (C - 1)).mean()),
        "nc3": float(((w / np.linalg.norm(w) - m / np.linalg.norm(m)) ** 2).sum()),
        "rare": angle(m, rare), "rareWeights": angle(w, rare),
    })
with open("collapse.json", "w") as fp:
    json.dump(cases, fp, indent=1)
    fp.write("\n")
