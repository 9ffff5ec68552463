"""One order as the screens get it, for tests of the texts that they make of it."""

from decimal import Decimal

from console.ordering.checkout import Address, Checkout, DeliveryMode, PaymentMethod
from console.ordering.draft import AddLine, Draft, DraftLine, OrderItem, SetCheckout
from console.ordering.money import Currency
from console.ordering.stores import Location
from console.services.views import (
    Activity,
    CartTotals,
    LineComparison,
    LineStatus,
    OrderView,
    PlacementStatus,
    PlacementView,
)

CASH = PaymentMethod("COD", "COD", "0", "Cash")
BREAD = OrderItem(1, 0, "Bread", "", Decimal("0.750"))


def bread_order(
    *,
    goods: str = "2.250",
    fee: str | None = None,
    confirmed_fee: str | None = None,
    quoted: tuple[str, str | None] | None = None,
    tendered: str | None = None,
) -> OrderView:
    """Three breads to be delivered.

    ``fee`` is the remembered one, ``confirmed_fee`` the platform's, and ``quoted`` the total and fee that the
    customer was told, for an order that waits; None where there is none.
    """
    is_confirmed = confirmed_fee is not None
    total = Decimal(goods) + Decimal(confirmed_fee or 0)
    cash = None if tendered is None else Decimal(tendered)
    checkout = Checkout(
        DeliveryMode.DELIVERY, Address("Street 1", area="Salmiya"), payment=CASH, tendered=cash
    )
    is_stopped = quoted is not None and is_confirmed
    state = PlacementStatus.NEEDS_ATTENTION if is_stopped else PlacementStatus.WAITING
    offline_activity = Activity.IDLE if is_confirmed else Activity.OFFLINE
    return OrderView(
        draft_id="D",
        store=Location(27299, "SAL", "Salmiya"),
        customer=None,
        created_at=0.0,
        draft=Draft.replay([AddLine(DraftLine("B", BREAD, 3)), SetCheckout(checkout)]),
        currency=Currency("KWD"),
        estimate=Decimal(goods) + Decimal(fee or 0),
        comparisons=(LineComparison("B", LineStatus.CONFIRMED, 3, BREAD.unit_price, BREAD),),
        unexpected=(),
        totals=CartTotals("KWD", Decimal(goods), Decimal(confirmed_fee), Decimal(0), Decimal(0), total)
        if confirmed_fee is not None
        else None,
        pending_lines=0 if is_confirmed else 1,
        differences=0,
        activity=Activity.NEEDS_ATTENTION if is_stopped else offline_activity,
        problem="",
        is_saved=True,
        placement=PlacementView()
        if quoted is None
        else PlacementView(state, Decimal(quoted[0]), None if quoted[1] is None else Decimal(quoted[1])),
        estimated_delivery=None if fee is None else Decimal(fee),
    )
