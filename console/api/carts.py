"""The Carts resource: what is in the cart of a session, and changing it.

Used by sync alone: every change is one write, and is followed by a look at what came of it.
"""

from collections.abc import Sequence

from pydantic import SecretStr

from console.api.cart_models import Cart, CartAnswer, Failures
from console.api.cart_requests import CartItemRequest, DeliveryMode, Shipping
from console.api.errors import NotFound
from console.api.resource import Answer, Resource

_NOWHERE = Shipping()


class Carts(Resource):
    """Operations of the resource Carts.

    Each raises ``PlatformError``. Where a write's ``outcome_unknown`` is set, the answer was lost and
    the cart must be read before anything is sent again.
    """

    async def add_items(
        self,
        *,
        token: SecretStr,
        items: Sequence[CartItemRequest],
        delivery_mode: DeliveryMode,
        shipping: Shipping = _NOWHERE,
    ) -> CartAnswer:
        """Add Items to Cart, of all four documented shapes: the items say which one it is.

        Raises:
            CartRefused: the cart takes none of the items; those it left out of several are in ``failed``.
        """
        data = {
            "ShipCity": shipping.city,
            "ShipCountry": shipping.country,
            "ShipState": shipping.state,
            "DelveryMode": delivery_mode,
            "Item": [item.wire() for item in items],
        }
        answer = await self._ask("carts.add_items", data={"cart": data}, token=token)
        return _after(answer)

    async def by_token(self, *, token: SecretStr) -> Cart:
        """Get Cart Items (by AccessToken). A session that has put nothing into a cart has an empty one."""
        try:
            answer = await self._ask("carts.by_token", path={"accesstoken": token}, token=token)
            return answer.one(Cart)
        except NotFound:
            return Cart()

    async def update_quantity(self, *, token: SecretStr, reference_key: str, quantity: int) -> CartAnswer:
        """Update Quantity of a Cart Item: ``quantity`` takes the place of the one it has.

        Raises:
            CartRefused: the location cannot give as much.
            NotFound: no item has this key (any more).
        """
        path = {"cartReferenceKey": reference_key, "quantity": quantity}
        answer = await self._ask("carts.update_quantity", path=path, token=token)
        return _after(answer)

    async def remove(self, *, token: SecretStr, reference_key: str, quantity: int) -> None:
        """Remove a Cart Item: take ``quantity`` of an item out; the answer does not show the cart.

        Raises:
            NotFound: no item has this key (any more).
        """
        path = {"cartReferenceKey": reference_key, "quantity": quantity}
        await self._ask("carts.remove", path=path, token=token)


def _after(answer: Answer) -> CartAnswer:
    return CartAnswer(answer.one(Cart), answer.whole(Failures).items)
