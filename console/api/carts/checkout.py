"""Carts, checkout part: vouchers, address, slot, shipping mode and attributes of a cart.

Each operation is one write; all but one respond with the cart after it.
"""

from collections.abc import Sequence
from datetime import datetime

from pydantic import SecretStr

from console.api.carts.checkout_requests import OrderAddress, OrderAttribute
from console.api.carts.models import WireCart
from console.api.transport.encoding import Encodable
from console.api.transport.resource import Resource

DATETIME_FORMAT = "%m-%d-%Y %H:%M:%S"
"""Format of a date and time in a request, in the store's own time."""


class CartCheckout(Resource):
    """Operations that prepare a cart for placing. Each raises ``PlatformError``."""

    async def apply_voucher(self, *, token: SecretStr | None = None, voucher_code: str) -> WireCart:
        """Apply Voucher to Cart Items.

        Raises:
            VoucherRefused: 3001 to 3012 say why it does not apply.
        """
        path = {"voucherCode": voucher_code}
        return await (await self._call("carts.apply_voucher", path=path, token=token)).parse_record(WireCart)

    async def remove_voucher(self, *, token: SecretStr | None = None, voucher_code: str) -> WireCart:
        """Remove Applied Voucher.

        Raises:
            VoucherRefused: it is not applied.
        """
        path = {"voucherCode": voucher_code}
        return await (await self._call("carts.remove_voucher", path=path, token=token)).parse_record(WireCart)

    async def update_address(
        self,
        *,
        token: SecretStr | None = None,
        billing: OrderAddress,
        shipping: OrderAddress | None = None,
        validate_area: bool = False,
    ) -> WireCart:
        """Update Address: without ``shipping``, the order goes to the billing address.

        ``validate_area`` makes the platform check that the store delivers there. The documents spell it
        ``SkipDeliveryAreaValidation`` and say that true means to validate.

        Raises:
            InvalidInput: the platform does not know the city.
            CartRefused: no location delivers to the PIN code.
        """
        data: dict[str, Encodable] = {
            **billing.to_flat_wire("Bill", street="Address", street1="Address1"),
            **(shipping or billing).to_flat_wire("Ship", street="Address1", street1="Address2"),
            "SkipDeliveryAreaValidation": _wire_bool(validate_area),
            "IsShippingAddressDifferent": _wire_bool(shipping is not None),
        }
        response = await self._call("carts.update_address", data={"Cart": data}, token=token)
        return await response.parse_record(WireCart)

    async def update_properties(
        self,
        *,
        token: SecretStr | None = None,
        slot_id: int,
        requested_time: datetime,
        location_id: int,
        billing: OrderAddress | None = None,
        shipping: OrderAddress | None = None,
        attributes: Sequence[OrderAttribute] = (),
        validate_area: bool = False,
    ) -> WireCart:
        """Update Cart Properties: slot (0 for none), location, addresses and attributes in one write.

        ``requested_time`` is in the store's own time; ``validate_area`` as in ``update_address``.

        Raises:
            InvalidInput: the slot is not on offer, or an attribute is not configured for the merchant.
            CartRefused: the location does not have, or does not deliver, what is in the cart.
        """
        merchant_id = self._transport.merchant_id
        data: dict[str, Encodable] = {
            "DeliverySlotID": slot_id,
            "DemandedDeliveryDate": requested_time.strftime(DATETIME_FORMAT),
            "ShippingModeId": 0,
            "locationID": location_id,
            **({"BillingAddress": billing.to_nested_wire()} if billing else {}),
            **({"ShippingAddress": shipping.to_nested_wire()} if shipping else {}),
            "OrderAttributes": [attribute.to_property_wire(merchant_id) for attribute in attributes],
            "MerchantID": merchant_id,
            "IsShippingAddressDifferent": _wire_bool(shipping is not None and shipping != billing),
            "SkipDeliveryAreaValidation": validate_area,
            "SkipShippingModeValidation": False,
        }
        response = await self._call("carts.update_properties", data=data, token=token)
        return await response.parse_record(WireCart)

    async def set_gift_message(
        self,
        *,
        token: SecretStr | None = None,
        message: str,
        slot_id: int,
        requested_time: datetime,
        location_id: int,
    ) -> WireCart:
        """Update Cart Properties with a gift message and the slot (0 for none) and location of the cart.

        The documents name no way to set the message. It is sent where a profile says so, under the name that
        it has in an order.
        """
        data: dict[str, Encodable] = {
            "DeliverySlotID": slot_id,
            "DemandedDeliveryDate": requested_time.strftime(DATETIME_FORMAT),
            "ShippingModeId": 0,
            "locationID": location_id,
            "OrderAttributes": [],
            "GiftMessage": message,
            "MerchantID": self._transport.merchant_id,
            "IsShippingAddressDifferent": _wire_bool(False),
            "SkipDeliveryAreaValidation": False,
            "SkipShippingModeValidation": False,
        }
        response = await self._call("carts.update_properties", data=data, token=token)
        return await response.parse_record(WireCart)

    async def add_attributes(
        self, *, token: SecretStr | None = None, attributes: Sequence[OrderAttribute]
    ) -> None:
        """Add Order Attributes; ``orders.information`` returns them with the order.

        Raises:
            InvalidInput: one of them is not configured for the merchant.
        """
        data = [attribute.to_wire() for attribute in attributes]
        await self._call("carts.add_attributes", data=data, token=token)

    async def set_slot(self, *, token: SecretStr | None = None, slot_id: int, day: datetime) -> WireCart:
        """Set Delivery Slot, one of those in ``slots``. ``day`` is in the store's own time.

        Raises:
            InvalidInput: the slot is not on offer on that day, or full (1044).
        """
        data: dict[str, Encodable] = {
            "DeliverySlotId": slot_id,
            "DeliveryDate": day.strftime(DATETIME_FORMAT),
        }
        return await (await self._call("carts.set_slot", data=data, token=token)).parse_record(WireCart)

    async def set_shipping_mode(
        self, *, token: SecretStr | None = None, mode_id: int, is_pickup: bool
    ) -> WireCart:
        """Update Shipping Mode: pickup or delivery.

        Raises:
            CartRefused: something in the cart is not sold that way.
            InvalidInput: there is no such mode.
        """
        path = {"shippingModeID": mode_id, "ispickupshippingMode": _wire_bool(is_pickup)}
        return await (await self._call("carts.set_shipping_mode", path=path, token=token)).parse_record(
            WireCart
        )


def _wire_bool(value: bool) -> str:
    return str(value).lower()
