"""Writes spelled.json: names and shapes of networks as other packages spell them, and what those packages answer.

    python3 spelled.py      (needs torch, torchvision, timm, transformers 5.24.0, open_clip_torch 3.3.0)

Weights are by place, as golden.py fills a network; whole numbers, which are indices that follow from the architecture, stay.
`values` are logits of one image in float64, of the networks in COMPUTED; of others, and of towers of images and text, which are
large, there are names and shapes alone. The names are those of published files: where a package's code has other
names than its files, its own rule for loading them is turned round.
"""

import json
import math
import pathlib
import re

import golden
import open_clip
import torch
import torchvision
import transformers

CLASSES = 5


def fill(model):
    """golden.fill, but for indices."""
    with torch.no_grad():
        for number, (name, value) in enumerate(model.state_dict().items()):
            if not value.is_floating_point():
                continue
            values = golden.tensor(number, value.shape, torch.float64)
            if value.dim() > 1:
                values = values * math.sqrt(12.0 / (value.numel() // value.shape[0]))
            elif name.endswith("running_var"):
                values = 1 + values
            elif name.endswith("weight"):
                values = 1 + 0.5 * values
            else:
                values = 0.5 * values
            value.copy_(values)


def named(network, spelling, model, published=lambda name: name):
    """Names and shapes, of a model that may have no values."""
    tensors = [
        [published(name), list(value.shape), value.is_floating_point()] for name, value in model.state_dict().items()
    ]
    return {"network": network, "spelling": spelling, "tensors": tensors, "side": 0, "hasHead": False, "values": []}


def case(network, spelling, model, side, published=lambda name: name, answer=None):
    """`answer` makes logits of images where the model itself gives more than them."""
    if next(model.parameters()).is_meta:
        return {**named(network, spelling, model, published), "hasHead": True}
    model = model.double().eval()
    fill(model)
    images = 3.4 * golden.tensor(golden.IMAGES, [1, 3, side, side], torch.float64)
    with torch.no_grad():
        found = (answer or model)(images)
    values = [float(f"{value:.12g}") for value in found.flatten().tolist()]
    return {**named(network, spelling, model, published), "side": side, "hasHead": True, "values": values}


def dense():
    """The published file's names, from which torchvision's own rule makes those of the model."""
    rule = re.compile(r"^(.*denselayer\d+\.(?:norm|relu|conv))\.((?:[12])\.(?:weight|bias|running_mean|running_var))$")
    model = torchvision.models.densenet121(num_classes=CLASSES)

    def published(name):
        earlier = re.sub(r"(denselayer\d+\.(?:norm|conv))([12]\.)", r"\1.\2", name)
        if not name.endswith("num_batches_tracked"):
            match = rule.match(earlier)
            assert (match.group(1) + match.group(2) if match else earlier) == name
        return earlier

    return case("densenet121", "torchvision", model, 64, published)


def of_torchvision(network, name, side=64):
    model = getattr(torchvision.models, name)(num_classes=CLASSES)
    return case(network, "torchvision", model, side)


def vit():
    """torchvision has no small one: its own class in that size."""
    model = torchvision.models.VisionTransformer(224, 16, 12, 6, 384, 1536, num_classes=CLASSES)
    return case("vit_small_patch16_224", "torchvision", model, 224)


def convnext(second=False):
    version = "ConvNextV2" if second else "ConvNext"
    config = getattr(transformers, version + "Config")(num_labels=CLASSES)
    model = getattr(transformers, version + "ForImageClassification")(config)
    return case(
        "convnextv2_tiny" if second else "convnext_tiny", "transformers", model, 64, answer=lambda images: model(images).logits)


def swin():
    """Published files have the names of version 4."""
    model = transformers.SwinForImageClassification(transformers.SwinConfig(num_labels=CLASSES))
    earlier = {
        "attention.q_proj": "attention.self.query", "attention.k_proj": "attention.self.key",
        "attention.v_proj": "attention.self.value", "attention.o_proj": "attention.output.dense",
        "mlp.fc1": "intermediate.dense", "mlp.fc2": "output.dense",
        "attention.relative_position_bias.": "attention.self.",
    }

    def published(name):
        for new, old in earlier.items():
            name = name.replace(new, old)
        return name

    return case("swin_tiny_patch4_window7_224", "transformers", model, 224, published, lambda images: model(images).logits)


def tower(network, kind, **configuration):
    config = getattr(transformers, kind + "VisionConfig")(**configuration)
    with torch.device("meta"):
        model = getattr(transformers, kind + "VisionModel")(config)
    return named(network, "transformers", model, lambda name: "vision_model." + name)


def open_tower():
    """The tower alone, as in a whole model it stands under `visual.`; what projects its features is no part of them."""
    with torch.device("meta"):
        model = open_clip.model.VisionTransformer(224, 32, 768, 12, 12, 4, output_dim=512)
    model.proj = None
    return named("vit_base_patch32_clip_quickgelu_224", "open_clip", model, lambda name: "visual." + name)


def authors(network, older):
    """Names that the authors' code has, which timm's own conversion makes timm's of."""
    import timm

    model = golden.MODELS[network](CLASSES)
    result = case(network, network.split("_")[0].removesuffix("v2"), model, 64, older)
    conversion = timm.models.convnext.checkpoint_filter_fn if "convnext" in network else (
        timm.models.swin_transformer.checkpoint_filter_fn)
    state = model.state_dict()
    theirs = {older(name): value for name, value in state.items()}
    converted = conversion(theirs, model)
    assert list(sorted(converted)) == list(sorted(state)), network
    for name, value in state.items():
        assert converted[name].shape == value.shape and (value.is_meta or torch.equal(converted[name], value))
    return result


def meta_convnext(name):
    for pattern, text in (
        (r"^stem\.", "downsample_layers.0."), (r"^stages\.(\d)\.downsample\.", r"downsample_layers.\1."),
        (r"\.blocks\.(\d+)\.", r".\1."), (r"conv_dw", "dwconv"), (r"mlp\.fc", "pwconv"), (r"mlp\.grn\.weight", "grn.gamma"),
        (r"mlp\.grn\.bias", "grn.beta"), (r"^head\.norm", "norm"), (r"^head\.fc", "head"),
    ):
        name = re.sub(pattern, text, name)
    return name


def microsoft_swin(name):
    name = re.sub(r"^layers\.(\d)\.downsample", lambda match: f"layers.{int(match.group(1)) - 1}.downsample", name)
    return re.sub(r"^head\.fc", "head", name)


CASES = {
    "transformers-clip": lambda: tower("vit_base_patch32_clip_quickgelu_224", "CLIP"),
    "transformers-siglip": lambda: tower("vit_base_patch16_siglip_224", "Siglip"),
    "open_clip": open_tower,
    "densenet121": dense,
    "torchvision-regnet": lambda: of_torchvision("regnety_004", "regnet_y_400mf"),
    "torchvision-efficientnet": lambda: of_torchvision("efficientnet_b0_torch", "efficientnet_b0"),
    "convnext": lambda: authors("convnext_tiny", meta_convnext),
    "swin": lambda: authors("swin_tiny_patch4_window7_224", microsoft_swin),
    "torchvision-vit": vit,
    "torchvision-convnext": lambda: of_torchvision("convnext_tiny", "convnext_tiny"),
    "torchvision-swin": lambda: of_torchvision("swin_tiny_patch4_window7_224", "swin_t", 224),
    "transformers-convnext": convnext,
    "transformers-swin": swin,
    "convnextv2": lambda: authors("convnextv2_tiny", meta_convnext),
    "transformers-convnextv2": lambda: convnext(second=True),
}


# torchvision's RegNet cannot be built without values.
COMPUTED = ("torchvision-regnet", "densenet121", "torchvision-efficientnet", "convnext", "torchvision-vit")


def main():
    content = {}
    for name, make in CASES.items():
        with torch.device("cpu" if name in COMPUTED else "meta"):
            content[name] = make()
        print(name, len(content[name]["values"]), flush=True)
    text = json.dumps(content, separators=(",", ":")).replace('],["', '],\n["')
    (pathlib.Path(__file__).parent / "spelled.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
