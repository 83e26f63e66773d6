"""Golden numbers for comparisons: DeLong by its definition, O(m n), over a loop of pairs; McNemar's tests from
SciPy's binomial distribution; Holm's correction by its definition.

    python3 Goldens/Uncertainty/comparing.py        # numpy, scipy

Scores come from a linear congruential generator that Tests/UncertaintyTests/Scores.swift repeats.
"""

import json
import math
import pathlib

import numpy as np
from scipy.optimize import brentq
from scipy.stats import binom, binomtest, norm

HERE = pathlib.Path(__file__).parent


class Generator:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def scores(case):
    """Positives and negatives of two models; few levels in every other case, so that many tie."""
    random = Generator(case)
    m, n = 2 + random.below(12), 2 + random.below(30)
    levels = 5 if case % 2 else 1000003
    lift = random.below(3)
    draw = lambda up: random.below(levels) + up * levels // 3  # noqa: E731
    return [([draw(lift) for _ in range(m)], [draw(0) for _ in range(n)]) for _ in range(2)]


def components(positives, negatives):
    psi = np.array([[1.0 if p > q else 0.5 if p == q else 0.0 for q in negatives] for p in positives])
    return psi.mean(), psi.mean(axis=1), psi.mean(axis=0)


def covariance(a, b):
    return (
        np.cov(a[1], b[1], ddof=1)[0, 1] / len(a[1]) + np.cov(a[2], b[2], ddof=1)[0, 1] / len(a[2]))


def newcombe(area, m, n, z):
    def miss(t):
        v = t * (1 - t) / (m * n) * (1 + ((m + n) / 2 - 1) * ((1 - t) / (2 - t) + t / (1 + t)))
        return (area - t) ** 2 - z * z * v
    low = 0.0 if area == 0 else brentq(miss, 1e-300, area - 1e-14, xtol=1e-15, rtol=1e-14)
    high = 1.0 if area == 1 else brentq(miss, area + 1e-14, 1 - 1e-16, xtol=1e-15, rtol=1e-14)
    return low, high


def delong(case):
    (p, q), (r, s) = scores(case)
    first, second = components(p, q), components(r, s)
    va, vb, both = covariance(first, first), covariance(second, second), covariance(first, second)
    z = norm.ppf(0.975)
    a = first[0]
    if 0 < a < 1 and va > 1e-14:
        half = z * math.sqrt(va) / (a * (1 - a))
        ends = [1 / (1 + math.exp(-(math.log(a / (1 - a)) + sign * half))) for sign in (-1, 1)]
    else:
        ends = newcombe(a, len(p), len(q), z)
    error = math.sqrt(max(0, va + vb - 2 * both))
    difference = second[0] - first[0]
    p_value = 2 * norm.sf(abs(difference) / error) if error > 1e-9 else None
    return [a, va, *ends, difference, error, p_value]


def mcnemar(b, c):
    if b + c < 25:
        return binomtest(min(b, c), b + c).pvalue if b + c else 1.0
    mass = binom.pmf(min(b, c), b + c, 0.5)
    return 1 - mass / 2 if b == c else 2 * binom.cdf(min(b, c), b + c, 0.5) - mass


def holm(p):
    order = sorted(range(len(p)), key=lambda i: p[i])
    return [
        max(min(1, (len(p) - j) * p[order[j]]) for j in range(order.index(i) + 1)) for i in range(len(p))]


if __name__ == "__main__":
    random = Generator(9)
    lists = [[random.below(10**6) / 10**7 for _ in range(1 + random.below(8))] for _ in range(30)]
    golden = {
        "delong": [delong(case) for case in range(1, 201)],
        "area": [[a, m, n, *newcombe(a, m, n, norm.ppf(0.975))]
                 for a in (0.0, 0.3, 0.5, 0.99, 1.0) for m, n in ((1, 1), (1, 40), (8, 8), (30, 3000))],
        "mcnemar": [[b, c, mcnemar(b, c)] for b in (0, 1, 3, 8, 12, 20, 150, 1000) for c in (0, 1, 4, 12, 20, 170, 1000)],
        "holm": [[p, holm(p)] for p in lists],
    }
    (HERE / "comparing.json").write_text(json.dumps(golden, indent=0) + "\n")
