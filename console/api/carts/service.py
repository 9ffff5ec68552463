"""The Carts resource: reading and changing the cart of a session.

Every change is one write; the caller reads the cart to see its result.
"""

from collections.abc import Sequence

from pydantic import SecretStr

from console.api.carts.checkout import CartCheckout
from console.api.carts.models import CartChangeResult, FailedItems, SessionCart, WireCart
from console.api.carts.offers import CartOffers
from console.api.carts.requests import CartItemRequest, ShippingRegion, WireDeliveryMode
from console.api.customers.one_time_passwords import OneTimePasswords
from console.api.errors import NotFound
from console.api.transport.encoding import Encodable
from console.api.transport.resource import ApiResponse

_UNKNOWN_REGION = ShippingRegion()


class Carts(CartCheckout, CartOffers, OneTimePasswords):
    """Operations of the resource Carts.

    Each raises ``PlatformError``. If a write's ``outcome_unknown`` is set, its response was lost and
    the cart must be read before anything is sent again.
    """

    async def add_items(
        self,
        *,
        token: SecretStr | None = None,
        items: Sequence[CartItemRequest],
        delivery_mode: WireDeliveryMode,
        shipping: ShippingRegion = _UNKNOWN_REGION,
    ) -> CartChangeResult:
        """Add Items to Cart, in any of the four documented shapes: the items decide which one.

        Raises:
            CartRefused: the cart takes none of the items; if it refuses only some, they are in ``failed``.
        """
        return await self._add("carts.add_items", token, items, delivery_mode, shipping)

    async def add_default_deal(
        self,
        *,
        token: SecretStr | None = None,
        deal: CartItemRequest,
        delivery_mode: WireDeliveryMode,
        shipping: ShippingRegion = _UNKNOWN_REGION,
    ) -> CartChangeResult:
        """Add Items to Cart (Default Deal): the deal with its children as on the menu.

        Raises:
            CartRefused: the cart does not take the deal, or one of its children.
        """
        return await self._add("carts.add_default_deal", token, [deal], delivery_mode, shipping)

    async def add_customised_deal(
        self,
        *,
        token: SecretStr | None = None,
        deal: CartItemRequest,
        delivery_mode: WireDeliveryMode,
        shipping: ShippingRegion = _UNKNOWN_REGION,
    ) -> CartChangeResult:
        """Add to Cart (Customized Deal): a deal whose bundles have their own components.

        Raises:
            CartRefused: the cart does not take the deal, or one of its children.
        """
        return await self._add("carts.add_customised_deal", token, [deal], delivery_mode, shipping)

    async def add_customised_bundle(
        self,
        *,
        token: SecretStr | None = None,
        bundle: CartItemRequest,
        delivery_mode: WireDeliveryMode,
        shipping: ShippingRegion = _UNKNOWN_REGION,
    ) -> CartChangeResult:
        """Add Items to Cart (Customized Bundle): a pizza with its base and toppings.

        Raises:
            CartRefused: the cart does not take the bundle, or one of its children.
        """
        return await self._add("carts.add_customised_bundle", token, [bundle], delivery_mode, shipping)

    async def add_free_products(
        self,
        *,
        token: SecretStr | None = None,
        rule_id: int,
        items: Sequence[CartItemRequest],
        delivery_mode: WireDeliveryMode,
    ) -> CartChangeResult:
        """Add Free Products to Cart: products that the promotion ``rule_id`` gives.

        Raises:
            VoucherRefused: the cart is too small for it, or it does not give these products.
        """
        data = {"cart": {"DelveryMode": delivery_mode, "Item": [item.to_wire() for item in items]}}
        path = {"promotionruleid": rule_id}
        return await _parse_change(
            await self._call("carts.add_free_products", path=path, data=data, token=token)
        )

    async def add_at_location(
        self,
        *,
        token: SecretStr | None = None,
        product_id: int,
        location_id: int,
        currency: str,
        variant_id: int = 0,
        quantity: int = 1,
    ) -> CartChangeResult:
        """Location Add to Cart: one product of a location. ``currency`` is the location's, such as KWD.

        Raises:
            CartRefused: the location does not have the product.
        """
        path = {
            "productId": product_id,
            "varProductId": variant_id,
            "quantity": quantity,
            "locationId": location_id,
            "currency": currency,
        }
        return await _parse_change(await self._call("carts.add_at_location", path=path, token=token))

    async def edit(
        self, *, token: SecretStr | None = None, item: CartItemRequest, delivery_mode: WireDeliveryMode
    ) -> CartChangeResult:
        """Edit Cart Item: ``item`` replaces the one that has its reference key.

        ``CartID`` is the session's token, as in the documents' sample.

        Raises:
            CartRefused: the cart does not take the changed item.
            NotFound: no item has this key (any more).
        """
        own = self._session_token(token)
        data: dict[str, Encodable] = {"CartID": own, "DeliveryMode": delivery_mode, "Item": item.to_wire()}
        return await _parse_change(await self._call("carts.edit", data=data, token=token))

    async def get(self, *, token: SecretStr | None = None, promotion_details: bool = True) -> WireCart:
        """Get Cart Items, with the discount of each promotion. A session without a cart has an empty one.

        The promotions' texts are in the profile's language.
        """
        query = {"promotionDetails": str(promotion_details).lower()}
        try:
            response = await self._call("carts.get", query=query, token=token)
            return await response.parse_record(WireCart)
        except NotFound:
            return WireCart()

    async def get_with_session(self, *, token: SecretStr | None = None) -> SessionCart:
        """Get Cart Items, with the account whose cart it is, where the platform prints it.

        Raises:
            MismatchedResponse: it is the cart of another token.
        """
        try:
            response = await self._call("carts.get", query={"promotionDetails": "false"}, token=token)
            found = response.parse_body(SessionCart)
        except NotFound:
            return SessionCart(cart=WireCart())
        if found.session is not None and found.session.access_token is not None:
            response.require_same(
                "AccessToken",
                asked=self._session_token(token).get_secret_value(),
                answered=found.session.access_token.get_secret_value(),
            )
        return found

    async def by_token(self, *, token: SecretStr | None = None) -> WireCart:
        """Get Cart Items (by AccessToken). A session that has not begun a cart has an empty one."""
        path = {"accesstoken": self._session_token(token)}
        try:
            response = await self._call("carts.by_token", path=path, token=token)
            return await response.parse_record(WireCart)
        except NotFound:
            return WireCart()

    async def update_quantity(
        self, *, token: SecretStr | None = None, reference_key: str, quantity: int
    ) -> CartChangeResult:
        """Update Quantity of a Cart Item: ``quantity`` replaces the old one.

        Raises:
            CartRefused: the location does not have as many.
            NotFound: no item has this key (any more).
        """
        path = {"cartReferenceKey": reference_key, "quantity": quantity}
        response = await self._call("carts.update_quantity", path=path, token=token)
        return await _parse_change(response)

    async def remove(self, *, token: SecretStr | None = None, reference_key: str, quantity: int) -> None:
        """Remove a Cart Item: take ``quantity`` units out; the response does not show the cart.

        Raises:
            NotFound: no item has this key (any more).
        """
        path = {"cartReferenceKey": reference_key, "quantity": quantity}
        await self._call("carts.remove", path=path, token=token)

    async def remove_all(self, *, token: SecretStr | None = None) -> None:
        """Remove All Cart Items; the response does not show the cart."""
        await self._call("carts.remove_all", token=token)

    async def clear(self, *, token: SecretStr | None = None) -> None:
        """Clear Cart Items, and its checkout data; the response does not show the cart."""
        await self._call("carts.clear", token=token)

    async def _add(
        self,
        name: str,
        token: SecretStr | None,
        items: Sequence[CartItemRequest],
        mode: WireDeliveryMode,
        shipping: ShippingRegion,
    ) -> CartChangeResult:
        return await _parse_change(
            await self._call(name, data=_add_request(items, mode, shipping), token=token)
        )


def _add_request(
    items: Sequence[CartItemRequest], mode: WireDeliveryMode, shipping: ShippingRegion
) -> Encodable:
    data: dict[str, Encodable] = {
        "ShipCity": shipping.city,
        "ShipCountry": shipping.country,
        "ShipState": shipping.state,
        "DelveryMode": mode,
        "Item": [item.to_wire() for item in items],
    }
    return {"cart": data}


async def _parse_change(response: ApiResponse) -> CartChangeResult:
    cart = await response.parse_record(WireCart)
    return CartChangeResult(cart, response.parse_body(FailedItems).items)
