"""Reading what belongs to one product: attributes, tags, reviews, pictures, prices by quantity, parts.

A part of ``Products``.
"""

from collections.abc import Sequence

from console.api.errors import CartRefused
from console.api.product_detail_models import (
    Attribute,
    BundleContents,
    BundleItem,
    BundleTerms,
    Comment,
    Content,
    DetailedProduct,
    LocationAttribute,
    ProductTag,
    Review,
    Serviceability,
    SkuPrice,
    TierPrice,
)
from console.api.product_models import Variant
from console.api.resource import Resource


class ProductDetails(Resource):
    """The operations of the resource Product about one product. Each raises ``PlatformError``."""

    async def with_attributes(self, *, product_id: int) -> tuple[DetailedProduct, ...]:
        """Get Product Information with Attributes: the product in a list, as the documents have it."""
        answer = await self._ask("products.with_attributes", path={"productid": product_id})
        return await answer.many(DetailedProduct)

    async def attributes(self, *, product_id: int) -> tuple[Attribute, ...]:
        """Get Product Attributes."""
        answer = await self._find("products.attributes", path={"productid": product_id})
        return await answer.many(Attribute)

    async def location_attributes(
        self, *, sku: str, variant_sku: str, location_code: str
    ) -> tuple[LocationAttribute, ...]:
        """Get Attributes of Variant Products, at one location."""
        path = {"sku": sku, "variantSku": variant_sku, "locationRefCode": location_code}
        answer = await self._find("products.location_attributes", path=path)
        return await answer.many(LocationAttribute)

    async def parents(self, *, variant_ids: Sequence[int]) -> tuple[Variant, ...]:
        """Get Multiple Parent Products: the variants that there are, each with its ``product_id``."""
        if not variant_ids:
            return ()
        data = {"varientProductIds": ",".join(str(variant_id) for variant_id in variant_ids)}
        answer = await self._find("products.parents", data=data)
        return await answer.many(Variant)

    async def bundle_items(self, *, product_id: int, only_default: bool | None = None) -> BundleContents:
        """Get Bundle Items by Bundle Product ID: of everything, or only what it comes with.

        A product that is no bundle has none. ``None`` leaves the question out, as the printed request does.
        """
        path: dict[str, int | str] = {"Productid": product_id}
        if only_default is not None:
            path["isdefault"] = str(only_default).lower()
        answer = await self._find("products.bundle_items", path=path)
        return BundleContents(await answer.many(BundleItem), answer.whole(BundleTerms))

    async def tags(self, *, product_id: int) -> tuple[ProductTag, ...]:
        """Get Products Tags: a product's, wherever it has them."""
        answer = await self._find("products.tags", path={"productid": product_id})
        return await answer.many(ProductTag)

    async def tags_at_location(self, *, product_id: int, location_id: int) -> tuple[ProductTag, ...]:
        """Get Product Tags (By ProductId): a product's at one location."""
        path = {"productid": product_id, "locationid": location_id}
        answer = await self._find("products.tags_at_location", path=path)
        return await answer.many(ProductTag)

    async def reviews(self, *, sku: str) -> tuple[Review, ...]:
        """Get Product Reviews: those that are live, and those that wait."""
        answer = await self._find("products.reviews", path={"Sku": sku})
        return await answer.many(Review)

    async def comments(self, *, product_id: int, post_id: int) -> tuple[Comment, ...]:
        """Get Product Comments: a review by the id of its post, and what was answered to it."""
        path = {"productid": product_id, "postid": post_id}
        answer = await self._find("products.comments", path=path)
        return await answer.many(Comment)

    async def contents(self, *, product_id: int) -> tuple[Content, ...]:
        """Get Product Contents: pictures, documents and films."""
        answer = await self._find("products.contents", path={"productId": product_id})
        return await answer.many(Content)

    async def sku_price(
        self,
        *,
        sku: str,
        variant_sku: str = "",
        user_group_id: int | None = None,
        location_code: str = "",
        channel_code: str = "",
    ) -> tuple[SkuPrice, ...]:
        """Get SKU Price: at every location, or at the one whose code is given."""
        group = {} if user_group_id is None else {"usergroupid": user_group_id}
        data = {
            "sku": sku,
            "variantsku": variant_sku,
            **group,
            "locationrefcode": location_code,
            "channelrefcode": channel_code,
        }
        answer = await self._find("products.sku_price", data=data)
        return await answer.many(SkuPrice)

    async def tier_prices(self, *, user_id: str, product_id: int, location_id: int) -> tuple[TierPrice, ...]:
        """Get Tier Price Details: what a customer pays for one unit from each quantity on."""
        path = {"userId": user_id, "productId": product_id, "locationId": location_id}
        answer = await self._find("products.tier_prices", path=path)
        return await answer.many(TierPrice)

    async def serviceable(self, *, product_id: int, pin: str, location_id: int) -> Serviceability:
        """Check PIN Code Serviceability of a Product: whether a location brings it to a PIN code.

        Raises:
            NotFound: there is no such product.
        """
        data = {"productid": product_id, "pincode": pin, "locationid": location_id}
        try:
            answer = await self._ask("products.serviceable", path={"productId": product_id}, data=data)
        except CartRefused:
            return Serviceability()
        return answer.whole(Serviceability)
