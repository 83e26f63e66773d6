"""Which shared libraries a program needs that a machine with PyTorch does not have."""
import pathlib
import re
import subprocess

from gpu.problem import Problem

# The C and C++ libraries, and the loader: these are the machine's own.
SYSTEM = re.compile(r"(linux-vdso|ld-linux|lib(c|m|dl|rt|pthread|resolv|util|gcc_s|stdc\+\+)\.so)")
# PyTorch's, and those of the GPU: these come with the machine's PyTorch.
PYTORCH = re.compile(r"lib(torch|c10|cu(?!rl)|nv)")
LINE = re.compile(r"^\s*(\S+) => (not found|/\S+)", re.MULTILINE)


def needed(program: pathlib.Path) -> dict[str, pathlib.Path]:
    """Files by the names that the loader looks for, those of libraries that libraries need among them."""
    done = subprocess.run(["ldd", program], capture_output=True, text=True)
    if done.returncode:
        raise Problem(f"ldd cannot read {program}: {done.stderr.strip()}", "expected a program built for this machine")
    found = {name: path for name, path in LINE.findall(done.stdout) if not SYSTEM.match(name) and not PYTORCH.match(name)}
    missing = [name for name, path in found.items() if path == "not found"]
    if missing:
        raise Problem(f"{program} needs {', '.join(missing)}, and they are not here", "type: Scripts/setup, then build again")
    return {name: pathlib.Path(path) for name, path in found.items()}
