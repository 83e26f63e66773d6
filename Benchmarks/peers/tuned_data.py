"""The input side as an engineer tunes it: JPEG decoded at reduced size, bytes until the batch, batches made whole in workers that
stay, or images decoded once and kept in memory.

Pillow decodes, by libjpeg-turbo as torchvision.io.decode_jpeg does, and it alone can stop at half or a quarter of the size.
"""
import concurrent.futures
import functools
import pathlib

import data
import numpy
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset

MEAN = torch.tensor([0.485, 0.456, 0.406]) * 255
STD = torch.tensor([0.229, 0.224, 0.225]) * 255


def paths_of(folder: str) -> tuple[list[str], list[int], int]:
    """Files, the class of each, and how many classes there are: a folder each."""
    homes = sorted(home for home in pathlib.Path(folder).iterdir() if home.is_dir())
    pairs = [(str(path), label) for label, home in enumerate(homes) for path in sorted(home.iterdir())]
    return [path for path, _ in pairs], [label for _, label in pairs], len(homes)


def pixels(path: str, size: int) -> numpy.ndarray:
    """`[size, size, 3]` in bytes. The decoder halves a JPEG as long as it stays at least as large as asked for."""
    image = Image.open(path)
    image.draft("RGB", (size, size))
    return numpy.asarray(image.convert("RGB").resize((size, size), Image.Resampling.BILINEAR))


def augmented(images: list[numpy.ndarray], random: numpy.random.Generator, edge: int = 4) -> torch.Tensor:
    """A batch `[N, S, S, 3]` in bytes, each image moved by up to `edge` pixels over black and flipped every other time."""
    size = images[0].shape[0]
    batch = numpy.zeros((len(images), size, size, 3), numpy.uint8)
    moves = random.integers(-edge, edge + 1, (len(images), 2))
    flips = random.random(len(images)) < 0.5
    for image, place, (down, right), flip in zip(images, batch, moves, flips):
        source = image[max(-down, 0):size - max(down, 0), max(-right, 0):size - max(right, 0)]
        target = place[max(down, 0):size - max(-down, 0), max(right, 0):size - max(-right, 0)]
        target[:] = source[:, ::-1] if flip else source
    return torch.from_numpy(batch)


@functools.cache
def on(device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and deviation where the batches are: copied once."""
    return MEAN.to(device), STD.to(device)


def normalised(batch: torch.Tensor) -> torch.Tensor:
    """`[N, 3, S, S]` in float32, channels last, of bytes `[N, S, S, 3]`: as a batch, with no copy for the order."""
    mean, std = on(batch.device)
    return batch.float().sub_(mean).div_(std).permute(0, 3, 1, 2)


class Drawn(Dataset):
    """Images read anew each time; a worker makes a batch as a whole."""

    def __init__(self, folder: str, size: int, augments: bool):
        self.paths, self.labels, self.classes = paths_of(folder)
        self.size, self.augments, self.random = size, augments, None

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, row: int) -> tuple[torch.Tensor, torch.Tensor]:
        return self.__getitems__([row])

    def __getitems__(self, rows: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
        if self.random is None:  # a generator of the worker's own
            self.random = numpy.random.default_rng(torch.initial_seed())
        images = [pixels(self.paths[row], self.size) for row in rows]
        batch = augmented(images, self.random) if self.augments else torch.from_numpy(numpy.stack(images))
        return batch, torch.tensor([self.labels[row] for row in rows])


def as_made(batch: tuple) -> tuple:
    return batch


def loader(images: Drawn, batch: int, batches: int | None = None) -> DataLoader:
    """Batches of bytes from workers that stay and are four ahead: `batches` drawn with replacement, else every image in order."""
    sampler = None
    if batches is not None:
        sampler = torch.utils.data.RandomSampler(images, replacement=True, num_samples=batch * batches)
    return DataLoader(
        images, batch, sampler=sampler, num_workers=data.WORKERS, collate_fn=as_made, persistent_workers=True,
        prefetch_factor=4)


def cached(folder: str, size: int, batch: int, batches: int, workers: int = data.WORKERS):
    """Batches of bytes of images that were decoded once and stay in memory; drawn with replacement. Making one takes less than
    a worker would need to hand it over."""
    paths, labels, _ = paths_of(folder)
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        kept = list(pool.map(lambda path: pixels(path, size), paths))
    random, known = numpy.random.default_rng(0), torch.tensor(labels)
    for _ in range(batches):
        rows = random.integers(0, len(kept), batch)
        yield augmented([kept[row] for row in rows], random), known[rows]
