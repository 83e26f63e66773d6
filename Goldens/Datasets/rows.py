"""Feature vectors and series in every format that `Datasets` reads, with the values that must come out.

Run from this folder: python3 rows.py [FOLDER] (needs numpy; sktime for FOLDER, the real data, of which only sums are
kept). Writes Rows/ and rows.json.
"""

import json
import os
import sys

import numpy as np

rng = np.random.default_rng(11)
os.makedirs("Rows/Toy", exist_ok=True)
golden = {}


def text(value):
    return repr(float(value))


def single(array):
    return [float(v) for v in np.asarray(array, dtype=np.float32).ravel()]


# Three channels, unequal lengths, exponents of every sign, one-step and constant series.
series = {"TRAIN": [], "TEST": []}
for part, lengths in (("TRAIN", [4, 1, 7, 5]), ("TEST", [2, 9, 3])):
    for number, length in enumerate(lengths):
        values = rng.normal(size=(3, length)) * 10.0 ** rng.integers(-30, 30, (3, length))
        if number == 2:
            values[:] = 0.25
        series[part].append((values, "up" if number % 2 == 0 else "down"))
for part, rows in series.items():
    with open(f"Rows/Toy/Toy_{part}.ts", "wb") as file:
        file.write("\ufeff# a comment: ± ж\n#\n".encode() + b"# Latin-1: \xe9\r\n\n")
        file.write(b"@problemName Toy\n@timeStamps false\n@missing false\n@univariate false\n")
        file.write(b"@dimensions 3\n@equalLength false\n@classLabel true up down\n@data\n")
        for values, label in rows:
            line = ":".join(",".join(text(v) for v in channel) for channel in values)
            file.write(f"{line}:{label}\n".encode())
golden["series"] = [
    {"steps": values.shape[1], "label": label, "split": part.lower(), "values": single(values)}
    for part in ("TRAIN", "TEST")
    for values, label in series[part]
]
with open("Rows/Toy/labels.csv", "w") as file:
    file.write("path,label\nToy_TRAIN.ts,up\n")

# The same rows as .npz in four types and two orders, as .npy, and as a table.
features = (rng.normal(size=(6, 5)) * 100).round(2)
labels = ["a", "b", "a", "c", "c", "a"]
ids = [f"row/{i}.png" for i in range(6)]
splits = ["train", "train", "val", "train", "test", "train"]
groups = [7, 7, 8, 9, 9, 9]
golden["labels"], golden["ids"], golden["splits"] = labels, ids, splits
golden["features"] = {}
for name, array in {
    "float16": features.astype(np.float16),
    "float32": features.astype(np.float32),
    "float64": features,
    "int16": features.astype(np.int16),
    "fortran": np.asfortranarray(features),
}.items():
    np.savez(f"Rows/{name}.npz", features=array, ids=np.array(ids), labels=np.array(labels),
             groups=np.array(groups), splits=np.array(splits), logits=np.zeros((6, 2)))
    golden["features"][name] = single(array)
np.savez_compressed("Rows/numbers.npz", X=features, y=np.array([[2], [0], [2], [1], [1], [2]]))
np.savez("Rows/bytes.npz", X=features, y=np.array(labels).astype("S"))
np.save("Rows/plain.npy", features.astype(np.float32))
with open("Rows/plain.labels.csv", "w") as file:
    file.write("path,label,patient_id\n")
    for i in reversed(range(6)):
        file.write(f"plain.npy#{i},{labels[i]},p{groups[i]}\n")
with open("Rows/table.csv", "w") as file:
    file.write("path," + ",".join(f"feature_{i}" for i in range(5)) + ",label,split,age\n")
    for i in range(6):
        values = ",".join(text(v) for v in features[i])
        file.write(f"{ids[i]},{values},{labels[i]},{splits[i]},{30 + i}\n")

if len(sys.argv) > 1:
    from sktime.datasets import load_from_tsfile

    golden["real"] = {}
    for name in ("PLAID", "JapaneseVowels"):
        sums, steps, counts = [], [], {}
        for part in ("TRAIN", "TEST"):
            path = f"{sys.argv[1]}/timeseries-{name}/{name}_{part}.ts"
            x, y = load_from_tsfile(path, return_data_type="nested_univ")
            counts[part.lower()] = {c: int((y == c).sum()) for c in sorted(set(y))}
            for row in range(len(x)):
                channels = [np.asarray(channel, dtype=np.float64) for channel in x.iloc[row]]
                steps.append(len(channels[0]))
                sums.append(sum(float((k + 1) * c.sum()) for k, c in enumerate(channels)))
        golden["real"][name] = {"counts": counts, "steps": steps, "sums": sums}
else:
    golden["real"] = json.load(open("rows.json"))["real"]

with open("rows.json", "w") as file:
    json.dump(golden, file)
    file.write("\n")
