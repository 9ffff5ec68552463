"""The Product resource: finding products, their variants, and what each store has of them.

Used by the desk, for the menu and the stock screen.
"""

from collections.abc import Sequence
from enum import StrEnum

from console.api.errors import CartRefused, NotFound
from console.api.forms import Sendable
from console.api.product_models import (
    LocationStock,
    Product,
    ProductSearch,
    Variant,
)
from console.api.resource import Resource


class Availability(StrEnum):
    """Which products of a category are wanted (Get Products by Category, parameter availibility)."""

    ACTIVE = "Active"
    ALL = "All"


class Products(Resource):
    """Operations of the resource Product. Each raises ``PlatformError``; finding nothing is no error."""

    async def search(self, search: ProductSearch) -> tuple[int, ...]:
        """Search Products: the ids of one page of what was found."""
        wanted = {
            "keyword": search.keyword,
            "SKU": search.sku,
            "category": search.category,
            "brand": search.brand,
            "productTag": search.tag,
        }
        data: dict[str, Sendable] = {
            "merchantId": self._transport.merchant_id,
            **{name: value for name, value in wanted.items() if value},
            "pageNumber": search.page,
            "pageSize": search.page_size,
        }
        answer = await self._find("products.search", data=data)
        return answer.ids()

    async def auto_complete(self, *, keyword: str, location_id: int, limit: int = 20) -> tuple[int, ...]:
        """Get Product IDs (Auto Complete): the ids of products whose keywords fit what is being typed."""
        words = keyword.replace("/", " ").strip(" .")  # what a path cannot hold, no keyword needs
        if not words:
            return ()
        path = {"keyword": words, "limit": limit, "locationId": location_id}
        answer = await self._find("products.auto_complete", path=path)
        return answer.ids()

    async def by_category(
        self, *, category_id: str, availability: Availability = Availability.ACTIVE
    ) -> tuple[Product, ...]:
        """Get Products by Category."""
        path = {"CatagoryId": category_id, "availibility": availability}
        answer = await self._find("products.by_category", path=path)
        return await answer.many(Product)

    async def information(self, *, product_id: int, location_id: int) -> Product:
        """Get Product Information (by Location): with the price and stock of that location.

        Raises:
            NotFound: there is no such product.
        """
        path = {"productId": product_id, "locationId": location_id}
        answer = await self._ask("products.information", path=path)
        return answer.one(Product)

    async def variants(self, *, product_id: int, only_active: bool = True) -> tuple[Variant, ...]:
        """Get Product Variants (by Parent Product ID); a product without variants has none."""
        # The documents name ``active`` and print ``true``; ``All`` is what the categories take for the rest.
        path = {"ParentProductId": product_id, "availability": "active" if only_active else "All"}
        answer = await self._find("products.variants", path=path)
        return await answer.many(Variant)

    async def variant(self, *, variant_id: int) -> Variant:
        """Get Product Variants (by Variant ID).

        Raises:
            NotFound: there is no such variant.
        """
        answer = await self._ask("products.variant", path={"variantProductId": variant_id})
        variants = await answer.many(Variant)
        if not variants:
            raise NotFound(operation=answer.operation, diagnostics="an empty list")
        return variants[0]

    async def by_sku(self, *, sku: str) -> Product:
        """Get Product Details (by SKU).

        Raises:
            NotFound: there is no such product.
        """
        answer = await self._ask("products.by_sku", path={"sku": sku})
        return answer.one(Product)

    async def multiple(self, *, product_ids: Sequence[int]) -> tuple[Product, ...]:
        """Get Multiple Products Information: those of them that there are."""
        if not product_ids:
            return ()
        data = {"productIds": ",".join(str(product_id) for product_id in product_ids)}
        answer = await self._find("products.multiple", data=data)
        return await answer.many(Product)

    async def stock_by_location(
        self,
        *,
        product_id: int | None = None,
        location_id: int | None = None,
        sku: str = "",
        variant_sku: str = "",
    ) -> tuple[LocationStock, ...]:
        """Get Product Price and Inventory (LocationStockPrice): of everything, narrowed by what is given.

        Without ``variant_sku`` the answer tells of a product and of each of its variants.
        """
        data = {
            "sku": sku,
            "variantsku": variant_sku,
            "productid": "" if product_id is None else product_id,
            "locationid": "" if location_id is None else location_id,
        }
        answer = await self._find("products.stock_by_location", data=data)
        return await answer.many(LocationStock)

    async def validate_location(
        self, *, product_id: int, variant_id: int = 0, pin: str, location_id: int, quantity: int
    ) -> bool:
        """Validate Location: whether a location can give a quantity of a product at a PIN code."""
        path = {
            "productId": product_id,
            "variantProductId": variant_id,
            "pinCode": pin,
            "locationId": location_id,
            "quantity": quantity,
        }
        try:
            await self._ask("products.validate_location", path=path)
        except (CartRefused, NotFound):
            return False
        return True
