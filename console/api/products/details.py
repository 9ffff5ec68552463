"""The Product resource, details part: attributes, tags, reviews, pictures, tier prices, bundle items."""

from collections.abc import Sequence

from console.api.errors import CartRefused
from console.api.products.detail_models import (
    BundleContents,
    BundlePricing,
    DetailedProduct,
    LocationAttribute,
    ProductContent,
    ProductTag,
    ReviewComment,
    Serviceability,
    SkuPrice,
    WireAttribute,
    WireBundleItem,
    WireReview,
    WireTierPrice,
)
from console.api.products.models import WireVariant
from console.api.transport.records import Records
from console.api.transport.resource import Resource


class ProductDetails(Resource):
    """Operations on one product's details. Each raises ``PlatformError``."""

    async def with_attributes(self, *, product_id: int) -> Records[DetailedProduct]:
        """Get Product Information with Attributes: the product in a list, as in the documents."""
        response = await self._call("products.with_attributes", path={"productid": product_id})
        return await response.parse_records(DetailedProduct)

    async def attributes(self, *, product_id: int) -> Records[WireAttribute]:
        """Get Product Attributes."""
        response = await self._call_or_empty("products.attributes", path={"productid": product_id})
        return await response.parse_records(WireAttribute)

    async def location_attributes(
        self, *, sku: str, variant_sku: str, location_code: str
    ) -> Records[LocationAttribute]:
        """Get Attributes of Variant Products, at one location."""
        path = {"sku": sku, "variantSku": variant_sku, "locationRefCode": location_code}
        response = await self._call_or_empty("products.location_attributes", path=path)
        return await response.parse_records(LocationAttribute)

    async def parents(self, *, variant_ids: Sequence[int]) -> Records[WireVariant]:
        """Get Multiple Parent Products: the variants that exist, each with its ``product_id``."""
        if not variant_ids:
            return Records()
        data = {"varientProductIds": ",".join(str(variant_id) for variant_id in variant_ids)}
        response = await self._call_or_empty("products.parents", data=data)
        return await response.parse_records(WireVariant)

    async def bundle_items(self, *, product_id: int, only_default: bool | None = None) -> BundleContents:
        """Get Bundle Items by Bundle Product ID: all possible items, or only the default ones.

        A product that is no bundle has none. ``None`` omits the argument, as the printed request does.
        """
        path: dict[str, int | str] = {"Productid": product_id}
        if only_default is not None:
            path["isdefault"] = str(only_default).lower()
        response = await self._call_or_empty("products.bundle_items", path=path)
        return BundleContents(
            await response.parse_records(WireBundleItem), response.parse_body(BundlePricing)
        )

    async def tags(self, *, product_id: int) -> Records[ProductTag]:
        """Get Products Tags: a product's tags at any location."""
        response = await self._call_or_empty("products.tags", path={"productid": product_id})
        return await response.parse_records(ProductTag)

    async def tags_at_location(self, *, product_id: int, location_id: int) -> Records[ProductTag]:
        """Get Product Tags (By ProductId): a product's tags at one location."""
        path = {"productid": product_id, "locationid": location_id}
        response = await self._call_or_empty("products.tags_at_location", path=path)
        return await response.parse_records(ProductTag)

    async def reviews(self, *, sku: str) -> Records[WireReview]:
        """Get Product Reviews: live ones, and those that wait for approval."""
        response = await self._call_or_empty("products.reviews", path={"Sku": sku})
        return await response.parse_records(WireReview)

    async def comments(self, *, product_id: int, post_id: int) -> Records[ReviewComment]:
        """Get Product Comments: a review by the id of its post, with the replies to it."""
        path = {"productid": product_id, "postid": post_id}
        response = await self._call_or_empty("products.comments", path=path)
        return await response.parse_records(ReviewComment)

    async def contents(self, *, product_id: int) -> Records[ProductContent]:
        """Get Product Contents: pictures, documents and films."""
        response = await self._call_or_empty("products.contents", path={"productId": product_id})
        return await response.parse_records(ProductContent)

    async def sku_price(
        self,
        *,
        sku: str,
        variant_sku: str = "",
        user_group_id: int | None = None,
        location_code: str = "",
        channel_code: str = "",
    ) -> Records[SkuPrice]:
        """Get SKU Price: at every location, or at the one with the given code."""
        group = {} if user_group_id is None else {"usergroupid": user_group_id}
        data = {
            "sku": sku,
            "variantsku": variant_sku,
            **group,
            "locationrefcode": location_code,
            "channelrefcode": channel_code,
        }
        response = await self._call_or_empty("products.sku_price", data=data)
        return await response.parse_records(SkuPrice)

    async def tier_prices(self, *, user_id: str, product_id: int, location_id: int) -> Records[WireTierPrice]:
        """Get Tier Price Details: a customer's price of one unit from each quantity on."""
        path = {"userId": user_id, "productId": product_id, "locationId": location_id}
        response = await self._call_or_empty("products.tier_prices", path=path)
        return await response.parse_records(WireTierPrice)

    async def serviceable(self, *, product_id: int, pin: str, location_id: int) -> Serviceability:
        """Check PIN Code Serviceability of a Product: delivery from a location to a PIN code.

        Raises:
            NotFound: there is no such product.
        """
        data = {"productid": product_id, "pincode": pin, "locationid": location_id}
        try:
            response = await self._call("products.serviceable", path={"productId": product_id}, data=data)
        except CartRefused:
            return Serviceability()
        return response.parse_body(Serviceability)
