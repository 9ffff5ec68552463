"""How fast a long piece of work goes."""

from console.services.catalogue.fetch_rate import RateEstimator, seconds_left


def test_nothing_is_said_before_there_is_a_pace() -> None:
    pace = RateEstimator()
    assert pace.update(100.0, 0) == 0.0
    assert pace.update(100.1, 50) == 0.0
    assert seconds_left(0.0, 50) is None


def test_the_pace_is_what_came_of_late() -> None:
    pace = RateEstimator()
    *_, rate = [pace.update(100.0 + second, 10 * second) for second in range(61)]
    assert rate == 10.0
    *_, rate = [pace.update(100.0 + second, 600 + 2 * (second - 60)) for second in range(61, 121)]
    assert rate == 2.0
    assert seconds_left(rate, 31) == 16


def test_what_was_there_before_the_beginning_does_not_count() -> None:
    pace = RateEstimator()
    pace.update(100.0, 5000)
    assert pace.update(110.0, 5100) == 10.0


def test_a_clock_that_is_set_back_begins_anew() -> None:
    pace = RateEstimator()
    pace.update(100.0, 0)
    assert pace.update(40.0, 50) == 0.0
    assert pace.update(50.0, 150) == 10.0
