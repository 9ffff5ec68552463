"""The Product resource: finding products, their variants, and their stock at each store."""

from collections.abc import Sequence
from enum import StrEnum

from console.api.errors import CartRefused, NotFound
from console.api.products.details import ProductDetails
from console.api.products.models import LocationStock, ProductSearch, WireProduct, WireVariant
from console.api.products.updates import ProductChanges
from console.api.transport.encoding import Encodable
from console.api.transport.records import Records


class Availability(StrEnum):
    """Filter for a category's products (Get Products by Category, parameter availibility)."""

    ACTIVE = "Active"
    ALL = "All"


class WireProductType(StrEnum):
    """Kind of a product (Get Products by Type & Page Number, parameter productType)."""

    NORMAL = "P"
    ADD_ON = "A"
    BUNDLE = "B"
    DEAL = "D"


class Products(ProductDetails, ProductChanges):
    """Operations of the resource Product. Each raises ``PlatformError``; an empty result is no error."""

    async def search(self, search: ProductSearch) -> Records[int]:
        """Search Products: the ids on one page of the result."""
        criteria = {
            "keyword": search.keyword,
            "SKU": search.sku,
            "category": search.category,
            "brand": search.brand,
            "productTag": search.tag,
        }
        data: dict[str, Encodable] = {
            "merchantId": self._transport.merchant_id,
            **{name: value for name, value in criteria.items() if value},
            "pageNumber": search.page,
            "pageSize": search.page_size,
        }
        response = await self._call_or_empty("products.search", data=data)
        return response.parse_ids()

    async def auto_complete(self, *, keyword: str, location_id: int, limit: int = 20) -> Records[int]:
        """Get Product IDs (Auto Complete): the ids of products whose keywords match the typed text."""
        words = keyword.replace("/", " ").strip(" .")  # not possible in a path
        if not words:
            return Records()
        path = {"keyword": words, "limit": limit, "locationId": location_id}
        response = await self._call_or_empty("products.auto_complete", path=path)
        return response.parse_ids()

    async def by_category(
        self, *, category_id: str, availability: Availability = Availability.ACTIVE
    ) -> Records[WireProduct]:
        """Get Products by Category."""
        path = {"CatagoryId": category_id, "availibility": availability}
        response = await self._call_or_empty("products.by_category", path=path)
        return await response.parse_records(WireProduct)

    async def by_type(
        self, *, category_id: str, product_type: WireProductType = WireProductType.NORMAL, page: int = 1
    ) -> Records[WireProduct]:
        """Get Products (by Type & Page Number): one page of a category's products of a kind, 1 to 100."""
        path = {"categoryId": category_id, "productType": product_type, "pageNumber": page}
        response = await self._call_or_empty("products.by_type", path=path)
        return await response.parse_records(WireProduct)

    async def by_tag(self, *, tag: str, location_id: int = 0) -> Records[WireProduct]:
        """Get Products by Tag: at a location; 0 is the merchant's default one."""
        path = {"productTag": tag, "locationId": location_id}
        response = await self._call_or_empty("products.by_tag", path=path)
        return await response.parse_records(WireProduct)

    async def by_tag_and_location(self, *, tag: str, location_id: int) -> Records[WireProduct]:
        """Get Products by Product Tag & Location."""
        path = {"productTag": tag, "locationId": location_id}
        response = await self._call_or_empty("products.by_tag_and_location", path=path)
        return await response.parse_records(WireProduct)

    async def featured(self) -> Records[WireProduct]:
        """Get Featured Products."""
        response = await self._call_or_empty("products.featured")
        return await response.parse_records(WireProduct)

    async def similar(self, *, product_id: int, location_id: int = 0) -> Records[WireProduct]:
        """Get Similar Products, at a location; 0 is the merchant's default one."""
        path = {"productId": product_id, "LocationId": location_id}
        response = await self._call_or_empty("products.similar", path=path)
        return await response.parse_records(WireProduct)

    async def upsell(self, *, product_id: int, location_id: int = 0) -> Records[WireProduct]:
        """Get Upscale Products: more expensive alternatives, at a location; 0 is the default one."""
        path = {"productId": product_id, "locationId": location_id}
        response = await self._call_or_empty("products.upsell", path=path)
        return await response.parse_records(WireProduct)

    async def information(self, *, product_id: int, location_id: int) -> WireProduct:
        """Get Product Information (by Location): with the price and stock of that location.

        Raises:
            NotFound: there is no such product.
        """
        path = {"productId": product_id, "locationId": location_id}
        response = await self._call("products.information", path=path)
        product = await response.parse_record(WireProduct)
        response.require_same("ProductId", asked=product_id, answered=product.product_id)
        return product

    async def variants(self, *, product_id: int, only_active: bool = True) -> Records[WireVariant]:
        """Get Product Variants (by Parent Product ID); a product without variants has none."""
        # The documents name ``active`` and print ``true``; ``All`` is the value that categories take for all.
        path = {"ParentProductId": product_id, "availability": "active" if only_active else "All"}
        response = await self._call_or_empty("products.variants", path=path)
        variants = await response.parse_records(WireVariant)
        for variant in variants:
            response.require_same("productId", asked=product_id, answered=variant.product_id)
        return variants

    async def variant(self, *, variant_id: int) -> WireVariant:
        """Get Product Variants (by Variant ID).

        Raises:
            NotFound: there is no such variant.
        """
        response = await self._call("products.variant", path={"variantProductId": variant_id})
        variants = await response.parse_records(WireVariant)
        if not variants:
            raise NotFound(operation=response.operation, diagnostics="an empty list")
        return variants[0]

    async def by_sku(self, *, sku: str) -> WireProduct:
        """Get Product Details (by SKU).

        Raises:
            NotFound: there is no such product.
        """
        response = await self._call("products.by_sku", path={"sku": sku})
        return await response.parse_record(WireProduct)

    async def multiple(self, *, product_ids: Sequence[int]) -> Records[WireProduct]:
        """Get Multiple Products Information: those that exist."""
        if not product_ids:
            return Records()
        data = {"productIds": ",".join(str(product_id) for product_id in product_ids)}
        response = await self._call_or_empty("products.multiple", data=data)
        return await response.parse_records(WireProduct)

    async def stock_by_location(
        self,
        *,
        product_id: int | None = None,
        location_id: int | None = None,
        sku: str = "",
        variant_sku: str = "",
    ) -> Records[LocationStock]:
        """Get Product Price and Inventory (LocationStockPrice), narrowed by the given arguments.

        Without ``variant_sku`` the response contains a product and each of its variants.
        """
        data = {
            "sku": sku,
            "variantsku": variant_sku,
            "productid": "" if product_id is None else product_id,
            "locationid": "" if location_id is None else location_id,
        }
        response = await self._call_or_empty("products.stock_by_location", data=data)
        rows = await response.parse_records(LocationStock)
        for row in rows:
            response.require_same("ProductId", asked=product_id or row.product_id, answered=row.product_id)
        return rows

    async def validate_location(
        self, *, product_id: int, variant_id: int = 0, pin: str, location_id: int, quantity: int
    ) -> bool:
        """Validate Location: return True if a location can deliver the quantity to a PIN code."""
        path = {
            "productId": product_id,
            "variantProductId": variant_id,
            "pinCode": pin,
            "locationId": location_id,
            "quantity": quantity,
        }
        try:
            await self._call("products.validate_location", path=path)
        except (CartRefused, NotFound):
            return False
        return True
