"""embed, predict and evaluate by ONNX Runtime, with the tuned input side: bytes in, normalised inside the graph.

judge_onnx.py WHAT FOLDER MODEL SIZE BATCH prints one line of JSON; judge_onnx.py --export WHAT MODEL SIZE writes the network.
Needs onnxruntime, and onnx to export.
"""
import os
import sys

import judging
import torch
import tuned_data


class FromBytes(torch.nn.Module):
    """The network behind bytes `[N, S, S, 3]`."""

    def __init__(self, model: torch.nn.Module):
        super().__init__()
        self.model = model
        self.register_buffer("mean", tuned_data.MEAN)
        self.register_buffer("std", tuned_data.STD)

    def forward(self, pixels):
        return self.model(((pixels.float() - self.mean) / self.std).permute(0, 3, 1, 2))


def export(what: str, path: str, size: int) -> None:
    torch.onnx.export(
        FromBytes(judging.network(what)).eval(), (torch.zeros(1, size, size, 3, dtype=torch.uint8),), path,
        input_names=["pixels"], output_names=["outputs"],
        dynamic_axes={"pixels": {0: "batch"}, "outputs": {0: "batch"}}, dynamo=False)


def main(what: str, folder: str, path: str, size: int, batch: int) -> None:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = os.cpu_count() or 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    judging.judged(
        what, folder, size, batch, lambda pixels: session.run(None, {"pixels": pixels.numpy()})[0],
        {"version": onnxruntime.__version__})


if __name__ == "__main__":
    if sys.argv[1] == "--export":
        export(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
