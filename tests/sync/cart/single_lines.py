"""Helpers of the tests of acceptance that other tests use too."""

from decimal import Decimal

from console.ordering.draft import AddLine, Draft, DraftLine, OrderItem
from console.ordering.money import Currency
from console.sync.cart.ledger import CartLedger, update_ledger
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart
from tests.sync.fake_cart import NO_TOTALS

KWD = Currency("KWD")


COLA = OrderItem(3, 0, "Cola", "", Decimal(1))


def ordered(item: OrderItem, quantity: int = 1) -> Draft:
    return Draft.replay([AddLine(DraftLine("L1", item, quantity))])


def cart_line(item: OrderItem, quantity: int = 1, *, free: bool = False) -> CartLine:
    return CartLine("k", Configuration.of(item), quantity, item.title, item.options, item.unit_price, free)


def seen(draft: Draft, line: CartLine) -> tuple[CartLedger, ObservedCart]:
    """The ledger after an add of the draft's only line was echoed as this cart line."""
    (requested,) = draft.lines
    cart = ObservedCart((line,), NO_TOTALS)
    return update_ledger(
        CartLedger().with_pending_add(Configuration.of(requested.item), requested.quantity), cart
    ), cart
