"""Features of a folder of images by ONNX Runtime behind the same data loader as embed.py: two workers, all processors.

embed_onnx.py FOLDER MODEL SIZE BATCH prints one line of JSON; embed_onnx.py --export WEIGHTS MODEL SIZE writes the network of
the weights for it. Needs onnxruntime, and onnx (with onnxscript, where this PyTorch exports by it) to export.
"""
import json
import os
import sys
import time

import embed
import numpy as np
import torch
from torch.utils.data import DataLoader


def export(weights: str, path: str, size: int) -> None:
    model = embed.network()
    model.load_state_dict(torch.load(weights))
    model.classifier = torch.nn.Identity()
    torch.onnx.export(
        model.eval(), (torch.zeros(1, 3, size, size),), path, input_names=["images"], output_names=["features"],
        dynamic_axes={"images": {0: "batch"}, "features": {0: "batch"}}, dynamo=False)


def main(folder: str, path: str, size: int, batch: int) -> None:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = os.cpu_count() or 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    pictures, parts, inside = embed.Pictures(folder, size), [], 0.0
    start = time.perf_counter()
    for images in DataLoader(pictures, batch_size=batch, num_workers=2):
        begun = time.perf_counter()
        parts.append(session.run(None, {"images": images.numpy()})[0])
        inside += time.perf_counter() - begun
    features = np.concatenate(parts)
    seconds = time.perf_counter() - start
    assert features.shape[0] == len(pictures)
    print(json.dumps({
        "images_per_second": len(pictures) / seconds, "network_share": inside / seconds,
        "version": onnxruntime.__version__}))


if __name__ == "__main__":
    if sys.argv[1] == "--export":
        export(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
