"""Columns of numbers and of categories by scikit-learn: median and indicator, one-hot, centred and scaled; fitted to training.

Run from this folder: python3 columns.py (needs scikit-learn 1.5 or later and NumPy). Writes Columns/ and columns.json.
"""

import csv
import json
import os

import numpy as np
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

LEAST = 5
BLANKS = ["", "NA", "NaN", "null", "?"]
HEADER = ["id", "age", "sex", "dose", "site", "empty", "grade", "score", "note", "clinic", "label", "split"]

rng = np.random.default_rng(5)
os.makedirs("Columns", exist_ok=True)


def row(number, part):
    blank = lambda chance: rng.random() < chance
    mark = lambda: BLANKS[int(rng.integers(len(BLANKS)))]
    is_test = part == "test"
    site = str(rng.choice(["hand", "foot", "head", "ear", "nose"], p=[0.4, 0.3, 0.24, 0.03, 0.03]))
    if is_test and number % 7 == 0:
        site = "knee"
    return {
        "id": f"p{number}",
        "age": mark() if blank(0.2) else f"{rng.normal(55, 12):.1f}",
        "sex": mark() if blank(0.15) else str(rng.choice(["m", "f"])),
        # No training row lacks it, some test rows do.
        "dose": mark() if is_test and blank(0.3) else str(int(rng.integers(0, 400))),
        "site": site,
        "empty": f"{rng.normal():.2f}" if is_test else mark(),
        # Codes: numbers that are said to be categories.
        "grade": "9" if is_test and number % 11 == 0 else str(rng.choice(["1", "2", "10"], p=[0.5, 0.3, 0.2])),
        "score": f"{10.0 ** rng.integers(-6, 7) * rng.normal():.6g}",
        "note": f"seen on day {number} by {rng.integers(1000)}",
        "clinic": "north",
        "label": str(rng.choice(["well", "sick"], p=[0.8, 0.2])),
        "split": part,
    }


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([[r[name] for name in header] for r in rows])


# An even number of known ages in training, and an odd one of scores.
train = [row(number, "train") for number in range(101)]
known = sum(r["age"] not in BLANKS for r in train)
if known % 2 == 1:
    next(r for r in train if r["age"] in BLANKS)["age"] = "48.3"
test = [row(number, "test") for number in range(101, 161)]
write("Columns/table.csv", HEADER, train + test)
# Another table, its columns in another order, with one that no model knows.
later = [row(number, "test") for number in range(200, 230)]
for r in later:
    r["height"] = "170"
write("Columns/later.csv", ["score", "site", "height", "grade", "id", "dose", "sex", "age"], later)

NUMBERS, CATEGORIES = ["age", "dose", "score"], ["sex", "site", "grade"]


def matrix(rows):
    numbers = [[np.nan if r[name] in BLANKS else float(r[name]) for name in NUMBERS] for r in rows]
    words = [["" if r[name] in BLANKS else r[name] for name in CATEGORIES] for r in rows]
    return np.concatenate([np.asarray(numbers, dtype=object), np.asarray(words, dtype=object)], axis=1)


encoder = ColumnTransformer(
    [(name, SimpleImputer(strategy="median", add_indicator=True), [place]) for place, name in enumerate(NUMBERS)]
    + [
        (
            name,
            OneHotEncoder(handle_unknown="ignore", min_frequency=LEAST, sparse_output=False),
            [len(NUMBERS) + place],
        )
        for place, name in enumerate(CATEGORIES)
    ],
    sparse_threshold=0)
encoder.fit(matrix(train))
scaler = StandardScaler().fit(np.asarray(encoder.transform(matrix(train)), dtype=float))

# scikit-learn's columns by our names, then in the order of the table; one with a name of labels stands last.
names = []
for name in NUMBERS:
    names += [name]
    if encoder.named_transformers_[name].indicator_.features_.size:
        names += [f"{name}: missing"]
for name in CATEGORIES:
    found = encoder.named_transformers_[name]
    rare = set() if found.infrequent_categories_[0] is None else set(found.infrequent_categories_[0])
    names += [f"{name}: missing" if c == "" else f"{name} = {c}" for c in found.categories_[0] if c not in rare]
    names += [f"{name}: other"] if rare else []
order = []
for name in [n for n in HEADER if n != "grade"] + ["grade"]:
    own = [n for n in names if n == name or n.startswith((f"{name} = ", f"{name}: "))]
    own.sort(key=lambda n: (n.endswith(": missing"), n.endswith(": other")))
    order += [names.index(n) for n in own]
assert sorted(order) == list(range(len(names)))


def values(rows):
    plain = np.asarray(encoder.transform(matrix(rows)), dtype=float)
    scaled = scaler.transform(plain)
    return [[float(v) for v in r] for r in plain[:, order]], [[float(v) for v in r] for r in scaled[:, order]]


everything, everything_scaled = values(train + test)
others, _ = values(later)
golden = {
    "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "least": LEAST,
    "names": [names[place] for place in order],
    "medians": {name: float(encoder.named_transformers_[name].statistics_[0]) for name in NUMBERS},
    "rows": everything,
    "scaled": everything_scaled,
    "later": others,
    "unseenSites": sum(r["site"] == "knee" for r in test),
    "unseenGrades": sum(r["grade"] == "9" for r in test),
    "lateDoses": sum(r["dose"] in BLANKS for r in test),
}
with open("columns.json", "w") as file:
    json.dump(golden, file)
    file.write("\n")
print(golden["names"], golden["medians"], golden["unseenSites"], golden["unseenGrades"], golden["lateDoses"])
