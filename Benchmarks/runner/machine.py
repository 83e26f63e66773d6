"""What the numbers were measured on: processor, commit, load; what the tuned peers run under; a process that takes a processor."""
import contextlib
import ctypes.util
import json
import os
import pathlib
import platform
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PEERS = ROOT / "Benchmarks" / "peers"
PYTHON = os.environ.get("PEER_PYTHON", "python3")
# Seconds after which a programme is taken to hang.
LONGEST = 900


def load() -> float:
    """Processes that ran or wanted to, on average over the last minute."""
    return os.getloadavg()[0]


def processor() -> str:
    try:
        for line in open("/proc/cpuinfo"):
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        return platform.processor() or platform.machine()
    return "unknown processor"


def machine() -> str:
    return f"{processor()}, {os.cpu_count()} cores, {platform.system()}, load {load():.1f} at the start"


def commit() -> str:
    name = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return name or "no-commit"


def allocator() -> tuple[dict[str, str], str]:
    """Environment of the tuned peers so that memory of a step stays for the next, and what it is called."""
    if sys.platform == "linux":
        for name in ("jemalloc", "tcmalloc_minimal"):
            found = ctypes.util.find_library(name)
            if found:
                settings = {"MALLOC_CONF": "dirty_decay_ms:-1,muzzy_decay_ms:-1"} if name == "jemalloc" else {}
                return {"LD_PRELOAD": found, **settings}, name
    return {
        "MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(1 << 30), "MALLOC_TOP_PAD_": str(16 << 20),
    }, "the C library's with raised thresholds (MALLOC_MMAP_MAX_, MALLOC_TRIM_THRESHOLD_, MALLOC_TOP_PAD_)"


def compiler() -> dict:
    """Whether torch.compile makes a function here."""
    try:
        done = subprocess.run(
            [PYTHON, PEERS / "tuned.py", "--compiler"], capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return {"works": False, "problem": f"a small function was not done after {LONGEST} s"}
    if done.returncode:
        return {"works": False, "problem": (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]}
    return json.loads(done.stdout.splitlines()[-1])


@contextlib.contextmanager
def one_processor_taken(taken: bool):
    """Another process spins on the first processor while the block runs, where asked for."""
    if not taken:
        yield
        return
    spin = "import os\nif hasattr(os, 'sched_setaffinity'): os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\nwhile True: pass"
    process = subprocess.Popen([sys.executable, "-c", spin])
    try:
        yield
    finally:
        process.kill()
        process.wait()
