"""Writes spellings.json: the names that other packages give to the tensors of networks that stand here.

    python3 spellings.py      (needs torch, efficientnet-pytorch 0.7.1, efficientnet-lite-pytorch 0.1.0)

In both packages the tensors of a block stand in timm's order, so equal places are equal tensors.
"""

import json
import pathlib

import efficientnet_lite_pytorch
import efficientnet_pytorch

models = {
    "efficientnet_lite0": efficientnet_lite_pytorch.EfficientNet.from_name("efficientnet-lite0"),
    "efficientnet_b1": efficientnet_pytorch.EfficientNet.from_name("efficientnet-b1"),
}
names = {name: list(model.state_dict()) for name, model in models.items()}
text = json.dumps(names, separators=(",", ":")).replace(',"_blocks', ',\n"_blocks')
(pathlib.Path(__file__).parent / "spellings.json").write_text(text + "\n")
