"""What a cart is offered: promotions, coupons, payment, slots, more products, and stores that have it all.

Answered out of the store; nothing here changes a cart.
"""

from math import asin, cos, radians, sin, sqrt

from console.sandbox.answers import Answer, Code, Json, RefusalError, local, success, wire_date
from console.sandbox.carts import cart_state, checkout_state
from console.sandbox.carts.cart_echo import payment_options
from console.sandbox.menu.menu import Kind, Product
from console.sandbox.merchant import Location
from console.sandbox.people.sessions import Session, session
from console.sandbox.places import slots
from console.sandbox.places.locations import summary
from console.sandbox.places.slots import DaySlot
from console.sandbox.pricing import discounts
from console.sandbox.pricing.promotion_data import Promotion, PromotionKind
from console.sandbox.requests import Call, Fields, Handler, decimal

MAX_PRODUCTS = 50
RECOMMENDED = 6
MODES = {"": "", "ship": "H", "pickup": "S"}
KINDS = {"", "cart", "catalogue"}
EARTH_KM = 6371.0


def promotions(call: Call) -> Answer:
    """Get Cart Promotions: all of them, but for what is asked."""
    session(call)
    fields = call.input()
    found = [promotion for promotion in call.store.promotions if _matches(call, promotion, fields)]
    return success(EligiblePromotions=[_promotion(call, promotion) for promotion in found])


def _matches(call: Call, promotion: Promotion, fields: Fields) -> bool:
    mode, kind = fields.text("deliverymode").casefold(), fields.text("promotiontype").casefold()
    if mode not in MODES or kind not in KINDS:
        raise RefusalError(Code.INVALID_INPUT, "The delivery mode or type of promotion is not known")
    first, last = (_day(fields.text(key)) for key in ("fromdate", "todate"))
    code = fields.text("locationcode").casefold()
    places = {o.location_id for o in call.store.merchant.locations if o.code.casefold() == code}
    user = fields.text("userid").casefold()
    return (
        (not code or not promotion.locations or bool(places & set(promotion.locations)))
        and (not mode or not promotion.modes or MODES[mode] in promotion.modes)
        and (not kind or (promotion.kind is PromotionKind.CATALOGUE) == (kind == "catalogue"))
        and (not fields.text("hasvouchers") or fields.flag("hasvouchers") == bool(promotion.voucher))
        and (last is None or promotion.starts <= last + 86_400)
        and (first is None or promotion.ends > first)
        and (not fields.flag("activestatus") or promotion.starts <= call.now < promotion.ends)
        and not fields.flag("externalcouponmapped")
        and (
            not user or not promotion.groups or bool(set(promotion.groups) & discounts.groups_of(call, user))
        )
    )


def _day(text: str) -> float | None:
    return slots.moment(text).timestamp() if text else None


def _promotion(call: Call, promotion: Promotion) -> Json:
    usable = promotion.voucher and promotion.starts <= call.now < promotion.ends
    return {
        "promotionid": promotion.rule_id,
        "promotionname": promotion.title,
        "promotionrefcode": str(promotion.rule_id),
        "description": promotion.description,
        "locationcodes": [
            location.code
            for location in call.store.merchant.locations
            if location.location_id in promotion.locations
        ]
        or ["0"],
        "starttime": wire_date(promotion.starts),
        "endtime": wire_date(promotion.ends),
        "repetitive": promotion.per_user != 1,
        "allowfurtherpromotions": True,
        "voucherbased": bool(promotion.voucher),
        "firstactivevouchercode": promotion.voucher if usable else "",
    }


def coupon_suggestions(call: Call) -> Answer:
    """Get Coupon Suggestions: the vouchers of now, and whether the cart satisfies each."""
    here = session(call)
    cart = cart_state.load(call, here)
    bare = discounts.totals(call, here, cart, checkout_state.Checkout())
    rows: list[Json] = [
        {
            "RuleDescription": promotion.description,
            "NoOfUsesDonePerUser": discounts.uses(call, promotion, here.user_id),
            "NoOfUsesconfiguredPerVoucher": promotion.total,
            "RuleCriteria": [],
            "RuleId": promotion.rule_id,
            "cartDiscountValue": float(discounts.taken_off(call, promotion, bare)),
            "EndDate": wire_date(promotion.ends),
            "NoOfUsesConfiguredPerUser": promotion.per_user,
            "NoOfUsesDonePerVoucher": discounts.uses(call, promotion),
            "isSatisfied": cart is not None and discounts.problem(call, here, cart, bare, promotion) is None,
            "RuleTitle": promotion.title,
            "isVoucher": True,
            "voucherCode": promotion.voucher,
        }
        for promotion in call.store.promotions
        if promotion.voucher and promotion.starts <= call.now < promotion.ends
    ]
    return success(CouponSuggestions={"voucherSuggestions": rows})


def payments(call: Call) -> Answer:
    """Get Cart Payment Options."""
    session(call)
    return success(PaymentOptionsChannel=payment_options(call))


