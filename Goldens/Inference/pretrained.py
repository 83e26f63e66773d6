"""Writes pretrained.json: logits of published ImageNet weights under an independent package.

    python3 pretrained.py DATA      (needs torch, efficientnet-lite-pytorch 0.1.0, pillow, numpy)

DATA is the folder of the real data sets: `pretrained` with EfficientNet-Lite0's weights, `elpv`, `trashnet`.
Each image stands at the upper left of 224 black pixels a side, so that no resampling takes part.
"""

import json
import pathlib
import sys

import numpy as np
import torch
from efficientnet_lite_pytorch import EfficientNet
from PIL import Image

IMAGES = [
    "elpv/images/p000/{elpv}",
    "trashnet/images/cardboard/cardboard1.jpg",
    "trashnet/images/glass/glass10.jpg",
    "trashnet/images/metal/metal100.jpg",
]
WEIGHTS = "pretrained/efficientnet-lite0-57934424.pth"


def main(data: pathlib.Path):
    first = sorted(path.name for path in (data / "elpv/images/p000").iterdir())[0]
    names = [name.format(elpv=first) for name in IMAGES]
    model = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=str(data / WEIGHTS))
    model.eval()
    logits = []
    for name in names:
        pixels = Image.open(data / name).convert("RGB").crop((0, 0, 224, 224))
        x = torch.from_numpy(np.asarray(pixels).astype(np.float32) / 255).permute(2, 0, 1)[None]
        with torch.no_grad():
            logits.append(model((x - 127 / 255) / (128 / 255))[0])
    rows = [
        {
            "image": name,
            "size": row.norm().item(),
            "best": row.argmax().item(),
            "logits": [float(f"{value:.7g}") for value in row[::25].tolist()],
        }
        for name, row in zip(names, logits)
    ]
    text = json.dumps(rows, indent=1)
    (pathlib.Path(__file__).parent / "pretrained.json").write_text(text + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
