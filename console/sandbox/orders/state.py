"""The stored state of an order: its lines as sold, its log, and its status by the clock.

Read and written inside the transaction of a request.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import cast

from console.sandbox.carts.state import part_from_json, part_to_json
from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.menu.half_rule import round_amount
from console.sandbox.menu.menu import ZERO
from console.sandbox.pricing.rules import PricedPart
from console.sandbox.requests import Call
from console.sandbox.responses import EMPTY_GUID, Code, Json, RefusalError

IN_KITCHEN = "IK"
"""The sub-status of an order that the store has confirmed, as in the documents' sample."""


class Status(StrEnum):
    """Status of an order, by the documents' letters."""

    PENDING = "P"
    AUTHORISED = "A"
    SHIPPED = "S"
    WAITING = "W"
    DELIVERED = "D"
    CANCELLED = "C"
    FAILED = "F"


@dataclass(frozen=True, slots=True)
class SoldRow:
    """A product of a sold line: its own row comes first, then its parts, each after its parent.

    ``quantity`` is per unit of its line; ``parent_index`` is the index of the parent row, -1 for the first.
    """

    product_id: int
    variant_id: int
    quantity: int
    price: str
    list_price: str
    portion: str
    group_id: int
    is_primary: bool
    parent_index: int


@dataclass(frozen=True, slots=True)
class SandboxOrderLine:
    """A line of an order. The ids of its rows follow its own."""

    line_id: int
    location_id: int
    quantity: int
    cancelled: int
    unit_price: Decimal
    free_rule_id: int
    part: ConfiguredPart
    rows: tuple[SoldRow, ...]

    @property
    def remaining(self) -> int:
        """Quantity that is not cancelled."""
        return self.quantity - self.cancelled


@dataclass(frozen=True, slots=True)
class SandboxOrder:
    """An order. ``record`` is a snapshot of its placing: addresses, payment, amounts, attributes."""

    order_id: int
    user_id: str
    operator_id: str
    location_id: int
    mode: str
    placed_at: float
    authorised_at: float | None
    cancelled_at: float | None
    slot_id: int
    slot_day: str
    reference: str
    record: Mapping[str, Json]
    lines: tuple[SandboxOrderLine, ...] = field(default=())

    def text(self, key: str) -> str:
        """The text of the record at ``key``, empty if missing."""
        value = self.record.get(key)
        return "" if value is None else str(value)

    def amount(self, key: str) -> Decimal:
        """The amount of the record at ``key``."""
        return Decimal(self.text(key) or "0")

    @property
    def payable(self) -> Decimal:
        """Amount still payable: remaining lines, less their share of the discounts, plus delivery."""
        remaining = sum((line.unit_price * line.remaining for line in self.lines), ZERO)
        if self.cancelled_at is not None or not any(line.remaining for line in self.lines):
            return ZERO
        discount = self.amount("voucher_discount") + self.amount("promotion_discount")
        cost = self.amount("product_cost")
        share = round_amount(discount * remaining / cost, int(self.text("digits"))) if cost else ZERO
        return remaining - share + self.amount("shipping")


def reached_at(call: Call, order: SandboxOrder, seconds: int) -> float | None:
    """Return when an order reaches the stage ``seconds`` after authorisation, ``None`` if it has not."""
    if order.authorised_at is None:
        return None
    when = order.authorised_at + seconds
    return None if order.cancelled_at is not None or when > call.now else when


def status(call: Call, order: SandboxOrder) -> tuple[Status, str]:
    """Return the current status of an order, with its sub-status."""
    pace = call.store.fulfilment.pace
    if (switched := call.switches.order_states.get(order.order_id)) is not None:
        letter, _, sub_status = switched.partition("/")
        return Status(letter), sub_status
    if order.cancelled_at is not None:
        return Status.CANCELLED, ""
    if order.authorised_at is None:
        return Status.PENDING, ""
    if reached_at(call, order, pace.seconds_to_delivered):
        return Status.DELIVERED, ""
    if reached_at(call, order, pace.seconds_to_shipped):
        return Status.SHIPPED, ""
    return Status.AUTHORISED, IN_KITCHEN if reached_at(call, order, pace.seconds_to_confirmed) else ""


def history_letter(letter: Status) -> str:
    """Return a status as Get Order History documents it: F is "Cancel" there."""
    return Status.FAILED.value if letter is Status.CANCELLED else letter.value


def load(call: Call, order_id: int) -> SandboxOrder:
    """Load the order of this number.

    Raises:
        RefusalError: 1006, there is none.
    """
    row = call.store.row("SELECT * FROM placed_order WHERE order_id = ?", order_id)
    if row is None:
        raise RefusalError(Code.UNKNOWN_ORDER)
    return _order(call, row)


