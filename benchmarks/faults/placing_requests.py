"""The store's own record of the requests to place an order, and the refusals that a console missed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from benchmarks.faults.log import Question
from benchmarks.faults.order_record import Json

DELIVERY_SECONDS = 3.0
"""Seconds in which a request reaches the store and its response the console, if the console is not killed."""


@dataclass(frozen=True, slots=True)
class PlacingRequests:
    """Every request to place an order, oldest first, and when consoles were killed, in Unix seconds."""

    attempts: Sequence[Json] = ()
    killed_at: tuple[float, ...] = ()

    @property
    def refusals(self) -> Counter[str]:
        """Count the refusals by validator and type."""
        return Counter(name for attempt in self.attempts for name in _refusals(attempt))

    def refusal_behind(self, question: Question) -> str:
        """Return the refusal that a screen took for an unknown outcome, empty for none.

        It is one if every request for this customer since the order was quoted was refused, and each of the
        refusals had the time to arrive. A request of a walk-in cannot be told from others.
        """
        since = [
            attempt
            for attempt in self.attempts
            if question.user_id.casefold() == str(attempt["user_id"]).casefold()
            and question.quoted_at <= _time(attempt) <= question.asked_at
        ]
        is_refused = all(_refusals(attempt) and self._arrived(_time(attempt)) for attempt in since)
        return ", ".join(_refusals(since[-1])) if question.user_id and since and is_refused else ""

    def _arrived(self, at: float) -> bool:
        """Return True if no console was killed while this request or its response was on its way."""
        return not any(abs(killed_at - at) <= DELIVERY_SECONDS for killed_at in self.killed_at)


def _time(attempt: Json) -> float:
    return float(cast("float", attempt["at"]))


def _refusals(attempt: Json) -> list[str]:
    return cast("list[str]", attempt["refusals"])
