"""What an error means for an order: what the operator reads, and when it is tried again.

Pure but for the random jitter handed in; used by the engine.
"""

from dataclasses import dataclass
from random import Random

from console.api.errors import (
    AlreadyExists,
    CartRefused,
    InvalidInput,
    NotFound,
    PlatformError,
    RateLimited,
    SignInRefused,
    UnknownCode,
    VoucherRefused,
)
from console.storage.errors import LeaseLost, LocalError, StorageError
from console.sync.cart.cart_client import CartUnreadableError
from console.sync.status import Activity

SHORTEST_PAUSE = 2.0
"""Failing, the platform is asked at most this often for an order."""
LONGEST_PAUSE = 60.0
LEASED_ELSEWHERE_PAUSE = 15.0
IMMEDIATE_RETRIES = 3
"""So many times in a row an order goes on as soon as the line is there; after that it is what breaks it."""

LEASED_ELSEWHERE = "Another console on this machine has this order. Close it there to go on here."
RESPONSE_LOST = "An answer was lost. The cart is looked at again before anything else is sent."

SyncError = LocalError | CartUnreadableError | PlatformError
"""What sending an order can end with."""

_PERMANENT_ERRORS = (SignInRefused, NotFound, AlreadyExists, InvalidInput, CartRefused, VoucherRefused)


@dataclass(frozen=True, slots=True)
class RetryDecision:
    """``pause`` is in seconds, ``None`` where nothing helps but the operator."""

    activity: Activity
    message: str
    delay: float | None = None


def decide_retry(error: SyncError, *, failures: int, random: Random) -> RetryDecision:
    """What to do after the ``failures``-th failure in a row, which was this one."""
    match error:
        case LeaseLost():
            return RetryDecision(Activity.LEASED_ELSEWHERE, LEASED_ELSEWHERE, LEASED_ELSEWHERE_PAUSE)
        case StorageError():
            return RetryDecision(Activity.RETRYING, error.message, _backoff(failures, random))
        case LocalError() | CartUnreadableError():
            return RetryDecision(Activity.NEEDS_ATTENTION, error.message)
        case RateLimited(retry_after=float(asked)):
            return RetryDecision(
                Activity.RETRYING, error.message, min(max(asked, SHORTEST_PAUSE), LONGEST_PAUSE)
            )
        case PlatformError() if isinstance(error, _PERMANENT_ERRORS):
            return RetryDecision(Activity.NEEDS_ATTENTION, error.message)
        case _:
            is_lost = error.outcome_unknown and not isinstance(error, UnknownCode)
            message = RESPONSE_LOST if is_lost else error.message
            return RetryDecision(Activity.RETRYING, message, _backoff(failures, random))


def _backoff(failures: int, random: Random) -> float:
    """Doubling up to ``LONGEST_PAUSE``, with jitter of half on top: consoles must not ask in step."""
    doubled = SHORTEST_PAUSE * 2 ** min(failures - 1, 10)
    return min(doubled * (1 + random.random() / 2), LONGEST_PAUSE)
