"""What the placed orders of a run were, counted from the platform's own record for the table.

Used by ``fault_check.py``; printed by ``faults.py``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache

from benchmarks.faults.order_record import Contents, Json, Part, contents, menu, merge_equal, terms
from console.sandbox.menu.configuration import default_parts
from console.sandbox.menu.configured_part import ConfiguredPart as MenuPart


@dataclass(slots=True)
class Counts:
    """How many of the placed orders were so; the last are lines, and not orders."""

    deliveries: int = 0
    with_a_slot: int = 0
    with_a_voucher: int = 0
    authorised: int = 0
    with_custom: int = 0
    custom_bundles: int = 0
    custom_deals: int = 0
    halves: int = 0

    def add(self, order: Json) -> None:
        """Count one order."""
        how, lines = terms(order), contents(order)
        self.deliveries += how.mode == "H"
        self.with_a_slot += how.slot_id > 0
        self.with_a_voucher += bool(how.vouchers)
        self.authorised += how.payment != "COD"
        custom = [line for line in lines if line.parts != _menu_contents(line.product_id)]
        deals = sum(line.product_id in menu().deals for line in custom)
        self.with_custom += bool(custom)
        self.custom_deals += deals
        self.custom_bundles += len(custom) - deals
        self.halves += sum(_has_half(line) for line in lines)

    @property
    def rows(self) -> list[tuple[str, int]]:
        """For the table."""
        return [(NAMES[field.name], int(getattr(self, field.name))) for field in fields(self)]

    @classmethod
    def sum(cls, counts: Iterable["Counts"]) -> "Counts":
        """All of them together."""
        several = list(counts)
        return cls(**{f.name: sum(int(getattr(one, f.name)) for one in several) for f in fields(cls)})


NAMES = {
    "deliveries": "deliveries",
    "with_a_slot": "with a slot",
    "with_a_voucher": "with a voucher",
    "authorised": "paid by what must be authorised",
    "with_custom": "with something made to order",
    "custom_bundles": "lines of bundles made to order",
    "custom_deals": "lines of deals made to order",
    "halves": "lines with something on one half",
}


@cache
def _menu_contents(product_id: int) -> Contents:
    return _parts(default_parts(menu(), product_id))


def _parts(parts: Iterable[MenuPart]) -> Contents:
    return merge_equal(
        Part(part.product_id, part.variant_id, part.quantity, part.portion, _parts(part.parts))
        for part in parts
    )


def _has_half(part: Part) -> bool:
    return part.portion != "W" or any(map(_has_half, part.parts))
