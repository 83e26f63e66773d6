"""Checks the device of this machine within the time that there is."""
import argparse
import pathlib
import sys
import tempfile

from gpu import engine, losses, rates, report
from gpu.budget import Budget
from gpu.machine import Machine, Programs
from gpu.pack import Pack


def note(words: str) -> None:
    print("gpu-check:", words, file=sys.stderr, flush=True)


def run(options: argparse.Namespace) -> int:
    budget = Budget(options.seconds)
    pack, machine = Pack.at(options.pack), Machine.here()
    note(f"built against PyTorch {pack.torch} at {pack.commit}; {machine.about}")
    machine.check(pack, options.device)
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        pack.unpack(pathlib.Path(home))
        record = measure(Programs(pathlib.Path(home), machine, options.device), pack, budget, options)
    print(report.markdown(record))
    return 1 if record["engine"]["problems"] or record["losses"]["problems"] or record["failures"] else 0


def measure(programs: Programs, pack: Pack, budget: Budget, options: argparse.Namespace) -> dict:
    """What was found; written after each part, so that a run that is stopped keeps what it has."""
    images = rates.draw(programs.home / "images", rates.cases(programs.device))
    record = {
        "commit": pack.commit, "torch": pack.torch, "machine": programs.machine.about, "device": programs.device,
        "seconds": budget.seconds, "workers": options.workers, "left_out": budget.left_out, "failures": {}, "rates": {}, "augmented": {},
        "engine": {"doctor": [], "checks": [], "problems": []},
        "losses": {"losses": {}, "differences": {}, "bound": losses.BOUND, "problems": []}}

    def keep(what: str) -> None:
        record["used"] = budget.used
        report.write(record, options.output)
        note(f"{budget.used:.0f} s: {what}")

    keep("unpacked, images drawn")
    record["engine"] = engine.check(programs, budget)
    keep("engine checked")
    record["losses"] = losses.compare(programs, budget, images["png-32"])
    keep("losses compared")
    measured = rates.Rates(programs, budget, images, options.workers)
    record["rates"], record["augmented"], record["failures"] = measured.runs, measured.augmented, measured.failures
    for number in range(1, options.rounds + 1):
        measured.round(number)
        keep(f"round {number} of throughput")
    return record
