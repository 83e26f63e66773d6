"""Writes reward.json: rewards of answers in levels, by sets of names.

Each case is a forest of labels, a table of truths (null: not known) and of what is said. Levels are found by walking up from each
label, along the longest way; contradictions by walking down.

    python3 reward.py
"""

import json
import random

random.seed(20)


def above(label, parents):
    found = set()
    for parent in parents[label]:
        found |= {parent} | above(parent, parents)
    return found


def level(label, parents):
    return 1 + max((level(p, parents) for p in parents[label]), default=0)


def reward(labels, parents, truth, said):
    deepest = max(level(x, parents) for x in labels)
    total = 2**deepest
    for depth in range(1, deepest + 1):
        here = {x for x in labels if level(x, parents) == depth and truth[x] is not None}
        if not here:
            return None
        true, found = {x for x in here if truth[x]}, {x for x in here if said[x]}
        if depth == 1:
            right = float(true == found)
        elif not true and not found:
            right = 1.0
        else:
            right = 2 * len(true & found) / (len(true) + len(found))
        total += 2 ** (deepest - depth) * right
    if any(said[x] and not all(said[p] for p in above(x, parents)) for x in labels):
        return 0.0
    return total


cases = []
for number in range(60):
    labels = [f"l{i}" for i in range(random.randint(2, 9))]
    parents = {x: [] for x in labels}
    for i, x in enumerate(labels):
        for parent in random.sample(labels[:i], min(i, random.choice([0, 1, 1, 1, 2]))):
            parents[x].append(parent)
    if not any(parents.values()):
        parents[labels[1]] = [labels[0]]
    rows = []
    for _ in range(12):
        truth = {x: random.random() < 0.4 for x in labels}
        said = {x: truth[x] if random.random() < 0.8 else not truth[x] for x in labels}
        for x in labels:  # what has a child mostly has its parents
            if random.random() < 0.9:
                for p in above(x, parents):
                    truth[p], said[p] = bool(truth[p] or truth[x]), said[p] or said[x]
            if random.random() < 0.05:
                truth[x] = None
        rows.append({
            "truth": [truth[x] for x in labels], "said": [said[x] for x in labels],
            "reward": reward(labels, parents, truth, said),
        })
    cases.append({
        "labels": labels, "levels": [level(x, parents) for x in labels],
        "edges": [[x, p] for x in labels for p in parents[x]], "rows": rows,
    })

with open("reward.json", "w") as file:
    json.dump(cases, file)
    file.write("\n")
