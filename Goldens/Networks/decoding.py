"""Writes decoding.json: probabilities of classes from other outputs than logits, in float64.

The chain of questions by coral-pytorch's own words (cumulative products of sigmoids) and its decision.

    pip install torch coral-pytorch
    python3 decoding.py
"""

import json

import torch
from coral_pytorch.dataset import corn_label_from_logits

torch.manual_seed(5)
N, C = 7, 5
logits = torch.randn(N, C, dtype=torch.float64) * 3
chain = torch.randn(N, C - 1, dtype=torch.float64) * 2
grades = torch.tensor([-1.3, 0, 0.4, 1.9, 2.6, 4, 5.2], dtype=torch.float64)

beyond = torch.cumprod(torch.sigmoid(chain), dim=1)  # P(y > k)
one, nothing = torch.ones(N, 1, dtype=torch.float64), torch.zeros(N, 1, dtype=torch.float64)
chained = torch.cat([one, beyond], 1) - torch.cat([beyond, nothing], 1)

# P(y > k) of outputs that fall, and of outputs that do not: what would be below 0 is 0, and the rest is scaled.
fallen = torch.sort(chain, dim=1, descending=True).values
beyond_thresholds = torch.sigmoid(torch.cat([fallen, chain]))
ends = [torch.ones(2 * N, 1, dtype=torch.float64), torch.zeros(2 * N, 1, dtype=torch.float64)]
raw = torch.cat([ends[0], beyond_thresholds], 1) - torch.cat([beyond_thresholds, ends[1]], 1)
clipped = raw.clamp(min=0)

sigmoids = torch.sigmoid(logits)
normal = torch.distributions.Normal(grades[:, None], 1).log_prob(torch.arange(C).double()).exp()

json.dump(
    {
        "classes": C, "logits": logits.flatten().tolist(), "chain": chain.flatten().tolist(),
        "grades": grades.tolist(),
        "sigmoid": (sigmoids / sigmoids.sum(1, keepdim=True)).flatten().tolist(),
        "corn": chained.flatten().tolist(), "beyond": beyond.flatten().tolist(),
        "counted": corn_label_from_logits(chain).tolist(),
        "thresholds": torch.cat([fallen, chain]).flatten().tolist(),
        "cumulative": (clipped / clipped.sum(1, keepdim=True)).flatten().tolist(),
        "straightened": (raw.min(1).values < 0).tolist(),
        "number": (normal / normal.sum(1, keepdim=True)).flatten().tolist(),
    },
    open("decoding.json", "w"), indent=1)
open("decoding.json", "a").write("\n")
