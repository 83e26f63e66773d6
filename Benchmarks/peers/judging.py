"""What predict, evaluate and embed ask of a network, for every peer of theirs."""
import json
import resource
import time

import networks
import numpy
import torch
import tuned_data

NETWORK, CLASSES = "mobilenet_v2", 10


def network(what: str) -> torch.nn.Module:
    """Untrained, in evaluation mode; without its last layer to embed."""
    torch.manual_seed(0)
    model = networks.build(NETWORK, CLASSES)
    if what == "embed":
        model.classifier = torch.nn.Identity()
    return model.eval()


def judged(what: str, folder: str, size: int, batch: int, answer, more: dict) -> None:
    """Asks `answer` for the outputs of every batch of bytes; prints images a second and what was found as one line of JSON."""
    images = tuned_data.Drawn(folder, size, augments=False)
    parts, labels = [], []
    start = time.perf_counter()
    for pixels, known in tuned_data.loader(images, batch):
        parts.append(answer(pixels))
        labels.append(known.numpy())
    found = finish(what, parts, labels)
    seconds = time.perf_counter() - start
    print(json.dumps({
        "images_per_second": found["rows"] / seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "found": found,
    } | more))


def finish(what: str, parts: list[numpy.ndarray], labels: list[numpy.ndarray]) -> dict:
    """What comes of the outputs: features in one array; probabilities and decisions; metrics of them."""
    outputs = numpy.concatenate(parts).astype(numpy.float64 if what == "evaluate" else numpy.float32)
    if what == "embed":
        return {"rows": len(outputs)}
    odds = numpy.exp(outputs - outputs.max(1, keepdims=True))
    probabilities = odds / odds.sum(1, keepdims=True)
    decided = probabilities.argmax(1)
    if what == "predict":
        return {"rows": len(decided)}
    truth = numpy.concatenate(labels)
    confusion = numpy.zeros((CLASSES, CLASSES))
    numpy.add.at(confusion, (truth, decided), 1)
    hit, true, said = confusion.diagonal(), confusion.sum(1), confusion.sum(0)
    spread = numpy.sqrt((len(truth) ** 2 - true @ true) * (len(truth) ** 2 - said @ said))
    return {
        "rows": len(truth),
        "accuracy": hit.sum() / len(truth),
        "balanced_accuracy": (hit / numpy.maximum(true, 1)).mean(),
        "f1_macro": (2 * hit / numpy.maximum(true + said, 1)).mean(),
        "mcc": (hit.sum() * len(truth) - true @ said) / spread if spread else 0.0,
        "log_loss": -numpy.log(numpy.maximum(probabilities[numpy.arange(len(truth)), truth], 1e-300)).mean(),
    }
