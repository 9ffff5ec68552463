"""What the platform made of an order, against what the operator wished: line by line, in words.

Pure; read by the desk for the order screen. Nothing is placed before these were shown.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from console.ordering.draft import Draft, DraftLine, OrderItem, Resolution
from console.ordering.money import Currency
from console.sync.cart.bundle_differences import as_item, part_notes
from console.sync.cart.checkout import (
    CheckoutLedger,
    CheckoutRejection,
    checkout_rejections,
    next_checkout_change,
)
from console.sync.cart.ledger import CartLedger
from console.sync.cart.observed_cart import CartTotals, Configuration, ObservedCart
from console.sync.cart.reconcile import (
    requested_quantities,
    resolutions,
    target_quantities,
    unremovable_quantity,
)

EMPTY_CHECKOUT_LEDGER = CheckoutLedger()
MODE_CHANGE_REJECTED = "Pickup or delivery: The platform does not give back what went in for the other."


class LineStatus(StrEnum):
    """How far a line has come."""

    PENDING = "waiting"
    """Not in the platform's cart yet."""
    CONFIRMED = "confirmed"
    """In the cart as wished."""
    DIFFERS = "differs"
    """In the cart, but not as wished."""
    REJECTED = "refused"
    """The platform does not take all of it."""


@dataclass(frozen=True, slots=True)
class LineComparison:
    """What the platform has for one line. Prices are for one, ``None`` while nothing is confirmed.

    ``item`` is what is in the cart for it, ``None`` where nothing is. ``otherwise`` is true where more than
    the price differs. ``gone`` is true where it is in the cart and cannot be had any more.
    """

    line_id: str
    state: LineStatus
    quantity: int = 0
    unit_price: Decimal | None = None
    note: str = ""
    item: OrderItem | None = None
    differs_beyond_price: bool = False
    unavailable: bool = False


@dataclass(frozen=True, slots=True)
class UnexpectedLine:
    """A line of the cart that nobody here added, or that the platform would not give back.

    It is shown, and never removed unasked.
    """

    title: str
    options: str
    quantity: int
    unit_price: Decimal
    free: bool
    item: OrderItem
    resolution: Resolution | None = None
    promotion: str = ""
    """The promotion that gives a free one, where the platform names it."""

    @property
    def needs_resolution(self) -> bool:
        """Whether the operator has still to say what becomes of it; what is given free needs no word."""
        return not self.free and self.resolution is None


@dataclass(frozen=True, slots=True)
class SuggestedDeal:
    """A deal that the platform would put in the place of a line, by the deal's product id."""

    line_id: str
    product_id: int


@dataclass(frozen=True, slots=True)
class CartComparison:
    """The order as the platform has it. ``totals`` is ``None`` until the cart was seen."""

    lines: tuple[LineComparison, ...] = ()
    unexpected: tuple[UnexpectedLine, ...] = ()
    totals: CartTotals | None = None
    in_sync: bool = False
    observed_at: float = 0.0
    rejected: tuple[CheckoutRejection, ...] = ()
    """What the platform does not take of the checkout."""
    suggested_deals: tuple[SuggestedDeal, ...] = ()

    @property
    def rejection_messages(self) -> tuple[str, ...]:
        """The same, a sentence each."""
        return tuple(rejection.message for rejection in self.rejected)

    @property
    def pending_lines(self) -> int:
        """How many lines the platform does not have yet."""
        return sum(result.state is LineStatus.PENDING for result in self.lines)

    @property
    def differences(self) -> int:
        """How many lines are not as wished, with those that nobody here added and nobody ruled on."""
        differing = (LineStatus.DIFFERS, LineStatus.REJECTED)
        return sum(result.state in differing for result in self.lines) + sum(
            line.needs_resolution for line in self.unexpected
        )


def compare(
    draft: Draft,
    cart: ObservedCart | None,
    ledger: CartLedger,
    currency: Currency,
    checkout_ledger: CheckoutLedger = EMPTY_CHECKOUT_LEDGER,
) -> CartComparison:
    """Hold the draft against the last look at the cart."""
    remaining = _owned_quantities(draft, ledger) if cart else {}
    requested = requested_quantities(draft)
    lines: list[LineComparison] = []
    for line in draft.lines:
        target = ledger.target(Configuration.of(line.item))
        in_cart = min(line.quantity, remaining.get(target, 0))
        remaining[target] = remaining.get(target, 0) - in_cart
        lines.append(
            _compare_line(
                line, in_cart, cart, ledger, currency, requested=requested[Configuration.of(line.item)]
            )
        )
    unexpected = _unexpected_lines(cart, _owned_quantities(draft, ledger), resolutions(draft)) if cart else ()
    in_sync = cart is not None and all(result.state is not LineStatus.PENDING for result in lines)
    # What is ours in the cart beyond the draft has still to be taken out.
    in_sync = in_sync and not any(n > 0 for n in remaining.values())
    if cart is None:
        return CartComparison(tuple(lines))
    mode_changed = ledger.has_other_mode(draft.checkout.mode)
    stuck = mode_changed and any(rejection.shortfall for rejection in ledger.unremovable.values())
    in_sync = (
        in_sync and (not mode_changed or stuck) and next_checkout_change(draft, cart, checkout_ledger) is None
    )
    rejected = ((CheckoutRejection(None, MODE_CHANGE_REJECTED),) if stuck else ()) + checkout_rejections(
        draft, cart, checkout_ledger
    )
    suggested_deals = _suggested_deals(draft, cart, ledger)
    return CartComparison(
        tuple(lines), unexpected, cart.totals, in_sync, cart.observed_at, rejected, suggested_deals
    )


