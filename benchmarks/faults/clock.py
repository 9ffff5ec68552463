"""The machine's clock of one console, which may be told to jump.

Used by ``fault_worker.py``; the console itself is handed it as its timer.
"""

from console.sync.clock import SystemClock


class JumpingClock(SystemClock):
    """The machine's own clock, off by so many seconds. What has elapsed is never off."""

    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> float:
        """Unix time in seconds, as somebody has set the clock."""
        return super().now() + self.offset
