"""Writes positions.json: learned positions that timm brings to another grid of patches.

    python3 positions.py      (needs torch, timm)

Positions of a class token and of 8 × 8, 16 × 16 and 20 × 20 patches, brought to the 14 × 14 of vit_small_patch16_224 as timm's
`resample_abs_pos_embed` does when it loads weights: bicubic, antialiased, in float32. Every 97th number of each is kept.
"""

import json
import pathlib

import golden
import torch
from timm.layers import resample_abs_pos_embed

WIDTH, CASES = 384, ((8, 14), (16, 14), (20, 14))


def case(number, old, new):
    positions = golden.tensor(number, [1, 1 + old * old, WIDTH], torch.float32)
    moved = resample_abs_pos_embed(positions, [new, new], num_prefix_tokens=1)
    return {"number": number, "from": old, "to": new,
            "values": [float(f"{value:.9g}") for value in moved[0, :, ::97].flatten().tolist()]}


content = [case(number, old, new) for number, (old, new) in enumerate(CASES, 1)]
(pathlib.Path(__file__).parent / "positions.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")
