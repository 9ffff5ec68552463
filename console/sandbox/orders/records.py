"""The sandbox's own record of the placed orders, for tests and the control API.

No operation of the API reads it.
"""

import json
import sqlite3
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from console.sandbox.carts.state import part_from_json
from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class OrderLineRecord:
    """One line of an order. ``unit_price`` is for one with all its parts, in the merchant's currency."""

    product_id: int
    variant_id: int
    quantity: int
    cancelled: int
    unit_price: Decimal
    parts: tuple[ConfiguredPart, ...]


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """One order. ``attributes`` are its order attributes; times are Unix seconds, ``None`` for never.

    ``total`` is the sum of the lines' prices and ``shipping``, less ``discount``. ``slot_id`` is 0 for as
    soon as possible; ``slot_day`` is in ISO format; ``street``, ``area`` and ``pin`` are the destination.
    """

    order_id: int
    user_id: str
    location_id: int
    mode: str
    placed_at: float
    authorised_at: float | None
    cancelled_at: float | None
    shipping: Decimal
    discount: Decimal
    total: Decimal
    reference: str
    attributes: tuple[tuple[str, str], ...]
    payment: str
    vouchers: tuple[str, ...]
    slot_id: int
    slot_day: str
    street: str
    area: str
    pin: str
    lines: tuple[OrderLineRecord, ...]


def read_orders(store: Store) -> list[OrderRecord]:
    """Return every order that was ever placed, the oldest first."""
    records: list[OrderRecord] = []
    for row in store.rows("SELECT * FROM placed_order ORDER BY order_id"):
        record = cast("dict[str, object]", json.loads(str(row["record"])))
        attributes = cast("list[tuple[int, str, str]]", record["attributes"])
        lines = store.rows(
            "SELECT * FROM order_line WHERE order_id = ? ORDER BY line_id", int(row["order_id"])
        )
        records.append(
            OrderRecord(
                order_id=int(row["order_id"]),
                user_id=str(row["user_id"]),
                location_id=int(row["location_id"]),
                mode=str(row["mode"]),
                placed_at=float(row["placed_at"]),
                authorised_at=None if row["authorised_at"] is None else float(row["authorised_at"]),
                cancelled_at=None if row["cancelled_at"] is None else float(row["cancelled_at"]),
                shipping=Decimal(str(record["shipping"])),
                discount=Decimal(str(record["voucher_discount"]))
                + Decimal(str(record["promotion_discount"])),
                total=Decimal(str(record["total"])),
                reference=str(row["reference"]),
                attributes=tuple((name, value) for _, name, value in attributes),
                payment=str(record["payment_option"]),
                vouchers=tuple(code for code in str(record["vouchers"]).split(",") if code),
                slot_id=int(row["slot_id"]),
                slot_day=str(row["slot_day"]),
                street=str(record["Ship_Address1"] or ""),
                area=str(record["Ship_Address2"] or ""),
                pin=str(record["Ship_PostCode"] or ""),
                lines=tuple(map(_line, lines)),
            )
        )
    return records


def _line(row: sqlite3.Row) -> OrderLineRecord:
    part = part_from_json(cast("list[object]", json.loads(str(row["part"]))))
    return OrderLineRecord(
        product_id=part.product_id,
        variant_id=part.variant_id,
        quantity=int(row["quantity"]),
        cancelled=int(row["cancelled"]),
        unit_price=Decimal(str(row["unit_price"])),
        parts=part.parts,
    )


def orders_json(store: Store) -> list[dict[str, object]]:
    """Return the record as the control API shows it."""
    return [order_json(order) for order in read_orders(store)]


def order_json(order: OrderRecord) -> dict[str, object]:
    """Encode an order record as JSON; amounts are strings, so that no digit is lost."""
    return {
        "order_id": order.order_id,
        "user_id": order.user_id,
        "location_id": order.location_id,
        "mode": order.mode,
        "placed_at": order.placed_at,
        "authorised_at": order.authorised_at,
        "cancelled_at": order.cancelled_at,
        "shipping": str(order.shipping),
        "discount": str(order.discount),
        "total": str(order.total),
        "reference": order.reference,
        "attributes": dict(order.attributes),
        "payment": order.payment,
        "vouchers": list(order.vouchers),
        "slot_id": order.slot_id,
        "slot_day": order.slot_day,
        "street": order.street,
        "area": order.area,
        "pin": order.pin,
        "lines": [
            {
                "product_id": line.product_id,
                "variant_id": line.variant_id,
                "quantity": line.quantity,
                "cancelled": line.cancelled,
                "unit_price": str(line.unit_price),
                "parts": [part_json(part) for part in line.parts],
            }
            for line in order.lines
        ],
    }


def part_json(part: ConfiguredPart) -> dict[str, object]:
    """Encode a part of a line as JSON, with its own parts; its quantity is per unit of the parent."""
    return {
        "product_id": part.product_id,
        "variant_id": part.variant_id,
        "quantity": part.quantity,
        "portion": part.portion,
        "parts": [part_json(inner) for inner in part.parts],
    }
