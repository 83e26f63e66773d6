"""Writes longtail.json: losses for imbalanced classes, element by element, by their papers' formulas in PyTorch, float64.

Values are those of each row; gradients those of the rows' sum times 1, 2, 3, … The random numbers are those of
../Randomness/randomness.py. Where a paper has code, the formula was compared with it (VS, GCL, IB, LADE).

    python3 longtail.py
"""

import json
import math
import pathlib
import sys

import torch
from torch.nn import functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Randomness"))
from randomness import Key  # noqa: E402

torch.manual_seed(21)
COUNTS = [120, 31, 7, 2]
N, C, D, SEED = 9, 4, 3, 5
n = torch.tensor(COUNTS, dtype=torch.float64)
prior = n / n.sum()
z = torch.randn(N, C, dtype=torch.float64) * 2
y = torch.tensor([0, 1, 2, 3, 0, 2, 1, 3, 0])
h = torch.randn(N, D, dtype=torch.float64)
hot = F.one_hot(y, C).double()


def ce(x):
    return F.cross_entropy(x, y, reduction="none")


def key(purpose):
    """Of epoch 0 and step 0."""
    return Key.seeded(SEED).fold(purpose).fold(0).fold(0)


def scaled_to_classes(w):
    return w / w.sum() * C


def effective_number(beta):
    return scaled_to_classes((1 - beta) / (1 - beta**n))


def focal(gamma):
    def loss(x):
        p = F.softmax(x, 1).gather(1, y[:, None])[:, 0]
        return (1 - p) ** gamma * ce(x)

    return loss


def sigmoid_focal(gamma):
    """One class against the rest, by the definition: p_t = p where y = 1, else 1 - p."""

    def loss(x):
        p = torch.sigmoid(x)
        pt = torch.where(hot > 0, p, 1 - p)
        return ((1 - pt) ** gamma * F.binary_cross_entropy_with_logits(x, hot, reduction="none")).sum(1)

    return loss


def asymmetric(positive, negative, margin):
    """One against the rest, by the definition."""

    def loss(x):
        p = torch.sigmoid(x)
        q = (p - margin).clamp(min=0)
        return -(hot * (1 - p) ** positive * torch.log(p) + (1 - hot) * q**negative * torch.log(1 - q)).sum(1)

    return loss


def vs(gamma, tau):
    """By the temperatures of the published code: (1/n)^gamma over its least."""

    def loss(x):
        temperature = (1 / n) ** gamma
        temperature = temperature / temperature.min()
        return ce(x / temperature + tau * torch.log(prior))

    return loss


def cdt(gamma):
    return lambda x: ce(x / (n.max() / n) ** gamma)


def cloud(sigma):
    """|noise| within 1, times how rare a class is, from 0 of the commonest to 1 of the rarest."""
    source = key("logit-noise").source
    draws = torch.tensor([[sigma * source.normal() for _ in range(C)] for _ in range(N)], dtype=torch.float64)
    rarity = torch.log(n).max() - torch.log(n)
    return draws.clamp(-1, 1).abs() * rarity / rarity.max()


def gcl(sigma, margin, s):
    """Of cosines x / s, as a cosine head of scale s gives them."""
    return lambda x: ce(s * (x / s - cloud(sigma) - margin * hot))


def smoothing(head, tail):
    eps = tail + (head - tail) * torch.sin((n - n.min()) * math.pi / (2 * (n.max() - n.min())))
    return eps


def label_aware_smoothing(head, tail):
    def loss(x):
        logp = F.log_softmax(x, 1)
        e = smoothing(head, tail)[y]
        return -(1 - e) * logp.gather(1, y[:, None])[:, 0] - e * logp.mean(1)

    return loss


