"""Maps an order to the content of its ticket: what was bought, or the draft as an estimate."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from console.ordering.catalogue import Variant
from console.ordering.checkout import Checkout
from console.ordering.configuration.bundle import CRUST, STRENGTH, Bundles, option_value
from console.ordering.draft import Component, OrderItem
from console.ordering.money import ZERO, Currency
from console.ordering.placed.past_orders import PastLine, PastOrder, line_options
from console.ordering.placed.purchase_descriptions import described_item, menu_components
from console.ordering.placed.purchased_order import (
    AS_SOON_AS_POSSIBLE,
    PurchasedOrder,
    TotalKind,
    TotalRow,
    line_amounts,
    payment_rows,
    purchased_from_past,
    total_rows,
)
from console.ordering.placed.ticket import NOT_PLACED, NUMBER_UNKNOWN, Ticket, TicketLine, TicketPart
from console.services.views import OrderView

VariantLookup = Callable[[int, int], Variant | None]
PartsLookup = Callable[[OrderItem], tuple[Component, ...]]


@dataclass(frozen=True, slots=True)
class TicketHead:
    """What stands above the goods. ``number`` is empty while there is none."""

    store: str
    number: str
    customer: str
    phone: str = ""
    ordered_time: str = ""
    unnumbered_text: str = NOT_PLACED


def head_of_view(view: OrderView) -> TicketHead:
    """The head of the ticket of an order in this session."""
    placing = view.placement
    return TicketHead(
        store=view.store.name,
        number=str(placing.order_id) if placing.order_id else "",
        customer=view.customer_name,
        phone=view.customer.mobile if view.customer else "",
        unnumbered_text=NOT_PLACED if placing.purchased is None else NUMBER_UNKNOWN,
    )


def ticket_of_purchase(
    head: TicketHead,
    order: PurchasedOrder,
    *,
    currency: Currency,
    bundles: Bundles,
    further_rows: tuple[TotalRow, ...] = (),
) -> Ticket:
    """Build the ticket of what was bought; ``further_rows`` follow the total."""
    return Ticket(
        store=head.store,
        number=head.number,
        customer=head.customer,
        lines=tuple(
            _purchased_line(line, amount, bundles)
            for line, amount in zip(order.lines, line_amounts(order, currency), strict=True)
        ),
        currency=currency,
        totals=(*total_rows(order, currency), *further_rows, *payment_rows(order)),
        mode=order.mode,
        wanted_time=order.wanted_time,
        ordered_time=head.ordered_time,
        phone=head.phone,
        address=order.address,
        notes=order.notes,
        payment=order.payment,
        is_cancelled=order.is_cancelled,
        cancelled_text=order.cancelled_text,
        unnumbered_text=head.unnumbered_text,
        unreadable_lines=order.unreadable_lines,
    )


def ticket_of_estimate(view: OrderView, *, find_variant: VariantLookup, find_parts: PartsLookup) -> Ticket:
    """Build the ticket of an order that the platform has not confirmed, marked as an estimate."""
    head, checkout = head_of_view(view), view.draft.checkout
    lines = tuple(
        TicketLine(
            title=line.item.title,
            quantity=line.quantity,
            amount=amount,
            options=line.item.options,
            details=line.item.details,
            parts=_draft_parts(find_parts(line.item), find_variant),
        )
        for line, amount in zip(view.draft.lines, view.amounts.lines, strict=True)
    )
    return Ticket(
        store=head.store,
        number=head.number,
        customer=head.customer,
        lines=lines,
        currency=view.currency,
        totals=_estimate_rows(view, sum((line.amount for line in lines), ZERO)),
        mode=checkout.mode,
        wanted_time=checkout.delivery_slot.label if checkout.delivery_slot else AS_SOON_AS_POSSIBLE,
        phone=head.phone,
        address=_address(checkout),
        notes=checkout.notes,
        payment=(checkout.payment.title or checkout.payment.option) if checkout.payment else "",
        is_estimate=True,
        unnumbered_text=head.unnumbered_text,
    )


def ticket_of_past_order(order: PastOrder, *, store: str, currency: Currency, bundles: Bundles) -> Ticket:
    """Build the ticket of a past order."""
    head = TicketHead(
        store=store,
        number=str(order.number),
        customer=order.customer or "Walk-in",
        phone=order.mobile,
        ordered_time=f"{order.ordered_at:%d %b %Y %H:%M}" if order.ordered_at else "",
    )
    left_to_pay = TotalRow("Left to pay", order.payable, TotalKind.PAYMENT)
    return ticket_of_purchase(
        head,
        purchased_from_past(order),
        currency=currency,
        bundles=bundles,
        further_rows=(left_to_pay,) if order.payable != order.total else (),
    )


def _purchased_line(line: PastLine, amount: Decimal, bundles: Bundles) -> TicketLine:
    item = described_item(line, bundles)
    is_known = menu_components(line, bundles) is not None
    is_deal = is_known and bundles[line.product_id].is_deal
    return TicketLine(
        title=line.title,
        quantity=line.quantity,
        amount=amount,
        options=item.options,
        # Unknown parts are listed by name: the details would only repeat them.
        details=item.details if is_known else "",
        parts=_purchased_parts(line),
        cancelled_quantity=line.cancelled_quantity,
        # What is in a deal is named on both copies.
        is_as_on_menu=is_known and not item.details and not is_deal,
    )


def _purchased_parts(line: PastLine) -> tuple[TicketPart, ...]:
    """The parts of a line; a crust shows in the options of its pizza."""
    return tuple(
        TicketPart(
            title=part.title,
            options=line_options(part),
            portion=part.portion,
            strength=part.strength,
            quantity=part.quantity,
            parts=_purchased_parts(part),
        )
        for part in line.parts
        if not part.is_base
    )


def _draft_parts(components: tuple[Component, ...], find_variant: VariantLookup) -> tuple[TicketPart, ...]:
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
                parts=_draft_parts(component.components, find_variant),
            )
        )
    return tuple(parts)


def _estimate_rows(view: OrderView, goods: Decimal) -> tuple[TotalRow, ...]:
    """The rows of an estimate; the quoted total follows where it differs."""
    total, delivery = view.currency.round(view.estimate), view.estimated_delivery or ZERO
    # The cart may hold what this order did not add: that is in the total until it is removed.
    charges = (
        TotalRow("Also in the cart", total - goods - delivery),
        TotalRow("Delivery, estimated", delivery),
    )
    label = "Estimated, plus delivery" if view.estimated_delivery is None else "Total, estimated"
    quoted = view.placement.quoted_total
    quoted_rows = (
        (TotalRow("Customer was told", quoted, TotalKind.PAYMENT),)
        if quoted is not None and view.currency.round(quoted) != total
        else ()
    )
    return (
        *(row for row in charges if row.amount),
        TotalRow(label, total, TotalKind.TOTAL),
        *quoted_rows,
        *_cash_change(view.draft.checkout, total),
    )


def _cash_change(checkout: Checkout, total: Decimal) -> tuple[TotalRow, ...]:
    tendered = checkout.tendered
    if tendered is None or tendered < total:
        return ()
    return (
        TotalRow("Cash given", tendered, TotalKind.PAYMENT),
        TotalRow("Change, estimated", tendered - total, TotalKind.PAYMENT),
    )


def _address(checkout: Checkout) -> str:
    return checkout.address.one_line if checkout.address else ""
