"""Read-only operations around a cart: requests as printed, and their sample responses parsed in full.

Get Coupon Suggestions is printed with ``skip`` as its message code: it is stored as ``.printed.txt``
beside a copy with 1004 instead.
"""

from datetime import date

import pytest

from console.api.carts import checkout_models
from console.api.carts.checkout_requests import (
    PromotionMode,
    PromotionSearch,
    PromotionType,
    RequestedProduct,
)
from tests.api.documents.printed_samples import payload, sent_payload
from tests.api.documents.samples import TOKEN, documented_api

pytestmark = pytest.mark.anyio


async def test_get_cart_promotions() -> None:
    api, port = documented_api("carts.promotions")
    search = PromotionSearch(
        location_code="btm",
        mode=PromotionMode.SHIP,
        kind=PromotionType.CART,
        has_vouchers=True,
        first_day=date(2018, 9, 13),
        last_day=date(2018, 9, 13),
        only_active=True,
    )

    first, _ = await api.carts.promotions(token=TOKEN, search=search)

    assert port.path == "carts/GetAllPromotions/6c57599f"
    assert sent_payload(port, "carts.promotions") == payload("carts.promotions")
    assert (first.rule_id, first.title, first.has_voucher) == (30136, "CRMTest", True)
    assert first.location_codes == ("0",)


async def test_get_cart_payment_options() -> None:
    api, port = documented_api("carts.payment_options")

    options = await api.carts.payment_options(token=TOKEN)

    assert port.path == "Carts/PaymentOptions/6c57599f"
    assert len(options) == 9
    assert (options[0].kind, options[0].option, options[0].gateway_id) == ("5678", "5678", "10957")


async def test_get_delivery_slots() -> None:
    api, port = documented_api("carts.slots")

    today, *_ = await api.carts.slots(token=TOKEN)

    assert port.path == "Carts/DeliverySlots/6c57599f"
    slot = today.slots[0]
    assert (today.day, today.date) == ("Today", "11282018")
    assert (slot.slot_id, slot.is_disabled, slot.capacity) == (33466, True, 24)
    assert slot.label == "10:00 AM - 01:00 PM"


async def test_get_product_recommendations() -> None:
    api, port = documented_api("carts.recommendations")

    assert (await api.carts.recommendations(token=TOKEN))[:2] == (13067043, 13067125)
    assert port.path == "Carts/TargetBlocks/6c57599f"


async def test_get_common_stores() -> None:
    api, port = documented_api("carts.common_stores")

    stores = await api.carts.common_stores(products=[RequestedProduct(sku="61751356")])

    assert port.path == "Carts/GetCommonStoresforCartItems/6c57599f"
    assert sent_payload(port, "carts.common_stores") == payload("carts.common_stores")
    assert [store.code for store in stores][:2] == ["PIJ", "KKJ"]


async def test_get_coupon_suggestions() -> None:
    api, port = documented_api("carts.coupon_suggestions")

    (coupon,) = await api.carts.coupon_suggestions(token=TOKEN)

    assert port.path == "carts/CouponSuggestion/6c57599f"
    assert (coupon.voucher_code, coupon.discount, coupon.is_satisfied) == ("CouponSuggestions2", 50, True)
    assert coupon.max_uses == checkout_models.UNLIMITED_USES
