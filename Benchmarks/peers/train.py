"""PyTorch's default training loop: float32, contiguous, SGD with momentum.

train.py NETWORK FOLDER SIZE BATCH WARMUP STEPS [--device cuda] [--workers COUNT] prints one line of JSON.
"""
import argparse
import json
import resource
import time

import data
import networks
import torch
import training


def main(work: argparse.Namespace) -> None:
    batches, classes = data.loader(work.folder, work.size, work.batch, work.warmup + work.steps, work.workers)
    model = networks.build(work.network, classes).to(work.device)
    criterion = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    model.train()
    for step, (images, labels) in enumerate(batches):
        if step == work.warmup:
            training.settle(work.device)
            start = time.perf_counter()
        images, labels = images.to(work.device), labels.to(work.device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        loss.item()
    training.settle(work.device)
    seconds = time.perf_counter() - start
    print(json.dumps({
        "images_per_second": work.steps * work.batch / seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "peak_worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "threads": torch.get_num_threads(),
        "version": torch.__version__,
        **training.device_memory(work.device),
    }))


if __name__ == "__main__":
    main(training.arguments(__doc__).parse_args())
