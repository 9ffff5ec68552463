"""Options of a cart: promotions, coupons, payment, slots, recommendations, and stores with all products.

Nothing here changes a cart.
"""

from math import asin, cos, radians, sin, sqrt

from console.sandbox.carts import checkout_state, discounts
from console.sandbox.carts import state as cart_state
from console.sandbox.carts.echo import payment_options
from console.sandbox.data.merchant import MerchantLocation
from console.sandbox.data.promotions import PromotionKind, SandboxPromotion
from console.sandbox.menu.menu import MenuProduct, MenuProductKind
from console.sandbox.people.sessions import Session, require_session, token_record
from console.sandbox.places import slots
from console.sandbox.places.locations import location_summary
from console.sandbox.places.slots import DaySlot
from console.sandbox.price_lookup import groups_of
from console.sandbox.requests import Call, Handler, RequestFields, parse_decimal
from console.sandbox.responses import Code, Json, RefusalError, Reply, merchant_datetime, ok, wire_date

MAX_PRODUCTS = 50
RECOMMENDED = 6
MODES = {"": "", "ship": "H", "pickup": "S"}
KINDS = {"", "cart", "catalogue"}
EARTH_KM = 6371.0


def promotions(call: Call) -> Reply:
    """Get Cart Promotions: those that match the request."""
    require_session(call)
    fields = call.input_data()
    found = [promotion for promotion in call.store.promotions if _matches(call, promotion, fields)]
    return ok(EligiblePromotions=[_promotion(call, promotion) for promotion in found])


def _matches(call: Call, promotion: SandboxPromotion, fields: RequestFields) -> bool:
    mode, kind = fields.text("deliverymode").casefold(), fields.text("promotiontype").casefold()
    if mode not in MODES or kind not in KINDS:
        raise RefusalError(Code.INVALID_INPUT, "The delivery mode or type of promotion is not known")
    first, last = (_day_timestamp(fields.text(key)) for key in ("fromdate", "todate"))
    code = fields.text("locationcode").casefold()
    location_ids = {o.location_id for o in call.store.merchant.locations if o.code.casefold() == code}
    user, channel = fields.text("userid").casefold(), fields.text("channeltype").casefold()
    return (
        (not code or not promotion.locations or bool(location_ids & set(promotion.locations)))
        and (not mode or not promotion.modes or MODES[mode] in promotion.modes)
        and (not kind or (promotion.kind is PromotionKind.CATALOGUE) == (kind == "catalogue"))
        and (not fields.text("hasvouchers") or fields.flag("hasvouchers") == bool(promotion.voucher))
        and (last is None or promotion.starts <= last + 86_400)
        and (first is None or promotion.ends > first)
        and (not fields.flag("activestatus") or promotion.starts <= call.now < promotion.ends)
        and (not channel or not promotion.channels or channel in promotion.channels)
        and not fields.flag("externalcouponmapped")
        and (not user or not promotion.groups or bool(set(promotion.groups) & groups_of(call, user)))
    )


def _day_timestamp(text: str) -> float | None:
    return slots.parse_date(text).timestamp() if text else None


def _promotion(call: Call, promotion: SandboxPromotion) -> Json:
    is_current = promotion.voucher and promotion.starts <= call.now < promotion.ends
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
        "firstactivevouchercode": promotion.voucher if is_current else "",
    }


def coupon_suggestions(call: Call) -> Reply:
    """Get Coupon Suggestions: current vouchers, each with whether the cart satisfies it."""
    session = require_session(call)
    cart = cart_state.load(call, session)
    undiscounted = discounts.price_cart(call, session, cart, checkout_state.SandboxCheckout())
    rows: list[Json] = [
        {
            "RuleDescription": promotion.description,
            "NoOfUsesDonePerUser": discounts.count_uses(call, promotion, session.user_id),
            "NoOfUsesconfiguredPerVoucher": promotion.total_uses,
            "RuleCriteria": [],
            "RuleId": promotion.rule_id,
            "cartDiscountValue": float(discounts.discount_amount(call, promotion, undiscounted)),
            "EndDate": wire_date(promotion.ends),
            "NoOfUsesConfiguredPerUser": promotion.per_user,
            "NoOfUsesDonePerVoucher": discounts.count_uses(call, promotion),
            "isSatisfied": cart is not None
            and discounts.inapplicable_code(call, session, cart, undiscounted, promotion) is None,
            "RuleTitle": promotion.title,
            "isVoucher": True,
            "voucherCode": promotion.voucher,
        }
        for promotion in call.store.promotions
        if promotion.voucher and promotion.starts <= call.now < promotion.ends
    ]
    return ok(CouponSuggestions={"voucherSuggestions": rows}, Token=token_record(call, session))


def payments(call: Call) -> Reply:
    """Get Cart Payment Options."""
    require_session(call)
    return ok(PaymentOptionsChannel=payment_options(call))


