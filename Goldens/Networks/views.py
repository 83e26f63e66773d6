"""Writes views.json: what of an image the published weights of each network were evaluated on, as their packages say.

    python3 views.py      (needs torch, torchvision, timm 1.0.31, open_clip_torch 3.3.0)

timm's are those of the weights named here; torchvision's of the first weights of each network; open_clip's of towers of
images and text.
"""

import json
import pathlib

import golden
import open_clip
import timm
import torchvision

TAGS = {
    **{f"efficientnet_{size}": f"tf_efficientnet_{size}.in1k" for size in ("lite0", "lite1", "lite2")},
    **{f"efficientnet_b{size}": f"tf_efficientnet_b{size}.aa_in1k" for size in range(5)},
    "efficientnet_lite0_torch": "efficientnet_lite0.ra_in1k",
    "efficientnet_b0_torch": "efficientnet_b0.ra_in1k", "efficientnet_b1_torch": "efficientnet_b1.ft_in1k",
    "efficientnet_b2_torch": "efficientnet_b2.ra_in1k", "efficientnet_b3_torch": "efficientnet_b3.ra2_in1k",
    "efficientnet_b4_torch": "efficientnet_b4.ra2_in1k",
    **{name: f"{name}.fb_in1k" for name in golden.CONVNEXT if "v2" not in name},
    **{name: f"{name}.fcmae_ft_in1k" for name in golden.CONVNEXT if "v2" in name},
    **{name: f"{name}.augreg_in21k_ft_in1k" for name in golden.VIT},
    **{name: f"{name}.lvd142m" for name in golden.DINOV2}, **{name: f"{name}.lvd1689m" for name in golden.DINOV3},
    **{name: f"{name}.ms_in1k" for name in golden.SWIN},
    **{f"regnety_{size}": f"regnety_{size}.pycls_in1k" for size in ("004", "008", "016")},
    "regnety_032": "regnety_032.ra_in1k",
    "mobilenetv3_small_100": "mobilenetv3_small_100.lamb_in1k", "mobilenetv3_large_100": "mobilenetv3_large_100.ra_in1k",
    "efficientnetv2_s": "tf_efficientnetv2_s.in1k",
}
TORCHVISION = ("mobilenet_v2", "resnet18", "resnet34", "resnet50", "resnext50_32x4d", "densenet121")
# Names of open_clip; the first of the tags of each.
TOWERS = {
    "vit_base_patch32_clip_224": ("ViT-B-32", "laion2b_s34b_b79k"),
    "vit_base_patch16_clip_224": ("ViT-B-16", "laion2b_s34b_b88k"),
    "vit_large_patch14_clip_224": ("ViT-L-14", "laion2b_s32b_b82k"),
    "vit_base_patch32_clip_quickgelu_224": ("ViT-B-32-quickgelu", "openai"),
    "vit_base_patch16_clip_quickgelu_224": ("ViT-B-16-quickgelu", "openai"),
    "vit_large_patch14_clip_quickgelu_224": ("ViT-L-14-quickgelu", "openai"),
    "vit_base_patch16_siglip_224": ("ViT-B-16-SigLIP", "webli"),
    "vit_base_patch16_siglip_256": ("ViT-B-16-SigLIP-256", "webli"),
    "vit_large_patch16_siglip_256": ("ViT-L-16-SigLIP-256", "webli"),
}


def of_timm(tag):
    config = timm.get_pretrained_cfg(tag)
    assert config.crop_mode == "center"
    return {"share": config.crop_pct, "interpolation": config.interpolation, "side": config.input_size[-1],
            "mean": config.mean, "std": config.std}


def of_torchvision(name):
    view = torchvision.models.get_model_weights(name)["IMAGENET1K_V1"].transforms()
    return {"share": view.crop_size[0] / view.resize_size[0], "interpolation": view.interpolation.value,
            "side": view.crop_size[0], "mean": view.mean, "std": view.std}


def of_open_clip(name, tag):
    """The image is scaled as a whole, or by its shorter side to the size of the crop: nothing is left out along that side."""
    config, model = open_clip.get_pretrained_cfg(name, tag), open_clip.get_model_config(name)
    assert config["resize_mode"] in ("shortest", "squash")
    return {"share": 1.0, "interpolation": config["interpolation"], "side": model["vision_cfg"]["image_size"],
            "mean": config["mean"], "std": config["std"]}


views = {
    **{name: of_timm(tag) for name, tag in TAGS.items()}, **{name: of_torchvision(name) for name in TORCHVISION},
    **{name: of_open_clip(*names) for name, names in TOWERS.items()},
}
text = json.dumps(views, separators=(",", ":")).replace('},"', '},\n"')
(pathlib.Path(__file__).parent / "views.json").write_text(text + "\n")
