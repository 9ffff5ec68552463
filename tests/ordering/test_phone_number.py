"""Phone numbers are one number however they are written, and never another person's."""

import pytest

from console.ordering.phone_number import (
    contains_number,
    dialled_digits,
    format_phone,
    full_number,
    is_whole_number,
    matches_number,
    same_number,
    search_digits,
    stored_number,
)

WRITTEN = [
    "00965 555 12345",
    "(555) 12345",
    "+965.555.12345",
    "555/12345",
    "055512345",
    "555-12345",
    "555\u201112345",
    "555 \u2013 12345",
    "tel:+96555512345",
    "tel:+965-555-12345;ext=4",
    "\u0665\u0665\u0665\u0661\u0662\u0663\u0664\u0665",
    "\u06f5\u06f5\u06f5 \u06f1\u06f2\u06f3\u06f4\u06f5",
    "\u202a+965 555 12345\u202c",
    "\uff0b965 555 12345",
    "965-55512345",
    "96555512345",
    "[555]_12345",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_number_written_in_any_way_is_the_same_in_kuwait(text: str) -> None:
    assert full_number(text, "KW") == "+96555512345"
    assert format_phone(text, "KW") == "+965 555 12345"
    assert search_digits(text, "KW") == "55512345"
    assert stored_number(text, "KW") == "96555512345"
    assert matches_number("+965 555 12345", text)
    assert matches_number("555-12345", text)
    assert same_number(text, "965-55512345")
    assert same_number("+965 555 12345", text)


@pytest.mark.parametrize("text", ["tom", "55a", "", "5551-2345 Tom", "555,12345", "tel:", "+", "--"])
def test_text_that_is_no_number_has_no_digits(text: str) -> None:
    assert dialled_digits(text) == full_number(text, "KW") == ""
    assert not is_whole_number(text)


def test_zero_in_brackets_is_not_dialled_after_a_country_code() -> None:
    assert dialled_digits("+44 (0)20 7946 0000") == "+442079460000"
    assert dialled_digits("(0)20 7946 0000") == "02079460000"


def test_number_without_a_known_country_stays_as_it_is_written() -> None:
    assert full_number("7411639213") == "7411639213"
    assert format_phone("74116 39213") == "74116 39213"
    assert format_phone("7411639213", "KW") == "7411639213"


def test_code_before_a_hyphen_is_the_country_as_the_documents_print_it() -> None:
    assert format_phone("91-7411639213", "KW") == "+91 74116 39213"
    assert full_number("917411639213", "KW") == "+917411639213"


def test_same_digits_in_two_countries_are_two_numbers() -> None:
    assert not same_number("+965 555 12345", "+966 555 12345")
    assert not contains_number("+966 555 12345", "00965 555")


def test_number_without_its_code_may_be_the_one_with_it() -> None:
    assert same_number("555 12345", "+965 555 12345")
    assert not same_number("512345", "+965 555 12345")
    assert not same_number("+55 512 345", "965-55512345")


def test_two_texts_without_a_number_are_never_the_same() -> None:
    assert not same_number("", "")
    assert not same_number("tom", "tom")


@pytest.mark.parametrize("part", ["555", "0555", "+9655", "00965 55", "12345", "965555"])
def test_part_of_a_number_is_found_in_it(part: str) -> None:
    assert contains_number("+965 555 12345", part)


@pytest.mark.parametrize("part", ["+55", "556", "0", ""])
def test_other_digits_are_not_found(part: str) -> None:
    assert not contains_number("+965 555 12345", part)


@pytest.mark.parametrize("text", ["91-", "0-", "-", "+965-"])
def test_country_without_a_number_is_no_number(text: str) -> None:
    assert "+" not in format_phone(text, "KW")
    assert not is_whole_number(text)


def test_text_that_is_no_number_is_stored_as_it_is() -> None:
    assert stored_number("reception, ask for Tom", "KW") == "reception, ask for Tom"
    assert stored_number("7411639213", "KW") == "7411639213"
