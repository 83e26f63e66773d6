"""embed, predict and evaluate in tuned PyTorch: normalisations folded into convolutions, channels last, bfloat16 where the
processor multiplies it, no gradients, batches of bytes from workers that stay.

judge_tuned.py WHAT FOLDER SIZE BATCH [--compile] [--float32] prints one line of JSON.
"""
import sys

import judging
import torch
import tuned
import tuned_data
from torch.nn.utils.fusion import fuse_conv_bn_eval


def folded(model: torch.nn.Module) -> torch.nn.Module:
    """The network with each normalisation that follows a convolution directly taken into it."""
    for part in model.modules():
        if isinstance(part, torch.nn.Sequential):
            for index in range(len(part) - 1):
                if isinstance(part[index], torch.nn.Conv2d) and isinstance(part[index + 1], torch.nn.BatchNorm2d):
                    part[index] = fuse_conv_bn_eval(part[index], part[index + 1])
                    part[index + 1] = torch.nn.Identity()
    return model


@torch.inference_mode()
def main(what: str, folder: str, size: int, batch: int, compiles: bool, narrows: bool) -> None:
    tuned.prepare()
    kind = torch.bfloat16 if narrows and tuned.has_bfloat16() else torch.float32
    model = folded(judging.network(what)).to(kind, memory_format=torch.channels_last)
    if compiles:
        model = torch.compile(model)
        model(torch.zeros(batch, size, size, 3, dtype=kind).permute(0, 3, 1, 2))
    judging.judged(
        what, folder, size, batch, lambda pixels: model(tuned_data.normalised(pixels).to(kind)).float().numpy(),
        {"bfloat16": kind == torch.bfloat16, "compiled": compiles, "version": torch.__version__})


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    main(words[0], words[1], int(words[2]), int(words[3]), "--compile" in sys.argv, "--float32" not in sys.argv)
