"""The Carts resource, third part: what a cart is offered. Nothing here changes a cart.

Used through ``Carts``.
"""

from collections.abc import Sequence
from decimal import Decimal

from pydantic import SecretStr

from console.api.checkout_models import (
    CouponSuggestion,
    CouponSuggestions,
    DaySlots,
    PaymentOption,
    Promotion,
)
from console.api.checkout_requests import PromotionSearch, WantedProduct
from console.api.forms import Sendable
from console.api.locations import Location
from console.api.resource import Resource

_ALL = PromotionSearch()


class CartOffers(Resource):
    """What a cart is offered. Each raises ``PlatformError``."""

    async def promotions(self, *, token: SecretStr, search: PromotionSearch = _ALL) -> tuple[Promotion, ...]:
        """Get Cart Promotions: those that all of what is asked is true of."""
        answer = await self._ask("carts.promotions", data=search.wire(), token=token)
        return await answer.many(Promotion)

    async def payment_options(self, *, token: SecretStr) -> tuple[PaymentOption, ...]:
        """Get Cart Payment Options: the ways to pay, one of which places the order."""
        answer = await self._ask("carts.payment_options", token=token)
        return await answer.many(PaymentOption)

    async def slots(self, *, token: SecretStr) -> tuple[DaySlots, ...]:
        """Get Delivery Slots: of the next days, full ones too."""
        answer = await self._ask("carts.slots", token=token)
        return await answer.many(DaySlots)

    async def recommendations(self, *, token: SecretStr) -> tuple[int, ...]:
        """Get Product Recommendations: ids of products that go with what is in the cart."""
        return (await self._ask("carts.recommendations", token=token)).ids()

    async def common_stores(
        self,
        *,
        products: Sequence[WantedProduct],
        latitude: Decimal | None = None,
        longitude: Decimal | None = None,
    ) -> tuple[Location, ...]:
        """Get Common Stores for Cart Items: the stores that have all of them, the nearest to a point first.

        Raises:
            CartRefused: there is no such product.
        """
        data: dict[str, Sendable] = {
            "products": [product.wire() for product in products],
            "Longitude": "" if longitude is None else str(longitude),
            "Latitude": "" if latitude is None else str(latitude),
        }
        answer = await self._ask("carts.common_stores", data=data)
        return await answer.many(Location)

    async def coupon_suggestions(self, *, token: SecretStr) -> tuple[CouponSuggestion, ...]:
        """Get Coupon Suggestions: vouchers, and whether the cart satisfies each."""
        answer = await self._ask("carts.coupon_suggestions", token=token)
        return answer.one(CouponSuggestions).vouchers
