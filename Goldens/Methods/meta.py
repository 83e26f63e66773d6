"""Writes meta.json: first steps of what this file names, as methods.py does for the others, and metasampler.json: three
steps of the meta-sampler of Balanced Meta-Softmax, by a gradient through a step of a layer, in PyTorch.

    python3 meta.py            (numpy, torch)

The second takes the step of the layer that it judges in the graph (create_graph) and asks for the gradient through it; the
toolkit has that gradient written out.
"""

import json

import numpy as np
import torch

import methods
from methods import C, COUNTS, N, log_sigmoid, step, uniform, written


def plain(xs, ys, source):
    return xs[0], ys[0]


def asymmetric(z, target, positive=1, negative=4, margin=0.05):
    p = 1 / (1 + np.exp(-z))
    q = np.maximum(p - margin, 0)
    there = target * (1 - p) ** positive * log_sigmoid(z)
    return -(there + (1 - target) * q ** negative * np.log(1 - q)).sum(1)


def judged_step(psi, weight, bias, own, own_labels, others, other_labels, rate):
    """The gradient at psi of cross-entropy of the others after a step of the layer on its own rows."""
    prior = torch.tensor(COUNTS, dtype=torch.float64) / N
    rates = torch.sigmoid(psi)
    shares = rates / (prior * rates).sum()
    loss = torch.nn.functional.cross_entropy(
        own @ weight.T + bias + prior.log(), own_labels, reduction="none")
    steps = torch.autograd.grad((loss * shares[own_labels]).mean(), [weight, bias], create_graph=True)
    moved = (weight - rate * steps[0], bias - rate * steps[1])
    judgement = torch.nn.functional.cross_entropy(others @ moved[0].T + moved[1], other_labels)
    rows = (loss * shares[own_labels]).detach()
    return rows, torch.autograd.grad(judgement, psi)[0]


def meta_sampler(rate=0.5, meta=0.3):
    x, y = torch.tensor(methods.x), torch.tensor(methods.labels)
    weight = torch.tensor(methods.network.T.copy(), requires_grad=True)
    bias = torch.zeros(C, dtype=torch.float64, requires_grad=True)
    psi = torch.zeros(C, dtype=torch.float64, requires_grad=True)
    adam = torch.optim.Adam([psi], lr=meta)
    members = [[i for i in range(N) if methods.labels[i] == c] for c in range(C)]
    steps = []
    for number in range(3):
        own = [(8 * number + i) % N for i in range(8)]
        others = [members[i % C][(number + i) % len(members[i % C])] for i in range(6)]
        rows, slope = judged_step(
            psi, weight, bias, x[own], y[own], x[others], y[others], rate)
        adam.zero_grad()
        psi.grad = slope
        adam.step()
        steps.append({"own": own, "others": others, "loss": rows.tolist(),
                      "gradient": slope.tolist(), "rates": psi.detach().tolist()})
    return {"step": rate, "meta": meta, "steps": steps}


if __name__ == "__main__":
    written("meta.json", {
        # Its first stage.
        "balms": step([uniform], plain, 0.25),
        "asymmetric": step([uniform], plain, 0.25, asymmetric),
    })
    with open("../Plans/metasampler.json", "w") as fp:
        json.dump({
            "labels": methods.labels.tolist(), "counts": COUNTS, "inputs": methods.x.flatten().tolist(),
            "network": methods.network.flatten().tolist(), **meta_sampler()}, fp, indent=1)
        fp.write("\n")
