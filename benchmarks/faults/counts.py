"""Count the placed orders of a run by kind, from the platform's own record."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache

from benchmarks.faults.order_record import Contents, Json, Part, contents, menu, merge_equal, terms
from console.sandbox.menu.configuration import default_parts
from console.sandbox.menu.configured_part import ConfiguredPart as MenuPart


@dataclass(slots=True)
class Counts:
    """Number of placed orders of each kind; the last three count order lines."""

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
        order_terms, lines = terms(order), contents(order)
        self.deliveries += order_terms.mode == "H"
        self.with_a_slot += order_terms.slot_id > 0
        self.with_a_voucher += bool(order_terms.vouchers)
        self.authorised += order_terms.payment != "COD"
        custom = [line for line in lines if line.parts != _menu_contents(line.product_id)]
        deals = sum(line.product_id in menu().deals for line in custom)
        self.with_custom += bool(custom)
        self.custom_deals += deals
        self.custom_bundles += len(custom) - deals
        self.halves += sum(_has_half(line) for line in lines)

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Labels and counts for the table."""
        return [(NAMES[field.name], int(getattr(self, field.name))) for field in fields(self)]

    @classmethod
    def sum(cls, counts: Iterable["Counts"]) -> "Counts":
        """Add up counts."""
        every = list(counts)
        return cls(**{f.name: sum(int(getattr(one, f.name)) for one in every) for f in fields(cls)})


NAMES = {
    "deliveries": "deliveries",
    "with_a_slot": "with a slot",
    "with_a_voucher": "with a voucher",
    "authorised": "with an authorised payment",
    "with_custom": "with a configured item",
    "custom_bundles": "lines of configured bundles",
    "custom_deals": "lines of configured deals",
    "halves": "lines with a topping on one half",
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
