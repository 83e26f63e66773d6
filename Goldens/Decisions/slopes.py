"""Golden slopes and intercepts of stated probabilities: statsmodels' logistic regression, and its binomial model with the
logit as offset.

    python3 Goldens/Decisions/slopes.py        # numpy, statsmodels
"""

import json
import pathlib

import numpy as np
import statsmodels.api as sm

rng = np.random.default_rng(11)
cases = []
for size, bias, sharpness in ((40, 0.0, 1.0), (200, 1.5, 0.5), (1000, -2.0, 3.0), (500, -3.0, 1.0)):
    z = rng.normal(bias, 1.5, size)
    answers = rng.uniform(size=size) < 1 / (1 + np.exp(-z))
    # Held away from both ends as CalibrationSlope does, so that both fit the same logits.
    p = np.clip(1 / (1 + np.exp(-(sharpness * z + 0.4))), 2.0**-24, 1 - 2.0**-24)
    logits = np.log(p / (1 - p))
    free = sm.Logit(answers.astype(float), sm.add_constant(logits)).fit(disp=0, tol=1e-14, maxiter=200)
    large = sm.GLM(
        answers.astype(float), np.ones((size, 1)), family=sm.families.Binomial(), offset=logits
    ).fit(tol=1e-14)
    cases.append(
        {
            "probabilities": p.tolist(), "answers": answers.tolist(), "slope": free.params[1],
            "intercept": large.params[0],
        }  # fmt: skip
    )

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
