"""Writes transformers.json: names and shapes of Hugging Face's ViT, DINOv2 and DINOv3, and what ViT and DINOv3 answer.

    python3 transformers_names.py      (needs torch, timm, torchvision, transformers 5.24.0)

`vit` has the size of vit_small_patch16_224 and weights by place, as golden.py fills a network; `logits` are of one image of
224 pixels in float64, and `token` is DINOv3's class token of that image, its queries and values without bias as in the
published weights. Files on the hub have the names that version 4 had, which `old` lists for one block.
"""

import json
import pathlib

import golden
import torch
import transformers

SIZE = {"hidden_size": 384, "num_hidden_layers": 12, "num_attention_heads": 6, "intermediate_size": 1536}


def names(model):
    return [[key, list(value.shape)] for key, value in model.state_dict().items()]


config = transformers.ViTConfig(**SIZE, num_labels=5, layer_norm_eps=1e-6)
vit = transformers.ViTForImageClassification(config).double().eval()
golden.fill(vit)
with torch.no_grad():
    logits = vit(3.4 * golden.tensor(golden.IMAGES, [1, 3, 224, 224], torch.float64)).logits
with torch.device("meta"):
    registers = transformers.Dinov2WithRegistersModel(
        transformers.Dinov2WithRegistersConfig(
            **{**SIZE, "num_hidden_layers": 12}, image_size=518, patch_size=14, num_register_tokens=4))
third = transformers.DINOv3ViTModel(transformers.DINOv3ViTConfig(**SIZE, num_register_tokens=4)).double().eval()
golden.fill(third)
with torch.no_grad():
    for name, tensor in third.named_parameters():
        if name.endswith(("q_proj.bias", "v_proj.bias")):
            tensor.zero_()
    token = third(3.4 * golden.tensor(golden.IMAGES, [1, 3, 224, 224], torch.float64)).pooler_output
old = {
    "attention.q_proj": "attention.attention.query", "attention.k_proj": "attention.attention.key",
    "attention.v_proj": "attention.attention.value", "attention.o_proj": "attention.output.dense",
    "mlp.fc1": "intermediate.dense", "mlp.fc2": "output.dense", "vit.layers": "vit.encoder.layer",
}
content = {
    "vit": names(vit), "registers": names(registers), "old": old,
    "third": names(third), "token": [float(f"{value:.12g}") for value in token.flatten().tolist()],
    "logits": [float(f"{value:.12g}") for value in logits.flatten().tolist()],
}
text = json.dumps(content, separators=(",", ":")).replace(']],["', ']],\n["')
(pathlib.Path(__file__).parent / "transformers.json").write_text(text + "\n")
