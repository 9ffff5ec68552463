"""The sandbox's own record of the orders that were placed.

Read by tests and the control endpoint; it goes by no operation of the API.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from console.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class OrderLineRecord:
    """One line of an order. ``unit_price`` is for one with all its parts, in the merchant's currency."""

    product_id: int
    variant_id: int
    quantity: int
    cancelled: int
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """One order. ``attributes`` are those it was given; the times are Unix seconds, ``None`` for never.

    The lines' prices, with ``shipping`` and without ``discount``, come to ``total``.
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
    lines: tuple[OrderLineRecord, ...]


def orders(store: Store) -> list[OrderRecord]:
    """Every order that was ever placed, the oldest first."""
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
                lines=tuple(
                    OrderLineRecord(
                        product_id=cast("list[int]", json.loads(str(line["part"])))[0],
                        variant_id=cast("list[int]", json.loads(str(line["part"])))[1],
                        quantity=int(line["quantity"]),
                        cancelled=int(line["cancelled"]),
                        unit_price=Decimal(str(line["unit_price"])),
                    )
                    for line in lines
                ),
            )
        )
    return records


def shown(store: Store) -> list[dict[str, object]]:
    """The record as the control endpoint shows it."""
    return [order_json(order) for order in orders(store)]


def order_json(order: OrderRecord) -> dict[str, object]:
    """An order of the record as JSON; amounts are strings, so that no digit is lost."""
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
        "lines": [
            {
                "product_id": line.product_id,
                "variant_id": line.variant_id,
                "quantity": line.quantity,
                "cancelled": line.cancelled,
                "unit_price": str(line.unit_price),
            }
            for line in order.lines
        ],
    }
