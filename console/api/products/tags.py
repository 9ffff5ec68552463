"""The Product Tags resource: the tags that a merchant's products are found by."""

from console.api.errors import NotFound
from console.api.products.detail_models import ProductTag, TagCount
from console.api.transport.resource import Resource


class Tags(Resource):
    """Operations of the resource Product Tags. Each raises ``PlatformError``."""

    async def all(self) -> tuple[ProductTag, ...]:
        """Get Product Tags: all tags of the merchant."""
        response = await self._call_or_empty("tags.all")
        return await response.parse_records(ProductTag)

    async def details(self, *, tag: str) -> ProductTag:
        """Get Tag Details.

        Raises:
            NotFound: there is no such tag.
        """
        response = await self._call("tags.details", path={"ProductTag": tag})
        tags = await response.parse_records(ProductTag)
        if not tags:
            raise NotFound(operation=response.operation, diagnostics="an empty list")
        return tags[0]

    async def count(self) -> int:
        """Get Tag Count: the number of tags."""
        return (await self._call("tags.count")).parse_body(TagCount).count
