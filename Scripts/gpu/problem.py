"""What stops the script before anything was checked."""


class Problem(Exception):
    """What went wrong, and what repairs it."""

    def __init__(self, what: str, to_do: str):
        super().__init__(f"gpu-check: {what}\ngpu-check: {to_do}")
