"""Golden numbers for rates: SciPy's beta and binomial functions, its Clopper-Pearson interval, and detectable
drops found by a plain search over the exact power function.

    python3 Goldens/Uncertainty/rates.py        # scipy
"""

import json
import pathlib

from scipy.optimize import brentq
from scipy.stats import beta, binom, binomtest

HERE = pathlib.Path(__file__).parent

PAIRS = [(1, 1), (1, 8), (8, 1), (0.5, 0.5), (0.1, 3), (3, 5.5), (30, 271), (2000, 3), (25000, 25001), (3, 999998)]
beta_points = [
    [q, a, b, beta.ppf(q, a, b), beta.cdf(x, a, b), x]
    for a, b in PAIRS
    for q in (1e-6, 0.025, 0.2, 0.5, 0.8, 0.975, 1 - 1e-6)
    for x in [float(beta.ppf(min(max(q * 1.1, 0), 1), a, b))]
    if 1e-200 < beta.ppf(q, a, b) < 1 - 1e-9
]

intervals = []
for n in (1, 2, 3, 8, 30, 300, 50000):
    for k in sorted({0, 1, n // 3, n // 2, n - 1, n}):
        for level in (0.9, 0.95, 0.99):
            tail = (1 - level) / 2
            low = beta.ppf(tail, k, n - k + 1) if k else 0.0
            high = beta.ppf(1 - tail, k + 1, n - k) if k < n else 1.0
            # binomtest finds the same ends by a search that stops at 2e-12.
            ci = binomtest(k, n).proportion_ci(level, method="exact")
            assert abs(ci.low - low) < 1e-11 and abs(ci.high - high) < 1e-11
            intervals.append([k, n, level, low, high])


def against_known(k, n, alpha, power):
    p0 = k / n
    rejecting = [c for c in range(n + 1) if binom.cdf(c, n, p0) <= alpha]
    if not rejecting:
        return None
    c = max(rejecting)
    return p0 - brentq(lambda p: binom.cdf(c, n, p) - power, 0, 1, xtol=1e-14, rtol=1e-14)


def paired(k, n, alpha, power):
    m = min(m for m in range(100) if binom.cdf(0, m, 0.5) <= alpha)
    if m > n:
        return None
    drop = brentq(lambda p: binom.sf(m - 1, n, p) - power, 0, 1, xtol=1e-14, rtol=1e-14)
    return drop if drop <= k / n else None


drops = [
    [k, n, alpha, power, against_known(k, n, alpha, power), paired(k, n, alpha, power)]
    for n in (1, 3, 5, 8, 9, 30, 300)
    for k in sorted({0, 1, n // 2, n - 1, n})
    for alpha, power in ((0.05, 0.8), (0.01, 0.9))
]

(HERE / "rates.json").write_text(
    json.dumps({"beta": beta_points, "intervals": intervals, "drops": drops}, indent=0) + "\n")
