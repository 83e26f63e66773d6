"""How fast a case could be on this machine, were all the time spent on what cannot be left out."""
import json
import pathlib
import subprocess

from runner.cases import Case
from runner.machine import PEERS, PYTHON
from runner.sides import SideFailed, Workshop

# A backward pass has twice the products of the forward pass: gradients of inputs and of weights.
PASSES = {"train": 3, "embed": 1, "predict": 1, "evaluate": 1}


def key(case: Case, shop: Workshop) -> str | None:
    """What the programme of the limits is asked for this case."""
    if case.what in PASSES:
        return f"{case.network}:{case.size}"
    if case.what == "pipeline":
        return f"{shop.images(case.images, case.count)}:{case.size}"
    return None


def measured(cases: list[Case], shop: Workshop) -> dict:
    """Rates of the machine now."""
    words = sorted({word for case in cases if (word := key(case, shop))})
    done = subprocess.run([PYTHON, PEERS / "limits.py", *words], capture_output=True, text=True)
    if done.returncode:
        raise SideFailed((done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1])
    return json.loads(done.stdout.splitlines()[-1])


def best(rounds: list[dict]) -> dict:
    """The best of all rounds, for a limit is what the machine can do when let."""
    def most(name: str) -> dict:
        keys = {key for found in rounds for key in found[name]}
        return {key: max(found[name][key] for found in rounds if key in found[name]) for key in sorted(keys)}

    return {
        "flops_per_second": most("flops_per_second"), "flops": most("flops"),
        "decoded_per_second": most("decoded_per_second"),
        "copied_bytes_per_second": max(found["copied_bytes_per_second"] for found in rounds)}


def images_per_second(case: Case, shop: Workshop, rates: dict) -> float | None:
    """Of networks the rate of large products in the fastest type, over the FLOPs of an image; of the pipeline the rate of
    decoding alone; None where there is no limit but 0."""
    word = key(case, shop)
    if word is None:
        return None
    if case.what == "pipeline":
        return rates["decoded_per_second"][pathlib.Path(word).name]
    return max(rates["flops_per_second"].values()) / (PASSES[case.what] * rates["flops"][word])
