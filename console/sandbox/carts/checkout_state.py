"""Checkout data of a cart: vouchers, slot, addresses, shipping mode, attributes.

Read and written inside the transaction of a request.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from console.sandbox.carts.state import SandboxCart
from console.sandbox.requests import Call

NOTE = "#GiftMessage"


@dataclass(frozen=True, slots=True)
class CheckoutAttribute:
    """An attribute of the order to be placed, under the id the caller gave it."""

    field_id: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class SandboxCheckout:
    """The checkout data of a cart.

    ``demanded_at`` is the requested time, in Unix seconds, 0 for as soon as possible; ``shipping_mode`` 0 is
    the merchant's default. ``bill`` and ``ship`` have the keys of an echo without ``Bill_`` and ``Ship_``.
    """

    vouchers: tuple[str, ...] = ()
    slot_id: int = 0
    demanded_at: float = 0.0
    shipping_mode: int = 0
    bill: Mapping[str, str] = field(default_factory=dict[str, str])
    ship: Mapping[str, str] = field(default_factory=dict[str, str])
    attributes: tuple[CheckoutAttribute, ...] = ()
    note: str = ""
    """The gift message, in which shops send the customer's note."""


def load(call: Call, cart: SandboxCart | None) -> SandboxCheckout:
    """Load the checkout data of a cart; empty if there is none."""
    row = None
    if cart is not None:
        row = call.store.row("SELECT * FROM checkout WHERE cart_id = ?", cart.cart_id)
    if row is None:
        return SandboxCheckout()
    stored = cast("list[tuple[int, str, str]]", json.loads(str(row["attributes"])))
    attributes = [CheckoutAttribute(*attribute) for attribute in stored]
    return SandboxCheckout(
        vouchers=tuple(cast("list[str]", json.loads(str(row["vouchers"])))),
        slot_id=int(row["slot_id"]),
        demanded_at=float(row["demanded"]),
        shipping_mode=int(row["shipping_mode"]),
        bill=cast("dict[str, str]", json.loads(str(row["bill"]))),
        ship=cast("dict[str, str]", json.loads(str(row["ship"]))),
        # The note is stored among the attributes, under a name that no attribute has.
        attributes=tuple(attribute for attribute in attributes if attribute.name != NOTE),
        note=next((attribute.value for attribute in attributes if attribute.name == NOTE), ""),
    )


def save(call: Call, cart: SandboxCart, checkout: SandboxCheckout) -> None:
    """Save the checkout data of a cart."""
    notes = (CheckoutAttribute(0, NOTE, checkout.note),) if checkout.note else ()
    call.store.run(
        "INSERT OR REPLACE INTO checkout VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        cart.cart_id,
        json.dumps(checkout.vouchers),
        checkout.slot_id,
        checkout.demanded_at,
        checkout.shipping_mode,
        json.dumps(dict(checkout.bill)),
        json.dumps(dict(checkout.ship)),
        json.dumps([(a.field_id, a.name, a.value) for a in (*checkout.attributes, *notes)]),
    )
