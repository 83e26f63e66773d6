"""Writes skewed.json: losses of skewed numbers, in PyTorch and SciPy in float64.

Weights by smoothed density from `scipy.ndimage.convolve1d` over counts of `numpy.histogram`; balanced MSE from
`torch.distributions` in place of its written-out formula; split-conformal half widths by `numpy.quantile`.

    pip install numpy scipy torch
    python3 skewed.py
"""

import json

import numpy
import torch
from scipy.ndimage import convolve1d
from torch.distributions import Categorical, MixtureSameFamily, Normal

random = numpy.random.default_rng(12)
numbers = numpy.concatenate([random.normal(size=180), random.uniform(2.5, 6, size=20)])
outputs = random.normal(size=12) * 2
truth = numpy.concatenate([numbers[:8], numbers[-4:]])
blend = 0.3


def density(bins, power, width, radius=2):
    counts, edges = numpy.histogram(numbers, bins=bins)
    window = numpy.arange(-radius, radius + 1)
    kernel = numpy.exp(-(window**2) / (2 * width**2)) if width > 0 else (window == 0).astype(float)
    smoothed = convolve1d(numpy.where(counts > 0, counts.astype(float) ** power, 0), kernel, mode="constant")
    place = numpy.clip(numpy.searchsorted(edges, numbers, side="right") - 1, 0, bins - 1)
    own = 1 / smoothed[place]
    scale = own.mean()
    at = numpy.clip(numpy.searchsorted(edges, truth, side="right") - 1, 0, bins - 1)
    return own / scale, (1 / smoothed[at]) / scale


def case(loss, values):
    leaf = torch.tensor(outputs, requires_grad=True)
    rows = loss(leaf, torch.tensor(values))
    rows.mean().backward()
    return {"values": rows.tolist(), "mean": rows.mean().item(), "gradient": leaf.grad.tolist()}


def weighted(bins, power, width):
    all_weights, w = density(bins, power, width)
    return {"bins": bins, "power": power, "width": width, "weights": all_weights.tolist(),
            **case(lambda z, y: torch.tensor(w) * (z - y) ** 2, truth)}


def balanced(components, noise):
    """Moments of the ranges, as a mixture whose components the noise widens."""
    edges = numpy.linspace(numbers.min(), numbers.max(), components + 1)
    place = numpy.clip(numpy.searchsorted(edges, numbers, side="right") - 1, 0, components - 1)
    parts = [numbers[place == b] for b in range(components) if (place == b).any()]
    shares = torch.tensor([len(p) / len(numbers) for p in parts], dtype=torch.float64)
    means = torch.tensor([p.mean() for p in parts])
    variances = torch.tensor([p.var() for p in parts])

    def loss(z, y):
        spread = torch.sqrt(variances + noise**2)
        mixture = MixtureSameFamily(Categorical(shares), Normal(means, spread))
        return 2 * noise**2 * (mixture.log_prob(z) - Normal(z, noise).log_prob(y))

    return {"components": components, "noise": noise, "shares": shares.tolist(),
            "means": means.tolist(), "variances": variances.tolist(), **case(loss, truth)}


mixed = (1 - blend) * truth + blend * numpy.roll(truth, -1)
errors = numpy.abs(random.normal(size=57))
bands = []
for level in (0.5, 0.8, 0.9, 0.95):
    share = numpy.ceil(round((len(errors) + 1) * level, 9)) / len(errors)
    bands.append({"level": level, "halfWidth": float(numpy.quantile(errors, share, method="inverted_cdf"))})
counts, edges = numpy.histogram(numbers, bins=10)
with open("skewed.json", "w") as file:
    json.dump({
        "numbers": numbers.tolist(), "outputs": outputs.tolist(), "truth": truth.tolist(), "blend": blend,
        "mean": float(numbers.mean()), "scale": float(numbers.std()),
        "lows": [float(edges[b]) for b in range(10) if counts[b]], "counts": [int(c) for c in counts if c],
        "weighted": [weighted(20, 0.5, 2.0), weighted(7, 1.0, 0.0), weighted(30, 1.0, 1.0)],
        "balanced": [balanced(20, 0.5), balanced(5, 1.5)],
        "squared": case(lambda z, y: (z - y) ** 2, truth), "mixed": case(lambda z, y: (z - y) ** 2, mixed),
        "errors": errors.tolist(), "bands": bands,
    }, file, indent=1)
    file.write("\n")
