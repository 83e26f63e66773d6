"""Writes experts.json: what experts say of evidence and gain by diversity, and contrasts with weights, in PyTorch.

Loops and plain formulas stand for the masks and logarithms of the library.

    pip install torch==2.13.0+cpu
    python3 experts.py
"""

import json
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(11)
N, C, D, E = 8, 4, 5, 3
COUNTS = torch.tensor([40.0, 20, 8, 3])
labels = torch.tensor([0, 1, 0, 2, 3, 1, 0, 2])
heads = [3 * torch.randn(N, C) for _ in range(E)]
features, centres = torch.randn(2 * N, D), torch.randn(C, D)


def flat(x):
    return x.detach().flatten().tolist()


def evidence(logits, eta):
    """By the definitions; the conflict is a sum over all pairs of different classes."""
    weights, uncertainties, before = [torch.ones(N)], [], None
    for z in logits:
        s = (z.exp() + 1).sum(1)
        b, u = z.exp() / s[:, None], C / s
        k = torch.zeros(N)
        if before is not None:
            for p in range(C):
                for q in range(C):
                    if p != q:
                        k += before[:, p] * b[:, q]
        weights.append(weights[-1] * u / (1 - k))
        uncertainties.append(u)
        before = b
    w = torch.stack(weights[:-1], 1)
    shares = torch.exp(w / eta) / torch.exp(w / eta).sum(1, keepdim=True)
    answer = sum(shares[:, i:i + 1] * z for i, z in enumerate(logits))
    return {"uncertainties": [flat(u) for u in uncertainties], "weights": [flat(x) for x in weights],
            "answer": flat(answer)}


def evidential(z, margin=0.5, scale=30.0, t=0.01):
    """-log(alpha_y / S) with margins on the target, and t times the divergence from the flat Dirichlet."""
    m = scale * margin * (COUNTS.min() / COUNTS) ** 0.25
    own = F.one_hot(labels, C).to(z.dtype)
    alpha = torch.exp(z - own * m)
    nll = -(torch.log(alpha[range(N), labels]) - torch.log(alpha.sum(1)))
    flat_one = torch.distributions.Dirichlet(torch.ones(N, C))
    other = torch.distributions.Dirichlet(own + (1 - own) * (torch.exp(z) + 1))
    kl = torch.distributions.kl_divergence(other, flat_one)
    return nll, kl, nll + t * kl


def diversity(factor=0.3, weight=0.2):
    t = factor * C * COUNTS / COUNTS.sum() + 1 - factor
    t = t / t.max()
    mean = sum(heads) / E
    return flat(t), [
        flat(-weight * t.mean() ** 2 * F.kl_div(
            F.log_softmax(z / t, 1), F.softmax(mean / t, 1), reduction="none").sum(1))
        for z in heads]


def balanced(tau=0.1):
    z, v = F.normalize(features, dim=1), F.normalize(centres, dim=1)
    both, rows = torch.cat([labels, labels]), []
    for i in range(2 * N):
        total, own = 0, None
        for c in range(C):
            scores = torch.stack(
                [z[i] @ z[a] / tau for a in range(2 * N) if both[a] == c and a != i] + [z[i] @ v[c] / tau])
            total = total + scores.exp().mean()
            if c == both[i]:
                own = scores
        rows.append(total.log() - own.mean())
    return flat(torch.stack(rows))


def parametric(tau=0.2, alpha=0.05):
    """Rows of one view against the other view and a queue, and logits of classes beside them, one softmax."""
    queue = F.normalize(torch.randn(6, D), dim=1)
    queued = torch.tensor([0, 3, 1, -1, 0, 2])
    q, k = F.normalize(features[:N], dim=1), F.normalize(features[N:], dim=1)
    z = heads[0] + (COUNTS / COUNTS.sum()).log()
    rows = []
    for i in range(N):
        scores, weights = list(z[i]), [1.0 if c == labels[i] else 0.0 for c in range(C)]
        for others, classes in ((q, labels), (k, labels), (queue, queued)):
            for a in range(len(classes)):
                if (others is q and a == i) or classes[a] < 0:
                    continue
                scores.append(q[i] @ others[a] / tau)
                weights.append(alpha if classes[a] == labels[i] else 0.0)
        log = torch.log_softmax(torch.stack(scores), 0)
        w = torch.tensor(weights)
        rows.append(-(w * log).sum() / w.sum())
    return flat(queue), queued.tolist(), flat(torch.stack(rows))


nll, kl, both = evidential(heads[0])
temperatures, rewards = diversity()
queue, queued, joint = parametric()
alphas = torch.tensor([1e-3, 0.2, 1.0, 3.0, 50.0, 900.0, 1100.0, 3e4])
mixed = torch.stack([alphas, alphas.flip(0)], 1)
flat_pair = torch.distributions.Dirichlet(torch.ones(len(alphas), 2))
with open("experts.json", "w") as fp:
    json.dump({
        "counts": [int(n) for n in COUNTS], "labels": labels.tolist(), "heads": [flat(z) for z in heads],
        "features": flat(features), "centres": flat(centres), "dimensions": D,
        "evidence": evidence(heads, 0.2), "likelihood": flat(nll), "dirichlet": flat(kl), "evidential": flat(both),
        "temperatures": temperatures, "diversity": rewards, "balanced": balanced(),
        "queue": queue, "queued": queued, "parametric": joint,
        "alphas": flat(mixed),
        "divergences": flat(torch.distributions.kl_divergence(torch.distributions.Dirichlet(mixed), flat_pair)),
    }, fp, indent=1)
    fp.write("\n")
assert math.isclose(sum(evidence(heads, 0.2)["weights"][0]), N)