def delivery_slots(call: Call) -> Answer:
    """Get Delivery Slots: of the cart's location, for the next days."""
    here = session(call)
    location_id = _place(call, here)
    now = local(call.now)
    rows: list[Json] = []
    for ahead, day in enumerate(slots.days(call)):
        stamp = f"{day.isoformat()}T{now:%H:%M:%S}"
        printed: list[Json] = [_slot(call, slot, stamp) for slot in slots.of_day(call, location_id, day)]
        rows.append(
            {
                "Day": ("Today", "Tomorrow")[ahead] if ahead < 2 else f"{day:%A}",
                "ETA": 0.0,
                "Slots": printed,
                "DeliveryDate": stamp,
                "DeliverySlotDate": f"{day:%m%d%Y}",
            }
        )
    return success(DaySlots=rows)


def _slot(call: Call, slot: DaySlot, stamp: str) -> Json:
    return {
        "FormatedSlotRange": f"{slot.starts:%I:%M %p} - {slot.ends:%I:%M %p}",
        "FormatedDate": None,
        "IsDisabled": not slot.is_open,
        "DeliveryDate": stamp,
        "DeliverySlotDate": f"{slot.day:%m/%d/%Y}",
        "DeliverySlotID": slot.slot_id,
        "MerchantID": call.store.merchant.merchant_id,
        "StartTime": f"{slot.starts:%Y-%m-%dT%H:%M:%S}",
        "EndTime": f"{slot.ends:%Y-%m-%dT%H:%M:%S}",
        "LeadTime": float(slot.window.lead),
        "Intervel": 0.0,
        "MaxOrders": float(slot.window.capacity),
        "Status": True,
        "IsExpress": False,
    }


def recommendations(call: Call) -> Answer:
    """Get Product Recommendations: in stock where the cart is, from the categories it has nothing of."""
    here = session(call)
    cart, location_id = cart_state.load(call, here), _place(call, here)
    menu = call.menu
    lines = () if cart is None else cart.lines
    seen = {menu.products[line.part.product_id].category_id for line in lines}
    found: list[int] = []
    for product in menu.products.values():
        sold_plain = menu.sellable(product) and product.kind is Kind.NORMAL and not product.variants
        if sold_plain and product.category_id not in seen and call.stock(location_id, product.product_id):
            seen.add(product.category_id)
            found.append(product.product_id)
    return success(ProductIds=list[Json](found[:RECOMMENDED]))


def common_stores(call: Call) -> Answer:
    """Get Common Stores for Cart Items: the locations that have all of it, the nearest first."""
    fields = call.input()
    asked = [_wanted(call, row) for row in fields.many("products", limit=MAX_PRODUCTS)]
    if not asked:
        raise RefusalError(Code.INVALID_INPUT, "products is missing")
    latitude, longitude = (decimal(fields.text(key), key) for key in ("Latitude", "Longitude"))
    rows: list[tuple[float, Json]] = []
    for location in call.store.merchant.locations:
        if all(call.stock(location.location_id, *product) >= quantity for product, quantity in asked):
            away = 0.0
            if latitude is not None and longitude is not None:
                away = _distance(location, float(latitude), float(longitude))
            rows.append((away, summary(call, location) | {"DistancefromInputLatLong": round(away, 3)}))
    rows.sort(key=lambda row: row[0])
    return success("Locations received", Locations=[row for _, row in rows])


def _wanted(call: Call, fields: Fields) -> tuple[tuple[int, int], int]:
    """Which product and variant, by id or SKU, and how many."""
    menu = call.menu
    variant_sku = fields.text("VariantProductSKU").casefold()
    variant_id = fields.integer("VariantProductId", 0)
    if variant_sku and variant_sku != "0":
        variant_id = next(
            (v.variant_id for v in menu.by_variant.values() if v.sku.casefold() == variant_sku), -1
        )
    product_id = fields.integer("ProductId", 0) or menu.by_sku.get(fields.text("ProductSku").casefold(), 0)
    product: Product | None = menu.products.get(product_id)
    if product is None or not product.active:
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    if (product.variants or variant_id) and product.variant(variant_id) is None:
        raise RefusalError(Code.INVALID_VARIANT)
    quantity = cart_state.checked_quantity(fields.integer("Quantity", 1))
    return (product_id, variant_id), quantity


def _distance(location: Location, latitude: float, longitude: float) -> float:
    """Kilometres over ground."""
    there, here = radians(location.latitude), radians(latitude)
    across = radians(longitude - location.longitude)
    half = sin((here - there) / 2) ** 2 + cos(there) * cos(here) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def _place(call: Call, here: Session) -> int:
    cart = cart_state.load(call, here)
    if cart is not None:
        return cart.location_id
    return here.location_id or call.store.merchant.default_location


HANDLERS: dict[str, Handler] = {
    "carts.promotions": promotions,
    "carts.coupon_suggestions": coupon_suggestions,
    "carts.payment_options": payments,
    "carts.slots": delivery_slots,
    "carts.recommendations": recommendations,
    "carts.common_stores": common_stores,
}
