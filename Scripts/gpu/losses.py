"""The same steps of training on the processor and on the device, and how far their losses part."""
import json
import pathlib

from gpu.budget import Budget, Failed, OutOfTime
from gpu.engine import FULL_PRECISION
from gpu.machine import Programs

BOUND = 1e-3
# An epoch is a step: 64 of 100 images in one batch, so that each step has its line.
WORDS = (
    "--model", "resnet20", "--img-size", "32", "--augment", "none", "--method", "erm", "--batch-size", "64", "--split",
    "0.64,0.18,0.18", "--seed", "1", "--amp", "off", "--no-tensorboard", "--quiet")
# Name, device, what is added to the environment. The last is not judged.
RUNS = (
    ("processor", "cpu", {}), ("device", None, FULL_PRECISION), ("device, as its libraries round by default", None, {}))


def steps(device: str) -> int:
    return 3 if device == "cpu" else 20


def compare(programs: Programs, budget: Budget, images: pathlib.Path) -> dict:
    """Losses of each run, and the largest relative difference from those of the processor."""
    found = {"losses": {}, "differences": {}, "bound": BOUND, "problems": []}
    for name, device, environment in RUNS[: 2 if programs.device == "cpu" else 3]:
        try:
            found["losses"][name] = trained(programs, budget, images, name, device or programs.device, environment)
        except OutOfTime:
            continue
        except Failed as failure:
            found["problems"].append(f"losses, {name}: {failure}")
    ours = found["losses"].get("processor")
    if ours:
        found["differences"] = {
            name: apart(values, ours) for name, values in found["losses"].items() if name != "processor"}
    judged = found["differences"].get("device")
    if judged is not None and not judged <= BOUND:
        found["problems"].append(f"losses: {judged:.2g} apart from the processor's, expected at most {BOUND:g}")
    return found


def trained(
    programs: Programs, budget: Budget, images: pathlib.Path, name: str, device: str, environment: dict[str, str]
) -> list[float]:
    folder = programs.home / "runs" / name.replace(", ", "-").replace(" ", "-")
    words = [
        programs.path("steelyard"), "train", images, *WORDS, "--epochs", steps(programs.device), "--device", device,
        "--output-dir", folder.parent, "--experiment", folder.name]
    budget.run(f"losses, {name}", words, programs.environment | environment, least=15)
    lines = (folder / "metrics.jsonl").read_text().splitlines()
    return [json.loads(line)["record"]["trainLoss"] for line in lines]


def apart(losses: list[float], expected: list[float]) -> float:
    if len(losses) != len(expected):
        return float("inf")
    return max(abs(loss - other) / abs(other) for loss, other in zip(losses, expected))
