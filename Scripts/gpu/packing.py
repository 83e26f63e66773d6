"""Makes the folder that travels."""
import argparse
import lzma
import pathlib
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile

from gpu import building, libraries
from gpu.building import ROOT
from gpu.pack import LIBRARIES, PROGRAMS, Pack
from gpu.problem import Problem

LIMIT = 64 << 20
# Of machine code, with a window in which both programs lie: they have half of what they hold in common.
SQUEEZED = [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 64 << 20}]


def pack(options: argparse.Namespace) -> int:
    programs = building.built(options.built) if options.built else building.build()
    engine, version = building.engine(options.torch)
    options.pack.mkdir(parents=True, exist_ok=True)
    made = Pack(options.pack, version, commit(), platform.libc_ver()[1])
    with tempfile.TemporaryDirectory() as home:
        fill(pathlib.Path(home), programs, engine)
        compress(pathlib.Path(home), made.archive)
    made.write()
    check_size(made)
    return 0


def fill(home: pathlib.Path, programs: dict[str, pathlib.Path], engine: pathlib.Path) -> None:
    """Programs, the engine that they load, and what these need, without symbols."""
    files = {f"{PROGRAMS}/{name}": path for name, path in programs.items()} | {f"{LIBRARIES}/{engine.name}": engine}
    for path in [*programs.values(), engine]:
        files |= {f"{LIBRARIES}/{name}": found for name, found in libraries.needed(path).items()}
    for name, path in files.items():
        (home / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(path, home / name)
        (home / name).chmod(0o755)
        if subprocess.run(["strip", "--strip-unneeded", home / name]).returncode:
            raise Problem(f"strip failed on {path}", "expected binutils or LLVM here, and a library of this machine")


def compress(home: pathlib.Path, archive: pathlib.Path) -> None:
    """The programs first, and side by side."""
    names = sorted(file.relative_to(home) for file in home.rglob("*") if file.is_file())
    with lzma.open(archive, "w", filters=SQUEEZED) as stream, tarfile.open(fileobj=stream, mode="w") as made:
        for name in names:
            made.add(home / name, str(name))


def git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True).stdout.strip()


def commit() -> str:
    return git("describe", "--always", "--dirty") or "no-commit"


def check_size(made: Pack) -> None:
    """The checkout travels beside the pack."""
    names = git("ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    checkout = sum((ROOT / name).stat().st_size for name in names if name and (ROOT / name).is_file())
    own = sum(file.stat().st_size for file in made.folder.iterdir())
    sizes = f"{own / 2**20:.1f} MiB beside {checkout / 2**20:.1f} MiB of the checkout"
    if own + checkout > LIMIT:
        raise Problem(f"{made.folder} is too large: {sizes}", f"expected {LIMIT >> 20} MiB at most together")
    print(f"gpu-check: {made.folder}, for PyTorch {made.torch}: {sizes}", file=sys.stderr)
