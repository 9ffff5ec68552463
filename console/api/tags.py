"""The Product Tags resource: the tags that a merchant's products are found by.

Used by the desk and by ``store-console api``.
"""

from console.api.errors import NotFound
from console.api.product_detail_models import ProductTag, TagCount
from console.api.resource import Resource


class Tags(Resource):
    """Operations of the resource Product Tags. Each raises ``PlatformError``."""

    async def all(self) -> tuple[ProductTag, ...]:
        """Get Product Tags: the merchant's."""
        answer = await self._find("tags.all")
        return await answer.many(ProductTag)

    async def details(self, *, tag: str) -> ProductTag:
        """Get Tag Details.

        Raises:
            NotFound: there is no such tag.
        """
        answer = await self._ask("tags.details", path={"ProductTag": tag})
        tags = await answer.many(ProductTag)
        if not tags:
            raise NotFound(operation=answer.operation, diagnostics="an empty list")
        return tags[0]

    async def count(self) -> int:
        """Get Tag Count: how many tags there are."""
        return (await self._ask("tags.count")).whole(TagCount).count
