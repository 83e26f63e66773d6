"""Throughput of training: ours, PyTorch's default loop and the tuned one, in turn; and ours by who augments."""
import dataclasses
import json
import pathlib
import subprocess
from collections.abc import Callable

from gpu.budget import Budget, Failed, OutOfTime
from gpu.machine import PEERS, PYTHON, Programs
from gpu.problem import Problem
from runner.cases import CASES, IMAGES, Case

NAMES = ("train-96", "train-224", "train-resnet50", "train-32", "tune-lite0")
SIDES = ("ours", "default", "tuned")
# Who makes the augmentation that has the most to make, of the lightest network at two sizes.
AUGMENTED = ("train-96", "train-224")
WHO = ("workers", "device")


def cases(device: str) -> dict[str, Case]:
    """The cases of the benchmarks; on a GPU with steps enough for a clock, on a processor with as few as show that all works."""
    warmup, steps = (2, 2) if device == "cpu" else (20, 120)
    found = {}
    for name in NAMES:
        batch = 4 if device == "cpu" else CASES[name].batch
        found[name] = dataclasses.replace(CASES[name], batch=batch, warmup=warmup, steps=steps, count=warmup * batch)
    return found


def draw(home: pathlib.Path, wanted: dict[str, Case]) -> dict[str, pathlib.Path]:
    """Folders of images by their kind, drawn side by side; 100 small ones at least, for the losses."""
    counts = {"png-32": 100}
    for case in wanted.values():
        counts[case.images] = max(counts.get(case.images, 0), case.count)
    drawing = {}
    for kind, count in counts.items():
        width, height, ending = IMAGES[kind]
        words = [PYTHON, PEERS / "images.py", home / kind, width, height, count, ending]
        drawing[kind] = subprocess.Popen(list(map(str, words)))
    if any([process.wait() for process in drawing.values()]):
        raise Problem(
            "the images could not be drawn (why is above)", f"expected numpy and Pillow in {PYTHON}, and room in {home}")
    return {kind: home / kind for kind in counts}


def words(side: str, case: Case, folder: pathlib.Path, programs: Programs, workers: int) -> tuple[list, dict[str, str]]:
    """The command line of a side, and its environment."""
    work = [
        case.network, folder, case.size, case.batch, case.warmup, case.steps, "--device", programs.device, "--workers", workers]
    if side == "ours":
        return [programs.path("bench"), "train", *work, "--augment-on", "workers"], programs.environment
    return [PYTHON, PEERS / ("train.py" if side == "default" else "train_tuned.py"), *work], {}


def augmenting(who: str, case: Case, folder: pathlib.Path, programs: Programs, workers: int) -> tuple[list, dict[str, str]]:
    """The command line of our training where `who` augments."""
    line, environment = words("ours", case, folder, programs, workers)
    return [*line[:-1], who, "--augment", "paper"], environment


class Rates:
    """Rounds of all cases; a side that fails is left out from there on."""

    def __init__(self, programs: Programs, budget: Budget, images: dict[str, pathlib.Path], workers: int):
        self.programs, self.budget, self.images, self.workers = programs, budget, images, workers
        self.cases = cases(programs.device)
        self.runs = {name: {side: [] for side in SIDES} for name in self.cases}
        self.augmented = {name: {who: [] for who in WHO} for name in AUGMENTED}
        self.failures: dict[str, str] = {}
        self.longest = dict.fromkeys(SIDES + WHO, 10.0)

    def round(self, number: int) -> None:
        for name in self.cases:
            for side in SIDES:
                self.measure(number, name, side, words, self.runs)
        for name in AUGMENTED:
            for who in WHO:
                self.measure(number, name, who, augmenting, self.augmented)

    def measure(self, number: int, name: str, side: str, command: Callable, runs: dict) -> None:
        if f"{name}, {side}" in self.failures:
            return
        case = self.cases[name]
        line, environment = command(side, case, self.images[case.images], self.programs, self.workers)
        begun = self.budget.used
        try:
            output = self.budget.run(f"{name}, {side}, round {number}", line, environment, least=self.longest[side])
            found = json.loads(output.splitlines()[-1])
            runs[name][side].append({"round": number, "whole_seconds": self.budget.used - begun} | found)
        except OutOfTime:
            return
        except Failed as failure:
            self.failures[f"{name}, {side}"] = str(failure)
        self.longest[side] = max(self.longest[side], self.budget.used - begun)
