"""What the machine has: its PyTorch, its device, and the environment in which carried programs find both."""
import dataclasses
import json
import os
import pathlib
import platform
import subprocess
import sys

from gpu.building import ROOT
from gpu.pack import LIBRARIES, PROGRAMS, Pack
from gpu.problem import Problem

PYTHON = os.environ.get("PEER_PYTHON", sys.executable)
PEERS = ROOT / "Benchmarks" / "peers"
PROBE = f"""
import json, pathlib, sys
sys.path.insert(0, {str(PEERS)!r})
import numpy, PIL, torch, networks
networks.torchvision_models()
on = torch.cuda.is_available()
print(json.dumps(dict(
    version=torch.__version__, folder=str(pathlib.Path(torch.__file__).parent),
    cuda=torch.version.cuda if on else None, device=torch.cuda.get_device_name(0) if on else None)))
"""


@dataclasses.dataclass(frozen=True)
class Machine:
    version: str
    folder: str
    # Version of CUDA and name of the first device; None where PyTorch sees none.
    cuda: str | None
    device: str | None

    @staticmethod
    def here() -> "Machine":
        done = subprocess.run([PYTHON, "-c", PROBE], capture_output=True, text=True)
        if done.returncode:
            words = (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1]
            raise Problem(
                f"{PYTHON} cannot import torch, torchvision, numpy and Pillow ({words})",
                "name a Python that can: PEER_PYTHON=/path/to/python Scripts/gpu-check run")
        return Machine(**json.loads(done.stdout.splitlines()[-1]))

    @property
    def about(self) -> str:
        device = f"{self.device}, CUDA {self.cuda}" if self.device else "no GPU"
        return (
            f"PyTorch {self.version}, {device}; {platform.machine()}, {os.cpu_count()} cores, {platform.system()}"
            f" {platform.release()}, C library {platform.libc_ver()[1]}, Python {platform.python_version()}")

    def check(self, pack: Pack, device: str) -> None:
        """Refuses what cannot work, before anything is started."""
        own = self.version.split("+")[0]
        if own != pack.torch:
            raise Problem(
                f"this machine has PyTorch {self.version}, and {pack.folder} was built against {pack.torch}; the C++ side is"
                " another one in each version",
                f"where there is Swift, type: Scripts/gpu-check pack --torch {own}; then carry the folder here")
        glibc = platform.libc_ver()[1]
        if numbers(glibc) < numbers(pack.glibc):
            raise Problem(
                f"this machine has the C library {glibc}, and {pack.folder} was made with {pack.glibc}",
                "expected the same or a newer one; pack on an older system")
        if device == "cuda" and not self.device:
            raise Problem(
                f"PyTorch {self.version} sees no CUDA device here",
                "expected one; for a trial at tiny sizes type: Scripts/gpu-check run --device cpu")


def numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]


@dataclasses.dataclass(frozen=True)
class Programs:
    """The carried programs, unpacked, and the environment that they need."""

    home: pathlib.Path
    machine: Machine
    device: str

    def path(self, name: str) -> pathlib.Path:
        return self.home / PROGRAMS / name

    @property
    def environment(self) -> dict[str, str]:
        """PyTorch's own libraries come first. They were linked without a GPU, so the part for it is loaded by name."""
        torch = pathlib.Path(self.machine.folder) / "lib"
        folders = [torch, *sorted(torch.parent.parent.glob("nvidia/*/lib")), self.home / LIBRARIES]
        paths = ":".join(map(str, folders)) + ":" + os.environ.get("LD_LIBRARY_PATH", "")
        found = {"LD_LIBRARY_PATH": paths.rstrip(":"), "XDG_CACHE_HOME": str(self.home / "cache")}
        if self.device != "cpu":
            found["LD_PRELOAD"] = str(torch / "libtorch_cuda.so")
        return found
