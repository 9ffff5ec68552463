"""The sandbox's description of itself: its record of the carts, and how to sign in.

No operation of the API reads it.
"""

from dataclasses import dataclass, field
from decimal import Decimal

WALK_IN = "walk-in"


@dataclass(frozen=True, slots=True)
class PartRecord:
    """A part of a pizza or of a deal. ``portion`` is W, L or R; ``quantity`` is per unit of the parent."""

    product_id: int
    variant_id: int
    title: str
    options: str
    quantity: int
    portion: str
    parts: tuple["PartRecord", ...] = ()


@dataclass(frozen=True, slots=True)
class LineRecord:
    """One line of a cart. ``unit_price`` is for one with all its parts, in the merchant's currency."""

    product_id: int
    variant_id: int
    title: str
    options: str
    quantity: int
    unit_price: Decimal
    parts: tuple[PartRecord, ...] = ()

    @property
    def line_total(self) -> Decimal:
        """Price of all units."""
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class CartRecord:
    """One cart. ``token`` is shortened; ``customer`` is the user name, or ``walk-in``.

    ``slot_id`` is 0 for as soon as possible; ``street``, ``area`` and ``pin`` are the delivery address.
    """

    token: str
    customer: str
    location_id: int
    mode: str
    lines: tuple[LineRecord, ...]
    shipping_cost: Decimal
    discount: Decimal = Decimal(0)
    vouchers: tuple[str, ...] = ()
    slot_id: int = 0
    street: str = ""
    area: str = ""
    pin: str = ""

    @property
    def product_cost(self) -> Decimal:
        """Price of the lines."""
        return sum((line.line_total for line in self.lines), Decimal(0))

    @property
    def order_total(self) -> Decimal:
        """Price of the order."""
        return self.product_cost + self.shipping_cost - self.discount


@dataclass(frozen=True, slots=True)
class DemoOperator:
    """A demonstration operator, with the password to sign in with."""

    username: str
    password: str = field(repr=False)
    name: str
    locations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DemoAccess:
    """Credentials of the sandbox's merchant. ``customers`` are user names."""

    merchant_id: str
    consumer_key: str
    consumer_secret: str = field(repr=False)
    auth_token: str = field(repr=False)
    operators: tuple[DemoOperator, ...]
    customers: tuple[str, ...]
    location_id: int


def format_carts(carts: list[CartRecord], *, currency: str, digits: int) -> str:
    """Format carts as aligned plain text; control characters are escaped."""
    if not carts:
        return "No carts.\n"
    blocks: list[str] = []
    for cart in carts:
        rows: list[tuple[str, str, str, str]] = []
        for line in cart.lines:
            total = _format_money(line.line_total, digits)
            rows.append((str(line.quantity), _printable(line.title), _printable(line.options), total))
            rows += _part_rows(line.parts, indent=2)
        amounts = (
            ("products", cart.product_cost),
            ("delivery", cart.shipping_cost),
            *((("discount", -cart.discount),) if cart.discount else ()),
            ("total", cart.order_total),
        )
        rows += [("", name, "", _format_money(amount, digits)) for name, amount in amounts]
        count, name, options, amount = (max(len(row[column]) for row in rows) for column in range(4))
        heading = (
            f"{cart.token}  {_printable(cart.customer)}  location {cart.location_id}  {cart.mode}  {currency}"
        )
        lines = [
            f"  {row[0]:>{count}}  {row[1]:<{name}}  {row[2]:<{options}}  {row[3]:>{amount}}".rstrip()
            for row in rows
        ]
        blocks.append("\n".join((heading, *lines)))
    return "\n\n".join(blocks) + "\n"


def _part_rows(parts: tuple[PartRecord, ...], *, indent: int) -> list[tuple[str, str, str, str]]:
    rows: list[tuple[str, str, str, str]] = []
    for part in parts:
        side = {"L": "left ", "R": "right "}.get(part.portion, "")
        count = f"{part.quantity} " if part.quantity > 1 else ""
        rows.append(
            ("", f"{' ' * indent}{side}{count}{_printable(part.title)}", _printable(part.options), "")
        )
        rows += _part_rows(part.parts, indent=indent + 2)
    return rows


def _format_money(amount: Decimal, digits: int) -> str:
    return f"{amount:.{digits}f}"


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)
