"""Writes pairs.json: mixings whose labels or weights depend on the sizes of two classes, row by row, in NumPy; their expected
label mass by numerical integration in SciPy; and rectangles of one batch pasted on another.

    python3 pairs.py
"""

import json

import numpy as np
from scipy import integrate, stats

rng = np.random.default_rng(4)
COUNTS = np.array([120, 40, 39, 7, 2], dtype=np.float64)
N, C, SHAPE = 6, len(COUNTS), (6, 2, 3, 4)
a, b = np.round(rng.normal(size=SHAPE), 3), np.round(rng.normal(size=SHAPE), 3)
ya, yb = np.array([0, 1, 2, 3, 4, 0]), np.array([4, 0, 1, 3, 2, 2])
partner = np.array([4, 0, 1, 2, 3, 5])
eye = np.eye(C)


def remix(ni, nj, lam, kappa, tau):
    if ni / nj >= kappa and lam < tau:
        return 0.0
    if ni / nj <= 1 / kappa and 1 - lam < tau:
        return 1.0
    return lam


def mamix(ni, nj, lam, f):
    """As the authors write it, with the weight of the partner."""
    ki, kj = ni ** f, nj ** f
    middle, x = ki / (ki + kj), 1 - lam
    return -0.5 * x / middle + 1 if x < middle else (x - 1) * 0.5 / (middle - 1)


def unimix(ni, nj, draw):
    lam = draw + nj / (ni + nj)
    return lam - 1 if lam > 1 else lam


def adpmix(ni, nj, lam, kappa):
    return min(1.0, max(0.0, lam + kappa * (nj / (ni + nj) - ni / (ni + nj))))


def mixed(x, other, y, y_other, inputs, labels):
    w = np.reshape(inputs, (N, 1, 1, 1))
    labels = np.reshape(labels, (N, 1))
    return {"mixed": (w * x + (1 - w) * other).flatten().tolist(),
            "target": (labels * eye[y] + (1 - labels) * eye[y_other]).flatten().tolist()}


def paired(rule, lam):
    labels = [rule(COUNTS[i], COUNTS[j], lam) for i, j in zip(ya, ya[partner])]
    return {"lambda": lam, "labels": labels, **mixed(a, a[partner], ya, ya[partner], np.full(N, lam), labels)}


def mass(p, q, weight):
    out = np.zeros(C)
    for i in range(C):
        for j in range(C):
            w = weight(COUNTS[i], COUNTS[j])
            out[i] += p[i] * q[j] * w
            out[j] += p[i] * q[j] * (1 - w)
    return out.tolist()


def mean(rule, alpha, breaks=()):
    density = stats.beta(alpha, alpha).pdf
    points = sorted({0.0, 1.0, *[x for x in breaks if 0 < x < 1]})
    return sum(integrate.quad(lambda x: rule(x) * density(x), s, e, limit=200)[0] for s, e in zip(points, points[1:]))


prior = COUNTS / COUNTS.sum()
reverse = COUNTS ** -0.1 / (COUNTS ** -0.1).sum()
lams = [0.0, 0.2, 0.45, 0.5, 0.55, 0.8, 1.0]
draws = [0.0, 0.1, 0.35, 0.5, 0.8, 1.0]
own = [unimix(COUNTS[i], COUNTS[j], d) for i, j, d in zip(ya, yb, draws)]

KAPPAS = [0.5, 1.7]
versions = np.round(a + 0.3 * rng.normal(size=SHAPE), 3)


def streams(lam):
    """The first stream with the second at one weight, labels by the sizes of their classes."""
    labels = [adpmix(COUNTS[i], COUNTS[j], lam, KAPPAS[0]) for i, j in zip(ya, yb)]
    return {"lambda": lam, "labels": labels, **mixed(a, b, ya, yb, np.full(N, lam), labels)}


def versioned(lam):
    """Each row with the other version of its partner."""
    return {"lambda": lam, "labels": [lam] * N,
            **mixed(a, versions[partner], ya, ya[partner], np.full(N, lam), np.full(N, lam))}


masses = []
for alpha in (0.4, 1.0, 2.0):
    masses.append({
        "alpha": alpha,
        "remix": mass(prior, prior, lambda ni, nj: mean(
            lambda x: remix(ni, nj, x, 3, 0.4), alpha, (0.4, 0.6))),
        "mamix": mass(prior, prior, lambda ni, nj: mean(
            lambda x: mamix(ni, nj, x, -0.25), alpha, (nj ** -0.25 / (ni ** -0.25 + nj ** -0.25),))),
        "unimix": mass(prior, reverse, lambda ni, nj: mean(
            lambda x: unimix(ni, nj, x), alpha, (1 - nj / (ni + nj),))),
        "adpmix": [mass(prior, reverse, lambda ni, nj: mean(
            lambda x: adpmix(ni, nj, x, kappa), alpha,
            (1 - kappa * (nj - ni) / (ni + nj), -kappa * (nj - ni) / (ni + nj)))) for kappa in KAPPAS],
    })

pasted = []
for lam, cx, cy in [(0.5, 2, 1), (0.1, 0, 2), (1.0, 2, 1), (0.0, 3, 0)]:
    width, height = int(SHAPE[3] * np.sqrt(1 - lam)), int(SHAPE[2] * np.sqrt(1 - lam))
    x1, x2 = np.clip([cx - width // 2, cx + width // 2], 0, SHAPE[3])
    y1, y2 = np.clip([cy - height // 2, cy + height // 2], 0, SHAPE[2])
    picture = a.copy()
    picture[:, :, y1:y2, x1:x2] = b[:, :, y1:y2, x1:x2]
    left = 1 - (x2 - x1) * (y2 - y1) / (SHAPE[2] * SHAPE[3])
    pasted.append({"lambda": lam, "x": cx, "y": cy, "left": float(left), "mixed": picture.flatten().tolist(),
                   "target": (left * eye[ya] + (1 - left) * eye[yb]).flatten().tolist()})

# The expected area of a rectangle around a place drawn evenly, what lies outside cut off, of large images.
areas = []
for alpha in (0.3, 1.0, 2.5):
    def kept(center, ratio):
        return min(center + ratio / 2, 1) - max(center - ratio / 2, 0)

    def area(lam):
        r = np.sqrt(1 - lam)
        return integrate.quad(lambda c: kept(c, r), 0, 1, points=[r / 2, 1 - r / 2])[0] ** 2

    areas.append({"alpha": alpha, "area": mean(area, alpha)})

json.dump({
    "shape": SHAPE, "counts": COUNTS.astype(int).tolist(), "a": a.flatten().tolist(), "b": b.flatten().tolist(),
    "ya": ya.tolist(), "yb": yb.tolist(), "partner": partner.tolist(),
    "remix": [paired(lambda i, j, x: remix(i, j, x, 3, 0.5), lam) for lam in lams],
    "mamix": [paired(lambda i, j, x: mamix(i, j, x, -0.25), lam) for lam in lams],
    "adpmix": [streams(lam) for lam in lams], "kappas": KAPPAS,
    "versions": versions.flatten().tolist(), "enmix": [versioned(lam) for lam in lams],
    "draws": draws, "own": own, "unimix": mixed(a, b, ya, yb, own, own),
    "pasted": pasted, "reverse": reverse.tolist(), "masses": masses, "areas": areas,
}, open("pairs.json", "w"), indent=1)
open("pairs.json", "a").write("\n")
