"""The history of an order: its log, its changed quantities, and its shipments."""

from decimal import Decimal

from pydantic import Field

from console.api.transport.records import NO_RECORDS, Records
from console.api.transport.wire_types import Money, Text, WireDate, WireInt, WireModel, aliases

_ZERO = Decimal(0)


class ActivityEntry(WireModel):
    """One entry in an order's log. ``action`` is the letter of the status at the time."""

    log_id: WireInt = Field(default=0, validation_alias=aliases("ConversationLogId"))
    logged_at: WireDate = Field(default=None, validation_alias=aliases("ConversationDate"))
    text: Text = Field(default="", validation_alias=aliases("ConversationText"))
    action: Text = Field(default="", validation_alias=aliases("LogAction"))
    operator_id: Text = Field(default="", validation_alias=aliases("CPUserId"))


class OrderItemChange(WireModel):
    """A line whose quantity or price changed."""

    line_id: WireInt = Field(default=0, validation_alias=aliases("OrderItemId"))
    changed_at: WireDate = Field(default=None, validation_alias=aliases("LogDateTime"))
    status: Text = Field(default="", validation_alias=aliases("Status"))
    message: Text = Field(default="", validation_alias=aliases("Message"))
    old_quantity: WireInt = Field(default=0, validation_alias=aliases("OldQty"))
    new_quantity: WireInt = Field(default=0, validation_alias=aliases("NewQty"))
    old_price: Money = Field(default=_ZERO, validation_alias=aliases("OldPrice"))
    new_price: Money = Field(default=_ZERO, validation_alias=aliases("NewPrice"))


class OrderActivity(WireModel):
    """The log of an order (Get Order Activity History), the earliest first."""

    order_id: WireInt = Field(validation_alias=aliases("OrderID", "OrderId"))
    entries: Records[ActivityEntry] = Field(
        default=NO_RECORDS, validation_alias=aliases("OrderActivityHistory")
    )
    changes: Records[OrderItemChange] = Field(
        default=NO_RECORDS, validation_alias=aliases("OrderItemFieldChangeHistory")
    )


class ShipmentItem(WireModel):
    """A line, or a part of its quantity, in a shipment."""

    line_id: WireInt = Field(default=0, validation_alias=aliases("OrderLineId"))
    quantity: WireInt = Field(default=0, validation_alias=aliases("Quantity"))


class WireShipment(WireModel):
    """A shipment of an order (Get Order Shipments). Days are text such as 26-Feb-2019."""

    shipment_id: WireInt = Field(validation_alias=aliases("ShipmentId", "ShipmentID"))
    order_id: WireInt = Field(default=0, validation_alias=aliases("OrderId"))
    location_id: WireInt = Field(default=0, validation_alias=aliases("LocationId"))
    kind: Text = Field(default="", validation_alias=aliases("ShipmentType"))
    shipped_on: Text = Field(default="", validation_alias=aliases("ShippingDate"))
    delivered_on: Text = Field(default="", validation_alias=aliases("DeliveredDate"))
    received_by: Text = Field(default="", validation_alias=aliases("ReceivedBy"))
    carrier: Text = Field(default="", validation_alias=aliases("ServiceProvider"))
    docket: Text = Field(default="", validation_alias=aliases("DocketNumber"))
    invoice: Text = Field(default="", validation_alias=aliases("externalInvoiceNumber"))
    charges: Money = Field(default=_ZERO, validation_alias=aliases("ShippingCharges"))
    amount_due: Money = Field(default=_ZERO, validation_alias=aliases("CollectableAmount"))
    """Amount still to be paid on delivery."""
    items: Records[ShipmentItem] = Field(default=NO_RECORDS, validation_alias=aliases("ShipmentItems"))
