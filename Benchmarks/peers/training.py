"""The words of the training peers: NETWORK FOLDER SIZE BATCH WARMUP STEPS and where, with how many workers."""
import argparse

import data
import torch


def arguments(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("network")
    parser.add_argument("folder")
    for name in ("size", "batch", "warmup", "steps"):
        parser.add_argument(name, type=int)
    parser.add_argument("--device", type=torch.device, default=torch.device("cpu"), help="cpu, cuda or cuda:N")
    parser.add_argument("--workers", type=int, default=data.WORKERS, help="processes or threads that prepare images")
    return parser


def settle(device: torch.device) -> None:
    """Waits until the device has done what it was asked for; a clock is of no use before."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def device_memory(device: torch.device) -> dict:
    """MB that the tensors of this process have taken at most on a device that has its own."""
    return {"peak_device_mb": torch.cuda.max_memory_allocated(device) / 2**20} if device.type == "cuda" else {}
