"""Comparison of an order with the platform's cart, line by line. Nothing is placed before it was shown."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from console.ordering.draft import Draft, DraftLine, OrderItem, Resolution
from console.ordering.money import Currency
from console.sync.cart.bundle_differences import PartDifference, as_item, part_differences
from console.sync.cart.checkout import CheckoutLedger, checkout_rejections, next_checkout_change
from console.sync.cart.ledger import CartLedger
from console.sync.cart.observed_cart import CartLine, CartTotals, Configuration, ObservedCart
from console.sync.cart.reconcile import (
    requested_quantities,
    resolutions,
    target_quantities,
    unremovable_quantity,
)
from console.sync.problems import CheckoutRejection, Rejection, RejectionCode

EMPTY_CHECKOUT_LEDGER = CheckoutLedger()
MODE_NOT_CHANGED = CheckoutRejection(None, Rejection(RejectionCode.MODE_NOT_CHANGED))


class LineStatus(StrEnum):
    """How far a line has come."""

    PENDING = "waiting"
    """Not in the platform's cart yet."""
    CONFIRMED = "confirmed"
    """In the cart as requested."""
    DIFFERS = "differs"
    """In the cart, but not as requested."""
    REJECTED = "refused"
    """The platform rejects it, or a part of its quantity."""


@dataclass(frozen=True, slots=True)
class MadeIntoDeal:
    """The platform made the deal ``title`` of the line."""

    title: str


@dataclass(frozen=True, slots=True)
class Substituted:
    """The platform put another product or variant in the line's place."""

    title: str
    options: str


@dataclass(frozen=True, slots=True)
class PriceChanged:
    """The price of one, requested and in the cart: exact."""

    was: Decimal
    now: Decimal


LineDifference = MadeIntoDeal | Substituted | PartDifference | PriceChanged


@dataclass(frozen=True, slots=True)
class LineComparison:
    """One order line as the platform has it. Prices are for one, ``None`` while nothing is confirmed.

    ``quantity`` is in the cart, out of ``requested``. ``rejection`` says why not all of it is, or with
    ``unavailable`` why what is in the cart cannot be ordered any more. ``item`` is the cart's, ``None``
    where it has none.
    """

    line_id: str
    state: LineStatus
    quantity: int = 0
    unit_price: Decimal | None = None
    item: OrderItem | None = None
    requested: int = 0
    rejection: Rejection | None = None
    differences: tuple[LineDifference, ...] = ()
    unavailable: bool = False

    @property
    def differs_beyond_price(self) -> bool:
        """Return True if more than the price differs."""
        return any(not isinstance(difference, PriceChanged) for difference in self.differences)


@dataclass(frozen=True, slots=True)
class UnexpectedLine:
    """A quantity in the cart that this order did not add, or that the platform would not remove.

    It is shown, and removed only if the operator says so.
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
        """Return True if the operator has to keep or remove it; a free item needs no decision."""
        return not self.free and self.resolution is None


@dataclass(frozen=True, slots=True)
class SuggestedDeal:
    """A deal that the platform would make of a line, by the deal's product id."""

    line_id: str
    product_id: int


@dataclass(frozen=True, slots=True)
class CartComparison:
    """The order as the platform has it. ``totals`` is ``None`` until the cart was observed."""

    lines: tuple[LineComparison, ...] = ()
    unexpected: tuple[UnexpectedLine, ...] = ()
    totals: CartTotals | None = None
    in_sync: bool = False
    observed_at: float = 0.0
    rejected: tuple[CheckoutRejection, ...] = ()
    """The parts of the checkout that the platform rejects."""
    suggested_deals: tuple[SuggestedDeal, ...] = ()

    @property
    def pending_lines(self) -> int:
        """The number of lines that the platform does not have yet."""
        return sum(result.state is LineStatus.PENDING for result in self.lines)

    @property
    def differences(self) -> int:
        """The number of lines that differ or are rejected, and of unexpected lines without a decision."""
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
    """Compare a draft with the cart as last observed."""
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
    # An owned quantity beyond the draft has still to be removed.
    in_sync = in_sync and not any(n > 0 for n in remaining.values())
    if cart is None:
        return CartComparison(tuple(lines))
    mode_changed = ledger.has_other_mode(draft.checkout.mode)
    stuck = mode_changed and any(rejection.shortfall for rejection in ledger.unremovable.values())
    in_sync = (
        in_sync and (not mode_changed or stuck) and next_checkout_change(draft, cart, checkout_ledger) is None
    )
    rejected = ((MODE_NOT_CHANGED,) if stuck else ()) + checkout_rejections(draft, cart, checkout_ledger)
    suggested_deals = _suggested_deals(draft, cart, ledger)
    return CartComparison(
        tuple(lines), unexpected, cart.totals, in_sync, cart.observed_at, rejected, suggested_deals
    )


