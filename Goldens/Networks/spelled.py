"""Writes spelled.json: names and shapes of networks as other packages spell them, and what those packages answer.

    python3 spelled.py      (needs torch, torchvision, timm, transformers 5.24.0, open_clip_torch 3.3.0)

Weights are by place, as golden.py fills a network; whole numbers, which are indices that follow from the architecture, stay.
`logits` (or `features`, where the package has no last layer) are of one image in float64. Of each list the names are those of
published files: where a package's code has other names than its files, its own rule for loading them is turned round.
"""

import json
import math
import pathlib
import re

import golden
import torch
import torchvision

CLASSES = 5


def fill(model):
    """golden.fill, but for indices."""
    with torch.no_grad():
        for number, (name, value) in enumerate(model.state_dict().items()):
            if not value.is_floating_point():
                continue
            values = golden.tensor(number, value.shape, torch.float64)
            if value.dim() > 1:
                values = values * math.sqrt(12.0 / (value.numel() // value.shape[0]))
            elif name.endswith("running_var"):
                values = 1 + values
            elif name.endswith("weight"):
                values = 1 + 0.5 * values
            else:
                values = 0.5 * values
            value.copy_(values)


def case(network, spelling, model, side, published=lambda name: name, answer=None):
    """`answer` makes features of images; without it the model's logits are kept."""
    model = model.double().eval()
    fill(model)
    tensors = [
        [published(name), list(value.shape), value.is_floating_point()] for name, value in model.state_dict().items()
    ]
    images = 3.4 * golden.tensor(golden.IMAGES, [1, 3, side, side], torch.float64)
    with torch.no_grad():
        found = (answer or model)(images)
    values = [float(f"{value:.12g}") for value in found.flatten().tolist()]
    return {
        "network": network, "spelling": spelling, "tensors": tensors, "side": side,
        "isLogits": answer is None, "values": values,
    }


def dense():
    """The published file's names, from which torchvision's own rule makes those of the model."""
    rule = re.compile(r"^(.*denselayer\d+\.(?:norm|relu|conv))\.((?:[12])\.(?:weight|bias|running_mean|running_var))$")
    model = torchvision.models.densenet121(num_classes=CLASSES)

    def published(name):
        earlier = re.sub(r"(denselayer\d+\.(?:norm|conv))([12]\.)", r"\1.\2", name)
        if not name.endswith("num_batches_tracked"):
            match = rule.match(earlier)
            assert (match.group(1) + match.group(2) if match else earlier) == name
        return earlier

    return case("densenet121", "torchvision", model, 64, published)


CASES = {"densenet121": dense}


def main():
    content = {name: make() for name, make in CASES.items()}
    text = json.dumps(content, separators=(",", ":")).replace('],["', '],\n["')
    (pathlib.Path(__file__).parent / "spelled.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
