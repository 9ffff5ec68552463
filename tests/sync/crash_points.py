"""Helpers of the tests of crashes that other tests use too."""

from tests.sync.counter import (
    CrashError,
)


class CrashAt:
    """Ends the process at the n-th time that it comes to a point."""

    def __init__(self, point: str, time: int) -> None:
        self._point = point
        self._left = time
        self.happened = False

    def __call__(self, point: str) -> None:
        self._left -= point == self._point
        if self._left == 0 and not self.happened:
            self.happened = True
            raise CrashError(point)
