"""Progress of a long task as text, repainted only when a figure changes."""

from dataclasses import dataclass

BAR_WIDTH = 12
"""Cells of the bar."""


@dataclass(frozen=True, slots=True)
class ProgressState:
    """``done`` of ``total`` items of ``label``, ``rate`` items a second.

    ``rate`` is 0 and ``seconds_left`` is ``None`` while they are not known.
    """

    label: str
    done: int
    total: int
    seconds_left: int | None = None
    rate: float = 0.0

    @property
    def text(self) -> str:
        """``Menu [####--------] 120 of 340, 40 a second, 6 s left``."""
        share = min(1.0, self.done / self.total) if self.total > 0 else 0.0
        bar = f"{'#' * int(BAR_WIDTH * share):-<{BAR_WIDTH}}"
        text = f"{self.label} [{bar}] {self.done} of {self.total}"
        if self.rate > 0:
            text += f", {self.rate:.0f} a second" if self.rate >= 1 else f", {self.rate * 60:.0f} a minute"
        return text if self.seconds_left is None else f"{text}, {_duration_text(self.seconds_left)} left"


def _duration_text(seconds: int) -> str:
    return f"{seconds} s" if seconds < 120 else f"{round(seconds / 60)} min"
