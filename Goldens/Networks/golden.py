"""What the golden programmes of this folder share: exact pseudo-random tensors and the models.

Every value is a function of (tensor number, element number) by integer arithmetic, so the Swift tests
make the same weights and images and no weight file is stored.
"""

import collections
import functools
import math

import numpy as np
import torch

_library = torch.library.Library("torchvision", "DEF")
for _operator in ("nms", "qnms"):
    _library.define(_operator + "(Tensor boxes, Tensor scores, float threshold) -> Tensor")

import timm  # noqa: E402
import torchvision  # noqa: E402
import tsai_networks  # noqa: E402

# Every value is given by `fill`; drawing first ones would take most of the time.
for _name in ("normal_", "uniform_", "trunc_normal_", "kaiming_uniform_", "kaiming_normal_", "xavier_uniform_"):
    setattr(torch.nn.init, _name, lambda x, *_, **__: x)
timm.layers.weight_init._trunc_normal_ = lambda x, *_, **__: x

IMAGES = 10_000  # the tensor number of the images
PROJECTION = 10_001  # the tensor number of the loss's fixed direction


def centred(number: int, count: int) -> np.ndarray:
    """`count` float64 values in [-0.5, 0.5)."""
    mask = np.uint64(0xFFFFFFFF)
    x = (np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B1)) & mask
    x = (x + np.uint64(number * 0x85EBCA77 & 0xFFFFFFFF)) & mask
    x ^= x >> np.uint64(16)
    x = (x * np.uint64(0x7FEB352D)) & mask
    x ^= x >> np.uint64(15)
    x = (x * np.uint64(0x846CA68B)) & mask
    x ^= x >> np.uint64(16)
    return x.astype(np.float64) / 4294967296.0 - 0.5


def tensor(number: int, shape, dtype) -> torch.Tensor:
    return torch.from_numpy(centred(number, math.prod(shape)).reshape(shape)).to(dtype)


