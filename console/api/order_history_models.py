"""What became of an order: its log, the quantities that changed, and what was shipped.

Read by ``orders``.
"""

from decimal import Decimal

from pydantic import Field

from console.api.wire import Items, Money, Text, WireDate, WireInt, WireModel, spelt

_ZERO = Decimal(0)


class ActivityEntry(WireModel):
    """One thing that was done with an order. ``action`` is the letter of the status it had."""

    log_id: WireInt = Field(default=0, validation_alias=spelt("ConversationLogId"))
    when: WireDate = Field(default=None, validation_alias=spelt("ConversationDate"))
    text: Text = Field(default="", validation_alias=spelt("ConversationText"))
    action: Text = Field(default="", validation_alias=spelt("LogAction"))
    operator_id: Text = Field(default="", validation_alias=spelt("CPUserId"))


class ItemChange(WireModel):
    """A line whose quantity or price changed."""

    line_id: WireInt = Field(default=0, validation_alias=spelt("OrderItemId"))
    when: WireDate = Field(default=None, validation_alias=spelt("LogDateTime"))
    status: Text = Field(default="", validation_alias=spelt("Status"))
    message: Text = Field(default="", validation_alias=spelt("Message"))
    old_quantity: WireInt = Field(default=0, validation_alias=spelt("OldQty"))
    new_quantity: WireInt = Field(default=0, validation_alias=spelt("NewQty"))
    old_price: Money = Field(default=_ZERO, validation_alias=spelt("OldPrice"))
    new_price: Money = Field(default=_ZERO, validation_alias=spelt("NewPrice"))


class OrderActivity(WireModel):
    """What was done with an order (Get Order Activity History), the earliest first."""

    order_id: WireInt = Field(validation_alias=spelt("OrderID", "OrderId"))
    entries: Items[ActivityEntry] = Field(default=(), validation_alias=spelt("OrderActivityHistory"))
    changes: Items[ItemChange] = Field(default=(), validation_alias=spelt("OrderItemFieldChangeHistory"))


class ShipmentItem(WireModel):
    """A line, or a part of its quantity, in a shipment."""

    line_id: WireInt = Field(default=0, validation_alias=spelt("OrderLineId"))
    quantity: WireInt = Field(default=0, validation_alias=spelt("Quantity"))


class Shipment(WireModel):
    """What left a store for an order (Get Order Shipments). Days are text such as 26-Feb-2019."""

    shipment_id: WireInt = Field(validation_alias=spelt("ShipmentId", "ShipmentID"))
    order_id: WireInt = Field(default=0, validation_alias=spelt("OrderId"))
    location_id: WireInt = Field(default=0, validation_alias=spelt("LocationId"))
    kind: Text = Field(default="", validation_alias=spelt("ShipmentType"))
    shipped: Text = Field(default="", validation_alias=spelt("ShippingDate"))
    delivered: Text = Field(default="", validation_alias=spelt("DeliveredDate"))
    received_by: Text = Field(default="", validation_alias=spelt("ReceivedBy"))
    carrier: Text = Field(default="", validation_alias=spelt("ServiceProvider"))
    docket: Text = Field(default="", validation_alias=spelt("DocketNumber"))
    invoice: Text = Field(default="", validation_alias=spelt("externalInvoiceNumber"))
    charges: Money = Field(default=_ZERO, validation_alias=spelt("ShippingCharges"))
    to_collect: Money = Field(default=_ZERO, validation_alias=spelt("CollectableAmount"))
    """What is still to be paid at the door."""
    items: Items[ShipmentItem] = Field(default=(), validation_alias=spelt("ShipmentItems"))
