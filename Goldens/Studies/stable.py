"""Golden values of symmetric stable laws, F(x) of the characteristic function exp(-(|t|/sqrt 2)^alpha), by Zolotarev's integral
of a positive function over an angle, which shares nothing with the integral of waves that Steelyard sums.

Python 3.11, NumPy 2.5, SciPy 1.18; writes stable.json beside itself.
"""
import json
import pathlib
from math import cos, exp, log, pi, sin, sqrt

import numpy as np
from scipy.integrate import quad


def below(alpha, x):
    """F(x) for x > 0 and alpha in (1, 2): 1 - 1/pi int_0^{pi/2} exp(-V(angle) y^(alpha/(alpha-1)))."""
    y, power = x * sqrt(2), alpha / (alpha - 1)

    def part(angle):
        if angle <= 0 or angle >= pi / 2:
            return 0.0
        height = power * (log(cos(angle)) - log(sin(alpha * angle)) + log(y))
        height += log(cos((alpha - 1) * angle)) - log(cos(angle))
        return exp(-exp(height)) if height < 6 else 0.0

    ends = np.geomspace(1e-9, 0.5, 30)
    ends = np.unique(np.concatenate([[0], ends, np.linspace(0.5, 1.07, 12), pi / 2 - ends, [pi / 2]]))
    pieces = [quad(part, a, b, epsabs=1e-15, epsrel=1e-13, limit=200)[0] for a, b in zip(ends, ends[1:])]
    return 1 - sum(pieces) / pi


values = [
    [alpha, x, below(alpha, x)]
    for alpha in (1.02, 1.1, 1.3, 1.5, 1.75, 1.95)
    for x in (0.05, 0.4, 1.0, 2.5, 8.0, 25.0, 39.5, 40.5, 70.0, 500.0)
]
pathlib.Path(__file__).with_name("stable.json").write_text(json.dumps(values, indent=1) + "\n")
