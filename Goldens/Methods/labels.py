"""Writes labels.json: first steps of methods of several labels or numbers where a row has one class, as methods.py does for the
others.

    python3 labels.py
"""

import numpy as np

from methods import C, COUNTS, balanced, log_sigmoid, step, uniform, written


def plain(xs, ys, source):
    return xs[0], ys[0]


def distribution_balanced(z, target, alpha=0.1, beta=10, mu=0.2, lam=2, kappa=0.05, gamma=2):
    n = np.array(COUNTS, dtype=np.float64)
    u = z - kappa * np.log(n.sum() / n - 1)
    rows = []
    for row, y in enumerate(target.argmax(1)):
        total = 0
        for c in range(C):
            weight = alpha + 1 / (1 + np.exp(-beta * (n[y] / n[c] - mu)))
            if c == y:
                total -= weight * (1 - np.exp(log_sigmoid(u[row, c]))) ** gamma * log_sigmoid(u[row, c])
            else:
                wrong = np.exp(log_sigmoid(lam * u[row, c]))
                total -= weight * wrong**gamma * log_sigmoid(-lam * u[row, c]) / lam
        rows.append(total)
    return np.array(rows)


def density_weighted(z, target, width=2.0):
    """Grades, each counted with its neighbours; a mean weight of 1 over the data."""
    n = np.array(COUNTS, dtype=np.float64)
    near = [sum(np.sqrt(n[k]) * np.exp(-((k - c) ** 2) / (2 * width**2)) for k in range(C)) for c in range(C)]
    w = 1 / np.array(near)
    w /= (n * w).sum() / n.sum()
    y = target.argmax(1)
    return w[y] * (z[:, 0] - y) ** 2


def balanced_mse(z, target, noise=0.5):
    n = np.array(COUNTS, dtype=np.float64)
    y = target.argmax(1)
    density = sum(n[k] / n.sum() * np.exp(-((z[:, 0] - k) ** 2) / (2 * noise**2)) for k in range(C))
    return (z[:, 0] - y) ** 2 + 2 * noise**2 * np.log(density)


def haco(z, target, beta=0.9999, absent=0.5, mean=0.1):
    """At the beginning, when the counts of all classes together weigh every class."""
    n = np.array(COUNTS, dtype=np.float64)
    everything = np.maximum(1000 * np.array([n.sum() * (C - 1), n.sum()]) / (n.sum() * C), 20)
    w = (1 - beta) / (1 - beta ** (1000 * everything / everything.sum()))
    w *= 2 / w.sum()
    rows = []
    for row, y in enumerate(target.argmax(1)):
        total = 0
        for c in range(C):
            said = np.exp(log_sigmoid(z[row, c]))
            if c == y:
                total -= w[1] * log_sigmoid(z[row, c])
            else:
                total += -w[0] * log_sigmoid(-z[row, c]) + 2 * absent * said
            total += 2 * mean * abs(said - n[c] / n.sum())
        rows.append(total)
    return np.array(rows)


if __name__ == "__main__":
    written("labels.json", {
        "distribution-balanced": step([balanced], plain, 0.25, distribution_balanced),
        "density-weighted": step([uniform], plain, 0.25, density_weighted),
        "balanced-mse": step([uniform], plain, 0.25, balanced_mse),
        "haco": step([uniform], plain, 0.25, haco),
    })
