"""Orders placed on a sandbox by somebody else, for tests of what becomes of an order."""

from pydantic import SecretStr

from console.api.carts.requests import CartItemRequest, WireDeliveryMode
from console.api.client import ApiClient
from console.api.orders.requests import WirePayment
from console.api.transport.endpoint import Endpoint
from console.ordering.draft import Component, OrderItem, Portion
from console.ordering.money import ZERO
from console.sync.cart.mapping import item_request

LOCATION_ID = 27299
TOM = "tom.sawyer@example.com"
LAYLAS_ID, LAYLAS_PASSWORD = "00abbff7-50be-487e-a5f3-319eef982f2b", "counter-1"
GARLIC_BREAD, ONION_RINGS, PEPSI = 13047603, 13047613, 13047633
RANCH, ONIONS, TOMATOES, SAUCE = 13047325, 13047239, 13047245, 13047257
LARGE_ONIONS, LARGE_EXTRA_TOMATOES, LARGE_SAUCE = 9757649, 9758033, 9757643


def side_item(quantity: int = 1, product_id: int = GARLIC_BREAD) -> CartItemRequest:
    """A side."""
    return CartItemRequest(product_id=product_id, location_id=LOCATION_ID, quantity=quantity)


def half_and_half(base: tuple[int, int], quantity: int = 1) -> CartItemRequest:
    """A large pizza, onions on its left half and extra tomatoes on its right; ``base`` is both its ids."""
    components = (
        Component(*base),
        Component(ONIONS, LARGE_ONIONS, portion=Portion.LEFT),
        Component(TOMATOES, LARGE_EXTRA_TOMATOES, portion=Portion.RIGHT),
        Component(SAUCE, LARGE_SAUCE),
    )
    return item_request(OrderItem(RANCH, 0, "", "", ZERO, components), quantity, LOCATION_ID)


async def place_order(
    endpoint: Endpoint,
    *items: CartItemRequest,
    customer: str = TOM,
    mode: WireDeliveryMode = WireDeliveryMode.PICKUP,
    payment: WirePayment | None = None,
) -> int:
    """The number of an order of these items."""
    api = ApiClient(endpoint)
    try:
        walk_in = (await api.customers.access_token()).access_token
        started = await api.customers.start_session(
            user_name=customer,
            operator_id=LAYLAS_ID,
            password=SecretStr(LAYLAS_PASSWORD),
            location_id=LOCATION_ID,
            token=walk_in,
        )
        token = started.access_token
        for item in items:
            if item.children:
                await api.carts.add_customised_bundle(token=token, bundle=item, delivery_mode=mode)
            else:
                await api.carts.add_items(token=token, items=[item], delivery_mode=mode)
        return (await api.orders.place(token=token, payment=payment or WirePayment())).order_id
    finally:
        await api.aclose()
