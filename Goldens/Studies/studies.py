"""Golden numbers for the studies: laws of heavy tails from SciPy; the best linear classifier under an attack by SciPy's
minimiser; an associative memory under three optimisers with NumPy's SVD; unconstrained features by SciPy's L-BFGS, which
knows no closed form.

Python 3.11, NumPy 2.5, SciPy 1.18; writes studies.json beside itself.
"""
import json
import pathlib

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.special import softmax
from scipy.stats import levy_stable

SCALE = 1 / np.sqrt(2)


def law(alpha):
    return lambda x: levy_stable.cdf(x, alpha, 0, scale=SCALE)


laws = [[alpha, x, float(law(alpha)(x))] for alpha in (1.0, 1.3, 1.5, 2.0) for x in (-30, -6, -1.5, -0.2, 0, 0.7, 3, 60)]


def disparity(alpha, ratio, attack, separation=1.5):
    below, reach = law(alpha), separation - attack
    risk = lambda b: ratio * below(b - reach) + below(-b - reach)
    grid = -np.concatenate([np.linspace(0, 6, 121), np.geomspace(6, 40, 60)])
    values = [risk(b) for b in grid]
    place = int(np.argmin(values))
    ends = sorted((grid[max(place - 1, 0)] + (0.1 if place == 0 else 0), grid[min(place + 1, len(grid) - 1)]))
    b = minimize_scalar(risk, bounds=ends, method="bounded", options={"xatol": 1e-10}).x
    if risk(b) >= 1:
        return 1.0, 0.0
    return float(below(separation - b)), float(below(separation + b))


disparities = [
    [alpha, ratio, attack, *disparity(alpha, ratio, attack)]
    for alpha in (2.0, 1.5, 1.0)
    for ratio in (1.0, 2.0, 5.0, 10.0)
    for attack in (0.0, 1.0)
]


def rotation(a, b, c):
    z = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
    y = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    x = np.array([[1, 0, 0], [0, np.cos(c), -np.sin(c)], [0, np.sin(c), np.cos(c)]])
    return z @ y @ x


def memory(rule, rate, coupled, facts=99, head=20, mass=0.8):
    angles = [(1.715, 0.876, 3.098), (3.638, 2.949, 5.218)]
    keys, values = [np.kron(np.eye(facts // 3), rotation(*a)) if coupled else np.eye(facts) for a in angles]
    share = np.where(np.arange(facts) < head, mass / head, (1 - mass) / (facts - head))
    weights, steps = np.zeros((facts, facts)), 0
    while True:
        answers = softmax(values.T @ weights @ keys, axis=0)
        right = np.diag(answers)
        if right[:head].mean() > 0.9:
            return [steps, right[:head].mean(), right[head:].mean(), right.max() - right.min()]
        move = values @ ((np.eye(facts) - answers) * share) @ keys.T
        if rule == "sign":
            move = np.where(np.abs(move) < 1e-12, 0, np.sign(move))
        if rule == "muon":
            left, sizes, right_factor = np.linalg.svd(move)
            move = (left * (sizes > 1e-10 * sizes[0])) @ right_factor
        weights, steps = weights + rate * move, steps + 1


memories = [
    {"rule": rule, "coupled": coupled, "values": [float(v) for v in memory(rule, rate, coupled)]}
    for coupled in (False, True)
    for rule, rate in (("gradient", 1.0), ("sign", 0.1), ("muon", 0.5))
]

random = np.random.default_rng(5)
matrix = random.normal(size=(7, 7))
matrix[:, 3] = matrix[:, 0] - 2 * matrix[:, 1]
left, sizes, right = np.linalg.svd(matrix)
polar = (left * (sizes > 1e-10 * sizes[0])) @ right


def squares(counts, layers, decay):
    """Squared lengths of the rows of the product at the best of several minima that L-BFGS finds."""
    total, width, classes = sum(counts), 2 * len(counts), len(counts)
    labels = np.repeat(np.arange(classes), counts)
    targets = np.eye(classes)[:, labels]
    shapes = [(width, total)] + [(width, width)] * (layers - 1) + [(classes, width)]
    ends = np.cumsum([0] + [a * b for a, b in shapes])

    def parts(flat):
        return [flat[s:e].reshape(shape) for s, e, shape in zip(ends, ends[1:], shapes)]

    def loss(flat):
        forward = [parts(flat)[0]]
        for layer in parts(flat)[1:]:
            forward.append(layer @ forward[-1])
        back = (forward[-1] - targets) / total
        value = ((forward[-1] - targets) ** 2).sum() / (2 * total) + decay / 2 * (flat**2).sum()
        slopes = []
        for place in range(len(shapes) - 1, 0, -1):
            slopes.append(back @ forward[place - 1].T)
            back = parts(flat)[place].T @ back
        slopes.append(back)
        return value, np.concatenate([s.ravel() for s in reversed(slopes)]) + decay * flat

    best = min(
        (
            minimize(
                loss, random.normal(0, 0.4, ends[-1]), jac=True, method="L-BFGS-B",
                options={"maxiter": 50000, "maxfun": 60000, "ftol": 1e-16, "gtol": 1e-10, "maxcor": 30},
            )
            for _ in range(6)
        ),
        key=lambda found: found.fun,
    )
    product = np.eye(width)
    for layer in parts(best.x)[1:]:
        product = layer @ product
    return [float(v) for v in (product**2).sum(axis=1)]


collapses = [
    {"counts": counts, "layers": layers, "decay": decay, "squares": squares(counts, layers, decay)}
    for counts, layers, decay in (
        ([10, 20, 30, 40], 1, 5e-3),
        ([1, 20, 40, 80], 1, 8e-3),
        ([10, 20, 30, 40], 2, 5e-4),
        ([10, 20, 30, 40], 3, 1e-3),
        ([2, 20, 30, 40], 2, 2e-3),
    )
]

out = {
    "laws": laws, "disparities": disparities, "memories": memories,
    "polar": {"matrix": matrix.tolist(), "factor": polar.tolist()}, "collapses": collapses,
}
path = pathlib.Path(__file__).with_name("studies.json")
path.write_text(json.dumps(out, indent=1) + "\n")
