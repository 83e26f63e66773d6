"""What scripts that write Results share: trainings of `steelyard compare` by method, and intervals of their differences."""
import csv
import json
import math
import pathlib
import statistics

# Two-sided 95 % of Student's t by degrees of freedom.
STUDENT = {
    1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228, 11: 2.201,
    12: 2.179, 13: 2.160, 14: 2.145, 15: 2.131, 16: 2.120, 17: 2.110, 18: 2.101, 19: 2.093, 20: 2.086, 24: 2.064,
    29: 2.045, 39: 2.023, 59: 2.001, 119: 1.980,
}  # fmt: skip


def student(freedom: int) -> float:
    return STUDENT[max(known for known in STUDENT if known <= freedom)] if freedom <= 119 else 1.96


class Group:
    """The trainings of one method at one imbalance."""

    def __init__(self, ratio: float | None):
        self.cells: dict[str, dict[str, str]] = {}
        self.ratio = ratio

    def values(self, key: str) -> dict[str, float]:
        return {name: float(cell[key]) for name, cell in self.cells.items() if cell.get(key)}

    def interval(self, values: list[float]) -> tuple[float, float] | None:
        """Mean and half width; `None` without values, and an infinite half width of one."""
        if not values:
            return None
        mean = statistics.fmean(values)
        if len(values) < 2:
            return mean, math.inf
        share = 1 / len(values) + (self.ratio or 0)
        return mean, student(len(values) - 1) * math.sqrt(statistics.variance(values) * share)

    def mean(self, key: str) -> tuple[float, float] | None:
        return self.interval(list(self.values(key).values()))

    def difference(self, other: "Group", key: str) -> tuple[float, float] | None:
        """Of trainings that both have, paired."""
        own, theirs = self.values(key), other.values(key)
        return self.interval([own[name] - theirs[name] for name in own if name in theirs])


def ratio(folder: pathlib.Path, imbalance: str) -> float | None:
    """Test rows beside rows trained on, where each training has test rows of its own."""
    path = folder / "compare.json"
    if not path.exists():
        return None
    for part in json.loads(path.read_text()).get("parts", []):
        wanted = float(imbalance) if imbalance else None
        if part.get("imbalance") == wanted and part.get("comparison"):
            return part["comparison"]["design"].get("own", {}).get("ratio")
    return None


def groups(folder: pathlib.Path) -> dict[str, dict[str, Group]]:
    """Groups by imbalance, then by method, in the order of the table; settings that lost a search are left out."""
    found: dict[str, dict[str, Group]] = {}
    with open(folder / "cells.csv", newline="") as file:
        for cell in csv.DictReader(file):
            if cell["status"] != "done" or cell["chosen"] == "no":
                continue
            # Of a search each training may have chosen another setting; together they are the method.
            label = cell["method"] + ("" if cell["chosen"] == "yes" or not cell["settings"] else f" {cell['settings']}")
            part = found.setdefault(cell["imbalance"], {})
            group = part.setdefault(label, Group(ratio(folder, cell["imbalance"])) if label not in part else None)
            group.cells[f"{cell['seed']}/{cell['fold']}"] = cell
    return found
