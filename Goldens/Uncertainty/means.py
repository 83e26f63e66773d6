"""Golden intervals of means of rates: Wilson's from statsmodels, combined by their definition; of paired differences the
variance of Bonett and Price.

    python3 Goldens/Uncertainty/means.py        # numpy, scipy, statsmodels
"""

import json
import pathlib

import numpy as np
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

HERE = pathlib.Path(__file__).parent


def mean(rates, level):
    k, n = np.array(rates).T
    low, high = proportion_confint(k, n, 1 - level, "wilson")
    p, size = k / n, len(k)
    return [
        max(0, p.mean() - np.sqrt(((p - low) ** 2).sum()) / size),
        min(1, p.mean() + np.sqrt(((high - p) ** 2).sum()) / size)]


def adjusted(rates, level):
    """About the mean, with a success and a failure more in each variance."""
    k, n = np.array(rates).T
    more = (k + 1) / (n + 2)
    half = norm.ppf((1 + level) / 2) * np.sqrt((more * (1 - more) / n).sum()) / len(k)
    return [max(0, (k / n).mean() - half), min(1, (k / n).mean() + half)]


def geometric(rates, level):
    k, n = np.array(rates).T
    low, high = (np.log(end) for end in proportion_confint(k, n, 1 - level, "wilson"))
    p, size = np.log(k / n), len(k)
    return [
        np.exp(p.mean() - np.sqrt(((p - low) ** 2).sum()) / size),
        min(1, np.exp(p.mean() + np.sqrt(((high - p) ** 2).sum()) / size))]


def difference(classes, level):
    n, first, second = np.array(classes).T
    a, b = (first + 1) / (n + 2), (second + 1) / (n + 2)
    variance = (a + b - (b - a) ** 2) / (n + 2)
    centre = ((second - first) / n).mean()
    half = norm.ppf((1 + level) / 2) * np.sqrt(variance.sum()) / len(n)
    return [max(-1, centre - half), min(1, centre + half)]


cases = []
rng = np.random.default_rng(5)
for number in range(40):
    level, size = (0.9, 0.95)[number % 2], 2 + number % 3 * (number % 2)
    trials = rng.integers(1, 60, size)
    hits = [int(rng.integers(1, n + 1)) for n in trials]
    rates = [list(map(int, pair)) for pair in zip(hits, trials)]
    lost = [int(rng.integers(0, n // 2 + 1)) for n in trials]
    won = [int(rng.integers(0, n - m + 1)) for n, m in zip(trials, lost)]
    classes = [list(map(int, row)) for row in zip(trials, lost, won)]
    cases.append({
        "level": level, "rates": rates, "mean": mean(rates, level),
        "adjusted": adjusted(rates, level), "geometric": geometric(rates, level),
        "classes": classes, "difference": difference(classes, level)})

(HERE / "means.json").write_text(json.dumps(cases) + "\n")
