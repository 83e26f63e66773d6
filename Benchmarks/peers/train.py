"""PyTorch's default training loop: float32, contiguous, SGD with momentum.

train.py NETWORK FOLDER SIZE BATCH WARMUP STEPS prints one line of JSON.
"""
import json
import resource
import sys
import time

import data
import networks
import torch


def main(network: str, folder: str, size: int, batch: int, warmup: int, steps: int) -> None:
    batches, classes = data.loader(folder, size, batch, warmup + steps)
    model = networks.build(network, classes)
    criterion = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    model.train()
    for step, (images, labels) in enumerate(batches):
        if step == warmup:
            start = time.perf_counter()
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        loss.item()
    seconds = time.perf_counter() - start
    print(json.dumps({
        "images_per_second": steps * batch / seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "peak_worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "threads": torch.get_num_threads(),
        "version": torch.__version__,
    }))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:7]))
