"""Golden numbers for comparisons of several methods: tails of Student's t and of χ² from SciPy; mean ranks and Friedman's
test from SciPy; Holm's correction from statsmodels; paired t tests from SciPy, the corrected one of Nadeau and Bengio
and that with a shared part written again in NumPy.

    python3 Goldens/Uncertainty/grids.py        # numpy, scipy, statsmodels
"""

import json
import pathlib

import numpy as np
from scipy.stats import chi2, friedmanchisquare, rankdata, t, ttest_rel
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(17)

student = [[x, v, 2 * t.sf(abs(x), v)] for x in (0.0, 0.3, -1.7, 2.9, 12.0) for v in (0.7, 1, 2, 3.6, 19, 400)]
chisquare = [[x, v, chi2.sf(x, v)] for x in (0.0, 0.2, 1.0, 5.5, 30.0) for v in (1, 2, 3, 4, 9, 28)]

ranks = []
for blocks, methods, levels in ((2, 3, 0), (5, 4, 0), (10, 6, 4), (3, 10, 0), (6, 3, 2)):
    values = rng.normal(size=(blocks, methods)) + np.arange(methods) / 3
    if levels:
        values = np.round(values * levels) / levels
    found = friedmanchisquare(*values.T)
    ranks.append(
        {
            "values": values.tolist(),
            "ranks": np.mean([rankdata(-row) for row in values], axis=0).tolist(),
            "statistic": found.statistic,
            "p": found.pvalue,
        }
    )

lists = [rng.uniform(0, 0.1, rng.integers(1, 12)).tolist() for _ in range(30)]
holm = [[p, multipletests(p, method="holm")[1].tolist()] for p in lists]


def summary(mean, parts, level):
    variance = sum(v for v, _ in parts)
    freedom = variance**2 / sum(v**2 / f for v, f in parts)
    error = np.sqrt(variance)
    half = t.ppf((1 + level) / 2, freedom) * error
    return {
        "mean": mean, "error": error, "freedom": freedom, "low": mean - half, "high": mean + half,
        "p": 2 * t.sf(abs(mean) / error, freedom),
    }  # fmt: skip


pairs = []
for trainings in (2, 3, 5, 10):
    for level in (0.9, 0.95):
        first = rng.normal(0.7, 0.05, trainings)
        second = first + rng.normal(0.02, 0.03, trainings)
        d = second - first
        s2, ratio = d.var(ddof=1), rng.uniform(0.1, 0.5)
        plain = ttest_rel(second, first)
        interval = plain.confidence_interval(level)
        # Differences on resampled test rows: a part that all trainings share, and one of each.
        resampled = d[:, None] + rng.normal(0, 0.02, 40) + rng.normal(0, 0.01 * (1 + trainings % 4), (trainings, 40))
        moments = np.cov(resampled, ddof=1)
        units = int(rng.integers(40, 400))
        shared = max(0, moments[~np.eye(trainings, dtype=bool)].mean())
        # Trainings that differ only in which rows they get right would differ so much.
        least = moments.diagonal().mean() - shared
        pairs.append(
            {
                "differences": d.tolist(), "level": level, "ratio": ratio, "units": units,
                "resampled": resampled.tolist(),
                "plain": {
                    "mean": d.mean(), "error": np.sqrt(s2 / trainings), "freedom": trainings - 1,
                    "low": interval.low, "high": interval.high, "p": plain.pvalue,
                },
                "corrected": summary(d.mean(), [(s2 * (1 / trainings + ratio), trainings - 1)], level),
                "shared": summary(
                    d.mean(), [(max(s2, least) / trainings, trainings - 1), (shared, units - 1)], level
                ),
                "single": summary(d[0], [(moments[0, 0], units - 1)], level),
            }  # fmt: skip
        )

out = {"student": student, "chisquare": chisquare, "ranks": ranks, "holm": holm, "pairs": pairs}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out, indent=1) + "\n")
