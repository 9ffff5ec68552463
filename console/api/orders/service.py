"""The Order resource: placing, finding, following and cancelling orders."""

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import SecretStr

from console.api.carts.models import WireCart
from console.api.errors import UnreadableResponse
from console.api.orders.history_models import OrderActivity, WireShipment
from console.api.orders.models import (
    Authorisation,
    OrderNumber,
    OrderProgress,
    PlacedOrder,
    WireOrder,
    WireOrderLine,
)
from console.api.orders.requests import DATE_FORMAT, Cancellation, HistorySearch, OrderSearch, WirePayment
from console.api.transport.encoding import Encodable
from console.api.transport.records import Records
from console.api.transport.resource import Resource
from console.operations import OPERATIONS_BY_NAME


class Orders(Resource):
    """Operations of the resource Order. Each raises ``PlatformError``."""

    async def place(
        self, *, token: SecretStr | None = None, payment: WirePayment, validate_area: bool = False
    ) -> PlacedOrder:
        """Place Order (Single): turn the session's cart into an order. Sent once, never retried.

        ``validate_area`` as in ``carts.update_address``. If the error's ``outcome_unknown`` is set, the order
        may have been placed: look for it, and do not place again before it is proved absent. The same holds
        for a successful response that names no order.

        Raises:
            OrderRefused: a validator of the platform refuses, and nothing was ordered.
            CartRefused: the cart is empty, or something in it is not available any more.
            VoucherRefused: a voucher of the cart does not apply any more.
            InvalidInput: the payment or the delivery slot is not on offer (any more).
        """
        data: dict[str, Encodable] = {
            "PaymentOption": payment.option,
            "PaymentType": payment.kind,
            "GateWayId": payment.gateway_id,
            "skipDeliveryAreaValidation": validate_area,
            "ClearCart": True,
            "transaction": True,
        }
        response = await self._call("orders.place", data=data, token=token)
        placed = await response.parse_record(PlacedOrder)
        if placed.order_id <= 0:
            raise UnreadableResponse(
                operation=OPERATIONS_BY_NAME["orders.place"], diagnostics="OrderID is no number"
            )
        return placed

    async def authorise(
        self,
        *,
        order_id: int,
        payment_type: str,
        gateway_response: SecretStr,
        day: date,
        comment: str = "",
        instrument_number: str = "",
        bank: str = "",
    ) -> Authorisation:
        """Authorize Order: report to the platform that it is paid.

        Raises:
            AlreadyExists: it is authorised (1043), or canceled (1001), already.
            NotFound: there is no such order.
        """
        data: dict[str, Encodable] = {
            "merchantId": self._transport.merchant_id,
            "OrderId": str(order_id),
            "Date": day.strftime(DATE_FORMAT),
            "Comment": comment,
            "PaymentType": payment_type,
            "BankInstrumentNumber": instrument_number,
            "BankName": bank,
            "PGResponse": gateway_response,
        }
        response = await self._call("orders.authorise", data={"AuthorizeOrder": data})
        return response.parse_body(Authorisation)

    async def search(self, search: OrderSearch) -> Records[WireOrder]:
        """Search Orders: those that match every field of ``search``."""
        response = await self._call_or_empty("orders.search", data={"OrderSearch": search.to_wire()})
        return await response.parse_records(WireOrder)

    async def history(self, search: HistorySearch) -> Records[WireOrder]:
        """Get Order History: a customer's orders, with who ordered and the payment."""
        response = await self._call_or_empty("orders.history", data=search.to_wire())
        return await response.parse_records(WireOrder)

    async def history_ids(self, search: HistorySearch) -> Records[int]:
        """Get Order History: only the numbers of the orders, so that one odd field more costs nothing."""
        response = await self._call_or_empty("orders.history", data=search.to_wire())
        return (await response.parse_records(OrderNumber)).map(lambda order: order.order_id)

    async def details(self, *, order_id: int) -> Records[WireOrderLine]:
        """Get Order Details: the lines, including parts of bundles and deals.

        Raises:
            NotFound: there is no such order. So for every method below.
        """
        response = await self._call("orders.details", path={"OrderId": order_id})
        lines = await response.parse_records(WireOrderLine)
        for line in lines:
            response.require_same("OrderId", asked=order_id, answered=line.order_id)
        return lines

    async def details_by_reference(self, *, reference: str) -> Records[WireOrderLine]:
        """Get Order Details (by ReferenceNo): the lines of every order with this reference number.

        A reference need not be unique, so each line names its order. No order gives no lines.

        Raises:
            MismatchedResponse: the lines carry another reference.
        """
        response = await self._call_or_empty(
            "orders.details_by_reference", path={"orderReferenceNo": reference}
        )
        lines = await response.parse_records(WireOrderLine)
        for line in lines:
            response.require_same("Orderrefreneceno", asked=reference, answered=line.reference)
        return lines

    async def information(self, *, order_id: int) -> WireOrder:
        """Get Order Information (V2): everything, attributes included."""
        response = await self._call("orders.information", path={"orderID": order_id})
        order = response.parse_first(WireOrder)
        response.require_same("OrderId", asked=order_id, answered=order.order_id)
        return order

    async def status(self, *, order_id: int) -> OrderProgress:
        """Get Order Status."""
        response = await self._call("orders.status", path={"orderId": order_id})
        progress = await response.parse_record(OrderProgress)
        response.require_same("OrderId", asked=order_id, answered=progress.order_id)
        return progress

    async def cancel(self, *, order_id: int, cancellation: Cancellation) -> None:
        """Cancel Order, as a whole.

        Raises:
            AlreadyExists: it is canceled already (1001).
            InvalidInput: it is on its way (1008), or the reason is refused.
        """
        data = cancellation.to_wire(merchant_id=self._transport.merchant_id, order_id=order_id)
        await self._call("orders.cancel", data=data)

    async def cancel_line(
        self, *, order_id: int, cancellation: Cancellation, quantities: Mapping[int, int]
    ) -> None:
        """Cancel Order Lineitem: cancel ``quantities`` of lines, by line id.

        Raises:
            AlreadyExists: the order is canceled already (1001).
            InvalidInput: it is on its way (1008), or has fewer of a line.
        """
        data = cancellation.to_wire(merchant_id=self._transport.merchant_id, order_id=order_id)
        items: Sequence[Encodable] = [
            {"OrderItemID": line_id, "CancelQuantity": quantity} for line_id, quantity in quantities.items()
        ]
        await self._call("orders.cancel_line", data={**data, "TobeCancelledOrderItems": items})

    async def activity(
        self, *, order_ids: Sequence[int], with_changes: bool = False, with_log: bool = True
    ) -> Records[OrderActivity]:
        """Get Order Activity History: the logs of orders, and their changed quantities."""
        data: dict[str, Encodable] = {
            "orderfieldchangehistory": str(with_changes).lower(),
            "activityhistory": str(with_log).lower(),
            "orderids": list(order_ids),
        }
        response = await self._call("orders.activity", data=data)
        return await response.parse_records(OrderActivity)

    async def shipments(self, *, order_id: int) -> Records[WireShipment]:
        """Get Order Shipments: none until the order is shipped."""
        response = await self._call("orders.shipments", path={"orderId": order_id})
        return await response.parse_records(WireShipment)

    async def update_reference(self, *, order_id: int, reference: str) -> None:
        """Update Order Reference: set the caller's own number, which ``information`` returns."""
        data = {"OrderId": str(order_id), "ReferenceNo": reference}
        await self._call("orders.update_reference", data=data)

    async def reorder(self, *, order_id: int, user_id: str, line_id: int = 0) -> WireCart:
        """Reorder: put the products of an order that are still sold, or of its one line, into the cart.

        Raises:
            CartRefused: nothing of it is sold any more.
        """
        data: dict[str, Encodable] = {"orderId": order_id, "orderItemId": line_id, "userId": user_id}
        return await (await self._call("orders.reorder", data=data)).parse_record(WireCart)
