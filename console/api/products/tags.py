"""The Product Tags resource: the tags that a merchant's products are found by."""

from console.api.products.detail_models import ProductTag, TagCount
from console.api.transport.records import Records
from console.api.transport.resource import Resource


class Tags(Resource):
    """Operations of the resource Product Tags. Each raises ``PlatformError``."""

    async def all(self) -> Records[ProductTag]:
        """Get Product Tags: all tags of the merchant."""
        response = await self._call_or_empty("tags.all")
        return await response.parse_records(ProductTag)

    async def details(self, *, tag: str) -> ProductTag:
        """Get Tag Details.

        Raises:
            NotFound: there is no such tag.
        """
        response = await self._call("tags.details", path={"ProductTag": tag})
        return response.parse_first(ProductTag)

    async def count(self) -> int:
        """Get Tag Count: the number of tags."""
        return (await self._call("tags.count")).parse_body(TagCount).count
