"""What a screen shows of an open order: its draft, and what the platform has of it.

Used by the orders' service.
"""

from console.ordering.money import Currency
from console.ordering.pricing.estimate import estimate_draft
from console.ordering.stores import Location
from console.services.orders.open_order import OpenOrder
from console.services.orders.problem_texts import problem_text
from console.services.views import OrderView
from console.sync.cart.differences import CartComparison


def build_order_view(
    order: OpenOrder, comparison: CartComparison, *, store: Location, currency: Currency
) -> OrderView:
    """An order as it is now."""
    return OrderView(
        draft_id=order.header.draft_id,
        store=store,
        customer=order.header.customer,
        created_at=order.header.created_at,
        draft=order.draft,
        currency=currency,
        estimate=estimate_draft(order.draft, currency).total,
        comparisons=comparison.lines,
        unexpected=comparison.unexpected,
        totals=comparison.totals,
        pending_lines=comparison.pending_lines,
        differences=comparison.differences,
        activity=order.status.activity,
        problem=order.save_error or problem_text(order.status.problem, currency),
        is_saved=not order.unsaved_edits,
        rejected=comparison.rejected,
        placement=order.status.placement,
        suggested_deals=comparison.suggested_deals,
    )
