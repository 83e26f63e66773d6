"""A few thousand small, awkward prediction tables, and how answers about them are stored.

The tables come from a linear congruential generator that Tests/EvaluationTests/GoldenTables.swift repeats step for
step, so only answers are kept. Values are stored times 1e10, rounded; null is undefined. A list over classes is
condensed to sum((k + 1) * value[k]) over its defined entries.
"""

import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
NAN = float("nan")


class Generator:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def table(case):
    """Truth [N], decision [N], probabilities [N, C] of one case."""
    rng = Generator(case)
    classes = 2 + rng.below(6)
    rows = 1 + rng.below(40)
    truths = 1 + rng.below(classes)  # classes that may occur in the truth
    decisions = 1 + rng.below(classes)  # classes that may be predicted
    offset = rng.below(2)  # whether the absent classes are the last or the first ones
    levels = [2, 3, 5, 1000003][rng.below(4)]  # few levels: many ties; one in 8 cases is constant
    constant = rng.below(8) == 0
    skill = rng.below(4)  # 0: none
    y, p, scores = [], [], []
    for _ in range(rows):
        truth = rng.below(truths)
        decided = truth if rng.below(4) < skill and truth < decisions else rng.below(decisions)
        row = [1 if constant else rng.below(levels) for _ in range(classes)]
        row[classes - 1 - truth if offset else truth] += 0 if constant else skill
        if sum(row) == 0:
            row[0] = 1
        y.append(classes - 1 - truth if offset else truth)
        p.append(classes - 1 - decided if offset else decided)
        scores.append([value / sum(row) for value in row])
    return np.array(y), np.array(p), np.array(scores), levels > 1000 and not constant


def store(value):
    return None if value is None or np.isnan(value) else round(float(value) * 1e10)


def condensed(values):
    return sum((k + 1) * v for k, v in enumerate(values) if not np.isnan(v))


def write(name, rows):
    text = "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]\n"
    (HERE / name).write_text(text)
