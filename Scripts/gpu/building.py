"""Builds `steelyard`, `bench`, and libctorch against a version of libtorch."""
import os
import pathlib
import re
import shlex
import subprocess
import sys

from gpu.problem import Problem

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NAMES = ("steelyard", "bench")
LIBRARY = "libctorch.so"


def shell(words: list[str], environment: dict[str, str]) -> None:
    print("gpu-check:", *words, file=sys.stderr, flush=True)
    if subprocess.run(words, cwd=ROOT, env=os.environ | environment, stdout=sys.stderr).returncode:
        raise Problem("that failed (its words are above)", "mend it, and type the same again")


def build() -> dict[str, pathlib.Path]:
    """The programs by name. They are the same for every version of libtorch."""
    done = subprocess.run(["make", "-s", "swiftflags"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise Problem("make swiftflags failed (its words are above)", "mend it, and type the same again")
    flags = shlex.split(done.stdout)
    scratch = ROOT / ".build"
    for words in (["--product", "steelyard"], ["--package-path", "Benchmarks", "--product", "bench"]):
        # Both packages share what is compiled; SwiftPM would take the plan of the one for that of the other.
        for plan in (scratch / "release.yaml", scratch / "release" / "description.json"):
            plan.unlink(missing_ok=True)
        shell(["swift", "build", *words, *flags, "--scratch-path", str(scratch)], {})
    return built(scratch / "release")


def built(folder: pathlib.Path) -> dict[str, pathlib.Path]:
    """The programs by name, of a folder that has both."""
    programs = {name: folder / name for name in NAMES}
    missing = [str(path) for path in programs.values() if not path.is_file()]
    if missing:
        raise Problem(f"--built {folder}: no {' and no '.join(missing)}", "expected both steelyard and bench there")
    header = (ROOT / "Sources/Engine/CTorch/include/ctorch.h").read_bytes()
    foreign = [str(path) for path in programs.values() if header not in path.read_bytes()]
    if foreign:
        raise Problem(f"{' and '.join(foreign)}: built with another ctorch.h", "build them from this checkout")
    return programs


def engine(version: str | None) -> tuple[pathlib.Path, str]:
    """libctorch compiled against a version of libtorch, and that version. Without one, that of every day."""
    store, environment = ROOT / ".libtorch", {}
    if version:
        store = ROOT / f".libtorch-{version}"
        environment = {"TORCH_VERSION": version, "TORCH_STORE": str(store)}
    shell(["Scripts/setup"], environment)
    shell(["Scripts/ctorch"], environment)
    found = re.search(r"^Version: (.*)$", (store / "libtorch.pc").read_text(), re.MULTILINE)[1]
    if version and version != found:
        raise Problem(f"--torch {version}: LIBTORCH={os.environ.get('LIBTORCH')} is {found}", "unset LIBTORCH")
    return store / LIBRARY, found
