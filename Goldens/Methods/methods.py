"""Writes methods.json: first-step losses of every method, by their formulas, in NumPy (SSIM in scikit-image).

Samplers, mixing and loss are written here again; the random numbers are those of
../Randomness/randomness.py. Every method sees 24 examples, draws one epoch per stream, takes the
first 8 of each, mixes them and compares the logits of a fixed linear network. Other files of this folder
take the data and the tools from here and write goldens of their own methods.

    python3 methods.py
"""

import json
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Randomness"))
from randomness import Key  # noqa: E402

COUNTS, FEATURES, BATCH, SEED = [17, 5, 2], 4, 8, 9
labels = np.array([(7 * i) % 24 for i in range(24)])
labels = np.digitize(labels, np.cumsum(COUNTS)[:-1])
N, C = len(labels), len(COUNTS)
x = np.array([[((i * 5 + j * 3) % 11) / 5 - 1 for j in range(FEATURES)] for i in range(N)])
network = np.array([[((i * 4 + j * 7) % 9) / 4 - 1 for j in range(C)] for i in range(FEATURES)])


def uniform(source, t):
    return source.shuffle(N)


def weighted(p):
    def draw(source, t):
        members = [[i for i in range(N) if labels[i] == c] for c in range(C)]
        edges = np.cumsum(p(np.array(COUNTS, dtype=np.float64), t))
        out = []
        for _ in range(N):
            c = int(np.searchsorted(edges, source.uniform() * edges[-1], side="right"))
            out.append(members[c][source.below(len(members[c]))])
        return out

    return draw


balanced = weighted(lambda n, t: np.full(C, 1 / C))
square_root = weighted(lambda n, t: np.sqrt(n) / np.sqrt(n).sum())
reversed_ = weighted(lambda n, t: (1 / n) / (1 / n).sum())
progressive = weighted(lambda n, t: (1 - t) * n / N + t / C)


def cross_entropy(z, target):
    top = z.max(1, keepdims=True)
    logp = z - top - np.log(np.exp(z - top).sum(1, keepdims=True))
    return -(target * logp).sum(1)


def balanced_softmax(z, target):
    n = np.array(COUNTS, dtype=np.float64)
    return cross_entropy(z + np.log(n / n.sum()), target)


def ldam(z, target):
    """Before its weights come in; the labels are hard, so the margin is that of the one class."""
    n = np.array(COUNTS, dtype=np.float64)
    margins = 0.5 * (n.min() / n) ** 0.25
    return cross_entropy(z - 30 * target * margins, target)


def seesaw(z, target):
    """The first step: every class was counted once before the batch."""
    counts = 1 + target.sum(0)
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    out = []
    for row, y in enumerate(target.argmax(1)):
        s = np.ones(C)
        for c in range(C):
            if c == y:
                continue
            s[c] *= (counts[c] / counts[y]) ** 0.8 if counts[c] < counts[y] else 1
            own = max(p[row, y], 0.01)
            s[c] *= (p[row, c] / own) ** 2 if p[row, c] > own else 1
        e = np.exp(z[row])
        out.append(-np.log(e[y] / (e * s).sum()))
    return np.array(out)


def log_sigmoid(z):
    return -np.logaddexp(0, -z)


def one_against_rest(z, target):
    return -(target * log_sigmoid(z) + (1 - target) * log_sigmoid(-z)).sum(1)


def corn(z, target):
    """Of K - 1 outputs; the labels are hard."""
    out = []
    for row, y in enumerate(target.argmax(1)):
        steps = [log_sigmoid(z[row, k] if y > k else -z[row, k]) for k in range(min(y + 1, C - 1))]
        out.append(-sum(steps))
    return np.array(out)


def squared_error(z, target):
    """Of the first output alone."""
    return (z[:, 0] - target.argmax(1)) ** 2


def effective_number(z, target, beta=0.9999):
    w = (1 - beta) / (1 - beta ** np.array(COUNTS, dtype=np.float64))
    return (target @ (C * w / w.sum())) * cross_entropy(z, target)


