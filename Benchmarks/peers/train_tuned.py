"""A tuned PyTorch training loop: channels last, bfloat16 autocast where the processor multiplies it, a fused optimiser, images
decoded once and kept in memory as bytes, normalised as a batch.

train_tuned.py NETWORK FOLDER SIZE BATCH WARMUP STEPS [--compile] [--float32] prints one line of JSON; --compile puts the
network under torch.compile, --float32 leaves autocast out, as some depthwise convolutions are slower in bfloat16. What the
allocator does is said by the environment that it is started with.
"""
import json
import resource
import sys
import time

import networks
import torch
import tuned
import tuned_data


def main(network: str, folder: str, size: int, batch: int, warmup: int, steps: int, compiles: bool, narrows: bool) -> None:
    tuned.prepare()
    amp = narrows and tuned.has_bfloat16()
    model = networks.build(network, tuned_data.paths_of(folder)[2]).to(memory_format=torch.channels_last)
    criterion = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, fused=True)
    model.train()
    forward = torch.compile(model) if compiles else model
    total, inputs_seconds, begun = torch.zeros(()), 0.0, time.perf_counter()
    for step, (pixels, labels) in enumerate(tuned_data.cached(folder, size, batch, warmup + steps)):
        images = tuned_data.normalised(pixels)
        if step == warmup:
            start, inputs_seconds = begun, 0.0
        inputs_seconds += time.perf_counter() - begun
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=amp):
            loss = criterion(forward(images), labels)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        total += loss.detach()
        begun = time.perf_counter()
    seconds = time.perf_counter() - start
    print(json.dumps({
        "images_per_second": steps * batch / seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "input_share": inputs_seconds / seconds,
        "mean_loss": total.item() / (warmup + steps),
        "bfloat16": amp,
        "compiled": compiles,
        "threads": torch.get_num_threads(),
        "version": torch.__version__,
    }))


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    main(*words[:2], *map(int, words[2:6]), "--compile" in sys.argv, "--float32" not in sys.argv)
