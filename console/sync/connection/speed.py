"""The platform's speed, from the times of its responses. Pure: a value and one rule with hysteresis."""

from dataclasses import dataclass

SLOW_SECONDS = 2.0
"""A response that takes longer makes a platform slow."""
FAST_SECONDS = 1.0
"""Responses that take less make it fast again."""
REMEMBERED = 3
"""The latest responses that count: one slow operation among fast ones makes no slow platform."""


@dataclass(frozen=True, slots=True)
class Speed:
    """``recent`` are the seconds that the latest responses took."""

    recent: tuple[float, ...] = ()
    is_slow: bool = False

    def with_response(self, seconds: float) -> "Speed":
        """Count a response: two slow ones of three make the platform slow, three fast ones fast again."""
        recent = (*self.recent, seconds)[-REMEMBERED:]
        if self.is_slow:
            is_slow = len(recent) < REMEMBERED or max(recent) >= FAST_SECONDS
        else:
            is_slow = sum(one >= SLOW_SECONDS for one in recent) >= REMEMBERED - 1
        return Speed(recent, is_slow)

    def with_silence(self) -> "Speed":
        """Count a platform that accepts connections and says nothing: slow, until it is fast again."""
        return Speed((), is_slow=True)
