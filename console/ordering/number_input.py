"""Amounts and whole numbers as people type them: read exactly, or refused with a sentence."""

import re
from decimal import Decimal
from unicodedata import category, decimal

from console.ordering.draft import MAX_QUANTITY
from console.ordering.money import Currency

_POINTS = (".", ",", "\N{ARABIC DECIMAL SEPARATOR}")
_GROUP_MARKS = ".,' \N{RIGHT SINGLE QUOTATION MARK}\N{ARABIC THOUSANDS SEPARATOR}"
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:([{_GROUP_MARKS}])[0-9]{{3}})(?:\1[0-9]{{3}})*")
_DIGITS_OF_A_GROUP = 3
_MARKS = str.maketrans(
    {
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{FULLWIDTH FULL STOP}": ".",
        "\N{FULLWIDTH COMMA}": ",",
        "\N{ARABIC COMMA}": ",",
    }
)
"""Marks as other keyboards type them."""
MAX_DIGITS = 9
"""Digits before the point; more are a typing error."""


class NumberInputError(ValueError):
    """A text that is no number; the message is a sentence for the operator."""


def digit_value(character: str) -> int | None:
    """Return the value of a decimal digit of any script, ``None`` for any other text."""
    return decimal(character, None) if len(character) == 1 else None


def parse_count(text: str) -> int:
    """Read a whole number of zero or more, in the digits of any script.

    Raises:
        NumberInputError: the text is something else.
    """
    digits = _plain_figure(text)
    if not digits.isascii() or not digits.isdigit():
        raise NumberInputError(f"{text.strip() or 'An empty text'} is not a whole number.")
    if len(digits.lstrip("0")) > MAX_DIGITS:
        raise NumberInputError(f"A number has at most {MAX_DIGITS} digits.")
    return int(digits)


def parse_quantity(text: str) -> int:
    """Read the quantity of an order line.

    Raises:
        NumberInputError: the text is no whole number, or a line takes none or not so many.
    """
    quantity = parse_count(text)
    if not 1 <= quantity <= MAX_QUANTITY:
        raise NumberInputError(f"A quantity is 1 to {MAX_QUANTITY}.")
    return quantity


def parse_amount(text: str, currency: Currency) -> Decimal:
    """Read an amount of zero or more: ``10.5``, ``10,5`` and ``1,234.500`` are amounts.

    Raises:
        NumberInputError: the text is something else, has more digits than the currency, or can be read in
            two ways.
    """
    digits = _plain_figure(text)
    whole, fraction = _split(digits, text, currency)
    whole = re.sub(r"\D", "", whole) if _GROUPED.fullmatch(whole) else whole
    if not (whole or fraction) or not re.fullmatch(r"\d*", whole) or not re.fullmatch(r"\d*", fraction):
        raise NumberInputError(f"{text.strip() or 'An empty text'} is not an amount.")
    if len(whole.lstrip("0")) > MAX_DIGITS:
        raise NumberInputError(f"An amount has at most {MAX_DIGITS} digits before the point.")
    if len(fraction.rstrip("0")) > currency.digits:
        raise NumberInputError(_too_exact(currency))
    return currency.round(Decimal(f"{whole or 0}.{fraction or 0}"))


def _split(digits: str, text: str, currency: Currency) -> tuple[str, str]:
    """Split an amount at its decimal point.

    Raises:
        NumberInputError: the only separator could be a point or mark thousands.
    """
    position = max(digits.rfind(point) for point in _POINTS)
    if position < 0:
        return digits, ""
    whole, point, fraction = digits[:position], digits[position], digits[position + 1 :]
    if point in whole:
        # The same sign twice marks thousands.
        return digits, ""
    is_only_mark = whole.isdigit() and len(fraction) == _DIGITS_OF_A_GROUP
    if is_only_mark and whole.lstrip("0") and currency.digits < _DIGITS_OF_A_GROUP:
        without_mark = f"{whole}{fraction}"
        raise NumberInputError(f"{text.strip()} can be read in two ways. Type {without_mark} for thousands.")
    return whole, fraction


def with_ascii_digits(text: str) -> str:
    """Return a text with the decimal digits of every script in ASCII."""
    if text.isascii():
        return text
    return "".join(
        str(digit) if (digit := digit_value(character)) is not None else character for character in text
    )


def _plain_figure(text: str) -> str:
    """Return a figure in ASCII digits, without spaces around it and marks of writing direction."""
    marked = (character for character in text.strip().translate(_MARKS) if category(character) != "Cf")
    return with_ascii_digits("".join(marked)).strip()


def _too_exact(currency: Currency) -> str:
    if not currency.digits:
        return f"{currency.code} has no digits after the point."
    return f"{currency.code} has {currency.digits} digits after the point."
