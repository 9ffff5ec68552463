"""Records as text: exact, versioned, and never converted."""

import json
from dataclasses import dataclass
from decimal import Decimal

import pytest

from console.ordering.catalogue import ProductType
from console.storage.errors import UnknownKind, UnreadableRecord
from console.storage.record_format import RecordFormat, Stored, with_check


@dataclass(frozen=True, slots=True)
class Thing:
    """One field of each kind that is stored."""

    count: int
    price: Decimal
    kind: ProductType
    is_new: bool
    seen_at: float
    names: tuple[str, ...] = ()
    prices: dict[str, Decimal] | None = None
    part: "Thing | None" = None


THINGS = RecordFormat(Stored[Thing])
PLAIN = Thing(3, Decimal("1.50"), ProductType.DEAL, True, 1.5)


def text_with(**fields: object) -> str:
    record = json.loads(THINGS.dump(PLAIN))
    record["value"].update(fields)
    del record["check"]
    return with_check(json.dumps(record))


def test_a_value_comes_back_with_every_digit() -> None:
    prices = {"L": Decimal("-0.00")}
    thing = Thing(2**80, Decimal("1E+5"), ProductType.NORMAL, False, 0.1, ("é\n",), prices, PLAIN)
    text = THINGS.dump(thing)
    assert text.isascii()
    assert "\n" not in text
    assert repr(THINGS.load(text)) == repr(thing)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("count", "3"),
        ("count", 3.0),
        ("count", True),
        ("count", None),
        ("price", 1.5),
        ("price", 2),
        ("price", True),
        ("price", "one"),
        ("price", "NaN"),
        ("price", "Infinity"),
        ("kind", "Z"),
        ("is_new", 1),
        ("is_new", "true"),
        ("seen_at", "1.5"),
        ("seen_at", True),
        ("names", "one"),
        ("names", [1]),
        ("prices", {"L": 1}),
        ("prices", []),
        ("part", {}),
        ("part", {"price": "1"}),
    ],
)
def test_a_value_of_the_wrong_type_is_unreadable(field: str, value: object) -> None:
    with pytest.raises(UnreadableRecord) as caught:
        THINGS.load(text_with(**{field: value}))
    assert field in caught.value.diagnostics


def test_a_whole_number_is_a_time_too() -> None:
    assert THINGS.load(text_with(seen_at=5)).seen_at == 5.0


def test_another_version_is_unreadable() -> None:
    with pytest.raises(UnreadableRecord, match="cannot be read") as caught:
        RecordFormat(Stored[Thing], version=2).load(THINGS.dump(PLAIN))
    assert "version 1" in caught.value.diagnostics


def test_a_text_is_not_taken_for_an_amount_that_is_no_number() -> None:
    thing = Thing(1, Decimal(1), ProductType.NORMAL, False, 0.0, ("NaN", "Infinity"))
    assert THINGS.load(THINGS.dump(thing)) == thing


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "-Infinity"])
def test_an_amount_that_is_no_number_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        THINGS.dump(Thing(1, Decimal(amount), ProductType.NORMAL, False, 0.0))


def test_half_of_a_surrogate_pair_is_refused() -> None:
    # The wire strips these, and a terminal cannot send one.
    with pytest.raises(ValueError, match="surrogates"):
        THINGS.dump(Thing(1, Decimal(1), ProductType.NORMAL, False, 0.0, ("\ud800",)))


def test_diagnostics_hold_no_value() -> None:
    with pytest.raises(UnreadableRecord) as caught:
        THINGS.load(text_with(count="secret"))
    assert caught.value.diagnostics == "value.count: int_type"
    assert not isinstance(caught.value, UnknownKind)


@pytest.mark.parametrize(
    ("before", "after"), [("1.50", "7.50"), ('"count":3', '"count":2'), ("check", "chock")]
)
def test_text_that_has_changed_is_unreadable_though_it_fits(before: str, after: str) -> None:
    text = THINGS.dump(PLAIN)
    assert before in text
    with pytest.raises(UnreadableRecord) as caught:
        THINGS.load(text.replace(before, after))
    assert caught.value.diagnostics == "the text has changed since it was written"