def branch(number):
    """What the last layer has for the features of a branch: the network with its columns moved on."""
    return np.roll(network, number, axis=1)


def bbn(xs, ys, t):
    """Features weighted 2a and 2(1 - a), side by side under one layer; both labels, weighted."""
    a = 1 - t ** 2
    features = np.concatenate([2 * a * xs[0], 2 * (1 - a) * xs[1]], axis=1)
    z = features @ np.concatenate([branch(0), branch(1)], axis=0)
    return (a * cross_entropy(z, ys[0]) + (1 - a) * cross_entropy(z, ys[1])).tolist()


def sade(xs, ys, t):
    """Three heads, three losses; the authors' 1e-9 inside the logarithms."""
    prior = np.array(COUNTS, dtype=np.float64) / N
    inverse = np.sort(prior)[C - 1 - np.argsort(np.argsort(prior))]
    shifts = [0, np.log(prior + 1e-9), np.log(prior + 1e-9) - 2 * np.log(inverse + 1e-9)]
    return np.concatenate(
        [cross_entropy(xs[0] @ branch(e) + s, ys[0]) for e, s in enumerate(shifts)]).tolist()


def contrast_of_views(xs, ys, t):
    """Two equal views; no teacher, no queue; temperature 0.1."""
    y = ys[0].argmax(1)
    return supervised_contrast(np.concatenate([xs[0]] * 2), np.concatenate([y, y]), 0.1).tolist()


def fixmatch(xs, ys, t):
    """The unlabelled rows are the labelled ones, weak and strong alike."""
    z = xs[0] @ network
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    sure = p.max(1) >= 0.95
    return np.concatenate([
        cross_entropy(z, ys[0]), sure * cross_entropy(z, np.eye(C)[p.argmax(1)])]).tolist()


def mean_teacher(xs, ys, t):
    """The teacher is the network itself: they agree."""
    return np.concatenate([cross_entropy(xs[0] @ network, ys[0]), np.zeros(BATCH)]).tolist()


def commonest(source, t):
    """The first class alone, shuffled anew until the epoch is full."""
    members, order = [i for i in range(N) if labels[i] == 0], []
    while len(order) < N:
        order += [members[k] for k in source.shuffle(len(members))]
    return order


def ssim_autoencoder(xs, ys, t):
    """A row as a picture of 3 x 16 x 16, and a network that gives back half of it, and grey."""
    from skimage.metrics import structural_similarity

    out = []
    for row in xs[0]:
        p = np.arange(3 * 16 * 16)
        own = row[p % FEATURES]
        picture = (0.25 + 0.25 * own / (1 + np.abs(own)) + (p % 7) / 14).reshape(3, 16, 16)
        out.append(1 - structural_similarity(
            picture, picture / 2 + 0.25, gaussian_weights=True, sigma=1.5,
            use_sample_covariance=False, data_range=1, channel_axis=0))
    return out


def branches(samplers, objective, t):
    key = Key.seeded(SEED)
    drawn = [s(key.fold("sampler").fold(k).source, t)[:BATCH] for k, s in enumerate(samplers)]
    return objective([x[d] for d in drawn], [np.eye(C)[labels[d]] for d in drawn], t)


def step(samplers, mixing, t, loss=cross_entropy, attack=False, contrast=0):
    key = Key.seeded(SEED)
    drawn = [s(key.fold("sampler").fold(k).source, t)[:BATCH] for k, s in enumerate(samplers)]
    inputs, target = mixing([x[d] for d in drawn], [np.eye(C)[labels[d]] for d in drawn],
                            key.fold("mix").fold(0).fold(0).source)
    if attack:
        inputs = attacked(inputs, target, key.fold("attack").fold(0).fold(0).source)
    found = loss(inputs @ network, target).tolist()
    if contrast:
        found += (contrast * supervised_contrast(inputs, target.argmax(1), 0.07)).tolist()
    return found


