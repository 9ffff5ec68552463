"""Ids that sort by time."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from console.storage.ulid import new_ulid

TIMES = st.floats(0, 2**48 / 1000 - 1)


def test_a_known_moment_and_chance_give_a_known_id() -> None:
    ulid = new_ulid(lambda: 1_469_918_176.385, bytes)
    assert ulid == "01ARYZ6S41" + "0" * 16


@given(TIMES, st.binary(min_size=10, max_size=10))
def test_it_is_26_letters_of_crockfords_alphabet(moment: float, chance: bytes) -> None:
    ulid = new_ulid(lambda: moment, lambda _: chance)
    assert len(ulid) == 26
    assert set(ulid) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


@given(TIMES, TIMES)
def test_a_later_millisecond_sorts_after_an_earlier_one(one: float, other: float) -> None:
    random = Random(7)
    early, late = sorted((int(one * 1000), int(other * 1000)))
    first, second = (new_ulid(lambda ms=ms: ms / 1000, random.randbytes) for ms in (early, late))
    assert early == late or first[:10] <= second[:10]


def test_two_of_one_moment_differ_by_chance() -> None:
    random = Random(7)
    assert new_ulid(lambda: 0.0, random.randbytes) != new_ulid(lambda: 0.0, random.randbytes)
