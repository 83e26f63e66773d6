"""Processor seconds of scikit-learn's logistic regression, with its path of penalties, on features like a backbone's.

    python3 Benchmarks/peers/logistic.py rows.npz     (needs numpy, scikit-learn; one thread: OMP_NUM_THREADS=1)
    steelyard train rows.npz --method logistic --threads 1

Writes 10,000 training rows and 460 test rows of 1,024 numbers in 23 classes (50 to 1), then fits eleven values of C on one fold
of five and the chosen one on all rows. Our command does all five folds.
"""

import sys
import time

import numpy as np
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

ROWS, WIDTH, CLASSES, TEST = 10_000, 1_024, 23, 20


def features(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Rotated, of unequal spread, cut off at zero, as pooled activations are."""
    rotation = np.linalg.qr(random.normal(size=(WIDTH, WIDTH)))[0]
    spread = np.arange(1, WIDTH + 1) ** -0.7
    centres = 1.2 * random.normal(size=(CLASSES, WIDTH))
    share = 0.02 ** (np.arange(CLASSES) / (CLASSES - 1))
    counts = np.round(ROWS * share / share.sum()).astype(int)
    counts[0] += ROWS - counts.sum()
    train = random.permutation(np.repeat(np.arange(CLASSES), counts))
    labels = np.concatenate([train, np.tile(np.arange(CLASSES), TEST)])
    hidden = (centres[labels] + 6 * random.normal(size=(len(labels), WIDTH))) * spread
    rows = np.maximum(3 * hidden @ rotation + 0.1 * random.normal(size=hidden.shape), 0)
    return rows.astype(np.float32), labels


def main(path: str) -> None:
    rows, labels = features(np.random.default_rng(0))
    np.savez(
        path, features=rows, labels=np.array([f"c{label:02d}" for label in labels]),
        splits=np.array(["train"] * ROWS + ["test"] * (len(labels) - ROWS)),
        ids=np.array([f"r{index:05d}" for index in range(len(labels))]))
    x, y = StandardScaler().fit_transform(rows[:ROWS].astype(np.float64)), labels[:ROWS]
    fold = list(StratifiedKFold(5).split(x, y))[:1]
    began = time.process_time()
    model = LogisticRegressionCV(
        Cs=[10 ** (power / 2) for power in range(-8, 3)], cv=fold, scoring="neg_log_loss", max_iter=2000)
    model.fit(x, y)
    print(f"{time.process_time() - began:.1f} s of the processor for one fold of five and all rows")


if __name__ == "__main__":
    main(sys.argv[1])
