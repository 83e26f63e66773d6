"""The command line of each side of a case, what it needs on disk, and what it answers."""
import json
import os
import pathlib
import subprocess
import time
from dataclasses import dataclass, field

from runner.cases import IMAGES, Case
from runner.machine import LONGEST, PEERS, PYTHON, ROOT

OURS = ROOT / "Benchmarks" / ".build" / "release" / "bench"
COMMAND = ROOT / ".build" / "release" / "steelyard"


class SideFailed(Exception):
    """A programme ended badly; its last words."""


@dataclass
class Side:
    """A programme: its words, what is added to the environment, and how its rate is known."""

    command: list
    environment: dict[str, str] = field(default_factory=dict)
    # The key of `--json` of our command that has images a second; "" where the last line is the record; None is timed.
    rate: str | None = ""

    def measure(self) -> dict:
        start = time.perf_counter()
        try:
            done = subprocess.run(
                list(map(str, self.command)), env=os.environ | self.environment, capture_output=True, text=True,
                timeout=LONGEST)
        except subprocess.TimeoutExpired:
            raise SideFailed(f"it was not done after {LONGEST} s")
        seconds = time.perf_counter() - start
        if done.returncode:
            words = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
            raise SideFailed(words[-1][:300])
        if self.rate is None:
            return {"seconds": seconds}
        if self.rate:
            return {"images_per_second": json.loads(done.stdout)[self.rate], "whole_seconds": seconds}
        return json.loads(done.stdout.splitlines()[-1]) | {"whole_seconds": seconds}


@dataclass
class Workshop:
    """A folder with what the sides read, made when it is first wanted."""

    home: pathlib.Path
    # Environment of the tuned peers and of ONNX Runtime.
    tuned: dict[str, str]
    # What the tuned peer of a case is told, by the name of the case.
    flags: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def images(self, kind: str, count: int) -> pathlib.Path:
        folder = self.home / f"{kind}-{count}"
        if not folder.exists():
            width, height, ending = IMAGES[kind]
            self.make("images.py", folder, width, height, count, ending)
        return folder

    def file(self, name: str, peer: str, *words) -> pathlib.Path:
        """A file that a peer writes; `FILE` among the words stands for its path."""
        path = self.home / name
        if not path.exists():
            self.make(peer, *(path if word == "FILE" else word for word in words))
        return path

    def make(self, peer: str, *words) -> None:
        self.run([PYTHON, PEERS / peer, *words])

    def run(self, command: list) -> None:
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        if done.returncode:
            raise SideFailed((done.stderr.strip().splitlines() or [f"{command[1]} ended with {done.returncode}"])[-1][:300])

    def table(self, folder: pathlib.Path) -> pathlib.Path:
        path = self.home / "table.csv"
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        path.write_text("path,label\n" + "".join(f"{file},{file.parent.name}\n" for file in files))
        return path

    def trained(self, folder: pathlib.Path, size: int) -> pathlib.Path:
        """A run of one epoch, for what takes a model."""
        runs = self.home / "runs"
        if not (runs / "one").exists():
            self.run([
                COMMAND, "train", folder, "--model", "mobilenet_v2", "--img-size", size, "--epochs", 1, "--method", "erm",
                "--output-dir", runs, "--experiment", "one", "--quiet"])
        return runs / "one"


def ours(case: Case, shop: Workshop) -> Side:
    """Ours, as a user has it: kernels, precision and memory as the command chooses them."""
    if case.what == "start":
        folder = shop.images(case.images, case.count) if case.images else None
        places = {
            "TABLE": lambda: shop.table(folder), "RUN": lambda: shop.trained(folder, case.size),
            "IMAGE": lambda: folder / "class0" / "00000.jpg"}
        return Side([COMMAND, *(places[word]() if word in places else word for word in case.words)], rate=None)
    folder = shop.images(case.images, case.count)
    if case.what == "embed":
        weights = shop.file("mobilenet_v2.pth", "embed.py", "--weights", "FILE")
        return Side([
            COMMAND, "embed", folder, "--no-labels", "--model", case.network, "--pretrained", weights, "--img-size", case.size,
            "--batch-size", case.batch, "--output", shop.home / "features.npz", "--overwrite", "--json", "--quiet",
            *case.words,
        ], rate="imagesPerSecond")
    return Side([OURS, case.what, *([case.network] if case.network else []), folder, *numbers(case), *case.words])


def peer(kind: str, name: str, case: Case, shop: Workshop) -> Side:
    """PyTorch's default loop, the tuned one, or ONNX Runtime."""
    if case.what == "start":
        if "RUN" not in case.words:
            return Side([PYTHON, "-c", "import torch"], rate=None)
        weights = shop.file("one.pth", "predict_one.py", "--weights", "FILE")
        image = shop.images(case.images, case.count) / "class0" / "00000.jpg"
        return Side([PYTHON, PEERS / "predict_one.py", weights, image, case.size], rate=None)
    folder, flags = shop.images(case.images, case.count), shop.flags.get(name, ())
    cache = {"TORCHINDUCTOR_CACHE_DIR": str(shop.home / "inductor")}
    if kind == "onnx":
        model = shop.file(f"{case.what}.onnx", "judge_onnx.py", "--export", case.what, "FILE", case.size)
        return Side([PYTHON, PEERS / "judge_onnx.py", case.what, folder, model, *numbers(case)], shop.tuned)
    if kind == "tuned" and case.what in ("embed", "predict", "evaluate"):
        return Side([PYTHON, PEERS / "judge_tuned.py", case.what, folder, *numbers(case), *flags], shop.tuned | cache)
    if kind == "tuned":
        network, more = ([case.network], flags) if case.what == "train" else ([], ())
        return Side(
            [PYTHON, PEERS / f"{case.what}_tuned.py", *network, folder, *numbers(case), *more], shop.tuned | cache)
    if case.what == "embed":
        weights = shop.file("mobilenet_v2.pth", "embed.py", "--weights", "FILE")
        return Side([PYTHON, PEERS / "embed.py", folder, weights, *numbers(case)])
    return Side([PYTHON, PEERS / f"{case.what}.py", *([case.network] if case.network else []), folder, *numbers(case)])


def numbers(case: Case) -> list[int]:
    """Size and batch, and of what is repeated warm-up and steps: the same words in the same order on every side."""
    return [case.size, case.batch] + ([case.warmup, case.steps] if case.steps else [])
