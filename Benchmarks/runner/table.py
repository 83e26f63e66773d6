"""One table of all that was measured, and what follows from it in words; every word is computed."""
import statistics

from runner.cases import CASES

NAMES = {"default": "PyTorch's default loop", "tuned": "tuned PyTorch", "onnx": "ONNX Runtime"}
# What is compared: key, unit, places behind the point, whether more is better.
QUANTITIES = (
    ("images_per_second", "images/s", 1, True), ("seconds", "s", 3, False), ("peak_mb", "MB peak", 0, False),
    ("whole_mb", "MB with workers", 0, False))


def spread(values: list[float], places: int) -> str:
    return "{0:.{3}f} ({1:.{3}f} to {2:.{3}f})".format(statistics.median(values), min(values), max(values), places)


def values(runs: list[dict], key: str) -> list[float]:
    """Ours is one process with threads: with workers it holds what it holds."""
    return [run.get(key, run.get("peak_mb") if key == "whole_mb" else None) for run in runs]


def ratios(runs: dict, peer: str, key: str) -> list[float]:
    """Ours over the peer's of the same round."""
    theirs = {run["round"]: value for run, value in zip(runs.get(peer, []), values(runs.get(peer, []), key))}
    pairs = [(value, theirs.get(run["round"])) for run, value in zip(runs["ours"], values(runs["ours"], key))]
    return [mine / other for mine, other in pairs if mine is not None and other]


def rows(name: str, runs: dict, limit: float | None) -> list[list[str]]:
    """A row of each quantity that ours and a peer have."""
    table = []
    for key, unit, places, _ in QUANTITIES:
        mine = values(runs["ours"], key)
        asked = key != "whole_mb" or any(key in run for side in runs.values() for run in side)
        if not asked or not mine or None in mine:
            continue
        cells, quotients = [spread(mine, places)], []
        for peer in NAMES:
            found = [value for value in values(runs.get(peer, []), key) if value is not None]
            pairs = ratios(runs, peer, key)
            cells.append(spread(found, places) if found else "")
            quotients.append(spread(pairs, 2) if pairs else "")
        reached = ""
        if key == "images_per_second" and limit:
            tuned = values(runs.get("tuned", []), key)
            shares = [statistics.median(mine) / limit] + ([statistics.median(tuned) / limit] if tuned else [])
            reached = f"{limit:.0f} ({', '.join(f'{share:.0%}' for share in shares)})"
        loads = [run["load"] for side in runs.values() for run in side]
        table.append([name, CASES[name].about, unit, *cells, reached, *quotients, f"{min(loads):.1f} to {max(loads):.1f}"])
    return table


def gain(runs: dict, peer: str) -> list[float]:
    """How many times as fast as the peer ours was, round by round."""
    for key, _, _, more in QUANTITIES[:2]:
        found = ratios(runs, peer, key)
        if found:
            return [ratio if more else 1 / ratio for ratio in found]
    return []


def verdicts(results: dict) -> list[str]:
    """A sentence for each peer: where ours was ahead in every round, behind in every round, and neither."""
    sentences = []
    for peer, spoken in NAMES.items():
        gains = {name: found for name, runs in results.items() if (found := gain(runs, peer))}
        if not gains:
            continue
        ahead = [name for name, found in gains.items() if min(found) > 1]
        behind = [name for name, found in gains.items() if max(found) < 1]
        mixed = [name for name in gains if name not in ahead + behind]
        parts = [
            f"{words} {listed(group, gains)}" for words, group in (
                ("faster in every round of", ahead), ("slower in every round of", behind),
                ("now faster, now slower in", mixed)) if group]
        sentences.append(f"Beside {spoken} ours is {'; '.join(parts)}.")
    return sentences


def listed(names: list[str], gains: dict) -> str:
    return ", ".join(f"{name} ({statistics.median(gains[name]):.2f} times as fast)" for name in names)


def busy(results: dict) -> list[str]:
    """What is left of the rate where another process takes a processor."""
    sentences = []
    for quiet, taken in (("train-96", "busy-96"), ("train-96", "busy-96-auto"), ("predict-224", "busy-predict")):
        parts = []
        for side, spoken in (("ours", "ours"), ("tuned", NAMES["tuned"])):
            if results.get(quiet, {}).get(side) and results.get(taken, {}).get(side):
                rates = [statistics.median(values(results[name][side], "images_per_second")) for name in (quiet, taken)]
                parts.append(f"{spoken} keeps {rates[1] / rates[0]:.0%} of its rate of {quiet}")
        if parts:
            sentences.append(f"{taken}, where another process takes a processor: {' and '.join(parts)}.")
    return sentences


def precisions(results: dict) -> list[str]:
    """What each side multiplied in, as it said."""
    found = {}
    for runs in results.values():
        for side, several in runs.items():
            for run in several:
                if "bfloat16" in run:
                    found.setdefault(side, set()).add("bfloat16" if run["bfloat16"] else "float32")
    parts = [f"{NAMES.get(side, side)} in {' and '.join(sorted(kinds))}" for side, kinds in sorted(found.items())]
    return [f"Matrix products: {', '.join(parts)}; `embed` in float32 unless told, the default loop always."] if parts else []


def rates_of(limits: dict) -> str:
    products = ", ".join(f"{rate / 1e9:.0f} GFLOP/s in {kind}" for kind, rate in limits["flops_per_second"].items())
    flops = ", ".join(f"{name.replace(':', ' at ')} {count / 1e6:.0f} MFLOPs" for name, count in limits["flops"].items())
    return (
        f"Rates of the machine in the same run, best of all rounds: products of large matrices {products}; memory copied (read"
        f" and written) {limits['copied_bytes_per_second'] / 1e9:.1f} GB/s. Forward passes of one image: {flops or 'none'}.")


HEAD = ("case", "work", "unit", "ours", "default", "tuned", "ONNX Runtime", "limit (ours, tuned reach)", "ours ÷ default",
        "ours ÷ tuned", "ours ÷ ONNX", "load")
LEGEND = (
    "Median (min to max) of alternating rounds; ratios are of one round. A ratio above 1 is in our favour for images/s, below 1"
    " for s and MB. default: PyTorch's default loop. tuned: channels last, bfloat16 where a trial finds that it pays, fused optimiser,"
    " normalisations folded to judge, images kept decoded to train, JPEG decoded at reduced size, batches of bytes from workers"
    " that stay. Ours: as the command chooses. Both default and tuned stand in `Benchmarks/peers/`. MB peak is of the main process,"
    " where ours has its workers as threads; MB with workers counts shared pages once. Limit: of a network the rate of large"
    " products in the fastest type over its FLOPs (of training three forward passes); of the pipeline decoding alone on all"
    " processors, as Pillow decodes. Load: of the last minute before each run, our own runs among it.")


def markdown(header: str, results: dict, limits: dict[str, float | None], rates: dict | None, notes: list[str]) -> str:
    table = [row for name, runs in results.items() for row in rows(name, runs, limits.get(name))]
    lines = [header, "", LEGEND, "", "| " + " | ".join(HEAD) + " |", "|---|---|---|" + "--:|" * (len(HEAD) - 3)]
    lines += ["| " + " | ".join(row) + " |" for row in table]
    said = verdicts(results) + busy(results) + precisions(results) + ([rates_of(rates)] if rates else []) + notes
    return "\n".join(lines + [""] + [f"- {sentence}" for sentence in said]) + "\n"
