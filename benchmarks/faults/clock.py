"""Clock of one console that can be made to jump."""

from console.sync.clock import SystemClock


class JumpingClock(SystemClock):
    """System clock whose wall time is off by ``offset`` seconds; its monotonic time is never off."""

    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> float:
        """Return the Unix time in seconds, with the offset."""
        return super().now() + self.offset
