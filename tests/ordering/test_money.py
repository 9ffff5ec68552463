"""Amounts: a currency's own digits, rounded half up once, shown as people read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.money import Currency

CODES = st.sampled_from(["KWD", "OMR", "INR", "AED", "JPY"])
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=6)


@pytest.mark.parametrize(
    ("code", "digits"), [("KWD", 3), ("OMR", 3), ("BHD", 3), ("INR", 2), ("AED", 2), ("JPY", 0), ("XXX", 2)]
)
def test_every_currency_has_its_digits(code: str, digits: int) -> None:
    assert Currency(code).digits == digits


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("0.0005", "0.001"),
        ("0.0015", "0.002"),
        ("0.0025", "0.003"),
        ("2.0004999", "2.000"),
        ("5.65", "5.650"),
    ],
)
def test_halves_go_up(amount: str, rounded: str) -> None:
    assert str(Currency("KWD").round(Decimal(amount))) == rounded


@given(CODES, AMOUNTS)
def test_rounding_moves_by_half_a_coin_at_most_and_only_once(code: str, amount: Decimal) -> None:
    currency = Currency(code)
    rounded = currency.round(amount)
    assert abs(rounded - amount) * 2 <= Decimal(1).scaleb(-currency.digits)
    assert currency.round(rounded) == rounded
    exponent = rounded.as_tuple().exponent
    assert isinstance(exponent, int)
    assert -exponent == currency.digits


@given(CODES, AMOUNTS)
def test_the_text_reads_back_as_the_rounded_amount(code: str, amount: Decimal) -> None:
    currency = Currency(code)
    assert Decimal(currency.format_number(amount).replace(",", "")) == currency.round(amount)
    assert currency.format_money(amount) == f"{code} {currency.format_number(amount)}"


def test_thousands_are_grouped() -> None:
    assert Currency("KWD").format_money(Decimal("1234.5")) == "KWD 1,234.500"
    assert Currency("JPY").format_number(Decimal("1234567")) == "1,234,567"
