"""Golden slopes and intercepts of stated probabilities, with their intervals: statsmodels' logistic regression, and its
binomial model with the logit as offset. Wald's intervals of slopes are statsmodels' own; ends of the profile likelihood are where the
log likelihood of a fit with the slope (the intercept) held, as an offset, is lower by half the quantile of chi-squared,
for the intercept times the variance of a jackknife of answers over that of the model, which Wald's interval of it has too;
intervals of groups are from the jackknife in one step, leaving out a group's score and information, by its definition.

    python3 Goldens/Decisions/slopes.py        # numpy, scipy, statsmodels
"""

import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy.optimize import brentq
from scipy.stats import chi2, t

LEVEL = 0.9


def binomial(answers, design, offset):
    return sm.GLM(answers, design, family=sm.families.Binomial(), offset=offset).fit(tol=1e-14)


def profile(best, most, likelihood, scale=1.0):
    """Both ends of the values whose likelihood is not too far below the greatest."""

    def short(value):
        return 2 * (most - likelihood(value)) - scale * chi2.ppf(LEVEL, 1)

    return [brentq(short, best + side * 1e-9, best + side * 20, xtol=1e-10) for side in (-1, 1)]


def jackknife(answers, design, offset, best, groups):
    """Variance of the last coefficient by leaving out each group in one step."""
    p = 1 / (1 + np.exp(-(design @ best + offset)))
    names = np.unique(groups)
    moved = []
    for name in names:
        own, rest = groups == name, groups != name
        score = design[own].T @ (answers[own] - p[own])
        information = (design[rest] * (p * (1 - p))[rest, None]).T @ design[rest]
        moved.append(np.linalg.solve(information, score)[-1])
    moved, count = np.array(moved), len(names)
    return (count - 1) / count * ((moved - moved.mean()) ** 2).sum()


def grouped(answers, design, offset, best, groups):
    """Student's interval of the last coefficient, with the jackknife's variance and the effective number of groups."""
    sizes = np.unique(groups, return_counts=True)[1]
    freedom = sizes.sum() ** 2 / (sizes**2).sum() - 1
    half = t.ppf((1 + LEVEL) / 2, freedom) * np.sqrt(jackknife(answers, design, offset, best, groups))
    return [best[-1] - half, best[-1] + half]


rng = np.random.default_rng(11)
cases = []
for size, bias, sharpness in ((40, 0.0, 1.0), (200, 1.5, 0.5), (1000, -2.0, 3.0), (500, -3.0, 1.0)):
    z = rng.normal(bias, 1.5, size)
    answers = (rng.uniform(size=size) < 1 / (1 + np.exp(-z))).astype(float)
    # Held away from both ends as CalibrationSlope does, so that both fit the same logits.
    p = np.clip(1 / (1 + np.exp(-(sharpness * z + 0.4))), 2.0**-24, 1 - 2.0**-24)
    logits = np.log(p / (1 - p))
    groups = np.arange(size) * 7919 % 17 * (np.arange(size) % 3 > 0)
    ones, both, zeros = np.ones((size, 1)), sm.add_constant(logits), np.zeros(size)
    free = sm.Logit(answers, both).fit(disp=0, tol=1e-14, maxiter=200)
    large = binomial(answers, ones, logits)
    variance = jackknife(answers, ones, logits, large.params, np.arange(size))
    far = np.sqrt(chi2.ppf(LEVEL, 1) * variance)
    cases.append(
        {
            "probabilities": p.tolist(), "answers": (answers > 0).tolist(), "slope": free.params[1],
            "intercept": large.params[0], "groups": [f"g{group}" for group in groups],
            "wald": free.conf_int(1 - LEVEL)[1].tolist()
            + [large.params[0] - far, large.params[0] + far],
            "profile": profile(
                free.params[1], free.llf, lambda b: binomial(answers, ones, b * logits).llf)
            + profile(
                large.params[0], large.llf,
                lambda a: sm.families.Binomial().loglike(answers, 1 / (1 + np.exp(-(a + logits)))),
                variance / large.cov_params()[0, 0]),
            "grouped": grouped(answers, both, zeros, free.params, groups)
            + grouped(answers, ones, logits, large.params, groups),
        }  # fmt: skip
    )

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
