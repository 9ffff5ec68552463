"""The Customer Groups resource: the merchant's groups of customers, and their members.

Prices and promotions may depend on the group.
"""

from console.api.customers.models import CustomerGroup, WireCustomer
from console.api.errors import NotFound
from console.api.transport.records import Records
from console.api.transport.resource import Resource


class Groups(Resource):
    """Operations of the resource Customer Groups. Each raises ``PlatformError``."""

    async def all(self) -> Records[CustomerGroup]:
        """Get All Groups of the Merchant."""
        response = await self._call_or_empty("groups.all")
        return await response.parse_records(CustomerGroup)

    async def details(self, *, group_id: int) -> CustomerGroup:
        """Get Group Details.

        Raises:
            NotFound: there is no such group.
        """
        response = await self._call("groups.details", path={"userGroupId": group_id})
        groups = await response.parse_records(CustomerGroup)
        if not groups:
            raise NotFound(operation=response.operation, diagnostics="no group in the response")
        return groups[0]

    async def members(self, *, group_id: int) -> Records[WireCustomer]:
        """Get Users of a Group; a group without members has none."""
        response = await self._call_or_empty("groups.members", path={"userGroupId": group_id})
        return await response.parse_records(WireCustomer)

    async def of_customer(self, *, user_id: str) -> Records[CustomerGroup]:
        """Get Customer Groups by User ID; a customer in no group has none."""
        response = await self._call_or_empty("groups.of_customer", path={"userId": user_id})
        return await response.parse_records(CustomerGroup)

    async def add_member(self, *, group_id: int, user_id: str) -> None:
        """Add User to a Customer Group; adding a member again changes nothing.

        Raises:
            NotFound: there is no such group or customer.
        """
        await self._call("groups.add_member", path={"userGroupId": group_id, "userId": user_id})

    async def remove_member(self, *, group_id: int, user_id: str) -> None:
        """Remove User: take a customer out of a group.

        Raises:
            NotFound: there is no such group or customer, or the customer is not in it.
        """
        await self._call("groups.remove_member", path={"userGroupId": group_id, "userId": user_id})
