"""What promotions and vouchers take off a cart, and why a voucher may not be used.

Used by the echo, by the handlers of vouchers and again when an order is placed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from console.sandbox.answers import Code, RefusalError
from console.sandbox.carts.cart_state import Cart, Line
from console.sandbox.carts.checkout_state import Checkout
from console.sandbox.menu.menu import ZERO
from console.sandbox.people.sessions import Session
from console.sandbox.pricing.half_rules import rounded
from console.sandbox.pricing.prices import Bought, rules
from console.sandbox.pricing.pricing import Priced, Rules, price
from console.sandbox.pricing.promotion_data import NO_LIMIT, Promotion, PromotionKind
from console.sandbox.requests import Call


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with what it costs now. ``unit_price`` is 0 for one that a promotion gives."""

    line: Line
    priced: Priced
    is_free: bool = False

    @property
    def unit_price(self) -> Decimal:
        """What one unit costs with all its parts, before anything is taken off."""
        return ZERO if self.is_free else self.priced.unit_price

    @property
    def total(self) -> Decimal:
        """What the line costs, before anything is taken off."""
        return self.unit_price * self.line.quantity


@dataclass(frozen=True, slots=True)
class Applied:
    """A promotion that counts, with what it takes off."""

    promotion: Promotion
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """What a cart costs, in the merchant's currency."""

    lines: tuple[PricedLine, ...]
    product_cost: Decimal
    shipping: Decimal
    applied: tuple[Applied, ...]

    @property
    def voucher_discount(self) -> Decimal:
        """What vouchers take off."""
        return sum((a.amount for a in self.applied if a.promotion.voucher), ZERO)

    @property
    def promotion_discount(self) -> Decimal:
        """What promotions without a voucher take off."""
        return sum((a.amount for a in self.applied if not a.promotion.voucher), ZERO)

    @property
    def discount(self) -> Decimal:
        """What is taken off altogether."""
        return self.voucher_discount + self.promotion_discount

    @property
    def total(self) -> Decimal:
        """What is to be paid."""
        return self.product_cost + self.shipping - self.discount

    def share(self, line: Line) -> Decimal:
        """A line's share of the promotion discount, by what it costs; the last has what rounding left."""
        whole, shares = self.promotion_discount, ZERO
        if not whole:
            return ZERO
        for row in self.lines[:-1]:
            share = rounded(whole * row.total / self.product_cost, -int(whole.as_tuple().exponent))
            shares += share
            if row.line is line:
                return share
        return whole - shares


def totals(call: Call, session: Session, cart: Cart | None, checkout: Checkout) -> Totals:
    """What a cart costs now, with all that is taken off."""
    merchant, lines = call.store.merchant, () if cart is None else cart.lines
    priced = [(line, price(call.store.menu, line.part, _rules(call, session, line))) for line in lines]
    paid = sum((p.unit_price * line.quantity for line, p in priced if not line.free), ZERO)
    rows = tuple(PricedLine(line, p, is_free=_gives(call, line, paid)) for line, p in priced)
    product_cost = sum((row.total for row in rows), ZERO)
    shipping = merchant.shipping[cart.mode] if cart is not None and lines else ZERO
    if cart is None:
        return Totals(rows, product_cost, shipping, ())
    bare = Totals(rows, product_cost, shipping, ())
    applied: list[Applied] = []
    left = product_cost
    for promotion in _candidates(call, checkout):
        if problem(call, session, cart, bare, promotion) is None:
            amount = min(taken_off(call, promotion, bare), left)
            left -= amount
            applied.append(Applied(promotion, amount))
    return Totals(rows, product_cost, shipping, tuple(applied))


def _rules(call: Call, session: Session, line: Line) -> Rules:
    part = line.part
    bought = Bought(part.product_id, part.variant_id, line.quantity, session.customer_id)
    return rules(call, line.location_id, bought)


def _gives(call: Call, line: Line, paid: Decimal) -> bool:
    promotion = next((p for p in call.store.promotions if p.rule_id == line.free), None)
    return promotion is not None and paid >= promotion.minimum


