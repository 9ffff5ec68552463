"""The retry policy: what each error means for an order, and when the order is tried again."""

from random import Random

import pytest

from console.api.errors import (
    AlreadyExists,
    CartRefused,
    InvalidInput,
    NotAuthorised,
    NotFound,
    PlatformError,
    RateLimited,
    SignInRefused,
    TimedOut,
    UnknownCode,
    Unreachable,
    VoucherRefused,
)
from console.operations import OPERATIONS_BY_NAME
from console.storage.errors import LeaseLost, NoSuchDraft, StorageError, UnreadableRecord
from console.sync.cart.cart_client import CartUnreadableError
from console.sync.problems import Problem, ProblemCode
from console.sync.retry.policy import RetryDecision, SyncError, decide_retry, error_problem
from console.sync.retry.queue import RetryQueue
from console.sync.status import Activity

ADD = OPERATIONS_BY_NAME["carts.add_items"]


class NoJitter(Random):
    """Chance without surprises: the lowest or the highest draw."""

    def __init__(self, draw: float = 0.0) -> None:
        super().__init__(1)
        self.draw = draw

    def random(self) -> float:
        return self.draw


def decided(error: SyncError, *, failures: int = 1, draw: float = 0.0) -> RetryDecision:
    return decide_retry(error, failures=failures, random=NoJitter(draw))


@pytest.mark.parametrize(
    ("failures", "delay"), [(1, 2.0), (2, 4.0), (3, 8.0), (5, 32.0), (6, 60.0), (500, 60.0)]
)
def test_pause_doubles_up_to_a_minute(failures: int, delay: float) -> None:
    assert decided(Unreachable(), failures=failures).delay == delay
    assert decided(StorageError(), failures=failures).delay == delay


def test_pause_has_up_to_half_of_itself_as_jitter() -> None:
    assert decided(Unreachable(), failures=2, draw=1.0).delay == 6.0
    assert decided(Unreachable(), failures=5, draw=0.5).delay == 40.0


@pytest.mark.parametrize(
    "error",
    [SignInRefused(), NotFound(), AlreadyExists(), InvalidInput(), CartRefused(), VoucherRefused()],
)
def test_refusal_is_for_the_operator(error: PlatformError) -> None:
    problem = Problem(ProblemCode.PLATFORM_ERROR, message=error.message)
    assert decided(error) == RetryDecision(Activity.NEEDS_ATTENTION, problem)


@pytest.mark.parametrize("error", [Unreachable(), TimedOut(), NotAuthorised(), UnknownCode()])
def test_failure_is_tried_again(error: PlatformError) -> None:
    problem = Problem(ProblemCode.PLATFORM_ERROR, message=error.message)
    assert decided(error) == RetryDecision(Activity.RETRYING, problem, 2.0)


@pytest.mark.parametrize(("asked", "delay"), [(0.0, 2.0), (9.0, 9.0), (3600.0, 60.0), (None, 8.0)])
def test_platform_that_asks_to_wait_is_obeyed_within_bounds(asked: float | None, delay: float) -> None:
    error = RateLimited(retry_after=asked)
    problem = Problem(ProblemCode.PLATFORM_ERROR, message=error.message)
    assert decided(error, failures=3) == RetryDecision(Activity.RETRYING, problem, delay)


def test_order_of_another_console_is_tried_again_later() -> None:
    problem = Problem(ProblemCode.LEASED_ELSEWHERE)
    assert decided(LeaseLost("D1")) == RetryDecision(Activity.LEASED_ELSEWHERE, problem, 15.0)


def test_file_that_fails_is_tried_again_and_said() -> None:
    error = StorageError("The disk is full.")
    problem = Problem(ProblemCode.LOCAL_ERROR, message="The disk is full.")
    assert decided(error) == RetryDecision(Activity.RETRYING, problem, 2.0)


@pytest.mark.parametrize("error", [NoSuchDraft("D1"), UnreadableRecord("It is damaged.")])
def test_order_that_cannot_be_read_is_for_the_operator(error: NoSuchDraft | UnreadableRecord) -> None:
    problem = Problem(ProblemCode.LOCAL_ERROR, message=error.message)
    assert decided(error) == RetryDecision(Activity.NEEDS_ATTENTION, problem)


def test_cart_that_never_comes_whole_is_for_the_operator() -> None:
    problem = Problem(ProblemCode.CART_INCOMPLETE)
    assert decided(CartUnreadableError()) == RetryDecision(Activity.NEEDS_ATTENTION, problem)


def test_lost_response_to_a_write_is_called_so() -> None:
    assert error_problem(Unreachable(operation=ADD)).code is ProblemCode.RESPONSE_LOST


@pytest.mark.parametrize(
    "error",
    [
        Unreachable(operation=ADD, sent=False),
        UnknownCode(operation=ADD, sent=True),
        RateLimited(operation=ADD, retry_after=None),
        CartRefused(operation=ADD, sent=True),
    ],
)
def test_error_that_says_more_is_no_lost_response(error: PlatformError) -> None:
    assert error_problem(error) == Problem(ProblemCode.PLATFORM_ERROR, message=error.message)


# The queue


def test_turns_are_two_seconds_apart() -> None:
    queue = RetryQueue()
    assert [queue.delay(now=100.0, at_least=5.0) for _ in range(3)] == [5.0, 7.0, 9.0]


def test_turn_is_not_before_the_orders_own_pause() -> None:
    queue = RetryQueue()
    assert queue.delay(now=100.0, at_least=5.0) == 5.0
    assert queue.delay(now=100.0, at_least=30.0) == 30.0
    assert queue.delay(now=200.0, at_least=5.0) == 5.0


def test_long_queue_begins_anew_and_a_short_one_stays() -> None:
    queue = RetryQueue()
    queue.delay(now=100.0, at_least=118.0)
    assert not queue.reset_if_long(now=100.0)
    assert queue.delay(now=100.0, at_least=0.0) == 120.0
    assert queue.reset_if_long(now=100.0)
    assert queue.delay(now=100.0, at_least=3.0) == 3.0
    assert not queue.reset_if_long(now=100.0)
