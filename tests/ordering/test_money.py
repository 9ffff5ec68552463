"""Amounts: a currency's own digits, rounded half up once, shown as people read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.currency_codes import currency_problem, minor_units
from console.ordering.money import Currency

CODES = st.sampled_from(["KWD", "OMR", "INR", "AED", "JPY"])
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=6)


# By hand from ISO's list one of 2026-01-01; every other currency of the list has two digits.
NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
FOUR_DIGITS = "CLF UYW"


def test_currency_has_the_digits_that_iso_lists() -> None:
    listed = {code: digits for code, digits in minor_units().items() if digits is not None}
    unlike_two = {code: digits for code, digits in listed.items() if digits != 2}
    groups = ((0, NO_DIGITS), (3, THREE_DIGITS), (4, FOUR_DIGITS))
    assert unlike_two == {code: digits for digits, codes in groups for code in codes.split()}
    assert {"USD", "EUR", "INR", "AED", "SAR", "EGP", "TRY"} <= listed.keys() - unlike_two.keys()
    assert all(Currency(code).digits == digits for code, digits in listed.items())


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("KWD", ""),
        ("CLF", ""),
        ("ABC", "ABC is not a currency of ISO 4217."),
        ("kwd", "kwd is not a currency of ISO 4217."),
        ("XAU", "XAU has no coins: it is not a currency to sell in."),
        ("XXX", "XXX has no coins: it is not a currency to sell in."),
    ],
)
def test_currency_problem_says_what_is_no_currency_to_sell_in(code: str, problem: str) -> None:
    assert currency_problem(code) == problem


@pytest.mark.parametrize("code", ["ABC", "XAU", "XXX", ""])
def test_currency_without_digits_of_its_own_has_two(code: str) -> None:
    assert Currency(code).format_number(Decimal("1.005")) == "1.01"


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


@pytest.mark.parametrize(
    ("noisy", "rounded"),
    [
        ("5.650000000000001", "5.650"),
        ("37.034499999999994", "37.035"),
        ("60.528000000000006", "60.528"),
    ],
)
def test_round_removes_the_noise_of_a_float_first(noisy: str, rounded: str) -> None:
    assert str(Currency("KWD").round(Decimal(noisy))) == rounded


@given(CODES, st.lists(AMOUNTS, max_size=12))
def test_round_column_adds_up_and_moves_by_less_than_a_coin(code: str, amounts: list[Decimal]) -> None:
    currency = Currency(code)
    column = currency.round_column(amounts)
    assert sum(column, Decimal(0)) == currency.round(sum(amounts, Decimal(0)))
    coin = Decimal(1).scaleb(-currency.digits)
    assert all(abs(shown - exact) < coin for shown, exact in zip(column, amounts, strict=True))


def test_round_column_takes_the_coin_from_the_amount_nearest_to_it() -> None:
    amounts = [Decimal("0.3339"), Decimal("0.3335"), Decimal("0.2500"), Decimal("0.3335")]
    column = Currency("KWD").round_column(amounts)
    assert [str(amount) for amount in column] == ["0.334", "0.333", "0.250", "0.334"]


def test_round_column_leaves_a_total_that_rounding_does_not_explain() -> None:
    column = Currency("KWD").round_column([Decimal("0.3335"), Decimal("1.25")], Decimal("2.000"))
    assert [str(amount) for amount in column] == ["0.334", "1.250"]


@pytest.mark.parametrize(
    ("was", "now", "quantity", "is_same"),
    [("0.3335", "0.3339", 1, True), ("0.3335", "0.3339", 4, False), ("0.75", "0.9", 1, False)],
)
def test_prices_are_the_same_until_they_make_a_coin(was: str, now: str, quantity: int, is_same: bool) -> None:
    assert Currency("KWD").is_same_price(Decimal(was), Decimal(now), quantity) is is_same


@pytest.mark.parametrize(
    ("prices", "texts"),
    [
        (("0.75", "0.9"), ("0.750", "0.900")),
        (("0.3335", "0.3339"), ("0.3335", "0.3339")),
        (("0.334", "0.3341"), ("0.334", "0.3341")),
        (("1000", "1000.0001"), ("1,000.000", "1,000.0001")),
    ],
)
def test_prices_beside_each_other_show_what_distinguishes_them(
    prices: tuple[str, ...], texts: tuple[str, ...]
) -> None:
    assert Currency("KWD").format_prices(*map(Decimal, prices)) == texts


def test_thousands_are_grouped() -> None:
    assert Currency("KWD").format_money(Decimal("1234.5")) == "KWD 1,234.500"
    assert Currency("JPY").format_number(Decimal("1234567")) == "1,234,567"