def _owned_quantities(draft: Draft, ledger: CartLedger) -> dict[Configuration, int]:
    """The owned quantities, without those that the platform would not remove."""
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
    """Compare one line; ``requested`` is the quantity of its configuration in the whole draft."""
    configuration = Configuration.of(line.item)
    target = ledger.target(configuration)
    cart_line = cart.lines_of(target)[0] if cart and in_cart else None
    result = LineComparison(
        line_id=line.line_id,
        state=LineStatus.PENDING,
        quantity=in_cart,
        unit_price=cart_line.unit_price if cart_line else None,
        item=as_item(cart_line) if cart_line else None,
        requested=line.quantity,
    )
    if in_cart < line.quantity and (rejection := _valid_rejection(ledger, configuration, requested)):
        return replace(result, state=LineStatus.REJECTED, rejection=rejection)
    if cart is None or cart_line is None or in_cart < line.quantity:
        return replace(result, unit_price=None, item=None)
    if (rejection := _unavailability(target, cart)) is not None:
        return replace(
            result, state=LineStatus.REJECTED, quantity=0, item=None, rejection=rejection, unavailable=True
        )
    differences = (
        *_content_differences(line, target, cart_line, cart),
        *_price_differences(line, cart_line, currency),
    )
    state = LineStatus.DIFFERS if differences else LineStatus.CONFIRMED
    return replace(result, state=state, differences=differences)


def _valid_rejection(ledger: CartLedger, configuration: Configuration, requested: int) -> Rejection | None:
    """The rejection of a configuration, where it holds for the quantity that is requested now."""
    rejection = ledger.rejected.get(configuration)
    holds = rejection is not None and rejection.requested == requested and rejection.shortfall > 0
    return rejection.reason if rejection is not None and holds else None


def _content_differences(
    line: DraftLine, target: Configuration, cart_line: CartLine, cart: ObservedCart
) -> tuple[LineDifference, ...]:
    """How the cart's item differs from the line's: as a deal, as another product, or in its parts."""
    item = line.item
    if (item.product_id, target.product_id) in cart.converted_deals:
        return (MadeIntoDeal(cart_line.title),)
    if (target.product_id, target.variant_id) != (item.product_id, item.variant_id):
        return (Substituted(cart_line.title, cart_line.options),)
    return part_differences(item, cart_line)


def _price_differences(line: DraftLine, cart_line: CartLine, currency: Currency) -> tuple[PriceChanged, ...]:
    was, now = line.item.unit_price, cart_line.unit_price
    return () if currency.is_same_price(was, now, line.quantity) else (PriceChanged(was, now),)


def _unavailability(target: Configuration, cart: ObservedCart) -> Rejection | None:
    """Why a configuration in the cart cannot be ordered any more, ``None`` while it can."""
    return next(
        (
            rejection
            for product_id, variant_id, rejection in cart.unavailable
            if product_id == target.product_id and variant_id in (0, target.variant_id)
        ),
        None,
    )


def _suggested_deals(draft: Draft, cart: ObservedCart, ledger: CartLedger) -> tuple[SuggestedDeal, ...]:
    """Deals for the draft's own lines, by the product that the cart has for them."""
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
