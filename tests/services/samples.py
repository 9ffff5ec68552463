"""Tom, what he orders and his ticket: samples that several tests of services share."""

from decimal import Decimal

from console.ordering.customer import Customer
from console.ordering.draft import OrderItem
from console.ordering.money import Currency
from console.ordering.placed.purchased_order import TotalRow
from console.ordering.placed.ticket import Ticket, TicketLine
from tests.past_orders import RANCH
from tests.shops import SandboxBackend

KWD = Currency("KWD")


TOM = Customer("2fbb775a-863b-4e87-a99e-ec725fd7a2d1", "tom.sawyer@example.com", "Tom", "Sawyer")


def large_base(backend: SandboxBackend) -> tuple[int, int]:
    """The crust and size of a large pizza, by both its ids."""
    menu = backend.store.menu
    base = menu.products[menu.bundles[RANCH].base_id]
    return base.product_id, next(v.variant_id for v in base.variants if ("Size", "Large") in v.options)


GARLIC_BREAD = OrderItem(13047603, 0, "Garlic Bread", "", Decimal("0.750"))


TICKET = Ticket(
    "Salmiya",
    "7400001",
    "Tom",
    (TicketLine("Bread", 1, Decimal(1)),),
    KWD,
    (TotalRow("Total", Decimal(1)),),
)
