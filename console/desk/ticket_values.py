"""From an order, under way or placed, to what its tickets say.

Used by the tickets' service.
"""

from collections.abc import Callable
from decimal import Decimal

from console.desk.values import LineComparison, OrderView
from console.ordering.catalogue import Variant
from console.ordering.checkout import Checkout
from console.ordering.configuration.bundle import CRUST, STRENGTH, option_value
from console.ordering.draft import Component, DraftLine, OrderItem
from console.ordering.money import Currency
from console.ordering.past_orders import OrderState, PastLine, PastOrder, line_options
from console.ordering.pricing.estimate import line_total
from console.ordering.ticket import Ticket, TicketLine, TicketPart, TicketTotal

VariantOf = Callable[[int, int], Variant | None]
PartsOf = Callable[[OrderItem], tuple[Component, ...]]
SOON = "as soon as possible"


def of_draft(view: OrderView, *, number: str, variant_of: VariantOf, parts_of: PartsOf) -> Ticket:
    """The ticket of an order under way. Amounts are the platform's where it has confirmed them."""
    checkout = view.draft.checkout
    return Ticket(
        store=view.store.name,
        number=number,
        customer=view.who,
        lines=tuple(
            TicketLine(
                title=line.item.title,
                quantity=line.quantity,
                amount=_amount(line, fact, view.currency),
                options=line.item.options,
                details=line.item.details,
                parts=_parts(parts_of(line.item), variant_of),
            )
            for line, fact in zip(view.draft.lines, view.facts, strict=True)
        ),
        currency=view.currency,
        totals=_sums_of_draft(view),
        mode=checkout.mode,
        wanted_time=checkout.delivery_slot.label if checkout.delivery_slot else SOON,
        phone=view.customer.mobile if view.customer else "",
        address=checkout.address.one_line if checkout.address else "",
        notes=checkout.notes,
        payment=(checkout.payment.title or checkout.payment.option) if checkout.payment else "",
    )


def of_past(order: PastOrder, *, store: str, currency: Currency) -> Ticket:
    """The ticket of an order that was placed."""
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
                parts=_past_parts(line),
                cancelled_quantity=line.cancelled_quantity,
            )
            for line in order.lines or ()
        ),
        currency=currency,
        totals=_sums_of_past(order),
        mode=order.mode,
        wanted_time=order.wanted_time or SOON,
        ordered_time=f"{order.ordered_at:%d %b %Y %H:%M}" if order.ordered_at else "",
        phone=order.mobile,
        address=order.address,
        notes=order.notes,
        payment=order.payment,
        is_cancelled=order.state is OrderState.CANCELLED,
    )


def _amount(line: DraftLine, fact: LineComparison, currency: Currency) -> Decimal:
    if fact.unit_price is not None and fact.quantity == line.quantity:
        return fact.unit_price * line.quantity
    return line_total(line, currency)


def _parts(components: tuple[Component, ...], variant_of: VariantOf) -> tuple[TicketPart, ...]:
    """What is on or in it; a crust is said by the options of what it is the base of."""
    parts: list[TicketPart] = []
    for component in components:
        variant = variant_of(component.product_id, component.variant_id)
        if option_value(variant, CRUST):
            continue
        strength = option_value(variant, STRENGTH)
        bases = (variant_of(inner.product_id, inner.variant_id) for inner in component.components)
        base = next((base for base in bases if option_value(base, CRUST)), None)
        own = variant if variant and not strength else None
        parts.append(
            TicketPart(
                title=component.title,
                options=base.label if base else own.label if own else "",
                portion=component.portion,
                strength=strength,
                quantity=component.quantity,
                parts=_parts(component.components, variant_of),
            )
        )
    return tuple(parts)


def _past_parts(line: PastLine) -> tuple[TicketPart, ...]:
    return tuple(
        TicketPart(
            title=part.title,
            options=line_options(part),
            portion=part.portion,
            strength=part.strength,
            quantity=part.quantity,
            parts=_past_parts(part),
        )
        for part in line.parts
        if not part.is_base
    )


def _sums_of_draft(view: OrderView) -> tuple[TicketTotal, ...]:
    totals = view.totals
    if totals is None or not view.is_confirmed:
        return (TicketTotal("Total, estimated", view.total),)
    sums = _sums(totals.products, totals.shipping, totals.tax, totals.discount, totals.total)
    return (*sums, *_change(view.draft.checkout, totals.total))


def _sums_of_past(order: PastOrder) -> tuple[TicketTotal, ...]:
    sums = _sums(order.goods_total, order.delivery_charge, order.tax, order.discount, order.total)
    return (*sums, TicketTotal("Left to pay", order.payable)) if order.payable != order.total else sums


def _sums(
    goods: Decimal, delivery: Decimal, tax: Decimal, discount: Decimal, total: Decimal
) -> tuple[TicketTotal, ...]:
    between = (TicketTotal("Delivery", delivery), TicketTotal("Tax", tax), TicketTotal("Discount", -discount))
    said = tuple(s for s in between if s.amount)
    return (
        (TicketTotal("Goods", goods), *said, TicketTotal("Total", total))
        if said
        else (TicketTotal("Total", total),)
    )


def _change(checkout: Checkout, total: Decimal) -> tuple[TicketTotal, ...]:
    given = checkout.tendered
    if given is None or given < total:
        return ()
    return TicketTotal("Cash given", given), TicketTotal("Change", given - total)
