"""The Product resource, updates part: stock, prices, information, pictures, attributes, tags and reviews.

Queued updates return a task; ``task`` reads its progress.
"""

from collections.abc import Sequence

from console.api.products.requests import ProductMedia, ProductUpdate, StockAndPrice, VariantUpdate
from console.api.products.tasks import QueuedTask, WireTask
from console.api.transport.resource import Resource


class ProductChanges(Resource):
    """Operations that change products. Each raises ``PlatformError``."""

    async def update_stock_and_price(self, update: StockAndPrice) -> QueuedTask:
        """Update Location wise Stock & Price, of one product or variant at one location.

        The documents print several products as one repeated key, of which a parser may keep only the last:
        one product is sent at a time.
        """
        data = {"products": {"product": update.to_wire()}}
        return (await self._call("products.update_stock_and_price", data=data)).parse_body(QueuedTask)

    async def update(self, *updates: ProductUpdate) -> QueuedTask:
        """Update Product Information (normal product)."""
        data = {"products": {"product": [update.to_wire() for update in updates]}}
        return (await self._call("products.update", data=data)).parse_body(QueuedTask)

    async def update_variant(self, *updates: ProductUpdate | VariantUpdate) -> QueuedTask:
        """Update Product Information (Variant): variants, and optionally their product."""
        data = {"products": {"product": [update.to_wire() for update in updates]}}
        return (await self._call("products.update_variant", data=data)).parse_body(QueuedTask)

    async def attach_images(self, products: Sequence[ProductMedia]) -> QueuedTask:
        """Attach Product Images: pictures, documents, films and panoramas, by file name."""
        data = [product.to_wire() for product in products]
        return (await self._call("products.attach_images", data=data)).parse_body(QueuedTask)

    async def update_attribute(
        self,
        *,
        attribute_id: str,
        value: str,
        sku: str = "",
        variant_sku: str = "",
        location_code: str = "",
        product_id: int | None = None,
    ) -> QueuedTask:
        """Update Product Attribute, of a product by SKU or id; at one location if its code is given."""
        attribute = {
            "sku": sku,
            "variantsku": variant_sku,
            "locationrefcode": location_code,
            "AttributeId": attribute_id,
            "AttributeValue": value,
            "ProductId": "" if product_id is None else str(product_id),
        }
        response = await self._call("products.update_attribute", data={"ProductAttribute": attribute})
        return response.parse_body(QueuedTask)

    async def add_tag(self, *, sku: str, tag: str, location_code: str = "") -> QueuedTask:
        """Add Product Tags: one of the merchant's tags to a product, at one location or at all."""
        product = {"sku": sku, "locationrefcode": location_code, "tag": tag}
        return (await self._call("products.add_tag", data={"products": {"product": product}})).parse_body(
            QueuedTask
        )

    async def remove_tag(self, *, sku: str, tag: str, location_id: int) -> None:
        """Remove Product Tag, at one location.

        Raises:
            NotFound: there is no such product, or it has no such tag there.
        """
        data = {"sku": sku, "producttag": tag, "locationid": location_id}
        await self._call("products.remove_tag", data=data)

    async def set_stock(self, *, sku: str, inventory: int) -> None:
        """Update Product Stock (of Default Location) to ``inventory`` units.

        Raises:
            NotFound: there is no such product.
        """
        await self._call("products.set_stock", data={"sku": sku, "Inventory": inventory})

    async def set_stock_at_location(self, *, sku: str, location_code: str, inventory: int) -> None:
        """Update Product Stock (by Location) to ``inventory`` units.

        Raises:
            NotFound: there is no such product.
        """
        data = {"sku": sku, "locationReferenceCode": location_code, "Inventory": inventory}
        await self._call("products.set_stock_at_location", data=data)

    async def add_review(
        self, *, user_id: str, sku: str, title: str, message: str, is_live: bool = True
    ) -> None:
        """Add Review, in a customer's name; one that is not live waits for the merchant.

        Raises:
            NotFound: there is no such customer or product.
        """
        data = {"title": title, "message": message, "isGoLive": str(is_live)}
        await self._call("products.add_review", path={"UserId": user_id, "SKU": sku}, data=data)

    async def remove_offer_text(self) -> None:
        """Remove Offer Text: delete the offer descriptions of all of the merchant's products."""
        await self._call("products.remove_offer_text")

    async def task(self, *, task_id: int) -> WireTask:
        """Get MSMQ Task Details: the progress of a queued update.

        Raises:
            NotFound: there is no such task.
        """
        return await (await self._call("products.task", path={"taskid": task_id})).parse_record(WireTask)

    async def task_errors(self, *, task_id: int) -> WireTask:
        """Get MSMQ Error Details: the task again, with the errors if it failed.

        Raises:
            NotFound: there is no such task.
        """
        return await (await self._call("products.task_errors", path={"taskid": task_id})).parse_record(
            WireTask
        )