def all_orders(call: Call) -> list[SandboxOrder]:
    """Load all orders, the newest first."""
    return [_order(call, row) for row in call.store.rows("SELECT * FROM placed_order ORDER BY order_id DESC")]


def orders_of_user(call: Call, user_id: str) -> list[SandboxOrder]:
    """Load a customer's orders, the newest first."""
    rows = call.store.rows("SELECT * FROM placed_order WHERE user_id = ? ORDER BY order_id DESC", user_id)
    return [_order(call, row) for row in rows]


def orders_with_reference(call: Call, reference: str) -> list[SandboxOrder]:
    """Load the orders with a reference number, the newest first; it need not be unique."""
    rows = call.store.rows("SELECT * FROM placed_order WHERE reference = ? ORDER BY order_id DESC", reference)
    return [_order(call, row) for row in rows]


def _order(call: Call, row: sqlite3.Row) -> SandboxOrder:
    order_id = int(row["order_id"])
    lines = call.store.rows("SELECT * FROM order_line WHERE order_id = ? ORDER BY line_id", order_id)
    return SandboxOrder(
        order_id=order_id,
        user_id=str(row["user_id"]),
        operator_id=str(row["operator_id"]),
        location_id=int(row["location_id"]),
        mode=str(row["mode"]),
        placed_at=float(row["placed_at"]),
        authorised_at=None if row["authorised_at"] is None else float(row["authorised_at"]),
        cancelled_at=None if row["cancelled_at"] is None else float(row["cancelled_at"]),
        slot_id=int(row["slot_id"]),
        slot_day=str(row["slot_day"]),
        reference=str(row["reference"]),
        record=cast("dict[str, Json]", json.loads(str(row["record"]))),
        lines=tuple(_line(line) for line in lines),
    )


def _line(line: sqlite3.Row) -> SandboxOrderLine:
    rows = cast("list[tuple[int, int, int, str, str, str, int, bool, int]]", json.loads(str(line["rows"])))
    return SandboxOrderLine(
        line_id=int(line["line_id"]),
        location_id=int(line["location_id"]),
        quantity=int(line["quantity"]),
        cancelled=int(line["cancelled"]),
        unit_price=Decimal(str(line["unit_price"])),
        free_rule_id=int(line["free"]),
        part=part_from_json(cast("list[object]", json.loads(str(line["part"])))),
        rows=tuple(SoldRow(*row) for row in rows),
    )


def add_line(
    call: Call, order_id: int, *, location_id: int, quantity: int, priced: PricedPart, free_rule_id: int
) -> None:
    """Save a line of an order as sold now. ``free_rule_id`` is the promotion that gives it."""
    rows = _sold_rows(priced, quantity=1, parent_index=-1, index=0)
    unit_price = ZERO if free_rule_id else priced.unit_price
    call.store.run(
        "INSERT INTO order_line (line_id, order_id, location_id, quantity, unit_price, free, part, rows)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        _next_line_id(call),
        order_id,
        location_id,
        quantity,
        str(unit_price),
        free_rule_id,
        json.dumps(part_to_json(priced.part)),
        json.dumps(rows),
    )


def _sold_rows(priced: PricedPart, *, quantity: int, parent_index: int, index: int) -> list[list[Json]]:
    part = priced.part
    rows: list[list[Json]] = [
        [
            part.product_id,
            part.variant_id,
            quantity,
            str(priced.price),
            str(priced.list_price),
            part.portion if parent_index >= 0 else "",
            part.group_id,
            priced.is_primary,
            parent_index,
        ]
    ]
    for child in priced.parts:
        child_rows = _sold_rows(
            child, quantity=quantity * child.part.quantity, parent_index=index, index=index + len(rows)
        )
        rows += child_rows
    return rows


def _next_line_id(call: Call) -> int:
    """Return the next free id, behind the rows of the last line."""
    row = call.store.row("SELECT line_id, rows FROM order_line ORDER BY line_id DESC LIMIT 1")
    if row is None:
        return call.store.fulfilment.first_order_id * 3
    return int(row["line_id"]) + len(cast("list[object]", json.loads(str(row["rows"]))))


def log_action(
    call: Call,
    order_id: int,
    action: str,
    message: str,
    *,
    operator_id: str = "",
    line_id: int = 0,
    before: int = 0,
    after: int = 0,
) -> None:
    """Record an action on an order; ``line_id`` with its quantities if it concerns one line."""
    call.store.run(
        "INSERT INTO order_log (order_id, logged_at, operator_id, action, message, line_id, before, after)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        order_id,
        call.now,
        operator_id or EMPTY_GUID,
        action,
        message,
        line_id,
        before,
        after,
    )
