"""Discounts of promotions and vouchers on a cart, and the reasons to refuse a voucher."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from console.sandbox.carts.checkout_state import SandboxCheckout
from console.sandbox.carts.state import SandboxCart, SandboxLine
from console.sandbox.data.promotions import NO_LIMIT, PromotionKind, SandboxPromotion
from console.sandbox.menu.half_rule import round_amount
from console.sandbox.menu.menu import ZERO
from console.sandbox.people.sessions import Session
from console.sandbox.price_lookup import PriceQuery, groups_of, pricing_rules
from console.sandbox.pricing.delivery_fees import HOME_DELIVERY
from console.sandbox.pricing.rules import PricedPart, PricingRules, price_part
from console.sandbox.requests import Call
from console.sandbox.responses import Code, RefusalError


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its current price. ``unit_price`` is 0 if a promotion gives it."""

    line: SandboxLine
    priced: PricedPart
    is_free: bool = False

    @property
    def unit_price(self) -> Decimal:
        """Price of one unit with all its parts, before discounts."""
        return ZERO if self.is_free else self.priced.unit_price

    @property
    def total(self) -> Decimal:
        """Price of all units, before discounts."""
        return self.unit_price * self.line.quantity


@dataclass(frozen=True, slots=True)
class PromotionDiscount:
    """A promotion that applies, with its discount."""

    promotion: SandboxPromotion
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PricedCart:
    """The prices of a cart, in the merchant's currency."""

    lines: tuple[PricedLine, ...]
    product_cost: Decimal
    shipping: Decimal
    discounts: tuple[PromotionDiscount, ...]

    @property
    def voucher_discount(self) -> Decimal:
        """Discount by vouchers."""
        return sum((a.amount for a in self.discounts if a.promotion.voucher), ZERO)

    @property
    def promotion_discount(self) -> Decimal:
        """Discount by promotions without a voucher."""
        return sum((a.amount for a in self.discounts if not a.promotion.voucher), ZERO)

    @property
    def discount(self) -> Decimal:
        """The whole discount."""
        return self.voucher_discount + self.promotion_discount

    @property
    def total(self) -> Decimal:
        """Amount to be paid."""
        return self.product_cost + self.shipping - self.discount

    def line_discount(self, line: SandboxLine) -> Decimal:
        """Return a line's share of the promotion discount, by its price; the last takes the rounding rest."""
        whole, shares = self.promotion_discount, ZERO
        if not whole:
            return ZERO
        for row in self.lines[:-1]:
            share = round_amount(whole * row.total / self.product_cost, -int(whole.as_tuple().exponent))
            shares += share
            if row.line is line:
                return share
        return whole - shares


def price_cart(
    call: Call, session: Session, cart: SandboxCart | None, checkout: SandboxCheckout
) -> PricedCart:
    """Price a cart now, discounts included."""
    lines = () if cart is None else cart.lines
    priced = [(line, price_part(call.store.menu, line.part, _rules(call, session, line))) for line in lines]
    paid = sum((p.unit_price * line.quantity for line, p in priced if not line.free_rule_id), ZERO)
    rows = tuple(PricedLine(line, p, is_free=_is_free(call, line, paid)) for line, p in priced)
    product_cost = sum((row.total for row in rows), ZERO)
    shipping = _shipping(call, cart, checkout, product_cost)
    if cart is None:
        return PricedCart(rows, product_cost, shipping, ())
    undiscounted = PricedCart(rows, product_cost, shipping, ())
    discounts: list[PromotionDiscount] = []
    remaining = product_cost
    for promotion in _candidate_promotions(call, checkout):
        if inapplicable_code(call, session, cart, undiscounted, promotion) is None:
            amount = min(discount_amount(call, promotion, undiscounted), remaining)
            remaining -= amount
            discounts.append(PromotionDiscount(promotion, amount))
    return PricedCart(rows, product_cost, shipping, tuple(discounts))


def _shipping(
    call: Call, cart: SandboxCart | None, checkout: SandboxCheckout, product_cost: Decimal
) -> Decimal:
    """The delivery charge of a cart; an empty one has none."""
    if cart is None or not cart.lines:
        return ZERO
    changed = call.switches.delivery_fees.get(cart.location_id)
    if changed is not None and cart.mode == HOME_DELIVERY:
        return changed
    return call.store.merchant.delivery_fees.fee(
        mode=cart.mode,
        location_id=cart.location_id,
        area=checkout.ship.get("Address2", ""),
        goods=product_cost,
    )


