"""The Customer Groups resource: which groups a customer is in.

Used by the desk, for prices and promotions that go by group.
"""

from console.api.customer_models import CustomerGroup
from console.api.resource import Resource


class Groups(Resource):
    """Operations of the resource Customer Groups."""

    async def of_customer(self, *, user_id: str) -> tuple[CustomerGroup, ...]:
        """Get Customer Groups by User ID; a customer in no group has none.

        Raises:
            PlatformError: see ``console.api.errors``.
        """
        answer = await self._find("groups.of_customer", path={"userId": user_id})
        return await answer.many(CustomerGroup)
