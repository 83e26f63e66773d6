"""Time that is left, and what found none."""
import os
import subprocess
import time


class Failed(Exception):
    """A program ended badly; its last words, with its exit status and what it had said before."""

    def __init__(self, words: str, status: int, output: str = ""):
        super().__init__(words)
        self.status, self.output = status, output


class OutOfTime(Exception):
    """There was no time to begin, or none to end."""


class Budget:
    def __init__(self, seconds: float):
        self.seconds, self.began, self.left_out = seconds, time.monotonic(), []

    @property
    def used(self) -> float:
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        return self.seconds - self.used

    def run(self, name: str, words: list, environment: dict[str, str], least: float) -> str:
        """What a program says. One for which less than `least` seconds are left is not begun."""
        if self.left < least:
            self.left_out.append(name)
            raise OutOfTime
        try:
            done = subprocess.run(
                list(map(str, words)), env=os.environ | environment, capture_output=True, text=True, timeout=self.left)
        except subprocess.TimeoutExpired:
            self.left_out.append(f"{name} (begun, and not done in time)")
            raise OutOfTime
        if done.returncode:
            last = (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}, without a word"])[-1]
            raise Failed(f"{last[:300]} (exit status {done.returncode})", done.returncode, done.stdout)
        return done.stdout
