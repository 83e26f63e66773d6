"""Writes adapter.json: what PEFT saves of a network with LoRA, and what the network then answers; AdaptFormer likewise.

    python3 adapter.py        (needs torch, timm, torchvision, peft 0.21.2)

Weights are those of ../Networks/golden.py; tensors of adapters are filled by their place among the sorted names. `answers`
are logits in float64, `gradients` norm and first elements of the gradient of their product with a fixed direction.

    python3 adapter.py check FOLDER MODEL.safetensors PREDICTIONS.csv IMAGE...

loads an adapter that Steelyard saved into PEFT, over the weights of that model, and compares probabilities.
"""

import json
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Networks"))
import golden  # noqa: E402
import peft  # noqa: E402
import timm  # noqa: E402
import torch  # noqa: E402

CLASSES, FIRST, IMAGES = 5, 20_000, golden.IMAGES
TARGETS = {
    "vit_small_patch16_224": ["attn.qkv", "attn.proj", "mlp.fc1", "mlp.fc2"],
    "convnext_tiny": ["mlp.fc1", "mlp.fc2"],
    "swin_tiny_patch4_window7_224": ["attn.qkv", "attn.proj", "mlp.fc1", "mlp.fc2"],
}
HEADS = {"vit_small_patch16_224": "head", "convnext_tiny": "head.fc", "swin_tiny_patch4_window7_224": "head.fc"}


def base(name):
    model = golden.MODELS[name](CLASSES).double().eval()
    golden.fill(model)
    return model


def short(values):
    return [float(f"{value:.12g}") for value in values]


def fill(tensors):
    """Small numbers for every tensor of an adapter, by its place among the sorted names."""
    with torch.no_grad():
        for number, (_, value) in enumerate(sorted(tensors.items())):
            value.copy_(0.2 * golden.tensor(FIRST + number, value.shape, torch.float64))


def answered(model, tensors):
    images = 3.4 * golden.tensor(IMAGES, [1, 3, 32, 32], torch.float64)
    logits = model(images)
    (logits * golden.tensor(golden.PROJECTION, logits.shape, torch.float64)).sum().backward()
    gradients = {
        name: short([value.grad.norm().item(), *value.grad.flatten()[:3].tolist()])
        for name, value in sorted(tensors.items())[:12]
    }
    return {"answers": short(logits.detach().flatten().tolist()), "gradients": gradients}


def lora(name):
    config = peft.LoraConfig(
        r=2, lora_alpha=6, target_modules=TARGETS[name], modules_to_save=[HEADS[name]]
    )
    model = peft.get_peft_model(base(name), config, autocast_adapter_dtype=False).double().eval()
    own = {
        key.removeprefix("base_model.model.").replace(".default", "").replace("modules_to_save.", ""): value
        for key, value in model.named_parameters()
        if value.requires_grad
    }
    fill(own)
    with tempfile.TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        saved = json.loads((pathlib.Path(folder) / "adapter_config.json").read_text())
    saved["target_modules"] = sorted(saved["target_modules"])
    names = {key: list(value.shape) for key, value in sorted(peft.get_peft_model_state_dict(model).items())}
    return {"config": saved, "tensors": names, **answered(model, own)}


class AdaptFormer(torch.nn.Module):
    """s · up(relu(down(norm(x))))."""

    def __init__(self, channels, rank):
        super().__init__()
        self.ln = torch.nn.LayerNorm(channels)
        self.down_proj = torch.nn.Linear(channels, rank)
        self.up_proj = torch.nn.Linear(rank, channels)
        self.scale = torch.nn.Parameter(torch.ones(1))

    def forward(self, x):
        return self.up_proj(self.down_proj(self.ln(x)).relu()) * self.scale


def adaptformer(name, rank=3):
    model, own = base(name), {}
    for number, block in enumerate(model.blocks):
        block.adaptformer = AdaptFormer(model.embed_dim, rank).double()
        own |= {f"blocks.{number}.adaptformer.{key}": value for key, value in block.adaptformer.named_parameters()}

        def forward(x, block=block, **_):
            y = x + block.attn(block.norm1(x))
            return y + block.mlp(block.norm2(y)) + block.adaptformer(y)

        block.forward = forward
    fill(own)
    return answered(model, own)


def check(folder, model_file, table, images):
    import csv
    import safetensors
    import safetensors.torch
    from PIL import Image

    with safetensors.safe_open(model_file, "pt") as file:
        about = json.loads(file.metadata()["steelyard"])
    weights = {
        key: value
        for key, value in safetensors.torch.load_file(model_file).items()
        if ".lora_" not in key
    }
    model = timm.create_model(about["architecture"], num_classes=len(about["classes"]), dynamic_img_size=True)
    model.load_state_dict(weights)
    with torch.no_grad():  # the last layer is PEFT's to bring back
        model.get_classifier().weight.zero_()
    model = peft.PeftModel.from_pretrained(model, folder).eval()
    mean, std = (torch.tensor(about["preprocessing"]["normalization"][key]).view(3, 1, 1) for key in ("mean", "std"))
    rows = {row["path"]: row for row in csv.DictReader(open(table))}
    worst = 0
    for path in images:
        pixels = torch.frombuffer(bytearray(Image.open(path).convert("RGB").tobytes()), dtype=torch.uint8)
        size = about["preprocessing"]["size"]
        x = pixels.view(size["height"], size["width"], 3).permute(2, 0, 1).float() / 255
        with torch.no_grad():
            p = model(((x - mean) / std)[None]).softmax(1)[0]
        row = next(value for key, value in rows.items() if key.endswith("/".join(pathlib.Path(path).parts[-2:])))
        ours = [float(row[f"prob_{name}"]) for name in about["classes"]]
        worst = max(worst, max(abs(a - b) for a, b in zip(p.tolist(), ours)))
    print(f"{len(images)} images, largest difference of a probability {worst:.2e}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["check"]:
        check(*sys.argv[2:5], sys.argv[5:])
    else:
        content = {name: lora(name) for name in TARGETS}
        content["vit_small_patch16_224_adaptformer"] = adaptformer("vit_small_patch16_224")
        text = json.dumps(content, separators=(",", ":")).replace('],"', '],\n"')
        (pathlib.Path(__file__).parent / "adapter.json").write_text(text + "\n")
