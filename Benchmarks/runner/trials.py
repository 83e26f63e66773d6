"""Which settings pay for the tuned peer of a case: a short trial before the rounds, as an engineer would make one."""
import dataclasses

from runner import sides
from runner.cases import CASES, Case
from runner.machine import compiler
from runner.sides import SideFailed, Workshop


def shortened(case: Case) -> Case:
    if not case.steps:
        return case
    return dataclasses.replace(case, warmup=min(case.warmup, 2), steps=max(1, case.steps // 4))


def rate(name: str, case: Case, shop: Workshop, flags: tuple[str, ...]) -> dict:
    shop.flags[name] = flags
    return sides.peer("tuned", name, case, shop).measure()


def speed(found: dict) -> float:
    return found["images_per_second"]


def run(names: list[str], shop: Workshop, compiles: bool, notes: list[str]) -> dict:
    """Settles what the tuned peers are told: bfloat16 or float32, and under torch.compile or not where that is asked for."""
    works = compiler() if compiles else None
    if works is None:
        notes.append("torch.compile: off, as --compile was not given.")
    elif not works["works"]:
        notes.append(f"torch.compile: off, for it does not work here ({works['problem']}).")
    settled, found = {}, {"compiler": works, "cases": {}}
    for name in names:
        case = CASES[name]
        if "tuned" not in case.peers or case.what == "pipeline":
            continue
        same = (case.what, case.network, case.size)
        if same not in settled:
            found["cases"][name] = trials = {}
            settled[same] = best_of(name, shortened(case), shop, bool(works and works["works"]), notes, trials)
        shop.flags[name] = settled[same]
    return found


def best_of(
    name: str, case: Case, shop: Workshop, compiles: bool, notes: list[str], trials: dict
) -> tuple[str, ...]:
    """The fastest settings of a case; what was tried goes into `trials`."""
    try:
        rates = {(): rate(name, case, shop, ())}
        if rates[()]["bfloat16"]:
            rates["--float32",] = rate(name, case, shop, ("--float32",))
            # The better of two each: a moment's disturbance decides nothing.
            rates = {flags: max(found, rate(name, case, shop, flags), key=speed) for flags, found in rates.items()}
    except SideFailed:  # the rounds fail alike, and say it
        return ()
    best = max(rates, key=lambda flags: speed(rates[flags]))
    if compiles:
        try:
            compiled = (*best, "--compile")
            rates[compiled] = max((rate(name, case, shop, compiled) for _ in range(2)), key=speed)
        except SideFailed as problem:
            notes.append(f"torch.compile: off in {name}, where it fails ({problem}).")
    trials |= {" ".join(flags) or "plain": found for flags, found in rates.items()}
    chosen = max(rates, key=lambda flags: speed(rates[flags]))
    others = [
        f"{speed(rates[chosen]) / speed(other):.2f} times as fast as {words(other)}"
        for flags, other in rates.items() if flags != chosen]
    if others:
        notes.append(f"The tuned peer of {name} takes {words(rates[chosen])}: {', '.join(others)} in short trials, the better of two each.")
    return chosen


def words(found: dict) -> str:
    return ("bfloat16" if found["bfloat16"] else "float32") + (" and torch.compile" if found["compiled"] else "")
