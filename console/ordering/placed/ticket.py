"""Tickets of an order as text: one for the customer, with amounts; one for the kitchen, without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import zip_longest

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Portion
from console.ordering.money import Currency
from console.ordering.placed.past_orders import REGULAR_STRENGTHS
from console.ordering.placed.purchased_order import AS_SOON_AS_POSSIBLE, TotalRow, balance
from console.ordering.plain_text import align_ends, cell_width, clean, pad, wrap

DEFAULT_WIDTH = 42
"""Characters of a print row on the usual roll of 80 mm."""
MIN_WIDTH = 20
DIGIT_CELLS = 4
"""Width of a large digit with the space after it."""
NOT_PLACED = "NOT PLACED YET"
NUMBER_UNKNOWN = "SENT, NUMBER NOT KNOWN YET"
ESTIMATE = "ESTIMATE, NOT CONFIRMED"

_DIGITS = (
    (" _ ", "   ", " _ ", " _ ", "   ", " _ ", " _ ", " _ ", " _ ", " _ "),
    ("| |", "  |", " _|", " _|", "|_|", "|_ ", "|_ ", "  |", "|_|", "|_|"),
    ("|_|", "  |", "|_ ", " _|", "  |", " _|", "|_|", "  |", "|_|", " _|"),
)


class TicketCopy(StrEnum):
    """The reader of a ticket."""

    CUSTOMER = "customer"
    KITCHEN = "kitchen"


@dataclass(frozen=True, slots=True)
class TicketPart:
    """A part of an order line. ``strength`` is in the menu's words, ``quantity`` for one unit of the line."""

    title: str
    options: str = ""
    portion: Portion = Portion.WHOLE
    strength: str = ""
    quantity: int = 1
    parts: tuple["TicketPart", ...] = ()


@dataclass(frozen=True, slots=True)
class TicketLine:
    """An order line. ``details`` describes its configuration, ``parts`` lists it; ``amount`` is the total.

    ``cancelled_quantity`` is how many of them are not to be made. ``is_as_on_menu`` keeps the parts off the
    customer's copy; the kitchen's lists them all the same.
    """

    title: str
    quantity: int
    amount: Decimal
    options: str = ""
    details: str = ""
    parts: tuple[TicketPart, ...] = ()
    cancelled_quantity: int = 0
    is_as_on_menu: bool = False


@dataclass(frozen=True, slots=True)
class Ticket:
    """The content of a ticket. ``number`` is empty until the order is placed; amounts are in ``currency``.

    ``wanted_time`` and ``ordered_time`` are texts for people. ``unnumbered_text`` stands for the number while
    there is none. ``unreadable_lines`` were bought and are missing on it.
    """

    store: str
    number: str
    customer: str
    lines: tuple[TicketLine, ...]
    currency: Currency
    totals: tuple[TotalRow, ...] = ()
    mode: DeliveryMode = DeliveryMode.PICKUP
    wanted_time: str = AS_SOON_AS_POSSIBLE
    ordered_time: str = ""
    phone: str = ""
    address: str = ""
    notes: str = ""
    payment: str = ""
    is_cancelled: bool = False
    cancelled_text: str = "cancelled"
    is_estimate: bool = False
    unnumbered_text: str = NOT_PLACED
    unreadable_lines: int = 0

    @property
    def balance(self) -> Decimal:
        """What lines and charges differ from the total by; zero for an order by the platform's record."""
        return balance(tuple(line.amount for line in self.lines), self.totals)


def ticket_text(
    ticket: Ticket, copy: TicketCopy, *, width: int = DEFAULT_WIDTH, reprint: bool = False
) -> str:
    """Format a ticket, no row of it wider than ``width`` cells.

    A reprint says DUPLICATE. An order of which nothing is to be made says CANCELLED, or what else became of
    it, so that the kitchen does not make it. An estimate says that it is one.

    Raises:
        ValueError: the width is below ``MIN_WIDTH``.
    """
    if width < MIN_WIDTH:
        raise ValueError(f"a ticket has at least {MIN_WIDTH} columns")
    rule = "-" * width
    marks = (("DUPLICATE", reprint), (ticket.cancelled_text.upper(), ticket.is_cancelled))
    banners = [word for word, applies in marks if applies]
    banner_lines = [row.center(width).rstrip() for banner in banners for row in wrap(banner, width)]
    lines = [
        *banner_lines,
        *wrap(ticket.store, width),
        *(["KITCHEN"] if copy is TicketCopy.KITCHEN else []),
        *_number_lines(ticket, width),
        *_customer_and_mode_lines(ticket, width),
        rule,
    ]
    for line in ticket.lines:
        lines += (
            _kitchen_copy_lines(line, width)
            if copy is TicketCopy.KITCHEN
            else _customer_copy_lines(ticket, line, width)
        )
        lines += wrap(f"CANCELLED: {line.cancelled_quantity}", width, "  ") if line.cancelled_quantity else []
    if ticket.unreadable_lines:
        lines += wrap(f"{ticket.unreadable_lines} not readable: ask the platform", width, "  ")
    lines.append(rule)
    if copy is TicketCopy.CUSTOMER:
        lines += [align_ends(s.label, ticket.currency.format_number(s.amount), width) for s in ticket.totals]
        lines += wrap(f"Paid: {ticket.payment}", width) if ticket.payment else []
    lines += wrap(f"Note: {ticket.notes}", width) if ticket.notes else []
    lines += banner_lines
    return "\n".join(line.rstrip() for line in lines) + "\n"


