"""A tuned PyTorch training loop: channels last, bfloat16 autocast where the device multiplies it, a fused optimiser, images
decoded once and kept in memory as bytes, normalised as a batch. On a GPU the bytes come from pinned memory without waiting, cuDNN
tries its algorithms, and nothing waits for a number.

train_tuned.py NETWORK FOLDER SIZE BATCH WARMUP STEPS [--device cuda] [--workers COUNT] [--compile] [--float32] prints one line of
JSON; --compile puts the network under torch.compile, --float32 leaves autocast out, as some depthwise convolutions are slower in
bfloat16. What the allocator does is said by the environment that it is started with.
"""
import argparse
import json
import resource
import time

import networks
import torch
import training
import tuned
import tuned_data


def main(work: argparse.Namespace) -> None:
    tuned.prepare()
    amp = not work.float32 and tuned.has_bfloat16(work.device)
    model = networks.build(work.network, tuned_data.paths_of(work.folder)[2])
    model = model.to(work.device, memory_format=torch.channels_last)
    criterion = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, fused=True)
    model.train()
    forward = torch.compile(model) if work.compile else model
    batches = tuned_data.cached(work.folder, work.size, work.batch, work.warmup + work.steps, work.workers)
    total, inputs_seconds, begun = torch.zeros((), device=work.device), 0.0, time.perf_counter()
    for step, batch in enumerate(batches):
        pixels, labels = tuned.moved(batch, work.device)
        images = tuned_data.normalised(pixels)
        inputs_seconds += time.perf_counter() - begun
        with torch.autocast(work.device.type, dtype=torch.bfloat16, enabled=amp):
            loss = criterion(forward(images), labels)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        total += loss.detach()
        if step == work.warmup - 1:
            training.settle(work.device)
            start, inputs_seconds = time.perf_counter(), 0.0
        begun = time.perf_counter()
    training.settle(work.device)
    seconds = time.perf_counter() - start
    print(json.dumps({
        "images_per_second": work.steps * work.batch / seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "input_share": inputs_seconds / seconds,
        "mean_loss": total.item() / (work.warmup + work.steps),
        "bfloat16": amp,
        "compiled": work.compile,
        "threads": torch.get_num_threads(),
        "version": torch.__version__,
        **training.device_memory(work.device),
    }))


if __name__ == "__main__":
    parser = training.arguments(__doc__)
    parser.add_argument("--compile", action="store_true", help="put the network under torch.compile")
    parser.add_argument("--float32", action="store_true", help="leave autocast out")
    main(parser.parse_args())
