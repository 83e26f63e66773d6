"""Golden numbers of how hard examples are: from records of training, and from probabilities.

Python 3.11, NumPy 2; writes hard.csv, a table such as a run writes, and hard.json beside itself.
"""
import json
import math
import pathlib

import numpy as np

random = np.random.default_rng(41)
home = pathlib.Path(__file__).parent
EARLY, RATES = 2, {1: 0.1, 2: 0.05, 3: 0.025, 4: 0.01}
lines, seen, step = ["path,epoch,step,loss,margin,correct,el2n,grad_norm,weight"], {}, 0
for epoch in range(1, 7):
    for number in random.integers(0, 10, size=14):
        step += 1
        # The last is first seen after the first epochs; two are never right; one comes mixed.
        if number == 9 and epoch <= EARLY:
            continue
        margin, el2n, norm = (round(float(random.normal()), 4), round(float(random.uniform(0, 1.4)), 4),
                              round(float(random.uniform(0, 9)), 4))
        correct, weight = int(margin > 0 and number > 1), 0.75 if number == 4 else 1.0
        lines.append(f"{number}.png,{epoch},{step},{round(el2n * 2, 4)},{margin},{correct},{el2n},{norm},{weight}")
        seen.setdefault(f"{number}.png", []).append((epoch, margin, correct, el2n, norm, weight))
falls = {path: sum(a[2] == 1 and b[2] == 0 for a, b in zip(rows, rows[1:])) for path, rows in seen.items()}
worst = max(falls.values()) + 1
examples = {}
for path, rows in seen.items():
    early = [row for row in rows if row[0] <= EARLY]
    examples[path] = {
        "aum": float(np.mean([row[1] for row in rows])),
        "el2n": float(np.mean([row[3] for row in early])) if early else None,
        "grand": float(np.mean([row[4] for row in early])) if early else None,
        "forgetting": float(falls[path] if any(row[2] for row in rows) else worst),
        # Epochs without a rate do not count.
        "tracin": float(sum(RATES[row[0]] * row[4] ** 2 for row in rows if row[0] in RATES))
        if any(row[0] in RATES for row in rows) else None,
    }
# Pointwise information: a set whose usable information is H(Y) - H(Y|X).
given = [0] * 12 + [1] * 5 + [2] * 3
p = random.uniform(0.02, 0.99, size=len(given)).round(6).tolist()
counts = [given.count(label) for label in range(3)]
entropy = -sum(n / len(given) * math.log2(n / len(given)) for n in counts)
bits = [math.log2(q) - math.log2(counts[y] / len(given)) for q, y in zip(p, given)]
answer = {"early": EARLY, "rates": {str(key): value for key, value in RATES.items()}, "rows": sum(map(len, seen.values())),
          "mixed": sum(row[5] < 1 for rows in seen.values() for row in rows), "examples": examples,
          "given": given, "p": p, "counts": counts, "bits": bits,
          "information": entropy + float(np.mean(np.log2(p)))}
(home / "hard.csv").write_text("\n".join(lines) + "\n")
(home / "hard.json").write_text(json.dumps(answer, indent=1) + "\n")
