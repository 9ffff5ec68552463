"""What a screen shows of an open order: its draft, and what the platform has of it.

Used by the orders' service.
"""

from console.desk.open_order import OpenOrder
from console.desk.values import OrderView
from console.ordering.money import Currency
from console.ordering.pricing.estimate import estimate_draft
from console.ordering.stores import Location
from console.sync.cart.differences import CartComparison


def view_of(order: OpenOrder, facts: CartComparison, *, store: Location, currency: Currency) -> OrderView:
    """An order as it is now."""
    return OrderView(
        draft_id=order.header.draft_id,
        store=store,
        customer=order.header.customer,
        created_at=order.header.created_at,
        draft=order.draft,
        currency=currency,
        estimate=estimate_draft(order.draft, currency).total,
        facts=facts.lines,
        strange=facts.unexpected,
        totals=facts.totals,
        unsent=facts.pending_lines,
        differences=facts.differences,
        activity=order.status.activity,
        problem=order.trouble or order.status.problem,
        saved=not order.unsaved,
        refused=facts.rejected,
        placement=order.status.placement,
        suggested=facts.suggested_deals,
    )