def _rules(call: Call, session: Session, line: SandboxLine) -> PricingRules:
    part = line.part
    bought = PriceQuery(part.product_id, part.variant_id, line.quantity, session.customer_id)
    return pricing_rules(call, line.location_id, bought)


def _is_free(call: Call, line: SandboxLine, paid: Decimal) -> bool:
    promotion = next((p for p in call.store.promotions if p.rule_id == line.free_rule_id), None)
    return promotion is not None and paid >= promotion.minimum


def _candidate_promotions(call: Call, checkout: SandboxCheckout) -> Iterable[SandboxPromotion]:
    """Return the automatic promotions, then the vouchers in the order they were applied."""
    yield from (p for p in call.store.promotions if not p.voucher and p.kind is not PromotionKind.FREE)
    for code in checkout.vouchers:
        yield from (p for p in call.store.promotions if p.voucher == code)


def discount_amount(call: Call, promotion: SandboxPromotion, undiscounted: PricedCart) -> Decimal:
    """Return the discount of a promotion on a cart, before other promotions."""
    base = sum((row.total for row in undiscounted.lines if _applies_to(call, row.line, promotion)), ZERO)
    share = round_amount(base * promotion.percent / 100, call.store.merchant.digits)
    return min(share + promotion.amount, base)


def _applies_to(call: Call, line: SandboxLine, promotion: SandboxPromotion) -> bool:
    category = call.store.menu.products[line.part.product_id].category_id
    return not promotion.categories or category in promotion.categories


def inapplicable_code(
    call: Call, session: Session, cart: SandboxCart, undiscounted: PricedCart, promotion: SandboxPromotion
) -> Code | None:
    """Return why a promotion does not apply to a cart, ``None`` if it does."""
    user_uses, all_uses = count_uses(call, promotion, session.user_id), count_uses(call, promotion)
    groups, expired = set(promotion.groups), call.switches.expired_vouchers
    checks = (
        (call.now >= promotion.ends or promotion.voucher.casefold() in expired, Code.EXPIRED_COUPON),
        (call.now < promotion.starts, Code.COUPON_NOT_APPLICABLE),
        (promotion.locations and cart.location_id not in promotion.locations, Code.VOUCHER_ELSEWHERE),
        (groups and not groups & groups_of(call, session.customer_id), Code.WRONG_CUSTOMER_TYPE),
        (promotion.per_user != NO_LIMIT and user_uses >= promotion.per_user, Code.COUPON_USED_BY_USER),
        (promotion.total_uses != NO_LIMIT and all_uses >= promotion.total_uses, Code.COUPON_USED_UP),
        (undiscounted.product_cost < promotion.minimum, Code.BELOW_MINIMUM),
        (promotion.modes and cart.mode not in promotion.modes, Code.COUPON_NOT_APPLICABLE),
        (not discount_amount(call, promotion, undiscounted), Code.COUPON_NOT_APPLICABLE),
    )
    return next((code for fails, code in checks if fails), None)


def check_voucher(
    call: Call, session: Session, cart: SandboxCart, checkout: SandboxCheckout, promotion: SandboxPromotion
) -> None:
    """Require that a voucher applies to a cart.

    Raises:
        RefusalError: 3002 to 3012, it does not.
    """
    undiscounted = price_cart(call, session, cart, checkout)
    code = inapplicable_code(call, session, cart, undiscounted, promotion)
    if code is Code.VOUCHER_ELSEWHERE:
        raise RefusalError(code, f"{code.text} {cart.location_id}")
    if code is not None:
        raise RefusalError(code)


def find_voucher(call: Call, code: str) -> SandboxPromotion:
    """Return the promotion of a voucher code, in any case.

    Raises:
        RefusalError: 3001, there is none.
    """
    folded = code.strip().casefold()
    found = next((p for p in call.store.promotions if p.voucher and p.voucher.casefold() == folded), None)
    if found is None:
        raise RefusalError(Code.INVALID_COUPON)
    return found


def count_uses(call: Call, promotion: SandboxPromotion, user_id: str = "") -> int:
    """Count the uses of a voucher, by one customer or by all."""
    row = call.store.row(
        "SELECT count(*) AS n FROM voucher_use WHERE voucher = ? AND (? = '' OR user_id = ?)",
        promotion.voucher,
        user_id,
        user_id,
    )
    return 0 if row is None else int(row["n"])
