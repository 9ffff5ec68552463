"""Fast or slow, from the times of responses: two of three make it slow, three make it fast again."""

from functools import reduce

import pytest

from console.sync.connection.speed import FAST_SECONDS, SLOW_SECONDS, Speed


def after(*seconds: float) -> Speed:
    return reduce(Speed.with_response, seconds, Speed())


@pytest.mark.parametrize(
    ("seconds", "is_slow"),
    [
        ((), False),
        ((0.3, 0.3, 0.3), False),
        ((9.0,), False),
        ((9.0, 0.3, 0.3, 9.0, 0.3, 0.3), False),
        ((SLOW_SECONDS, SLOW_SECONDS), True),
        ((4.0, 0.3, 4.0), True),
        ((4.0, 4.0, 0.3, 0.3), True),
        ((4.0, 4.0, 0.3, 0.3, 0.3), False),
        ((4.0, 4.0, FAST_SECONDS, FAST_SECONDS, FAST_SECONDS, FAST_SECONDS), True),
    ],
)
def test_speed_follows_the_latest_responses(seconds: tuple[float, ...], is_slow: bool) -> None:
    assert after(*seconds).is_slow is is_slow


def test_between_slow_and_fast_nothing_flickers() -> None:
    speeds = [after(4.0, 4.0, *[1.5] * number).is_slow for number in range(10)]
    assert set(speeds) == {True}


def test_a_silent_platform_is_slow_until_three_fast_responses() -> None:
    silent = after(0.3, 0.3, 0.3).with_silence()
    assert silent.is_slow
    assert silent.with_response(0.3).with_response(0.3).is_slow
    assert not reduce(Speed.with_response, (0.3, 0.3, 0.3), silent).is_slow
