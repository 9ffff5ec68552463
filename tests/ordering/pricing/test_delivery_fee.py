"""Delivery fees by what was observed: by store, area and mode, with no threshold guessed."""

from decimal import Decimal

import pytest

from console.ordering.checkout import Address, Checkout, DeliveryMode
from console.ordering.money import Currency
from console.ordering.pricing.delivery_fee import (
    FeeArea,
    ObservedFee,
    expected_fee,
    fee_area,
    learn_fee,
    money_text,
)

STORE = 27299
DELIVERY, PICKUP = DeliveryMode.DELIVERY, DeliveryMode.PICKUP


def observed(*observations: tuple[str, str]) -> ObservedFee | None:
    """What is known after carts with these fees for these amounts of goods, the oldest first."""
    known: ObservedFee | None = None
    for time, (fee, goods) in enumerate(observations):
        known = learn_fee(known, fee=Decimal(fee), goods=Decimal(goods), seen_at=float(time))
    return known


def expected(goods: str, *observations: tuple[str, str]) -> str | None:
    fee = expected_fee(observed(*observations), Decimal(goods))
    return None if fee is None else str(fee)


def test_expected_fee_without_an_observation_is_unknown() -> None:
    assert expected("5") is None


@pytest.mark.parametrize("goods", ["1", "5", "90"])
def test_expected_fee_is_the_last_observed_for_any_goods(goods: str) -> None:
    assert expected(goods, ("0.750", "5"), ("0.500", "5")) == "0.500"


def test_free_delivery_of_more_goods_keeps_the_fee_of_fewer() -> None:
    seen = (("0.500", "5"), ("0", "30"))
    assert [expected(goods, *seen) for goods in ("4", "29.999", "30", "31")] == ["0.500", "0.500", "0", "0"]


def test_free_delivery_of_no_more_goods_replaces_the_fee() -> None:
    assert expected("5", ("0.500", "5"), ("0", "5")) == "0"
    assert expected("4", ("0.500", "5"), ("0", "5")) is None


def test_free_delivery_first_says_nothing_of_fewer_goods() -> None:
    seen = (("0", "30"),)
    assert (expected("30", *seen), expected("29", *seen)) == ("0", None)


def test_fee_after_free_delivery_keeps_what_was_free() -> None:
    seen = (("0", "30"), ("0.500", "5"))
    assert [expected(goods, *seen) for goods in ("29", "30")] == ["0.500", "0"]


def test_fee_where_delivery_was_free_moves_the_limit() -> None:
    seen = (("0.500", "5"), ("0", "30"), ("0.500", "35"))
    assert [expected(goods, *seen) for goods in ("30", "40")] == ["0.500", "0.500"]


def test_the_smallest_free_amount_counts() -> None:
    seen = (("0.500", "5"), ("0", "40"), ("0", "30"), ("0", "50"))
    assert [expected(goods, *seen) for goods in ("29", "30")] == ["0.500", "0"]


def test_smaller_order_with_the_same_fee_lowers_no_proof() -> None:
    """Seen with a fee at 10, goods of 5 for nothing mean another tariff, whatever was ordered between."""
    assert expected("7", ("0.500", "10"), ("0.500", "2"), ("0", "5")) == "0"


@pytest.mark.parametrize(
    ("address", "area"),
    [
        (Address("Street 1", city="Hawalli", area="  Salmiya   Block 10 ", pin="22001"), "salmiya block 10"),
        (Address("Street 1", city="Hawalli", pin="22001"), "22001"),
        (Address("Street 1", city="HAWALLI"), "hawalli"),
        (Address("Street 1", area="x" * 4000), "x" * 100),
    ],
)
def test_fee_area_is_what_the_address_names(address: Address, area: str) -> None:
    assert fee_area(STORE, Checkout(DELIVERY, address)) == FeeArea(STORE, area, DELIVERY)


@pytest.mark.parametrize("address", [None, Address("Street 1")])
def test_fee_area_of_a_delivery_without_an_area_is_none(address: Address | None) -> None:
    assert fee_area(STORE, Checkout(DELIVERY, address)) is None


def test_fee_area_of_a_pickup_has_no_area() -> None:
    collected = Checkout(PICKUP, Address("Street 1", area="Salmiya"))
    assert fee_area(STORE, collected) == FeeArea(STORE, "", PICKUP)


def test_money_text_says_plus_delivery_where_no_fee_is_known() -> None:
    kwd = Currency("KWD")
    assert money_text(Decimal("2.35"), None, kwd) == "KWD 2.350 plus delivery"
    assert money_text(Decimal("2.85"), Decimal("0.5"), kwd) == "KWD 2.850"
