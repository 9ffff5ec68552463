"""What the operator decided about an order, in the words of the question before placing; pure."""

from collections.abc import Iterable, Sequence

from console.ordering.checkout import Checkout, DeliveryMode
from console.ordering.draft import Draft, DraftLine, LineDecision, Resolution, ResolveUnexpected
from console.ordering.money import Currency
from console.services.views import OrderView
from screens.dialogs.confirm import MAX_SENTENCE_ROWS, WIDTH
from widgets.text_cells import wrap

ALL_ROWS = 1_000
"""More rows than any sentence has."""


def decided_sentences(view: OrderView) -> tuple[str, ...]:
    """Return what was decided: about the lines in one sentence, folded if it is long, then the checkout."""
    draft = view.draft
    missing = [text for one in draft.line_decisions if (text := _missing_text(one))]
    changed = [
        text
        for one in draft.line_decisions
        if one.after is not None and (text := _changed_text(one.before, one.after, view.currency))
    ]
    # By product: the latest decision about an unexpected line is the one in force.
    latest = {(one.item.product_id, one.item.variant_id, one.free): one for one in draft.resolutions}
    others = [*changed, *(_unexpected_text(one) for one in latest.values())]
    lines = (_folded(missing, others),) if missing or others else ()
    return (*lines, *_checkout_sentences(draft))


def _missing_text(decision: LineDecision) -> str:
    before, after = decision.before, decision.after
    missing = before.quantity - (after.quantity if after else 0)
    return f"{missing} {before.item.title}" if missing > 0 else ""


def _changed_text(before: DraftLine, after: DraftLine, currency: Currency) -> str:
    """Say how the item of a line changed, the price last; empty where only its quantity did."""
    was, now = (currency.round(line.item.unit_price) for line in (before, after))
    price = f" {currency.format_number(now)}, was {currency.format_number(was)}" if was != now else ""
    before_item, after_item = before.item, after.item
    name = f"{after_item.title} {after_item.options}".rstrip()
    if (before_item.product_id, before_item.variant_id) != (after_item.product_id, after_item.variant_id):
        former = f"{before_item.title} {before_item.options}".rstrip()
        return f"{name} instead of {former}{f',{price}' if price else ''}"
    if before_item.components != after_item.components:
        return f"{after_item.title} with other parts{f',{price}' if price else ''}"
    return f"{after_item.title}{price}" if price else ""


def _unexpected_text(decision: ResolveUnexpected) -> str:
    title, quantity = decision.item.title, decision.quantity
    if decision.resolution is Resolution.KEEP:
        return f"with {quantity} {title}{', free' if decision.free else ''}"
    return f"{quantity} {title} taken out" if quantity else f"{title} no longer there"


def _checkout_sentences(draft: Draft) -> Iterable[str]:
    before, now = draft.checkout_before, draft.checkout
    if before is not None:
        yield from _changed_checkout(before, now)
    yield from (
        f"With the voucher {identity.split('|')[1]}, which the platform does not remove."
        for identity in dict.fromkeys(draft.accepted_checkout)
    )


def _changed_checkout(before: Checkout, now: Checkout) -> Iterable[str]:
    if before.mode is not now.mode:
        yield "Delivery, not pickup." if now.mode is DeliveryMode.DELIVERY else "Pickup, not delivery."
    if before.delivery_slot is not None and now.delivery_slot is None:
        yield "As soon as possible instead of the slot."
    if before.voucher and not now.voucher:
        yield f"Without the voucher {before.voucher}."
    elif now.voucher and now.voucher != before.voucher:
        yield f"With the voucher {now.voucher}."


def _folded(missing: Sequence[str], others: Sequence[str]) -> str:
    """Join as many phrases as fit the rows of one sentence, and count the rest."""
    for shown in range(len(missing) + len(others), 1, -1):
        sentence = _joined(missing, others, shown)
        if len(wrap(sentence, WIDTH, ALL_ROWS)) <= MAX_SENTENCE_ROWS:
            return sentence
    return _joined(missing, others, 1)


def _joined(missing: Sequence[str], others: Sequence[str], shown: int) -> str:
    first, second = missing[:shown], others[: max(0, shown - len(missing))]
    rest = len(missing) + len(others) - shown
    without = [f"without {', '.join(first)}"] if first else []
    text = "; ".join((*without, *second, *([f"and {rest} more"] if rest else [])))
    return f"{text[0].upper()}{text[1:]}."