def supervised_contrast(features, y, tau):
    """Of the features themselves, which of a linear network are its inputs."""
    z = features / np.linalg.norm(features, axis=1, keepdims=True)
    rows = []
    for i in range(len(y)):
        total = sum(np.exp(z[i] @ z[a] / tau) for a in range(len(y)) if a != i)
        partners = [p for p in range(len(y)) if p != i and y[p] == y[i]]
        logs = [np.log(np.exp(z[i] @ z[p] / tau) / total) for p in partners]
        rows.append(-sum(logs) / len(partners) if partners else 0.0)
    return np.array(rows)


def attacked(inputs, target, source, radius=8 / 255, a=2 / 255, steps=10):
    """Projected gradient descent on cross-entropy, written out for a linear network."""
    draws = np.array([source.uniform() for _ in range(inputs.size)]).reshape(inputs.shape)
    moved = np.clip(inputs + radius * (2 * draws - 1), inputs - radius, inputs + radius)
    for _ in range(steps):
        z = moved @ network
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        moved = np.clip(moved + a * np.sign((p - target) @ network.T), inputs - radius, inputs + radius)
    return moved


def plain(xs, ys, source):
    return xs[0], ys[0]


def mixup(alpha):
    def mix(xs, ys, source):
        lam = source.beta(alpha, alpha)
        order = source.shuffle(BATCH)
        return lam * xs[0] + (1 - lam) * xs[0][order], lam * ys[0] + (1 - lam) * ys[0][order]

    return mix


def balanced_mixup(alpha):
    def mix(xs, ys, source):
        lam = source.beta(alpha, 1)
        return (1 - lam) * xs[0] + lam * xs[1], (1 - lam) * ys[0] + lam * ys[1]

    return mix


METHODS = {
    "erm": ([uniform], plain),
    "class-balanced": ([balanced], plain),
    "square-root": ([square_root], plain),
    "progressive": ([progressive], plain),
    "mixup": ([uniform], mixup(0.2)),
    "balanced-mixup": ([uniform, balanced], balanced_mixup(0.2)),
    "balanced-softmax": ([uniform], plain, balanced_softmax),
    "ldam-drw": ([uniform], plain, ldam),
    "seesaw": ([uniform], plain, seesaw),
    # Their first stage; what their edits and second stages do has goldens of its own.
    "crt": ([uniform], plain),
    "lws": ([uniform], plain),
    "tau-norm": ([uniform], plain),
    "ncm": ([uniform], plain),
    "pgd": ([uniform], plain, cross_entropy, True),
    # Its weights come in later.
    "srat": ([uniform], plain, cross_entropy, True, 2),
    "cb-loss": ([uniform], plain, effective_number),
    # Their second part comes in later.
    "drw": ([uniform], plain),
    "drs": ([uniform], plain),
    # Of the last two, outputs are the first columns of the network.
    "sigmoid-bce": ([uniform], plain, one_against_rest),
    "corn": ([uniform], plain, corn),
    "squared-error": ([uniform], plain, squared_error),
}

BRANCHES = {
    "bbn": ([uniform, reversed_], bbn),
    "sade": ([uniform], sade),
    # Their first stage; SBCL's is supervised contrast in its warm-up.
    "supcon": ([uniform], contrast_of_views),
    "sbcl": ([uniform], contrast_of_views),
    "fixmatch": ([uniform], fixmatch),
    "mean-teacher": ([uniform], mean_teacher),
    "ssim-autoencoder": ([commonest], ssim_autoencoder),
}


def written(name, losses):
    """What a file of goldens holds: what every method sees, and what its first step makes of it."""
    with open(name, "w") as fp:
        json.dump(
            {
                "labels": labels.tolist(), "counts": COUNTS, "inputs": x.flatten().tolist(),
                "network": network.flatten().tolist(), "batch": BATCH, "seed": SEED,
                "progress": 0.25, "losses": losses,
            },
            fp, indent=1)
        fp.write("\n")


if __name__ == "__main__":
    written("methods.json", {
        **{name: step(*parts[:2], 0.25, *parts[2:]) for name, parts in METHODS.items()},
        **{name: branches(*parts, 0.25) for name, parts in BRANCHES.items()},
    })
