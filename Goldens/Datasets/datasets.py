"""Small data sets and numbers for the tests of `Datasets`.

Run from this folder: python3 datasets.py (needs numpy). Writes gray.npz, colour.npz, datasets.json.
"""

import json

import numpy as np

rng = np.random.default_rng(3)


def medmnist(name, shape, classes):
    """Arrays as MedMNIST names them; pixel values are seeded noise."""
    arrays = {}
    for split, count in (("train", 12), ("val", 5), ("test", 4)):
        arrays[split + "_images"] = rng.integers(0, 256, (count, *shape), dtype=np.uint8)
        arrays[split + "_labels"] = (np.arange(count) % classes).astype(np.uint8).reshape(-1, 1)
    np.savez(name, **arrays)
    return arrays


gray = medmnist("gray.npz", (4, 3), 3)
colour = medmnist("colour.npz", (4, 3, 3), 2)

# The rule of Cui et al. 2019 and Cao et al. 2019, written from its formula.
tails = []
for size, classes, ratio in [(6000, 10, 100), (5000, 10, 10), (5000, 10, 200), (500, 100, 100)]:
    factor = 1 / ratio
    counts = [int(size * factor ** (c / (classes - 1))) for c in range(classes)]
    tails.append({"size": size, "classes": classes, "ratio": ratio, "counts": counts})

with open("datasets.json", "w") as file:
    json.dump(
        {
            "grayTrain3": gray["train_images"][3].ravel().tolist(),
            "colourTest1": colour["test_images"][1].ravel().tolist(),
            "tails": tails,
        },
        file,
    )
    file.write("\n")
