"""The input side as PyTorch's users write it: ImageFolder, PIL, torchvision transforms, DataLoader."""
import json
import multiprocessing
import os
import pathlib
import resource
import time

import networks
import torch
from torch.utils.data import DataLoader, RandomSampler

WORKERS = 2


def loader(folder: str, size: int, batch: int, batches: int, workers: int = WORKERS) -> tuple[DataLoader, int]:
    """Batches of `[N, 3, size, size]`, drawn with replacement so that one epoch lasts `batches`."""
    networks.torchvision_models()
    from torchvision import datasets, transforms

    chain = transforms.Compose([
        transforms.Resize((size, size)),
        transforms.RandomCrop(size, padding=4),
        transforms.RandomHorizontalFlip(),
        transforms.ToTensor(),
        transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    ])
    images = datasets.ImageFolder(folder, chain)
    torch.manual_seed(0)
    sampler = RandomSampler(images, replacement=True, num_samples=batch * batches)
    return DataLoader(images, batch, sampler=sampler, num_workers=workers), len(images.classes)


def timed(batches, batch: int, warmup: int, steps: int, use=lambda images: None) -> None:
    """Draws and uses every batch; prints images a second after the warm-up, and memory, as one line of JSON."""
    for step, (images, _) in enumerate(batches):
        use(images)
        if step == warmup - 1:
            whole = memory_with_workers()
            start = time.perf_counter()
    seconds = time.perf_counter() - start
    print(json.dumps({
        "images_per_second": steps * batch / seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "whole_mb": whole,
    }))


def memory_with_workers() -> float:
    """MB of this process and its workers now, pages that several share counted once. To be asked while workers live."""
    total = 0
    for process in [os.getpid()] + [child.pid for child in multiprocessing.active_children()]:
        for line in pathlib.Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024
