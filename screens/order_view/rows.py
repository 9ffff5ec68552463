"""Maps an order to the rows and totals that the widgets show; pure."""

from decimal import Decimal

from console.ordering.catalogue import Product, ProductType, Variant
from console.ordering.draft import DraftLine, Resolution
from console.ordering.money import Currency
from console.services.orders.amounts import unit_price
from console.services.orders.problem_texts import line_note
from console.services.views import Activity, CartTotals, LineComparison, LineStatus, OrderView, UnexpectedLine
from widgets.lists.order_lines import OrderRow
from widgets.lists.order_lines import OrderRowState as Shown
from widgets.message_line import MessageKind
from widgets.totals import ConfirmedTotals, TotalsState

_ROW_STATES = {
    LineStatus.PENDING: Shown.PENDING,
    LineStatus.CONFIRMED: Shown.CONFIRMED,
    LineStatus.DIFFERS: Shown.DIFFERS,
    LineStatus.REJECTED: Shown.DIFFERS,
}

PROGRESS_TEXTS = {
    Activity.SENDING: "Sending.",
    Activity.OFFLINE: "Offline: saved here, will be sent automatically.",
    Activity.RETRYING: "Platform error: retrying automatically.",
    Activity.LEASED_ELSEWHERE: "Another console on this machine is sending it.",
    Activity.NEEDS_ATTENTION: "Blocked: it needs your attention.",
    Activity.NOT_SIGNED_IN: "Its operator is not signed in.",
}
"""The progress of sending an order; no text once all of it is on the platform."""


def rows(view: OrderView) -> list[OrderRow]:
    """The rows of the order lines, then of the unexpected lines in the cart."""
    amounts = view.amounts
    lines = zip(view.draft.lines, view.comparisons, amounts.lines, strict=True)
    order_lines = [
        _order_line_row(number, line, comparison, amount, view.currency)
        for number, (line, comparison, amount) in enumerate(lines, 1)
    ]
    unexpected = zip(view.unexpected, amounts.unexpected, strict=True)
    return order_lines + [
        _unexpected_row(number, line, amount)
        for number, (line, amount) in enumerate(unexpected, len(order_lines) + 1)
    ]


def totals(view: OrderView, *, confirmed: CartTotals | None = None) -> TotalsState:
    """The one total of an order: the platform's once it is for the order as it is now, else the estimate.

    ``confirmed`` is shown in any case.
    """
    platform = confirmed or (view.totals if view.is_confirmed else None)
    return TotalsState(
        currency=view.currency,
        estimate=view.total,
        estimated_delivery=view.delivery_fee,
        confirmed=platform
        and ConfirmedTotals(
            platform.products, platform.shipping, platform.tax, platform.discount, platform.total
        ),
        pending=view.is_pending,
        differences=view.differences,
        progress_text=PROGRESS_TEXTS.get(view.activity, "Sending."),
        problem=view.problem,
    )


def delivery_note(view: OrderView) -> str:
    """The sentence for a total whose delivery fee nobody knows yet, where the figure stands alone."""
    return "" if view.delivery_fee is not None else "The total is plus delivery."


def is_order_line(line_id: str | None) -> bool:
    """Return True if a row is a line of the draft, which can be changed here."""
    return line_id is not None and not line_id.startswith("unexpected")


def first_conflict_id(view: OrderView) -> str | None:
    """The id of the first line with a conflict, ``None`` without conflicts."""
    conflict_states = (LineStatus.DIFFERS, LineStatus.REJECTED)
    return next((line.line_id for line in view.comparisons if line.state in conflict_states), None)


def added_message(product: Product, variant: Variant | None, quantity: int) -> tuple[str, MessageKind]:
    """The message after adding a product; it warns if this store has too few."""
    description = f"{quantity} {product.title}" + (f", {variant.label}" if variant else "")
    stock = variant.stock if variant else product.stock
    if stock is not None and stock < quantity:
        left_text = f"only {stock}" if stock > 0 else "none"
        return (
            f"Added {description}, but this store has {left_text}. F3 shows other stores.",
            MessageKind.WARN,
        )
    if product.product_type in (ProductType.BUNDLE, ProductType.DEAL):
        return f"Added {description} as on the menu. / changes what is in it.", MessageKind.GOOD
    return f"Added {description}.", MessageKind.GOOD


def _order_line_row(
    number: int, line: DraftLine, comparison: LineComparison, amount: Decimal, currency: Currency
) -> OrderRow:
    item = line.item
    return OrderRow(
        line_id=line.line_id,
        number=number,
        quantity=line.quantity,
        title=f"{item.options} {item.title}".strip() if item.components else item.title,
        options=item.details if item.components else item.options,
        unit_price=unit_price(line, comparison),
        total=amount,
        state=_ROW_STATES[comparison.state],
        difference=line_note(comparison, currency),
    )


def unexpected_line(view: OrderView, line_id: str | None) -> UnexpectedLine | None:
    """The unexpected line of a row, ``None`` for a line of the draft."""
    first_number = len(view.draft.lines) + 1
    numbered = enumerate(view.unexpected, first_number)
    return next((line for number, line in numbered if line_id == _unexpected_row_id(number)), None)


def _unexpected_row_id(number: int) -> str:
    return f"unexpected-{number}"


_RESOLUTION_TEXTS = {
    None: "not added here: ! keeps it, F8 removes it",
    Resolution.KEEP: "not added here: stays in the order",
    Resolution.REMOVE: "not added here: will be removed",
}
_GONE_TEXT = "kept before, and gone: ! goes on without it"
_KEEP_GIFT_TEXT = "! keeps it"


def _unexpected_row(number: int, line: UnexpectedLine, amount: Decimal) -> OrderRow:
    note = _RESOLUTION_TEXTS[line.resolution]
    if not line.quantity:
        note = _GONE_TEXT
    elif line.free:
        note = f"free: promotion {line.promotion}" if line.promotion else "free, from the platform"
        note = f"{note}; {_KEEP_GIFT_TEXT}" if line.needs_resolution else note
    return OrderRow(
        line_id=_unexpected_row_id(number),
        number=number,
        quantity=line.quantity or line.kept,
        title=line.title,
        options=line.options,
        unit_price=line.unit_price,
        total=amount,
        state=Shown.DIFFERS if line.needs_resolution else Shown.CONFIRMED,
        difference=note,
    )
