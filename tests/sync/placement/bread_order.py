"""An order of two garlic breads, ready to be placed."""

from console.sync.platform_rules import ReferenceAttribute
from tests.sync.counter import (
    GARLIC_BREAD,
    PAID_IN_CASH,
    TOM,
    Console,
    Machine,
    add,
)

BREAD = add("L1", GARLIC_BREAD, quantity=2)
QUOTED = "1.500"
BOUGHT = {(GARLIC_BREAD, 0): 2}
FIELD = "ConsoleReference"


async def ready(console: Console, *, draft_id: str = "D1") -> None:
    """Start an order with its cart in sync and its payment chosen."""
    await console.start_order(TOM, draft_id)
    await console.edit(BREAD, PAID_IN_CASH, draft_id=draft_id)
    await console.wait_until_settled(draft_id)


def with_reference(machine: Machine) -> None:
    """The merchant has an attribute for our reference, and the profile names it."""
    machine.reference = ReferenceAttribute(77, FIELD)
    machine.switch(order_attributes=frozenset({FIELD}))
