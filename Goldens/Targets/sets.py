"""Golden conformal answers of single labels: yes, no, unsure, or no sets for want of examples.

    python3 Goldens/Targets/sets.py        # NumPy

Written out from the definition: of the n validation examples on one side (that have the label, or have it not) the score is
one less the probability of that side, and the threshold the ceil((n + 1)(1 - alpha))-th smallest; where n is smaller than that,
there is none, and the label has no sets. A side belongs to the set of a new example where its score is at most the
threshold. One side alone is yes or no; both or neither is unsure.
"""

import json
import math
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
rng = np.random.default_rng(20)


def threshold(scores, alpha):
    k = math.ceil((len(scores) + 1) * (1 - alpha) - 1e-9)
    return None if k > len(scores) else float(np.sort(scores)[k - 1])


def probabilities(truth):
    return np.round(1 / (1 + np.exp(-(2 * truth - 1.5 + rng.normal(0, 1.2, truth.shape)))), 6)


cases = []
for alpha in (0.05, 0.1, 0.1, 0.2, 0.3, 0.3):
    rows, prevalence = int(rng.integers(25, 90)), np.array([0.5, 0.2, 0.06])
    truth = (rng.random((rows, 3)) < prevalence).astype(int)
    truth[0], truth[1] = 1, 0
    p = probabilities(truth)
    truth[2:][rng.random((rows - 2, 3)) < 0.1] = -1
    fresh = probabilities((rng.random((20, 3)) < prevalence).astype(int))
    answers, counts = [], []
    for l in range(3):
        there, absent = p[truth[:, l] == 1, l], p[truth[:, l] == 0, l]
        yes, no = threshold(1 - there, alpha), threshold(1 - (1 - absent), alpha)
        counts.append([len(there), len(absent)])
        if yes is None or no is None:
            answers.append(None)
            continue
        own = []
        for q in fresh[:, l]:
            sides = (1 - q <= yes, 1 - (1 - q) <= no)
            own.append("yes" if sides == (True, False) else "no" if sides == (False, True) else "unsure")
        answers.append(own)
    print(alpha, counts, [None if a is None else {w: a.count(w) for w in ("yes", "no", "unsure")} for a in answers])
    cases.append({
        "alpha": alpha, "truths": truth.tolist(), "scores": p.tolist(), "fresh": fresh.tolist(), "answers": answers,
        "counts": counts, "needed": math.ceil(1 / alpha - 1e-9) - 1})
lines = ",\n".join(json.dumps(case) for case in cases)
(HERE / "sets.json").write_text(f"[\n{lines}\n]\n")
