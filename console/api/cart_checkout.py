"""The Carts resource, second part: vouchers, address, slot, way of shipping and attributes of a cart.

Used through ``Carts``: each is one write, and all but one answer with the cart after it.
"""

from collections.abc import Sequence
from datetime import datetime

from pydantic import SecretStr

from console.api.cart_models import Cart
from console.api.checkout_requests import OrderAddress, OrderAttribute
from console.api.forms import Sendable
from console.api.resource import Resource

MOMENT = "%m-%d-%Y %H:%M:%S"
"""How the documents write a moment that is sent, in the store's own time."""


class CartCheckout(Resource):
    """What a cart is told before it becomes an order. Each raises ``PlatformError``."""

    async def apply_voucher(self, *, token: SecretStr, voucher_code: str) -> Cart:
        """Apply Voucher to Cart Items.

        Raises:
            VoucherRefused: 3001 to 3012 say why it does not apply.
        """
        path = {"voucherCode": voucher_code}
        return (await self._ask("carts.apply_voucher", path=path, token=token)).one(Cart)

    async def remove_voucher(self, *, token: SecretStr, voucher_code: str) -> Cart:
        """Remove Applied Voucher.

        Raises:
            VoucherRefused: it is not applied.
        """
        path = {"voucherCode": voucher_code}
        return (await self._ask("carts.remove_voucher", path=path, token=token)).one(Cart)

    async def update_address(
        self,
        *,
        token: SecretStr,
        billing: OrderAddress,
        shipping: OrderAddress | None = None,
        validate_area: bool = False,
    ) -> Cart:
        """Update Address: without ``shipping`` the order goes where the bill goes.

        ``validate_area`` has the platform check that the store delivers there. The documents spell it
        ``SkipDeliveryAreaValidation`` and say that true is to validate.

        Raises:
            InvalidInput: the platform does not know the city.
            CartRefused: nobody delivers to the PIN code.
        """
        data: dict[str, Sendable] = {
            **billing.flat("Bill", street="Address", street1="Address1"),
            **(shipping or billing).flat("Ship", street="Address1", street1="Address2"),
            "SkipDeliveryAreaValidation": _flag(validate_area),
            "IsShippingAddressDifferent": _flag(shipping is not None),
        }
        answer = await self._ask("carts.update_address", data={"Cart": data}, token=token)
        return answer.one(Cart)

    async def update_properties(
        self,
        *,
        token: SecretStr,
        slot_id: int,
        demanded: datetime,
        location_id: int,
        billing: OrderAddress | None = None,
        shipping: OrderAddress | None = None,
        attributes: Sequence[OrderAttribute] = (),
        validate_area: bool = False,
    ) -> Cart:
        """Update Cart Properties: slot (0 for none), location, addresses and attributes at once.

        ``demanded`` is in the store's own time; ``validate_area`` as in ``update_address``.

        Raises:
            InvalidInput: the slot is not on offer, or an attribute is not configured for the merchant.
            CartRefused: the location does not have, or does not deliver, what is in the cart.
        """
        merchant_id = self._transport.merchant_id
        data: dict[str, Sendable] = {
            "DeliverySlotID": slot_id,
            "DemandedDeliveryDate": demanded.strftime(MOMENT),
            "ShippingModeId": 0,
            "locationID": location_id,
            **({"BillingAddress": billing.nested()} if billing else {}),
            **({"ShippingAddress": shipping.nested()} if shipping else {}),
            "OrderAttributes": [attribute.property_wire(merchant_id) for attribute in attributes],
            "MerchantID": merchant_id,
            "IsShippingAddressDifferent": _flag(shipping is not None and shipping != billing),
            "SkipDeliveryAreaValidation": validate_area,
            "SkipShippingModeValidation": False,
        }
        answer = await self._ask("carts.update_properties", data=data, token=token)
        return answer.one(Cart)

    async def add_attributes(self, *, token: SecretStr, attributes: Sequence[OrderAttribute]) -> None:
        """Add Order Attributes: they are read back from the order, by ``orders.information``.

        Raises:
            InvalidInput: one of them is not configured for the merchant.
        """
        data = [attribute.wire() for attribute in attributes]
        await self._ask("carts.add_attributes", data=data, token=token)

    async def set_slot(self, *, token: SecretStr, slot_id: int, day: datetime) -> Cart:
        """Set Delivery Slot, of those in ``slots``. ``day`` is in the store's own time.

        Raises:
            InvalidInput: the slot is not on offer on that day, or full (1044).
        """
        data: dict[str, Sendable] = {"DeliverySlotId": slot_id, "DeliveryDate": day.strftime(MOMENT)}
        return (await self._ask("carts.set_slot", data=data, token=token)).one(Cart)

    async def set_shipping_mode(self, *, token: SecretStr, mode_id: int, is_pickup: bool) -> Cart:
        """Update Shipping Mode: to be collected, or brought to the house.

        Raises:
            CartRefused: something in the cart is not sold that way.
            InvalidInput: there is no such mode.
        """
        path = {"shippingModeID": mode_id, "ispickupshippingMode": _flag(is_pickup)}
        return (await self._ask("carts.set_shipping_mode", path=path, token=token)).one(Cart)


def _flag(value: bool) -> str:
    return str(value).lower()