def large_digits(number: str) -> list[str]:
    """Draw digits three rows high."""
    return [" ".join(row[int(digit)] for digit in number) for row in _DIGITS]


def _number_lines(ticket: Ticket, width: int) -> list[str]:
    """The order number, in large digits if it is a plain number."""
    number = ticket.number
    if not number:
        return [*wrap(ticket.unnumbered_text, width), *(wrap(ESTIMATE, width) if ticket.is_estimate else [])]
    if not (number.isascii() and number.isdigit()):
        return wrap(f"Order {number}", width)
    digits_per_row = (width + 1) // DIGIT_CELLS
    chunks = [number[start : start + digits_per_row] for start in range(0, len(number), digits_per_row)]
    return [f"Order {number}"[:width], *(line for piece in chunks for line in large_digits(piece))]


def _customer_and_mode_lines(ticket: Ticket, width: int) -> Iterable[str]:
    mode = "DELIVERY" if ticket.mode is DeliveryMode.DELIVERY else "PICKUP"
    yield from wrap(f"{mode} {ticket.wanted_time}".strip(), width)
    yield from wrap(ticket.customer, width)
    yield from wrap(ticket.phone, width)
    if ticket.mode is DeliveryMode.DELIVERY:
        yield from wrap(ticket.address, width)
    if ticket.ordered_time:
        yield from wrap(f"Ordered {ticket.ordered_time}", width)


def _customer_copy_lines(ticket: Ticket, line: TicketLine, width: int) -> list[str]:
    name = " ".join(part for part in (f"{line.quantity} x {line.title}", line.options) if part)
    amount = ticket.currency.format_number(line.amount)
    *above, last = wrap(name, max(2, width - cell_width(amount) - 1)) or [""]
    parts = () if line.is_as_on_menu else line.parts
    details = line.details or "; ".join(_part_description(part) for part in parts)
    return [*above, align_ends(last, amount, width), *wrap(details, width, "  ")]


def _part_description(part: TicketPart) -> str:
    """Describe a part with its own parts."""
    side = {Portion.LEFT: "left: ", Portion.RIGHT: "right: "}.get(part.portion, "")
    inside = ", ".join(_part_description(inner) for inner in part.parts)
    return f"{side}{_part_name(part)}" + (f" ({inside})" if inside else "")


def _kitchen_copy_lines(line: TicketLine, width: int) -> list[str]:
    lines = wrap(" ".join(p for p in (f"{line.quantity} x {line.title}", line.options) if p).upper(), width)
    if line.details:
        lines += wrap(f"> {line.details}", width, "  ")
    return lines + _part_lines(line.parts, width, indent=2)


def _part_lines(parts: Sequence[TicketPart], width: int, *, indent: int) -> list[str]:
    """Rows for the whole parts, with their own parts indented, then both halves side by side."""
    # However deep, half of the width is left for the text.
    margin = " " * min(indent, width // 4)
    lines: list[str] = []
    for part in parts:
        if part.portion is Portion.WHOLE:
            lines += wrap(_part_name(part), width, margin)
            lines += _part_lines(part.parts, width, indent=indent + 2)
    left = [_part_name(part) for part in parts if part.portion is Portion.LEFT]
    right = [_part_name(part) for part in parts if part.portion is Portion.RIGHT]
    if left or right:
        lines += _half_columns(left, right, width, margin)
    return lines


def _half_columns(left: Sequence[str], right: Sequence[str], width: int, margin: str) -> list[str]:
    room = (width - len(margin) - 3) // 2
    columns = [[line for name in side for line in wrap(name, room)] or ["-"] for side in (left, right)]
    rows = [("LEFT", "RIGHT"), *zip_longest(*columns, fillvalue="")]
    return [f"{margin}{pad(one, room)} | {other}" for one, other in rows]


def _part_name(part: TicketPart) -> str:
    """Name a part, quantity and unusual strength first."""
    strength = "" if part.strength.casefold() in REGULAR_STRENGTHS else part.strength.upper()
    times = f"{part.quantity} x" if part.quantity > 1 else ""
    return clean(" ".join(word for word in (times, strength, part.title, part.options) if word))
