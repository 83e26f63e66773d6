"""What is measured: each case by name, with the images that it reads and how long it lasts."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    # What is done: train, pipeline, embed, predict, evaluate, start.
    what: str
    # What a reader is told about it.
    about: str
    # Kind of images, and how many. Of training as many as the warm-up sees, so that what is kept in memory is there by then.
    images: str = ""
    count: int = 0
    network: str = ""
    size: int = 0
    batch: int = 0
    warmup: int = 0
    steps: int = 0
    # Whether another process takes a processor meanwhile.
    busy: bool = False
    # Words of the command, where it is timed from start to end; else those that are added.
    words: tuple = ()

    @property
    def peers(self) -> tuple[str, ...]:
        if self.busy:
            return ("tuned",)
        return {
            "train": ("default", "tuned"), "pipeline": ("default", "tuned"), "embed": ("default", "tuned", "onnx"),
            "predict": ("tuned", "onnx"), "evaluate": ("tuned", "onnx"), "start": ("default",),
        }[self.what]


# Files as a user has them: somewhat larger than what the network sees; photographs for the pipeline.
IMAGES = {
    "jpeg-128": (128, 128, "jpg"),
    "jpeg-256": (256, 256, "jpg"),
    "jpeg-photo": (800, 600, "jpg"),
    "png-32": (32, 32, "png"),
}


def training(
    about: str, images: str, network: str, size: int, batch: int, warmup: int, steps: int, busy: bool = False,
    words: tuple = ()
) -> Case:
    return Case("train", about, images, warmup * batch, network, size, batch, warmup, steps, busy, words)


CASES = {
    "train-96": training("train MobileNetV2, 96 px, batch 32", "jpeg-128", "mobilenet_v2", 96, 32, 4, 8),
    "train-224": training("train MobileNetV2, 224 px, batch 32", "jpeg-256", "mobilenet_v2", 224, 32, 1, 3),
    "train-resnet50": training("train ResNet-50, 224 px, batch 32", "jpeg-256", "resnet50", 224, 32, 1, 2),
    "train-32": training("train ResNet-32, 32 px, batch 128", "png-32", "resnet32", 32, 128, 2, 6),
    "tune-lite0": training(
        "fine-tune EfficientNet-Lite0, all weights, 96 px, batch 32", "jpeg-128", "efficientnet_lite0", 96, 32, 4, 8),
    "busy-96": training(
        "train-96 while another process takes a processor", "jpeg-128", "mobilenet_v2", 96, 32, 4, 6, busy=True),
    "busy-96-auto": training(
        "the same with `--threads auto`", "jpeg-128", "mobilenet_v2", 96, 32, 4, 6, busy=True, words=("--threads", "auto")),
    "embed-224": Case("embed", "features by MobileNetV2, 224 px", "jpeg-256", 512, "mobilenet_v2", 224, 32),
    "embed-224-amp": Case(
        "embed", "the same with `--amp on`", "jpeg-256", 512, "mobilenet_v2", 224, 32, words=("--amp", "on")),
    "predict-224": Case("predict", "predict by MobileNetV2, 224 px", "jpeg-256", 512, "mobilenet_v2", 224, 32),
    "evaluate-224": Case("evaluate", "the same, and metrics", "jpeg-256", 512, "mobilenet_v2", 224, 32),
    "busy-predict": Case(
        "predict", "predict-224 while another process takes a processor", "jpeg-256", 512, "mobilenet_v2", 224, 32, busy=True),
    "pipeline-96": Case("pipeline", "input pipeline, 128 px files to 96", "jpeg-128", 640, "", 96, 32, 10, 80),
    "pipeline-photo": Case("pipeline", "input pipeline, photographs to 224", "jpeg-photo", 320, "", 224, 32, 4, 24),
    "start-up": Case("start", "`--help` beside `import torch`", words=("--help",)),
    "start-methods": Case("start", "`methods` beside `import torch`", words=("methods",)),
    "start-inspect": Case(
        "start", "`inspect` of a table of 128 images beside `import torch`", "jpeg-128", 128, words=("inspect", "TABLE")),
    "start-predict": Case(
        "start", "`predict` of one image beside a programme that does it", "jpeg-128", 128, size=96,
        words=("predict", "RUN", "IMAGE")),
}
