"""The promotions of a cart as Get Cart Items and Add Items to Cart print them."""

from console.sandbox.carts import checkout_state
from console.sandbox.carts.discounts import price_cart
from console.sandbox.carts.state import SandboxCart
from console.sandbox.data.promotions import PromotionKind
from console.sandbox.people.sessions import Session
from console.sandbox.requests import Call
from console.sandbox.responses import Json


def promotion_details(call: Call, session: Session, cart: SandboxCart | None) -> dict[str, Json]:
    """Return the promotions that apply to a cart, and those of them that give products."""
    costs = price_cart(call, session, cart, checkout_state.load(call, cart))
    applied: list[Json] = [
        {
            "PromotionId": discount.promotion.rule_id,
            "PromotionTitle": discount.promotion.title,
            "VoucherCode": discount.promotion.voucher or None,
            "PromotionAction": 6,
            "RuleMessage": "",
            "Description": discount.promotion.description,
            "DiscountAmount": float(discount.amount),
        }
        for discount in costs.discounts
    ]
    gifts: list[Json] = [
        {
            "RuleId": promotion.rule_id,
            "RuleDescription": promotion.title,
            "IsShowCaseCrietriaSet": True,
            "RuleProductShowCase": {
                "Attributes": [],
                "Brands": [],
                "Categories": [],
                "Groups": [],
                "Products": [str(product_id) for product_id in promotion.products],
                "Suppliers": [],
                "Tags": [],
                "Variants": [],
            },
            "IsAutoAdd": False,
            "IsFreeActionInstructionType": True,
        }
        for promotion in call.store.promotions
        if promotion.kind is PromotionKind.FREE and 0 < promotion.minimum <= costs.product_cost
    ]
    return {"BusinessRuleDescriptionView": gifts, "AppliedPromotionDetailsList": applied or None}
