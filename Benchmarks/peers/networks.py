"""The networks of the comparison: torchvision's own MobileNetV2 and ResNet-50, the ResNet-32 of He et al. 2016, section 4.2,
and EfficientNet-Lite0 after table 1 of Tan and Le 2019, in the Lite form."""
import torch
from torch import nn


def torchvision_models():
    """torchvision's model code; where its compiled operators do not load, placeholders stand in for the two that
    importing it asks for; no classifier calls them."""
    try:
        import torchvision
    except RuntimeError:
        library = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        import torchvision

        torchvision.kept_alive = library
    return torchvision.models


class Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.stride, self.grown = stride, outputs - inputs

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        if self.grown:  # option A: subsample, and pad the channels with zeros on both sides
            x = nn.functional.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, self.grown // 2, self.grown // 2))
        return torch.relu(x + y)


class ResNet32(nn.Module):
    def __init__(self, classes: int):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU())
        widths = [16] * 6 + [32] * 5 + [64] * 5
        blocks = [Block(a, b, 1 if a == b else 2) for a, b in zip(widths, widths[1:])]
        self.blocks = nn.Sequential(*blocks)
        self.linear = nn.Linear(64, classes)

    def forward(self, x):
        return self.linear(self.blocks(self.stem(x)).mean((2, 3)))


def normed(inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1, active: bool = True):
    """Convolution and normalisation, with a rectifier bounded at 6; ε is that of the TensorFlow weights."""
    parts = [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs, eps=1e-3)]
    return nn.Sequential(*parts, nn.ReLU6(inplace=True)) if active else nn.Sequential(*parts)


class MobileBlock(nn.Module):
    """Expand, convolve each channel alone, project; the input is added where the shape allows."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int):
        super().__init__()
        middle = inputs * expansion
        wide = [normed(inputs, middle)] if expansion > 1 else []
        self.body = nn.Sequential(
            *wide, normed(middle, middle, kernel, stride, groups=middle), normed(middle, outputs, active=False))
        self.adds = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.body(x) if self.adds else self.body(x)


class EfficientNetLite0(nn.Module):
    """Padding is on both sides alike: TensorFlow's on one side changes where an image lies, and no count of products."""

    # Kernel, stride of the first block, expansion, channels, repetitions.
    ROWS = ((3, 1, 1, 16, 1), (3, 2, 6, 24, 2), (5, 2, 6, 40, 2), (3, 2, 6, 80, 3), (5, 1, 6, 112, 3),
            (5, 2, 6, 192, 4), (3, 1, 6, 320, 1))

    def __init__(self, classes: int):
        super().__init__()
        blocks, inputs = [], 32
        for kernel, stride, expansion, channels, repetitions in self.ROWS:
            for index in range(repetitions):
                blocks.append(MobileBlock(inputs, channels, kernel, 1 if index else stride, expansion))
                inputs = channels
        self.features = nn.Sequential(normed(3, 32, 3, 2), *blocks, normed(inputs, 1280))
        self.classifier = nn.Linear(1280, classes)

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


def build(name: str, classes: int) -> nn.Module:
    if name == "resnet32":
        return ResNet32(classes)
    if name == "efficientnet_lite0":
        return EfficientNetLite0(classes)
    makers = {"mobilenet_v2": torchvision_models().mobilenet_v2, "resnet50": torchvision_models().resnet50}
    return makers[name](weights=None, num_classes=classes)