def fill(model: torch.nn.Module) -> None:
    """Weights by rule: variance 1/fan-in for kernels, near 1 for scales and variances, near 0 else."""
    with torch.no_grad():
        for number, (name, value) in enumerate(model.state_dict().items()):
            if name.endswith("num_batches_tracked"):
                continue
            values = centred(number, value.numel()).reshape(value.shape)
            if value.dim() > 1:
                values = values * math.sqrt(12.0 / (value.numel() // value.shape[0]))
            elif name.endswith("running_var"):
                values = 1 + values
            elif name.endswith("weight"):
                values = 1 + 0.5 * values
            else:
                values = 0.5 * values
            if ".gn3." in name:  # a quiet branch: fifty normalisations in a row would amplify rounding
                values = 0.1 * values
            value.copy_(torch.from_numpy(values))


class StandardizedConvolution(torch.nn.Conv2d):
    def forward(self, x):
        variance, mean = torch.var_mean(self.weight, dim=[1, 2, 3], keepdim=True, unbiased=False)
        weight = (self.weight - mean) / torch.sqrt(variance + 1e-10)
        return self._conv_forward(x, weight, self.bias)


class PreActivation(torch.nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        middle = outputs // 4
        self.gn1 = torch.nn.GroupNorm(32, inputs)
        self.conv1 = StandardizedConvolution(inputs, middle, 1, bias=False)
        self.gn2 = torch.nn.GroupNorm(32, middle)
        self.conv2 = StandardizedConvolution(middle, middle, 3, stride, 1, bias=False)
        self.gn3 = torch.nn.GroupNorm(32, middle)
        self.conv3 = StandardizedConvolution(middle, outputs, 1, bias=False)
        if stride != 1 or inputs != outputs:
            self.downsample = StandardizedConvolution(inputs, outputs, 1, stride, bias=False)

    def forward(self, x):
        y = self.gn1(x).relu()
        shortcut = self.downsample(y) if hasattr(self, "downsample") else x
        y = self.conv2(self.gn2(self.conv1(y)).relu())
        return self.conv3(self.gn3(y).relu()) + shortcut


def bit(classes):
    """BiT-M-R50x1 as its authors publish it (names: root, body.block1.unit01, head)."""
    sequence, ordered = torch.nn.Sequential, collections.OrderedDict
    body, inputs = ordered(), 64
    for stage, (units, outputs) in enumerate(zip((3, 4, 6, 3), (256, 512, 1024, 2048)), 1):
        block = ordered()
        for unit in range(1, units + 1):
            stride = 2 if unit == 1 and stage > 1 else 1
            block[f"unit{unit:02d}"] = PreActivation(inputs, outputs, stride)
            inputs = outputs
        body[f"block{stage}"] = sequence(block)
    root = ordered(
        conv=StandardizedConvolution(3, 64, 7, 2, 3, bias=False),
        pad=torch.nn.ConstantPad2d(1, 0.0),
        pool=torch.nn.MaxPool2d(3, 2, 0),
    )
    head = ordered(
        gn=torch.nn.GroupNorm(32, 2048),
        relu=torch.nn.ReLU(),
        avg=torch.nn.AdaptiveAvgPool2d(1),
        conv=torch.nn.Conv2d(2048, classes, 1),
        flat=torch.nn.Flatten(),
    )
    return sequence(ordered(root=sequence(root), body=sequence(body), head=sequence(head)))


class CIFARBlock(torch.nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(outputs)
        self.conv2 = torch.nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = torch.nn.BatchNorm2d(outputs)
        self.stride, self.extra = stride, outputs - inputs

    def forward(self, x):
        y = self.bn2(self.conv2(self.bn1(self.conv1(x)).relu()))
        if self.extra:
            before = self.extra // 2
            pad = (0, 0, 0, 0, before, self.extra - before)
            x = torch.nn.functional.pad(x[:, :, :: self.stride, :: self.stride], pad)
        return (y + x).relu()


class CIFARResNet(torch.nn.Module):
    """He 2016, section 4.2, identity shortcuts (option A)."""

    def __init__(self, depth, classes):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(16)
        units = (depth - 2) // 6
        for stage, (inputs, outputs) in enumerate(((16, 16), (16, 32), (32, 64)), 1):
            first = CIFARBlock(inputs, outputs, 1 if stage == 1 else 2)
            rest = [CIFARBlock(outputs, outputs, 1) for _ in range(units - 1)]
            setattr(self, f"layer{stage}", torch.nn.Sequential(first, *rest))
        self.linear = torch.nn.Linear(64, classes)

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(self.bn1(self.conv1(x)).relu())))
        return self.linear(x.mean(dim=(2, 3)))


CONVNEXT = [f"convnext_{size}" for size in ("tiny", "small", "base", "large")]
CONVNEXT += [f"convnextv2_{size}" for size in ("tiny", "base", "large")]
SIZES = ("small", "base", "large")
VIT = [f"vit_{size}_patch16_224" for size in SIZES]
DINOV2 = [f"vit_{size}_patch14_{form}dinov2" for form in ("", "reg4_") for size in SIZES]
DINOV3 = [f"vit_{size}_patch16_dinov3" for size in SIZES]
CLIP = [
    f"vit_{size}_clip_{form}224"
    for form in ("", "quickgelu_")
    for size in ("base_patch32", "base_patch16", "large_patch14")
]
SIGLIP = ["vit_base_patch16_siglip_224", "vit_base_patch16_siglip_256", "vit_large_patch16_siglip_256"]
SWIN = [f"swin_{size}_patch4_window7_224" for size in ("tiny", "small", "base")]
REGNET = [f"regnety_{size}" for size in ("004", "008", "016", "032")]
MOBILE = ["mobilenetv3_small_100", "mobilenetv3_large_100"]


def plain(name, classes):
    return timm.create_model(name, num_classes=classes, drop_rate=0, drop_path_rate=0)


def transformer(name, classes, pool=None):
    """Positions are interpolated to the size of the input at hand."""
    pool = {} if pool is None else {"global_pool": pool}
    return timm.create_model(name, num_classes=classes, dynamic_img_size=True, **pool)


def swin(name, classes):
    """Windows stay as they are, whatever the size of the input."""
    return timm.create_model(name, num_classes=classes, dynamic_img_size=True, drop_path_rate=0)


def linear(classes):
    return torch.nn.Sequential(collections.OrderedDict(fc=torch.nn.Linear(7, classes)))


def mlp(classes):
    def layers(inputs, outputs):
        return torch.nn.Linear(inputs, outputs), torch.nn.BatchNorm1d(outputs), torch.nn.ReLU()

    hidden = torch.nn.Sequential(*layers(7, 512), *layers(512, 512))
    return torch.nn.Sequential(collections.OrderedDict(hidden=hidden, fc=torch.nn.Linear(512, classes)))


MODELS = {
    "mobilenet_v2": lambda classes: torchvision.models.mobilenet_v2(num_classes=classes, dropout=0),
    "resnet18": lambda classes: torchvision.models.resnet18(num_classes=classes),
    "resnet34": lambda classes: torchvision.models.resnet34(num_classes=classes),
    "resnet50": lambda classes: torchvision.models.resnet50(num_classes=classes),
    "resnext50_32x4d": lambda classes: torchvision.models.resnext50_32x4d(num_classes=classes),
    "resnet20": lambda classes: CIFARResNet(20, classes),
    "resnet32": lambda classes: CIFARResNet(32, classes),
    "resnet56": lambda classes: CIFARResNet(56, classes),
    "bit_m_r50x1": bit,
    **{
        f"efficientnet_{size}": lambda classes, name=f"tf_efficientnet_{size}": timm.create_model(
            name, num_classes=classes, drop_rate=0, drop_path_rate=0
        )
        for size in ("lite0", "lite1", "lite2", "b0", "b1", "b2", "b3", "b4")
    },
    **{
        f"efficientnet_{size}_torch": functools.partial(plain, f"efficientnet_{size}")
        for size in ("lite0", "b0", "b1", "b2", "b3", "b4")
    },
    **{name: functools.partial(plain, name) for name in CONVNEXT},
    **{name: functools.partial(transformer, name) for name in VIT + DINOV2 + DINOV3 + CLIP + SIGLIP},
    **{name: functools.partial(swin, name) for name in SWIN},
    **{name: functools.partial(plain, name) for name in [*REGNET, *MOBILE]},
    "densenet121": lambda classes: timm.create_model("densenet121", num_classes=classes, drop_rate=0),
    "efficientnetv2_s": functools.partial(plain, "tf_efficientnetv2_s"),
    "vit_small_patch16_224_mean": functools.partial(transformer, "vit_small_patch16_224", pool="avg"),
    "vit_small_patch16_dinov3_token": functools.partial(
        transformer, "vit_small_patch16_dinov3", pool="token"
    ),
    "linear": linear,
    "mlp": mlp,
    "inception_time": lambda classes: tsai_networks.InceptionTime(2, classes),
}
