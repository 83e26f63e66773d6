"""Writes inception_time_ragged.json: InceptionTime on series of unequal length that are never padded.

    python3 ragged.py       (needs torch, torchvision, timm, numpy; pip install --no-deps tsai==1.0.1)

Every series goes through tsai's convolutions and poolings alone, at its own length; a batch normalisation sees all
steps of all series end to end. No mask and no padding, so this shares nothing with what is tested.
"""

import json
import pathlib

import golden
import torch
from generate import short
from tsai_networks import InceptionTime

CLASSES, RATE = 5, 0.1
CASES = {
    "one channel": (1, [9, 50, 1, 23]),
    "three channels": (3, [50, 7, 38, 2]),
    "equal lengths": (2, [30, 30, 30]),
    "a single step each": (2, [1, 1, 1, 1]),
}


def each(module, rows):
    return [module(row) for row in rows]


def normalised(norm, rows):
    lengths = [row.shape[2] for row in rows]
    return list(norm(torch.cat(rows, dim=2)).split(lengths, dim=2))


def module(part, rows):
    squeezed = each(part.bottleneck, rows)
    parts = [each(convolution, squeezed) for convolution in part.convs] + [each(part.maxconvpool, rows)]
    return each(torch.relu, normalised(part.bn, [torch.cat(row, dim=1) for row in zip(*parts)]))


def shortcut(part, rows):
    if isinstance(part, torch.nn.Sequential):
        rows, part = each(part[0], rows), part[1]
    return normalised(part, rows)


def features(model, rows):
    block = model.inceptionblock
    before = rows
    for number, part in enumerate(block.inception):
        rows = module(part, rows)
        if number % 3 == 2:
            around = shortcut(block.shortcut[number // 3], before)
            before = rows = [torch.relu(a + b) for a, b in zip(rows, around)]
    return torch.cat([row.mean(dim=2) for row in rows])


def summary(tensors):
    return {name: short([x.double().norm().item(), *x.flatten()[:3].tolist()]) for name, x in tensors}


def case(channels, lengths, training):
    model = InceptionTime(channels, CLASSES).double()
    golden.fill(model)
    model.train(training)
    shape = [len(lengths), channels, max(lengths)]
    series = 3.4 * golden.tensor(golden.IMAGES, shape, torch.float64)
    found = features(model, [series[i : i + 1, :, :length] for i, length in enumerate(lengths)])
    logits = model.fc(found)
    (logits * golden.tensor(golden.PROJECTION, logits.shape, torch.float64)).sum().backward()
    result = {
        "shape": shape, "images": golden.IMAGES, "lengths": lengths, "training": training,
        "features": short(found.flatten().tolist()), "logits": short(logits.flatten().tolist()),
        "gradients": summary((key, value.grad) for key, value in model.named_parameters()),
    }
    if training:
        result["statistics"] = summary(
            (key, value) for key, value in model.named_buffers() if not key.endswith("num_batches_tracked"))
        torch.optim.SGD(model.parameters(), lr=RATE).step()
        result["stepped"] = summary(model.named_parameters())
    return result


def main():
    content = {
        name + (", training" if training else ", evaluation"): case(*what, training)
        for name, what in CASES.items()
        for training in (False, True)
    }
    text = json.dumps(content, separators=(",", ":")).replace('],"', '],\n"')
    (pathlib.Path(__file__).parent / "inception_time_ragged.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
