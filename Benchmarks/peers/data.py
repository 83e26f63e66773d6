"""The input side as PyTorch's users write it: ImageFolder, PIL, torchvision transforms, DataLoader."""
import multiprocessing
import os
import pathlib

import networks
import torch
from torch.utils.data import DataLoader, RandomSampler

WORKERS = 2


def loader(folder: str, size: int, batch: int, batches: int) -> tuple[DataLoader, int]:
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
    return DataLoader(images, batch, sampler=sampler, num_workers=WORKERS), len(images.classes)


def memory_with_workers() -> float:
    """MB of this process and its workers now, pages that several share counted once. To be asked while workers live."""
    total = 0
    for process in [os.getpid()] + [child.pid for child in multiprocessing.active_children()]:
        for line in pathlib.Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024
