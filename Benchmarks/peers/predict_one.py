"""What one image is, by a programme of its own: predict_one.py WEIGHTS IMAGE SIZE. predict_one.py --weights FILE writes untrained
weights for it."""
import sys

import networks
import torch
from PIL import Image


def main(weights: str, path: str, size: int) -> None:
    model = networks.build("mobilenet_v2", 10)
    model.load_state_dict(torch.load(weights))
    model.eval()
    image = Image.open(path).convert("RGB").resize((size, size), Image.Resampling.BILINEAR)
    pixels = torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8).view(size, size, 3).permute(2, 0, 1)
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    inputs = ((pixels.float() / 255 - mean.view(3, 1, 1)) / std.view(3, 1, 1))[None]
    with torch.inference_mode():
        print(path, *model(inputs).softmax(1)[0].tolist(), sep=",")


if __name__ == "__main__":
    if sys.argv[1] == "--weights":
        torch.save(networks.build("mobilenet_v2", 10).state_dict(), sys.argv[2])
    else:
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
