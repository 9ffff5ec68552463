"""Phone numbers as people type them and platforms print them: read, compared and formatted in one way.

The numbering plans are the library's, which is imported with the first number.
"""

import re
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from typing import cast
from unicodedata import category, decimal

MIN_DIGITS = 7
"""Digits of the shortest whole number; fewer may be the end of many numbers."""
MAX_CODE_DIGITS = 3
"""Digits of the longest country code."""

_SEPARATOR_CATEGORIES = frozenset({"Pd", "Zs", "Cf"})  # dashes, spaces, marks of writing direction
_SEPARATORS = frozenset("./()[]_~·\t")
_TRUNK_ZERO = re.compile(r"[(\[]0[)\]]")
_URI_SCHEME = "tel:"
_FULLWIDTH_PLUS = "\uff0b"
_CODE_AND_HYPHEN = re.compile(r"\d{1,3}-\d{4,}", re.ASCII)
"""How the documents print a number: the country's code before a hyphen."""
_NO_NUMBER = re.compile(r"\+?\d{0,3}-", re.ASCII)


def dialled_digits(text: str) -> str:
    """Return the ASCII digits of a number, after ``+`` if a country code leads them; "" for other text.

    A country code follows ``+`` or ``00``. The zero in ``+44 (0)20`` is not dialled after one, and the
    parameters of a ``tel:`` address are dropped.
    """
    text = text.strip().casefold()
    if text.startswith(_URI_SCHEME):
        text = text.removeprefix(_URI_SCHEME).partition(";")[0]
    text = "".join(character for character in text if category(character) != "Cf").lstrip()
    has_plus = text.startswith(("+", _FULLWIDTH_PLUS))
    if has_plus:
        text = _TRUNK_ZERO.sub("", text[1:])
    digits = "".join(_ascii(character) for character in text)
    if not digits.isdigit():
        return ""
    if has_plus:
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") and len(digits) > 2 else digits


def is_whole_number(text: str) -> bool:
    """Return True if the text is a number with all of its digits."""
    return len(dialled_digits(text).lstrip("+")) >= MIN_DIGITS


def same_number(one: str, other: str) -> bool:
    """Return True if two texts can be one number: with country codes both must be equal.

    Where one lacks the country code, what it has must be the rest of the other. Zeros dialled before a
    number within its country do not count.
    """
    mine, theirs = dialled_digits(one), dialled_digits(other)
    if not mine or not theirs:
        return False
    if mine.startswith("+") and theirs.startswith("+"):
        return mine == theirs
    shorter, longer = sorted((mine, theirs), key=lambda number: len(number.lstrip("+0")))
    has_own_code, shorter, longer = shorter.startswith("+"), shorter.lstrip("+0"), longer.lstrip("+0")
    if has_own_code or len(shorter) < MIN_DIGITS:
        return shorter == longer
    return longer.endswith(shorter) and len(longer) - len(shorter) <= MAX_CODE_DIGITS


def matches_number(number: str, typed: str) -> bool:
    """Return True if a whole or a part of a number was typed that can be this one, however it is written."""
    return same_number(number, typed) or contains_number(number, typed)


def contains_number(number: str, part: str) -> bool:
    """Return True if the typed part of a number is found in a whole one, however both are written."""
    wanted, digits = dialled_digits(part), dialled_digits(number)
    if wanted.startswith("+") and digits.startswith("+"):
        return digits.startswith(wanted)
    bare = wanted.lstrip("+0") or wanted
    return bool(bare) and bare in digits


@lru_cache(maxsize=4096)
def full_number(text: str, country: str = "") -> str:
    """Return a number as ``+96555512345`` where its country is certain, else the digits as dialled.

    ``country`` is the store's ISO 3166 code: a number without a country code is taken for one of there if
    it is valid there. "" for what is no number.
    """
    dialled = dialled_digits(text)
    if not dialled or dialled.startswith("+"):
        return dialled
    if country and (local := _valid_number(dialled, country)):
        return local
    # Ahead of the digits alone: 91-7411639213 tells which of them are the code.
    if _CODE_AND_HYPHEN.fullmatch(text.strip()) or (country and len(dialled) > len("12345678")):
        return _valid_number(f"+{dialled}") or dialled
    return dialled


def stored_number(text: str, country: str = "") -> str:
    """Return the one form in which a number is stored: all digits, the country's code first if it is certain.

    A text that is no number stays as it is.
    """
    return full_number(text, country).removeprefix("+") or text


def search_digits(text: str, country: str = "") -> str:
    """Return the digits that stand in each way of writing a number: those within its country."""
    number = full_number(text, country)
    if number.startswith("+"):
        phonenumbers = import_module("phonenumbers")
        with suppress(phonenumbers.NumberParseException):
            parsed = phonenumbers.parse(number)
            if phonenumbers.is_valid_number(parsed):
                return cast("str", phonenumbers.national_significant_number(parsed))
    return number.lstrip("+0")


@lru_cache(maxsize=4096)
def format_phone(text: str, country: str = "") -> str:
    """Format ``965-55512345`` as ``+965 555 12345``; without a certain country as it is written.

    ``91-`` and ``0-``, as platforms print no number, become "".
    """
    if _NO_NUMBER.fullmatch(text.strip()):
        return ""
    number = full_number(text, country)
    if not number.startswith("+"):
        return text
    phonenumbers = import_module("phonenumbers")
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return text
    style = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return cast("str", phonenumbers.format_number(parsed, style))


def _valid_number(dialled: str, country: str | None = None) -> str:
    """Return the number with its country code if the numbering plan has it, else ""."""
    phonenumbers = import_module("phonenumbers")
    # Dialled within a country, a zero may lead that its plan does not have.
    for digits in dict.fromkeys((dialled, dialled.lstrip("0"))):
        try:
            number = phonenumbers.parse(digits, country or None)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return cast("str", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return ""


def _ascii(character: str) -> str:
    """Return a digit in ASCII, nothing for a separator, the character itself for anything else."""
    digit = decimal(character, None)
    if digit is not None:
        return str(digit)
    is_separator = character in _SEPARATORS or category(character) in _SEPARATOR_CATEGORIES
    return "" if is_separator else character
