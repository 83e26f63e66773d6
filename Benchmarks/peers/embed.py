"""Features of a folder of images by PyTorch's default inference loop: a data loader with two workers, eval mode, no grad.

embed.py FOLDER WEIGHTS SIZE BATCH prints one line of JSON; embed.py --weights FILE writes untrained weights for both sides.
"""
import json
import pathlib
import sys
import time

import networks
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset


class Pictures(Dataset):
    def __init__(self, folder: str, size: int):
        self.paths = sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file())
        self.size = size
        self.mean = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
        self.std = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int) -> torch.Tensor:
        image = Image.open(self.paths[index]).convert("RGB").resize((self.size, self.size), Image.BILINEAR)
        pixels = torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8).view(self.size, self.size, 3)
        return (pixels.permute(2, 0, 1).float() / 255 - self.mean) / self.std


def network() -> torch.nn.Module:
    torch.manual_seed(0)
    return networks.torchvision_models().mobilenet_v2()


def main(folder: str, weights: str, size: int, batch: int) -> None:
    model = network()
    model.load_state_dict(torch.load(weights))
    model.classifier = torch.nn.Identity()
    model.eval()
    pictures, parts = Pictures(folder, size), []
    start = time.perf_counter()
    with torch.no_grad():
        for images in DataLoader(pictures, batch_size=batch, num_workers=2):
            parts.append(model(images))
    torch.cat(parts)
    print(json.dumps({"images_per_second": len(pictures) / (time.perf_counter() - start)}))


if __name__ == "__main__":
    if sys.argv[1] == "--weights":
        torch.save(network().state_dict(), sys.argv[2])
    else:
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
