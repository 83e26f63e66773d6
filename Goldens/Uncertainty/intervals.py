"""Golden numbers of intervals for rare classes and calibration errors: folded normal moments from
scipy.stats.foldnorm, the interval of a calibration error with brentq on them, Welch's degrees of freedom of DeLong's
variance with scipy.stats.t (and ttest_ind's), the logit interval of an average precision, Korn and Graubard's lower limit.

    python3 Goldens/Uncertainty/intervals.py        # numpy, scipy
"""

import json
import pathlib

import numpy as np
from scipy.optimize import brentq
from scipy.stats import beta, foldnorm, norm, t, ttest_ind

import comparing

HERE = pathlib.Path(__file__).parent


def folded(mean, deviation):
    own = foldnorm(abs(mean) / deviation, scale=deviation)
    return [mean, deviation, float(own.mean()), float(own.var())]


def precision(value, positives):
    centre, half = np.log(value / (1 - value)), norm.ppf(0.975) / np.sqrt(positives * value * (1 - value))
    return [value, positives, *(float(1 / (1 + np.exp(-(centre + side * half)))) for side in (-1, 1))]


def welch(case):
    """Degrees of freedom, and the ends; none where the variance is 0 or the area 0 or 1."""
    (positives, negatives), _ = comparing.scores(case)
    area, first, second = comparing.components(positives, negatives)
    variance = first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second)
    if variance == 0 or area in (0, 1):
        return None
    freedom = ttest_ind(first, second, equal_var=False).df
    half = t.ppf(0.975, freedom) * np.sqrt(variance) / (area * (1 - area))
    centre = np.log(area / (1 - area))
    return [float(freedom), *(float(1 / (1 + np.exp(-(centre + side * half)))) for side in (-1, 1))]


def calibration(seed):
    random = np.random.default_rng(seed)
    gaps, errors = random.normal(0, 0.02, 15), random.uniform(0.001, 0.02, 15)
    expected = errors * random.uniform(0.5, 1.5, 15)
    deviation, tail = 0.015, 0.02
    seen = np.abs(gaps).sum()

    def end(shape, spread, side):
        def moments(values):
            return np.array([folded(g, s)[2:] for g, s in zip(values, spread)]).sum(axis=0)

        def miss(scale):
            mean, variance = moments(scale * shape)
            return seen - mean + side * norm.ppf(1 - tail) * deviation * np.sqrt(variance / moments(gaps)[1])

        return brentq(miss, 0, 50, xtol=1e-14) * shape.sum() if shape.sum() > 0 and miss(0) > 0 else 0

    careful = np.maximum(errors, expected)
    low = end(np.sqrt(np.maximum(0, gaps**2 - careful**2)), careful, -1)
    high = end(np.abs(gaps), errors, 1)
    return {
        "gaps": gaps.tolist(), "errors": errors.tolist(), "expected": expected.tolist(), "deviation": deviation,
        "tail": tail, "ends": [float(min(seen, low)), float(max(seen, high))]}


def promise(seed):
    """Lower limit of Korn and Graubard of a rate of grouped flags, one-sided, and the cap of as many flags as groups."""
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 9, 8 + seed)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    flags = random.uniform(size=len(groups)) < random.beta(8, 1, len(sizes))[groups]
    n, count, hits, confidence = len(flags), len(sizes), int(flags.sum()), 0.95
    if hits == n:
        worth = count
    else:
        rate = hits / n
        rest = np.array([flags[groups == g].sum() - rate * (groups == g).sum() for g in range(count)])
        variance = count / (count - 1) * (rest**2).sum() / n**2
        ratio = norm.ppf(confidence) / t.ppf(confidence, count - 1)
        worth = min(n, rate * (1 - rate) / variance * ratio**2)
    own = beta.ppf(1 - confidence, hits / n * worth, (1 - hits / n) * worth + 1)
    return {
        "flags": flags.tolist(), "groups": [str(g) for g in groups],
        "level": float(min(own, beta.ppf(1 - confidence, count, 1)))}


if __name__ == "__main__":
    made = {
        "folded": [folded(m, s) for m in (-2, -0.3, 0, 0.01, 0.5, 5) for s in (0.1, 1, 3)],
        "precision": [precision(a, m) for a in (0.02, 0.3, 0.8, 0.99) for m in (1, 10, 90)],
        "welch": [welch(case) for case in range(1, 41)],
        "calibration": [calibration(seed) for seed in range(20)],
        "promises": [promise(seed) for seed in range(20)],
    }
    (HERE / "intervals.json").write_text(json.dumps(made, indent=0) + "\n")
