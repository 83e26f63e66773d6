"""Builds `steelyard` and `bench` against a version of libtorch, in folders beside those of everyday work."""
import os
import pathlib
import re
import subprocess
import sys

from gpu.problem import Problem

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NAMES = ("steelyard", "bench")


def shell(words: list[str], environment: dict[str, str]) -> None:
    print("gpu-check:", *words, file=sys.stderr, flush=True)
    if subprocess.run(words, cwd=ROOT, env=os.environ | environment, stdout=sys.stderr).returncode:
        raise Problem("that failed (its words are above)", "mend it, and type the same again")


def build(version: str | None) -> dict[str, pathlib.Path]:
    """The programs by name. Without a version in the folders of every day."""
    store, scratch, environment = ROOT / ".libtorch", ROOT / ".build", {}
    if version:
        store, scratch = ROOT / f".build-gpu/libtorch-{version}", ROOT / f".build-gpu/{version}"
        store.mkdir(parents=True, exist_ok=True)
        environment = {"TORCH_VERSION": version, "TORCH_STORE": str(store)}
    shell(["Scripts/setup"], environment)
    prefix = re.search(r"^prefix=(.*)$", (store / "libtorch.pc").read_text(), re.MULTILINE)[1]
    flags = [
        "-c", "release", "--scratch-path", str(scratch), "--explicit-target-dependency-import-check", "error",
        "--pkg-config-path", str(store), "-Xlinker", "-rpath", "-Xlinker", f"{prefix}/lib"]
    for words in (["--product", "steelyard"], ["--package-path", "Benchmarks", "--product", "bench"]):
        # Both packages share what is compiled; SwiftPM would take the plan of the one for that of the other.
        for plan in (scratch / "release.yaml", scratch / "release" / "description.json"):
            plan.unlink(missing_ok=True)
        shell(["swift", "build", *words, *flags], {})
    return {name: scratch / "release" / name for name in NAMES}


def built(folder: pathlib.Path) -> dict[str, pathlib.Path]:
    """The programs by name, of a folder that has both."""
    programs = {name: folder / name for name in NAMES}
    missing = [str(path) for path in programs.values() if not path.is_file()]
    if missing:
        raise Problem(f"--built {folder}: no {' and no '.join(missing)}", "expected both steelyard and bench there")
    return programs


def torch_of(steelyard: pathlib.Path) -> str:
    """The version of libtorch that a program was compiled against, as it says itself."""
    done = subprocess.run([steelyard, "doctor"], capture_output=True, text=True)
    found = re.search(r"libtorch\s+(\d+\.\d+\.\d+)", done.stdout)
    if not found:
        raise Problem(f"{steelyard} doctor names no libtorch: {(done.stderr or done.stdout).strip()[:300]}", "build it again")
    return found[1]
