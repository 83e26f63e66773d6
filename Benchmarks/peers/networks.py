"""The networks of the comparison: torchvision's own MobileNetV2, and the ResNet-32 of He et al. 2016, section 4.2."""
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


def build(name: str, classes: int) -> nn.Module:
    if name == "resnet32":
        return ResNet32(classes)
    return torchvision_models().mobilenet_v2(weights=None, num_classes=classes)
