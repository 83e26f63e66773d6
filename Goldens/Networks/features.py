"""Writes features.json: norm and first three of what timm's networks give their last layer, of the images of `eval`.

    python3 features.py      (needs torch, torchvision, timm)

Of a few families; of several images the features stand one after the other.
"""

import json
import pathlib

import generate
import golden
import torch


def features(name):
    model = golden.MODELS[name](generate.CLASSES).double().eval()
    golden.fill(model)
    here = json.loads((pathlib.Path(__file__).parent / f"{name}.json").read_text())["eval"]
    with torch.no_grad():
        images = 3.4 * golden.tensor(here["images"], here["shape"], torch.float64)
        values = model.forward_head(model.forward_features(images), pre_logits=True)
        assert torch.allclose(model.get_classifier()(values).flatten(), torch.tensor(here["logits"], dtype=torch.float64), rtol=1e-9)
    return {"width": values.shape[1], "values": generate.short([values.norm().item(), *values.flatten()[:3].tolist()])}


NAMES = ("efficientnet_b0", "mobilenetv3_small_100", "regnety_004", "vit_small_patch16_224")
content = {name: features(name) for name in NAMES}
text = json.dumps(content, separators=(",", ":")).replace('},"', '},\n"')
(pathlib.Path(__file__).parent / "features.json").write_text(text + "\n")