def _owned_quantities(draft: Draft, ledger: CartLedger) -> dict[Configuration, int]:
    """What is in the cart for this draft, without what the platform would not give back."""
    goal = target_quantities(draft, ledger)
    return {
        target: owned - unremovable_quantity(ledger, target, goal[target])
        for target, owned in ledger.owned.items()
    }


def _compare_line(
    line: DraftLine,
    in_cart: int,
    cart: ObservedCart | None,
    ledger: CartLedger,
    currency: Currency,
    *,
    requested: int,
) -> LineComparison:
    """``wished`` is how many of the line's configuration the whole draft wishes for."""
    configuration = Configuration.of(line.item)
    target = ledger.target(configuration)
    cart_line = cart.lines_of(target)[0] if cart and in_cart else None
    rejection = ledger.rejected.get(configuration)
    if in_cart < line.quantity and rejection and rejection.requested == requested and rejection.shortfall:
        note = rejection.reason if not in_cart else f"{in_cart} of {line.quantity} taken: {rejection.reason}"
        price, item = (cart_line.unit_price, as_item(cart_line)) if cart_line else (None, None)
        return LineComparison(line.line_id, LineStatus.REJECTED, in_cart, price, note, item)
    if not cart_line or in_cart < line.quantity:
        return LineComparison(line.line_id, LineStatus.PENDING, in_cart)
    if reason := _unavailable_reason(target, cart):
        note = f"cannot be had any more: {reason}"
        return LineComparison(
            line.line_id, LineStatus.REJECTED, 0, cart_line.unit_price, note, unavailable=True
        )
    notes: list[str] = []
    if _is_deal(configuration, target, cart):
        notes.append(f"the platform made the deal {cart_line.title} of it")
    elif (target.product_id, target.variant_id) != (configuration.product_id, configuration.variant_id):
        notes.append(f"the platform put {cart_line.title} {cart_line.options}".rstrip() + " in its place")
    else:
        notes += part_notes(line.item, cart_line)
    differs_beyond_price = bool(notes)
    if currency.round(cart_line.unit_price) != currency.round(line.item.unit_price):
        was, now = currency.format_number(line.item.unit_price), currency.format_number(cart_line.unit_price)
        notes.append(f"price was {was}, is {now}")
    state = LineStatus.DIFFERS if notes else LineStatus.CONFIRMED
    note = "; ".join(notes)
    return LineComparison(
        line.line_id, state, in_cart, cart_line.unit_price, note, as_item(cart_line), differs_beyond_price
    )


def _unavailable_reason(target: Configuration, cart: ObservedCart | None) -> str:
    """Why what is in the cart cannot be had any more, empty while it can."""
    unavailable = cart.unavailable if cart else ()
    return next(
        (
            reason
            for product_id, variant_id, reason in unavailable
            if product_id == target.product_id and variant_id in (0, target.variant_id)
        ),
        "",
    )


def _is_deal(requested: Configuration, target: Configuration, cart: ObservedCart | None) -> bool:
    return cart is not None and (requested.product_id, target.product_id) in cart.converted_deals


def _suggested_deals(draft: Draft, cart: ObservedCart, ledger: CartLedger) -> tuple[SuggestedDeal, ...]:
    """Found by what a line is called in the cart; nothing is suggested in the place of what others added."""
    cart_products = [
        (line.line_id, ledger.target(Configuration.of(line.item)).product_id) for line in draft.lines
    ]
    return tuple(
        SuggestedDeal(line_id, deal_id)
        for line_id, product_id in cart_products
        for single, deal_id in cart.suggested_deals
        if single == product_id
    )


def _unexpected_lines(
    cart: ObservedCart, owned: dict[Configuration, int], resolved: dict[Configuration, Resolution]
) -> tuple[UnexpectedLine, ...]:
    unexpected: list[UnexpectedLine] = []
    for line in cart.lines:
        own_quantity = 0 if line.free else min(line.quantity, owned.get(line.configuration, 0))
        owned[line.configuration] = owned.get(line.configuration, 0) - own_quantity
        if line.quantity > own_quantity:
            unexpected.append(
                UnexpectedLine(
                    title=line.title,
                    options=line.options,
                    quantity=line.quantity - own_quantity,
                    unit_price=line.unit_price,
                    free=line.free,
                    item=as_item(line),
                    resolution=resolved.get(line.configuration),
                    promotion=line.promotion,
                )
            )
    return tuple(unexpected)