def seql(lam, gamma):
    source = key("equalization").source
    w = torch.ones(N, C, dtype=torch.float64)
    for i in range(N):
        for c in range(C):
            if prior[c] < lam and source.uniform() < gamma and c != y[i]:
                w[i, c] = 0

    def loss(x):
        e = torch.exp(x)
        return -torch.log(e.gather(1, y[:, None])[:, 0] / (w * e).sum(1))

    return loss


def ib(alpha):
    def loss(x):
        gap = (F.softmax(x, 1) - hot).abs().sum(1)
        factor = alpha / (gap * h.abs().sum(1) + 0.001)
        return F.cross_entropy(x, y, weight=scaled_to_classes(1 / n), reduction="none") * factor

    return loss


def lade(lam):
    """The number; the published code has 1e-9 inside the logarithms and 1e-8 beside the counts of the batch."""

    def loss(x):
        spread = (x - torch.log(prior) + math.log(1 / C)).T
        second = torch.logsumexp(spread, 1) - math.log(N)
        first = (x.T * (y == torch.arange(C)[:, None])).sum(1) / torch.bincount(y, minlength=C).clamp(min=1)
        return -(prior * (first - second - lam * second**2)).sum()

    return loss


def all_at_once(x):
    """Every part of the kernel: s 2, a, Delta, b, noise, smoothing, focus 1.5."""
    a = torch.tensor([1.0, 0.9, 1.2, 0.7], dtype=torch.float64)
    margin = torch.tensor([0.1, 0.2, 0.3, 0.4], dtype=torch.float64)
    b = torch.tensor([0.0, -0.5, 0.25, 1.0], dtype=torch.float64)
    w = 2 * (a * x - hot * margin - cloud(0.5)) + b
    logp = F.log_softmax(w, 1)
    e = smoothing(0.3, 0.05)[y][:, None]
    q = hot * (1 - e) + e / C
    p = torch.exp(logp).gather(1, y[:, None])[:, 0]
    return (1 - p) ** 1.5 * -(q * logp).sum(1)


ROWS = {
    "focal 2": focal(2), "focal 0.5": focal(0.5), "sigmoid focal 2": sigmoid_focal(2),
    "sigmoid focal 0.5": sigmoid_focal(0.5), "asymmetric": asymmetric(1, 4, 0.05),
    "asymmetric 0, 2": asymmetric(0, 2, 0), "vs": vs(0.3, 1), "vs small": vs(0.15, 0.75), "cdt": cdt(0.2),
    "gcl": gcl(1 / 3, 0, 30), "gcl margin": gcl(1 / 3, 0.1, 3), "label-aware smoothing": label_aware_smoothing(0.4, 0.1),
    "equalization": seql(0.05, 0.9), "influence-balanced": ib(10), "all at once": all_at_once,
}


def row_case(loss):
    x = z.clone().requires_grad_()
    values = loss(x)
    (values * torch.arange(1, N + 1)).sum().backward()
    return {"values": values.tolist(), "gradient": x.grad.flatten().tolist()}


def batch_case(loss):
    x = z.clone().requires_grad_()
    value = loss(x)
    value.backward()
    return {"values": [value.item()], "gradient": x.grad.flatten().tolist()}


def weighted(w, loss):
    return {"weights": w.tolist(), "mean": ((w[y] * loss(z)).sum() / w[y].sum()).item()}


with open("longtail.json", "w") as fp:
    json.dump(
        {
            "counts": COUNTS, "seed": SEED, "labels": y.tolist(), "logits": z.flatten().tolist(),
            "features": h.flatten().tolist(),
            "rows": {name: row_case(loss) for name, loss in ROWS.items()},
            "batches": {"lade": batch_case(lade(0.1)), "lade 0": batch_case(lade(0))},
            "weighted": {
                "inverse": weighted(scaled_to_classes(1 / n), ce),
                "square root": weighted(scaled_to_classes(n**-0.5), ce),
                "class-balanced focal": weighted(effective_number(0.9999), sigmoid_focal(0.5)),
            },
        },
        fp, indent=1)
    fp.write("\n")
