"""Golden bootstrap intervals: what scipy.stats.bootstrap makes of fixed resamples, percentile, BCa and basic, of one
sample and of two strata.

    python3 Goldens/Uncertainty/bootstrap.py        # numpy, scipy

Data and resamples come from a linear congruential generator that the test repeats.
"""

import json
import pathlib

import numpy as np
from scipy.stats import bootstrap
from scipy.stats._resampling import BootstrapResult

HERE = pathlib.Path(__file__).parent


class Generator:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def statistic(*strata, axis=-1):
    """A skewed function of the strata's means."""
    means = [stratum.mean(axis=axis) for stratum in strata]
    return means[0] ** 2 if len(means) == 1 else means[0] / (1 + means[1])


def case(number):
    random = Generator(number)
    strata = []
    for _ in range(1 + number % 2):
        n = 4 + random.below(20)
        strata.append(np.array([(random.below(1000) / 100) ** 2 for _ in range(n)]))
    resamples = [
        statistic(*[s[[random.below(len(s)) for _ in range(len(s))]] for s in strata]) for _ in range(199)]
    result = BootstrapResult((0, 0), np.array(resamples), 0)
    row = []
    for method in ("percentile", "BCa", "basic"):
        for level in (0.9, 0.95):
            ci = bootstrap(
                strata, statistic, n_resamples=0, method=method, confidence_level=level,
                bootstrap_result=result, vectorized=True).confidence_interval
            row += [ci.low, ci.high]
    return row


(HERE / "bootstrap.json").write_text(json.dumps([case(number) for number in range(1, 41)], indent=0) + "\n")
