"""Retry policy: what an error means for an order, and when the order is tried again."""

from dataclasses import dataclass
from random import Random

from console.api.errors import (
    AlreadyExists,
    CartRefused,
    ForeignSession,
    InvalidInput,
    MismatchedResponse,
    NotFound,
    OrderRefused,
    PlatformError,
    RateLimited,
    SignInRefused,
    UnknownCode,
    VoucherRefused,
)
from console.storage.errors import LeaseLost, LocalError, StorageError
from console.sync.cart.cart_client import CartUnreadableError
from console.sync.placement.rejection import stated_refusals
from console.sync.problems import Problem, ProblemCode
from console.sync.status import Activity

SHORTEST_PAUSE = 2.0
"""Shortest time between two requests for an order that fails."""
LONGEST_PAUSE = 60.0
LEASED_ELSEWHERE_PAUSE = 15.0
IMMEDIATE_RETRIES = 3
"""Tries in a row as soon as the connection is back; after them the order itself seems to break it."""

SyncError = LocalError | CartUnreadableError | PlatformError
"""The errors that end a try."""

_PERMANENT_ERRORS = (
    SignInRefused,
    NotFound,
    AlreadyExists,
    InvalidInput,
    CartRefused,
    VoucherRefused,
    OrderRefused,
)


@dataclass(frozen=True, slots=True)
class RetryDecision:
    """``delay`` is in seconds, ``None`` where only the operator can help."""

    activity: Activity
    problem: Problem
    delay: float | None = None


def decide_retry(error: SyncError, *, failures: int, random: Random) -> RetryDecision:
    """Decide what follows the ``failures``-th failure in a row, which was this error."""
    problem = error_problem(error)
    match error:
        case LeaseLost():
            return RetryDecision(Activity.LEASED_ELSEWHERE, problem, LEASED_ELSEWHERE_PAUSE)
        case StorageError():
            return RetryDecision(Activity.RETRYING, problem, _backoff(failures, random))
        case LocalError() | CartUnreadableError():
            return RetryDecision(Activity.NEEDS_ATTENTION, problem)
        case RateLimited(retry_after=float(asked)):
            return RetryDecision(Activity.RETRYING, problem, min(max(asked, SHORTEST_PAUSE), LONGEST_PAUSE))
        case PlatformError() if isinstance(error, _PERMANENT_ERRORS):
            return RetryDecision(Activity.NEEDS_ATTENTION, problem)
        case _:
            return RetryDecision(Activity.RETRYING, problem, _backoff(failures, random))


def error_problem(error: SyncError) -> Problem:
    """The problem that an error is for the operator."""
    match error:
        case LeaseLost():
            problem = Problem(ProblemCode.LEASED_ELSEWHERE)
        case LocalError():
            problem = Problem(ProblemCode.LOCAL_ERROR, message=error.message)
        case CartUnreadableError():
            problem = Problem(ProblemCode.CART_INCOMPLETE)
        case OrderRefused():
            problem = Problem(ProblemCode.ORDER_REFUSED, refusals=stated_refusals(error))
        case MismatchedResponse() | ForeignSession():
            problem = Problem(ProblemCode.RESPONSE_MISMATCHED)
        case _ if error.outcome_unknown and _is_retried(error):
            problem = Problem(ProblemCode.RESPONSE_LOST)
        case _:
            problem = Problem(ProblemCode.PLATFORM_ERROR, message=error.message)
    return problem


def _is_retried(error: PlatformError) -> bool:
    """Return True if the error says nothing about the request itself."""
    return not isinstance(error, (UnknownCode, RateLimited, *_PERMANENT_ERRORS))


def _backoff(failures: int, random: Random) -> float:
    """Double up to ``LONGEST_PAUSE``, plus up to half as jitter: consoles must not retry in step."""
    doubled = SHORTEST_PAUSE * 2 ** min(failures - 1, 10)
    return min(doubled * (1 + random.random() / 2), LONGEST_PAUSE)
