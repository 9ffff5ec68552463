"""A typed figure is read as what it says, or refused: never as another figure."""

import pytest

from console.ordering.money import Currency
from console.ordering.number_input import (
    NumberInputError,
    digit_value,
    parse_amount,
    parse_count,
    parse_quantity,
)

KWD, USD, JPY = Currency("KWD"), Currency("USD"), Currency("JPY")


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("10,5", KWD, "10.500"),
        ("10.5", KWD, "10.500"),
        ("20", KWD, "20.000"),
        (" 5. ", KWD, "5.000"),
        (".5", KWD, "0.500"),
        (",750", KWD, "0.750"),
        ("0.750", USD, "0.75"),
        ("1,234.500", KWD, "1234.500"),
        ("1.234,5", KWD, "1234.500"),
        ("1'234.50", USD, "1234.50"),
        ("1 234,50", USD, "1234.50"),
        ("1\u00a0234", JPY, "1234"),
        ("1,234,567", JPY, "1234567"),
        ("1500.00", JPY, "1500"),
        ("\u0661\u0660\u066b\u0665", KWD, "10.500"),
        ("\u200f\u06f1\u06f0", USD, "10.00"),
        ("\u0661\u0660\u060c\u0665", KWD, "10.500"),
        ("\u0661\u066c\u0662\u0663\u0664\u066b\u0665", KWD, "1234.500"),
        ("\uff11\uff10\uff0e\uff15", KWD, "10.500"),
    ],
)
def test_amount_is_read_with_either_point(text: str, currency: Currency, amount: str) -> None:
    assert str(parse_amount(text, currency)) == amount


@pytest.mark.parametrize(
    "text", ["", "1e3", "-5", "+5", "ten", "1.2.3", "1,23,4.5", "12 5", "0x10", "NaN", "inf", "½", "5 KWD"]
)
def test_text_that_is_no_amount_is_refused_as_it_is(text: str) -> None:
    with pytest.raises(NumberInputError, match="is not an amount"):
        parse_amount(text, KWD)


@pytest.mark.parametrize(
    ("text", "currency", "sentence"),
    [
        ("1500.5", JPY, "JPY has no digits after the point."),
        ("0.125", USD, "USD has 2 digits after the point."),
        ("1.2345", KWD, "KWD has 3 digits after the point."),
        ("1234567890", KWD, "at most 9 digits"),
    ],
)
def test_amount_that_the_currency_cannot_hold_is_refused(
    text: str, currency: Currency, sentence: str
) -> None:
    with pytest.raises(NumberInputError, match=sentence):
        parse_amount(text, currency)


@pytest.mark.parametrize(("text", "currency"), [("1,500", USD), ("1.500", USD), ("1,500", JPY)])
def test_amount_that_can_be_read_in_two_ways_is_refused(text: str, currency: Currency) -> None:
    with pytest.raises(NumberInputError, match="in two ways"):
        parse_amount(text, currency)


@pytest.mark.parametrize(("text", "count"), [("0", 0), ("12", 12), (" \u0661\u0662 ", 12), ("007", 7)])
def test_count_is_read_in_the_digits_of_any_script(text: str, count: int) -> None:
    assert parse_count(text) == count


@pytest.mark.parametrize("text", ["", "-1", "1.0", "1e3", "two", "1 2", "²"])
def test_text_that_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(NumberInputError, match="is not a whole number"):
        parse_count(text)


@pytest.mark.parametrize("text", ["0", "1000", "000"])
def test_quantity_that_no_line_takes_is_refused(text: str) -> None:
    with pytest.raises(NumberInputError, match="A quantity is 1 to 999"):
        parse_quantity(text)


def test_digits_of_every_script_have_a_value() -> None:
    assert [digit_value(digit) for digit in "3\u0663\u06f3\u0969\uff13"] == [3] * 5
    assert [digit_value(text) for text in ("", "a", "²", "12")] == [None] * 4
