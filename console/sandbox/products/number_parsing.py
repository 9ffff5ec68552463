"""Parsing of amounts, counts, days and times in updates."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from console.sandbox.products.lookup import TaskError

MAX_AMOUNT = Decimal(1_000_000)


def parse_amount(text: str, name: str, *, digits: int) -> Decimal:
    """Parse an amount of money, not below zero, with no more digits than the currency has.

    Raises:
        TaskError: it is none. So for every function below.
    """
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise TaskError(f"{name} is not an amount") from None
    if not value.is_finite() or not 0 <= value <= MAX_AMOUNT:
        raise TaskError(f"{name} is not an amount from 0 to {MAX_AMOUNT}")
    exact = value.quantize(Decimal(1).scaleb(-digits))
    if exact != value:
        raise TaskError(f"{name} has more than {digits} digits after the point")
    return exact


def parse_count(text: str, name: str) -> int:
    """Parse a whole number, not below zero."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise TaskError(f"{name} is not a whole number")
    return int(text)


def parse_day(text: str, name: str) -> str:
    """Parse a day, written day first, into ISO format."""
    for form in ("%d/%m/%Y", "%d/%m/%y"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            continue
    raise TaskError(f"{name} is not a day such as 31/12/2026")


def parse_time(text: str, name: str) -> str:
    """Parse a time of day into ISO format; the documents' sample has one digit for the hour."""
    try:
        return datetime.strptime(text, "%H:%M:%S").replace(tzinfo=UTC).time().isoformat()
    except ValueError:
        raise TaskError(f"{name} is not a time such as 12:00:00") from None