def _candidates(call: Call, checkout: Checkout) -> Iterable[Promotion]:
    """What counts by itself, then the vouchers in the order they were applied."""
    yield from (p for p in call.store.promotions if not p.voucher and p.kind is not PromotionKind.FREE)
    for code in checkout.vouchers:
        yield from (p for p in call.store.promotions if p.voucher == code)


def taken_off(call: Call, promotion: Promotion, bare: Totals) -> Decimal:
    """What a promotion takes off a cart, before others have."""
    base = sum((row.total for row in bare.lines if _is_of(call, row.line, promotion)), ZERO)
    share = rounded(base * promotion.percent / 100, call.store.merchant.digits)
    return min(share + promotion.amount, base)


def _is_of(call: Call, line: Line, promotion: Promotion) -> bool:
    category = call.store.menu.products[line.part.product_id].category_id
    return not promotion.categories or category in promotion.categories


def problem(call: Call, session: Session, cart: Cart, bare: Totals, promotion: Promotion) -> Code | None:
    """Why a promotion does not count for a cart, ``None`` where it does."""
    mine, all_uses = uses(call, promotion, session.user_id), uses(call, promotion)
    groups, expired = set(promotion.groups), call.switches.expired_vouchers
    checks = (
        (call.now >= promotion.ends or promotion.voucher.casefold() in expired, Code.EXPIRED_COUPON),
        (call.now < promotion.starts, Code.COUPON_NOT_APPLICABLE),
        (promotion.locations and cart.location_id not in promotion.locations, Code.VOUCHER_ELSEWHERE),
        (groups and not groups & groups_of(call, session.customer_id), Code.WRONG_CUSTOMER_TYPE),
        (promotion.per_user != NO_LIMIT and mine >= promotion.per_user, Code.COUPON_USED_BY_USER),
        (promotion.total != NO_LIMIT and all_uses >= promotion.total, Code.COUPON_USED_UP),
        (bare.product_cost < promotion.minimum, Code.BELOW_MINIMUM),
        (promotion.modes and cart.mode not in promotion.modes, Code.COUPON_NOT_APPLICABLE),
        (not taken_off(call, promotion, bare), Code.COUPON_NOT_APPLICABLE),
    )
    return next((code for fails, code in checks if fails), None)


def check_voucher(call: Call, session: Session, cart: Cart, checkout: Checkout, promotion: Promotion) -> None:
    """Whether a voucher may be used for a cart.

    Raises:
        RefusalError: 3002 to 3012, it may not.
    """
    bare = totals(call, session, cart, checkout)
    code = problem(call, session, cart, bare, promotion)
    if code is Code.VOUCHER_ELSEWHERE:
        raise RefusalError(code, f"{code.text} {cart.location_id}")
    if code is not None:
        raise RefusalError(code)


def voucher(call: Call, code: str) -> Promotion:
    """The promotion of a voucher's code, in any case.

    Raises:
        RefusalError: 3001, there is none.
    """
    wanted = code.strip().casefold()
    found = next((p for p in call.store.promotions if p.voucher and p.voucher.casefold() == wanted), None)
    if found is None:
        raise RefusalError(Code.INVALID_COUPON)
    return found


def uses(call: Call, promotion: Promotion, user_id: str = "") -> int:
    """How often a voucher was used, by one customer or by all."""
    row = call.store.row(
        "SELECT count(*) AS n FROM voucher_use WHERE voucher = ? AND (? = '' OR user_id = ?)",
        promotion.voucher,
        user_id,
        user_id,
    )
    return 0 if row is None else int(row["n"])


def groups_of(call: Call, customer_id: str) -> set[int]:
    """The groups a customer is in; a walk-in is in none."""
    row = call.store.row("SELECT groups FROM customer WHERE user_id = ?", customer_id)
    return set() if row is None else set(cast("list[int]", json.loads(str(row["groups"]))))
