"""gpu.md and gpu.json: what was found, in words and numbers."""
import json
import pathlib

from runner.cases import CASES
from runner.table import ratios, spread, values

HEAD = ("case", "work", "unit", "ours", "default", "tuned", "ours ÷ default", "ours ÷ tuned")
LEGEND = (
    "Median (min to max) of alternating rounds; ratios are of one round, above 1 in our favour. default: PyTorch's default loop on"
    " the device, float32. tuned: channels last, bfloat16, fused optimiser, pinned memory, copies that nothing waits for, cuDNN's"
    " fastest algorithms, images kept decoded. Both stand in `Benchmarks/peers/`. Clocks are read when the device is done.")


def table(head: tuple, rows: list, words: int) -> list[str]:
    """Markdown; the first columns are words, the others numbers."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * words + "--:|" * (len(head) - words)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def rates(runs: dict) -> list[str]:
    rows = []
    for name, sides in runs.items():
        cells = [spread(values(found, "images_per_second"), 1) if found else "" for found in sides.values()]
        quotients = [ratios(sides, peer, "images_per_second") for peer in ("default", "tuned")]
        if any(cells):
            rows.append([name, CASES[name].about, "images/s", *cells, *(spread(each, 2) if each else "" for each in quotients)])
    return table(HEAD, rows, 3)


def augmented(runs: dict) -> list[str]:
    """Ours by who augments."""
    rows = []
    for name, sides in runs.items():
        quotient = ratios({"ours": sides["device"], "workers": sides["workers"]}, "workers", "images_per_second")
        if quotient:
            cells = [spread(values(sides[who], "images_per_second"), 1) for who in ("workers", "device")]
            rows.append([CASES[name].about, *cells, spread(quotient, 2)])
    head = ("ours with `--augment paper`", "`--augment-on workers`, images/s", "`--augment-on device`, images/s", "device ÷ workers")
    return ["", *table(head, rows, 1)] if rows else []


def checks(found: list[dict]) -> list[str]:
    def number(value: float | None) -> str:
        return "none" if value is None else f"{value:.2g}"

    rows = [
        [line["check"], number(line["difference"]), number(line["bound"]), "yes" if line["passed"] else "no"] for line in found]
    return table(("check", "largest difference", "bound", "within"), rows, 1)


def losses(found: dict) -> list[str]:
    lines = [
        f"- {len(found['losses'][name])} steps of resnet20 in float32 from the same seed: losses {difference:.2g} of their size"
        f" apart at most on the {name}" + (f"; expected at most {found['bound']:g}." if name == "device" else "; not judged.")
        for name, difference in found["differences"].items()]
    return lines or ["- Losses: not compared."]


def markdown(record: dict) -> str:
    engine, found = record["engine"], record["losses"]
    problems = engine["problems"] + found["problems"] + [f"{name}: {words}" for name, words in record["failures"].items()]
    trial = ["- A trial on the processor, with batches of 4 and two steps: its rates say nothing."] if record["device"] == "cpu" else []
    late = [f"- Left out, as time was up: {'; '.join(record['left_out'])}."] if record["left_out"] else []
    parts = [f"{part['name']}: {part['found']}" for part in engine["doctor"]]
    lines = [
        f"Steelyard {record['commit']} on {record['device']}. {record['machine']}. {record['used']:.0f} of {record['seconds']:.0f} s.",
        "", LEGEND, "", *rates(record["rates"]), *augmented(record["augmented"]), "",
        "Each operation on the device beside the processor: largest difference over the largest number.", "",
        *checks(engine["checks"]), "", *losses(found),
        *trial, *late, *(f"- Failed: {words}" for words in problems),
        f"- `steelyard doctor`: {'; '.join(parts) or 'not asked'}."]
    return "\n".join(lines) + "\n"


def write(record: dict, folder: pathlib.Path) -> str:
    text = markdown(record)
    (folder / "gpu.md").write_text(text)
    (folder / "gpu.json").write_text(json.dumps(record, indent=1) + "\n")
    return text