def delivery_slots(call: Call) -> Reply:
    """Get Delivery Slots of the cart's location, for the next days."""
    session = require_session(call)
    location_id = _cart_location(call, session)
    now = merchant_datetime(call.now)
    rows: list[Json] = []
    for days_ahead, day in enumerate(slots.offered_days(call)):
        timestamp = f"{day.isoformat()}T{now:%H:%M:%S}"
        slot_rows: list[Json] = [
            _slot(call, slot, timestamp) for slot in slots.slots_on(call, location_id, day)
        ]
        rows.append(
            {
                "Day": ("Today", "Tomorrow")[days_ahead] if days_ahead < 2 else f"{day:%A}",
                "ETA": 0.0,
                "Slots": slot_rows,
                "DeliveryDate": timestamp,
                "DeliverySlotDate": f"{day:%m%d%Y}",
            }
        )
    return ok(DaySlots=rows)


def _slot(call: Call, slot: DaySlot, timestamp: str) -> Json:
    return {
        "FormatedSlotRange": f"{slot.starts:%I:%M %p} - {slot.ends:%I:%M %p}",
        "FormatedDate": None,
        "IsDisabled": not slot.is_open,
        "DeliveryDate": timestamp,
        "DeliverySlotDate": f"{slot.day:%m/%d/%Y}",
        "DeliverySlotID": slot.slot_id,
        "MerchantID": call.store.merchant.merchant_id,
        "StartTime": f"{slot.starts:%Y-%m-%dT%H:%M:%S}",
        "EndTime": f"{slot.ends:%Y-%m-%dT%H:%M:%S}",
        "LeadTime": float(slot.window.lead_minutes),
        "Intervel": 0.0,
        "MaxOrders": float(slot.window.capacity),
        "Status": True,
        "IsExpress": False,
    }


def recommendations(call: Call) -> Reply:
    """Get Product Recommendations: in stock at the cart's location, from categories not yet in the cart."""
    session = require_session(call)
    cart, location_id = cart_state.load(call, session), _cart_location(call, session)
    menu = call.menu
    lines = () if cart is None else cart.lines
    categories = {menu.products[line.part.product_id].category_id for line in lines}
    found: list[int] = []
    for product in menu.products.values():
        is_simple = (
            menu.is_sellable(product) and product.kind is MenuProductKind.NORMAL and not product.variants
        )
        if (
            is_simple
            and product.category_id not in categories
            and call.stock(location_id, product.product_id)
        ):
            categories.add(product.category_id)
            found.append(product.product_id)
    return ok(ProductIds=list[Json](found[:RECOMMENDED]))


def common_stores(call: Call) -> Reply:
    """Get Common Stores for Cart Items: the locations that have all of them, the nearest first."""
    fields = call.input_data()
    requested = [_requested_product(call, row) for row in fields.objects("products", limit=MAX_PRODUCTS)]
    if not requested:
        raise RefusalError(Code.INVALID_INPUT, "products is missing")
    latitude, longitude = (parse_decimal(fields.text(key), key) for key in ("Latitude", "Longitude"))
    rows: list[tuple[float, Json]] = []
    for location in call.store.merchant.locations:
        if all(call.stock(location.location_id, *product) >= quantity for product, quantity in requested):
            distance = 0.0
            if latitude is not None and longitude is not None:
                distance = _distance_km(location, float(latitude), float(longitude))
            rows.append(
                (
                    distance,
                    location_summary(call, location) | {"DistancefromInputLatLong": round(distance, 3)},
                )
            )
    rows.sort(key=lambda row: row[0])
    return ok("Locations received", Locations=[row for _, row in rows])


def _requested_product(call: Call, fields: RequestFields) -> tuple[tuple[int, int], int]:
    """Read a requested product and variant, by id or SKU, and the quantity."""
    menu = call.menu
    variant_sku = fields.text("VariantProductSKU").casefold()
    variant_id = fields.integer("VariantProductId", 0)
    if variant_sku and variant_sku != "0":
        variant_id = next(
            (v.variant_id for v in menu.by_variant.values() if v.sku.casefold() == variant_sku), -1
        )
    product_id = fields.integer("ProductId", 0) or menu.by_sku.get(fields.text("ProductSku").casefold(), 0)
    product: MenuProduct | None = menu.products.get(product_id)
    if product is None or not product.active:
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    if (product.variants or variant_id) and product.variant(variant_id) is None:
        raise RefusalError(Code.INVALID_VARIANT)
    quantity = cart_state.validate_quantity(fields.integer("Quantity", 1))
    return (product_id, variant_id), quantity


def _distance_km(location: MerchantLocation, latitude: float, longitude: float) -> float:
    """Return the great-circle distance in kilometres."""
    store_latitude, caller_latitude = radians(location.latitude), radians(latitude)
    longitude_delta = radians(longitude - location.longitude)
    haversine = (
        sin((caller_latitude - store_latitude) / 2) ** 2
        + cos(store_latitude) * cos(caller_latitude) * sin(longitude_delta / 2) ** 2
    )
    return 2 * EARTH_KM * asin(min(1.0, sqrt(haversine)))


def _cart_location(call: Call, session: Session) -> int:
    cart = cart_state.load(call, session)
    if cart is not None:
        return cart.location_id
    return session.location_id or call.store.merchant.default_location


HANDLERS: dict[str, Handler] = {
    "carts.promotions": promotions,
    "carts.coupon_suggestions": coupon_suggestions,
    "carts.payment_options": payments,
    "carts.slots": delivery_slots,
    "carts.recommendations": recommendations,
    "carts.common_stores": common_stores,
}
