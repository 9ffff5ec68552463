"""Formats mobile numbers as people read them, however the platform spells them."""

from functools import lru_cache
from importlib import import_module
from typing import cast


@lru_cache(maxsize=4096)
def format_phone(mobile: str) -> str:
    """Format ``965-55512345`` as ``+965 5551 2345``; what is no phone number stays as it is."""
    digits = "".join(character for character in mobile if character.isdigit())
    if not digits:
        return mobile
    phonenumbers = import_module("phonenumbers")
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return mobile
    if not phonenumbers.is_possible_number(number):
        return mobile
    style = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return cast("str", phonenumbers.format_number(number, style))
