"""Lines of the cart that an order did not add, and what was decided about each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from console.ordering.draft import Draft, OrderItem, Resolution, ResolveUnexpected
from console.ordering.money import ZERO, Currency
from console.sync.cart.bundle_differences import as_item
from console.sync.cart.ledger import CartLedger
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart
from console.sync.cart.reconcile import target_quantities, unexpected_decisions, unremovable_quantity
from console.sync.problems import Rejection


@dataclass(frozen=True, slots=True)
class UnexpectedLine:
    """A quantity in the cart that this order did not add, or that the platform would not remove.

    It is shown, and removed only if the operator says so. ``resolution`` is the decision that holds for
    exactly this quantity and price, ``None`` without one. ``kept`` was kept before; with a ``quantity`` of 0
    it is gone. ``rejection`` says why the platform does not remove it, ``unavailability`` why it cannot be
    ordered any more.
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
    kept: int = 0
    rejection: Rejection | None = None
    unavailability: Rejection | None = None

    @property
    def needs_resolution(self) -> bool:
        """Return True if the operator has to keep or remove it. A gift is bought too, and is decided."""
        return self.resolution is None


def unexpected_lines(
    draft: Draft, cart: ObservedCart, ledger: CartLedger, currency: Currency
) -> tuple[UnexpectedLine, ...]:
    """What the cart holds beyond the order, a row for each configuration, gifts apart.

    The platform merges and splits lines between two reads: a decision must not depend on it.
    """
    owned = owned_quantities(draft, ledger)
    decisions = unexpected_decisions(draft)
    beyond: dict[tuple[Configuration, bool], list[CartLine]] = {}
    for line in cart.lines:
        own_quantity = 0 if line.free else min(line.quantity, owned.get(line.configuration, 0))
        owned[line.configuration] = owned.get(line.configuration, 0) - own_quantity
        if line.quantity > own_quantity:
            rest = replace(line, quantity=line.quantity - own_quantity)
            beyond.setdefault((line.configuration, line.free), []).append(rest)
    lines = [
        _unexpected_line(
            with_price_of_one(parts, currency),
            decisions.get(key),
            # A gift is not the operator's to remove, and its promotion answers for it.
            None if key[1] else _removal_rejection(draft, ledger, key[0]),
            None if key[1] else cart.unavailability(key[0]),
            currency,
        )
        for key, parts in beyond.items()
    ]
    gone = [
        decision
        for key, decision in decisions.items()
        if decision.resolution is Resolution.KEEP and decision.quantity and key not in beyond
    ]
    return (*lines, *(_kept_line_gone(decision) for decision in gone))


def _unexpected_line(
    line: CartLine,
    decision: ResolveUnexpected | None,
    rejection: Rejection | None,
    unavailability: Rejection | None,
    currency: Currency,
) -> UnexpectedLine:
    was_kept = decision is not None and decision.resolution is Resolution.KEEP
    result = UnexpectedLine(
        title=line.title,
        options=line.options,
        quantity=line.quantity,
        unit_price=line.unit_price,
        free=line.free,
        item=as_item(line),
        promotion=line.promotion,
        kept=decision.quantity if decision is not None and was_kept else 0,
        rejection=rejection,
        unavailability=unavailability,
    )
    if decision is None or decision.quantity != line.quantity:
        return result
    if was_kept:
        has_same_price = currency.round(decision.item.unit_price) == currency.round(line.unit_price)
        is_kept = has_same_price and unavailability is None
        return replace(result, resolution=Resolution.KEEP) if is_kept else result
    # What the platform does not remove is still there: only keeping it is left.
    is_removable = not line.free and rejection is None
    return replace(result, resolution=Resolution.REMOVE) if is_removable else result


def _kept_line_gone(decision: ResolveUnexpected) -> UnexpectedLine:
    item = decision.item
    return UnexpectedLine(
        item.title, item.options, 0, item.unit_price, decision.free, item, kept=decision.quantity
    )


def _removal_rejection(draft: Draft, ledger: CartLedger, configuration: Configuration) -> Rejection | None:
    """Why the platform does not remove what the cart has of a configuration beyond the order."""
    goal = target_quantities(draft, ledger)[configuration]
    if not unremovable_quantity(ledger, configuration, goal):
        return None
    return ledger.unremovable[configuration].reason


def owned_quantities(draft: Draft, ledger: CartLedger) -> dict[Configuration, int]:
    """The owned quantities, without those that the platform would not remove."""
    goal = target_quantities(draft, ledger)
    return {
        target: owned - unremovable_quantity(ledger, target, goal[target])
        for target, owned in ledger.owned.items()
    }


def with_price_of_one(lines: Sequence[CartLine], currency: Currency) -> CartLine:
    """The lines of one configuration as one, at their average price: none of their prices is hidden."""
    quantity = sum(line.quantity for line in lines)
    total = sum((line.unit_price * line.quantity for line in lines), ZERO)
    if len({line.unit_price for line in lines}) == 1:
        return replace(lines[0], quantity=quantity)
    return replace(lines[0], quantity=quantity, unit_price=currency.round(total / quantity))
