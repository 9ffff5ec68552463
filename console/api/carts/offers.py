"""Carts, read-only part: promotions, payment options, slots, recommendations, stores and coupons."""

from collections.abc import Sequence
from decimal import Decimal

from pydantic import SecretStr

from console.api.carts.checkout_models import (
    CouponSuggestion,
    CouponSuggestions,
    DeliverySlotsOfDay,
    PaymentOption,
    WirePromotion,
)
from console.api.carts.checkout_requests import PromotionSearch, RequestedProduct
from console.api.stores.locations import WireLocation
from console.api.transport.encoding import Encodable
from console.api.transport.records import Records
from console.api.transport.resource import Resource

_ALL_PROMOTIONS = PromotionSearch()


class CartOffers(Resource):
    """Read-only operations around a cart. Each raises ``PlatformError``."""

    async def promotions(
        self, *, token: SecretStr | None = None, search: PromotionSearch = _ALL_PROMOTIONS
    ) -> Records[WirePromotion]:
        """Get Cart Promotions: those that match every field of ``search``."""
        response = await self._call("carts.promotions", data=search.to_wire(), token=token)
        return await response.parse_records(WirePromotion)

    async def payment_options(self, *, token: SecretStr | None = None) -> Records[PaymentOption]:
        """Get Cart Payment Options: the ways to pay, one of which places the order."""
        response = await self._call("carts.payment_options", token=token)
        return await response.parse_records(PaymentOption)

    async def slots(self, *, token: SecretStr | None = None) -> Records[DeliverySlotsOfDay]:
        """Get Delivery Slots of the next days, full ones included."""
        response = await self._call("carts.slots", token=token)
        return await response.parse_records(DeliverySlotsOfDay)

    async def recommendations(self, *, token: SecretStr | None = None) -> Records[int]:
        """Get Product Recommendations: ids of products that go with the contents of the cart."""
        return (await self._call("carts.recommendations", token=token)).parse_ids()

    async def common_stores(
        self,
        *,
        products: Sequence[RequestedProduct],
        latitude: Decimal | None = None,
        longitude: Decimal | None = None,
    ) -> Records[WireLocation]:
        """Get Common Stores for Cart Items: the stores that have all of them, nearest to a point first.

        Raises:
            CartRefused: there is no such product.
        """
        data: dict[str, Encodable] = {
            "products": [product.to_wire() for product in products],
            "Longitude": "" if longitude is None else str(longitude),
            "Latitude": "" if latitude is None else str(latitude),
        }
        response = await self._call("carts.common_stores", data=data)
        return await response.parse_records(WireLocation)

    async def coupon_suggestions(self, *, token: SecretStr | None = None) -> Records[CouponSuggestion]:
        """Get Coupon Suggestions: vouchers, each with whether the cart satisfies it."""
        response = await self._call("carts.coupon_suggestions", token=token)
        return (await response.parse_record(CouponSuggestions)).vouchers
