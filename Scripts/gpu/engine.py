"""The engine's own checks on the device."""
import json

from gpu.budget import Budget, Failed, OutOfTime
from gpu.machine import Programs

# NVIDIA's libraries round float32 to 10 bits in convolutions unless told; what is compared to 1e-5 must not be.
FULL_PRECISION = {"NVIDIA_TF32_OVERRIDE": "0"}


def check(programs: Programs, budget: Budget) -> dict:
    """What `steelyard doctor` and `bench check` say; `problems` is empty where all is well."""
    found = {"doctor": [], "checks": [], "problems": []}
    steps = (
        ("doctor", [programs.path("steelyard"), "doctor", "--json"], doctor),
        ("checks", [programs.path("bench"), "check", programs.device], checks))
    for name, words, read in steps:
        try:
            output, failure = budget.run(name, words, programs.environment | FULL_PRECISION, least=10), None
        except OutOfTime:
            continue
        except Failed as caught:
            output, failure = caught.output, caught
        found[name], problems = read(output, programs.device)
        # Exit status 1 says that something was not well; what that is the lines say themselves.
        if failure and not (failure.status == 1 and problems):
            problems.append(f"{name}, after {len(found[name])} lines: {failure}")
        found["problems"] += problems
    return found


def doctor(output: str, device: str) -> tuple[list[dict], list[str]]:
    parts = json.loads(output)["checks"] if output else []
    problems = [f"doctor: {part['name']}: {part['found']}" for part in parts if part["status"] == "failed"]
    accelerators = [part["found"] for part in parts if part["name"] == "accelerator"]
    if device == "cuda" and not any("CUDA" in found for found in accelerators):
        problems.append(f"doctor: accelerator: {', '.join(accelerators) or 'not named'}; expected CUDA")
    return parts, problems


def checks(output: str, device: str) -> tuple[list[dict], list[str]]:
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    problems = [
        f"{line['check']}: {line['difference'] if line['difference'] is not None else 'not finite, or of another shape or type'}, "
        f"expected at most {line['bound']:g}" for line in lines if not line["passed"]]
    return lines, problems
