"""Maps an open or a placed order to the content of its ticket."""

from collections.abc import Callable
from decimal import Decimal

from console.ordering.catalogue import Variant
from console.ordering.checkout import Checkout
from console.ordering.configuration.bundle import CRUST, STRENGTH, option_value
from console.ordering.draft import Component, OrderItem
from console.ordering.money import Currency
from console.ordering.past_orders import OrderState, PastLine, PastOrder, line_options
from console.ordering.ticket import Ticket, TicketLine, TicketPart, TicketTotal
from console.services.views import OrderView

VariantLookup = Callable[[int, int], Variant | None]
PartsLookup = Callable[[OrderItem], tuple[Component, ...]]
AS_SOON_AS_POSSIBLE = "as soon as possible"


def ticket_from_draft(
    view: OrderView, *, number: str, find_variant: VariantLookup, find_parts: PartsLookup
) -> Ticket:
    """Build the ticket of an open order; amounts are the platform's where it confirmed them."""
    checkout = view.draft.checkout
    return Ticket(
        store=view.store.name,
        number=number,
        customer=view.customer_name,
        lines=tuple(
            TicketLine(
                title=line.item.title,
                quantity=line.quantity,
                amount=amount,
                options=line.item.options,
                details=line.item.details,
                parts=_ticket_parts(find_parts(line.item), find_variant),
            )
            for line, amount in zip(view.draft.lines, view.amounts.lines, strict=True)
        ),
        currency=view.currency,
        totals=_draft_totals(view),
        mode=checkout.mode,
        wanted_time=checkout.delivery_slot.label if checkout.delivery_slot else AS_SOON_AS_POSSIBLE,
        phone=view.customer.mobile if view.customer else "",
        address=checkout.address.one_line if checkout.address else "",
        notes=checkout.notes,
        payment=(checkout.payment.title or checkout.payment.option) if checkout.payment else "",
    )


def ticket_from_past_order(order: PastOrder, *, store: str, currency: Currency) -> Ticket:
    """Build the ticket of a placed order."""
    return Ticket(
        store=store,
        number=str(order.number),
        customer=order.customer or "Walk-in",
        lines=tuple(
            TicketLine(
                title=line.title,
                quantity=line.quantity,
                amount=line.total,
                options=line_options(line),
                parts=_past_ticket_parts(line),
                cancelled_quantity=line.cancelled_quantity,
            )
            for line in order.lines or ()
        ),
        currency=currency,
        totals=_past_totals(order),
        mode=order.mode,
        wanted_time=order.wanted_time or AS_SOON_AS_POSSIBLE,
        ordered_time=f"{order.ordered_at:%d %b %Y %H:%M}" if order.ordered_at else "",
        phone=order.mobile,
        address=order.address,
        notes=order.notes,
        payment=order.payment,
        is_cancelled=order.state is OrderState.CANCELLED,
    )


def _ticket_parts(components: tuple[Component, ...], find_variant: VariantLookup) -> tuple[TicketPart, ...]:
    """Build the parts of an item; a crust shows in the options of its pizza."""
    parts: list[TicketPart] = []
    for component in components:
        variant = find_variant(component.product_id, component.variant_id)
        if option_value(variant, CRUST):
            continue
        strength = option_value(variant, STRENGTH)
        bases = (find_variant(inner.product_id, inner.variant_id) for inner in component.components)
        base = next((base for base in bases if option_value(base, CRUST)), None)
        own = variant if variant and not strength else None
        parts.append(
            TicketPart(
                title=component.title,
                options=base.label if base else own.label if own else "",
                portion=component.portion,
                strength=strength,
                quantity=component.quantity,
                parts=_ticket_parts(component.components, find_variant),
            )
        )
    return tuple(parts)


def _past_ticket_parts(line: PastLine) -> tuple[TicketPart, ...]:
    return tuple(
        TicketPart(
            title=part.title,
            options=line_options(part),
            portion=part.portion,
            strength=part.strength,
            quantity=part.quantity,
            parts=_past_ticket_parts(part),
        )
        for part in line.parts
        if not part.is_base
    )


def _draft_totals(view: OrderView) -> tuple[TicketTotal, ...]:
    totals = view.totals
    if totals is None or not view.is_confirmed:
        return _estimated_totals(view.total, view.delivery_fee)
    amounts = _totals(totals.products, totals.shipping, totals.tax, totals.discount, totals.total)
    return (*amounts, *_cash_change(view.draft.checkout, totals.total))


def _estimated_totals(total: Decimal, delivery: Decimal | None) -> tuple[TicketTotal, ...]:
    if delivery is None:
        return (TicketTotal("Estimated, plus delivery", total),)
    estimated = TicketTotal("Total, estimated", total)
    if not delivery:
        return (estimated,)
    return TicketTotal("Goods", total - delivery), TicketTotal("Delivery", delivery), estimated


def _past_totals(order: PastOrder) -> tuple[TicketTotal, ...]:
    amounts = _totals(order.goods_total, order.delivery_charge, order.tax, order.discount, order.total)
    return (*amounts, TicketTotal("Left to pay", order.payable)) if order.payable != order.total else amounts


def _totals(
    goods: Decimal, delivery: Decimal, tax: Decimal, discount: Decimal, total: Decimal
) -> tuple[TicketTotal, ...]:
    adjustments = (
        TicketTotal("Delivery", delivery),
        TicketTotal("Tax", tax),
        TicketTotal("Discount", -discount),
    )
    nonzero = tuple(s for s in adjustments if s.amount)
    return (
        (TicketTotal("Goods", goods), *nonzero, TicketTotal("Total", total))
        if nonzero
        else (TicketTotal("Total", total),)
    )


def _cash_change(checkout: Checkout, total: Decimal) -> tuple[TicketTotal, ...]:
    tendered = checkout.tendered
    if tendered is None or tendered < total:
        return ()
    return TicketTotal("Cash given", tendered), TicketTotal("Change", tendered - total)
