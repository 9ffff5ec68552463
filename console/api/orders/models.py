"""Orders as the platform holds them: contents, status, payment and slot."""

from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from console.api.transport.records import NO_RECORDS, Records
from console.api.transport.wire_types import (
    Money,
    Text,
    WireBool,
    WireDate,
    WireInt,
    WireModel,
    aliases,
)

_ZERO = Decimal(0)


class WireOrderStatus(StrEnum):
    """Status of an order (Get Order Status). Get Order History has F for a cancelled one."""

    PENDING = "P"
    """Placed, but not yet authorised if that is needed."""
    AUTHORISED = "A"
    SHIPPED = "S"
    DELIVERED = "D"
    CANCELLED = "C"
    FAILED = "F"


def parse_order_status(letter: str) -> WireOrderStatus | None:
    """Return the status of this letter, ``None`` for one that the documents do not name."""
    return WireOrderStatus(letter) if letter in set(WireOrderStatus) else None


class PlacedOrder(WireModel):
    """The response to Place Order. An order paid on delivery is placed; others wait for authorisation."""

    order_id: WireInt = Field(validation_alias=aliases("OrderID", "OrderId", "orderId"))


class Authorisation(WireModel):
    """The response to Authorize Order."""

    is_allocated: WireBool = Field(default=False, validation_alias=aliases("AllocatedItems"))
    """True if the items are allocated to a store already."""


class OrderProgress(WireModel):
    """The status of an order (Get Order Status). ``status`` is a letter, parsed by ``known_status``."""

    essential = frozenset({"order_id"})

    order_id: WireInt = Field(default=0, validation_alias=aliases("OrderId", "OrderID"))
    status: Text = Field(default="", validation_alias=aliases("status", "Status"))
    sub_status: Text = Field(default="", validation_alias=aliases("subStatus", "SubStatus"))

    @property
    def known_status(self) -> WireOrderStatus | None:
        """Return the status, ``None`` if the documents do not name it."""
        return parse_order_status(self.status)


class WireOrderLine(WireModel):
    """A line of an order, or a part of one (Get Order Details and Information); amounts are not rounded."""

    essential = frozenset(
        {
            "order_id",
            "variant_id",
            "quantity",
            "parent_line_id",
            "is_primary",
            "portion",
            "cancelled_quantity",
            "reference",
        }
    )

    line_id: WireInt = Field(validation_alias=aliases("OrderLineId", "OrderLineID"))
    order_id: WireInt = Field(default=0, validation_alias=aliases("OrderId", "OrderID"))
    product_id: WireInt = Field(validation_alias=aliases("ProductId", "ProductID"))
    variant_id: WireInt = Field(default=0, validation_alias=aliases("VariantProductId"))
    quantity: WireInt = Field(default=0, validation_alias=aliases("Quantity"))
    price: Money = Field(default=_ZERO, validation_alias=aliases("ProductPrice"))
    shipping_cost: Money = Field(default=_ZERO, validation_alias=aliases("ShippingCost"))
    description: Text = Field(default="", validation_alias=aliases("Description"))
    title: Text = Field(default="", validation_alias=aliases("ProductTitle"))
    sku: Text = Field(default="", validation_alias=aliases("SKU"))
    variant_sku: Text = Field(default="", validation_alias=aliases("VariantSku"))
    parent_line_id: WireInt = Field(default=0, validation_alias=aliases("ParentReDetailsId"))
    """The parent line, 0 for none."""
    is_primary: WireBool = Field(default=False, validation_alias=aliases("IsPrimaryProduct"))
    portion: Text = Field(default="", validation_alias=aliases("Portion"))
    cancelled_quantity: WireInt = Field(default=0, validation_alias=aliases("CancelQuantity"))
    status: Text = Field(default="", validation_alias=aliases("ItemStatus"))
    status_code: Text = Field(default="", validation_alias=aliases("DerivedStatusCode"))
    status_text: Text = Field(default="", validation_alias=aliases("DerivedStatus"))
    delivery_mode: Text = Field(default="", validation_alias=aliases("DeliveryMode"))
    location_id: WireInt = Field(default=0, validation_alias=aliases("LocationId"))
    location_code: Text = Field(default="", validation_alias=aliases("LocationCode"))
    category_id: Text = Field(default="", validation_alias=aliases("CategoryId"))
    category_name: Text = Field(default="", validation_alias=aliases("CategoryName"))
    reference: Text = Field(default="", validation_alias=aliases("Orderrefreneceno"))
    """The order's reference number, so spelt (Get Order Details by ReferenceNo)."""


class OrderPayment(WireModel):
    """The payment of an order. ``paid_at`` is in a local format of the platform's."""

    kind: Text = Field(default="", validation_alias=aliases("PaymentType"))
    option: Text = Field(default="", validation_alias=aliases("PaymentOption"))
    amount: Money = Field(default=_ZERO, validation_alias=aliases("Amount"))
    currency: Text = Field(default="", validation_alias=aliases("CurrencyCode"))
    status: Text = Field(default="", validation_alias=aliases("PaymentStatus"))
    """``A`` once it is authorised."""
    paid_at: WireDate = Field(default=None, validation_alias=aliases("PaymentDate"))


class OrderAttributeValue(WireModel):
    """An attribute of the order (Add Order Attributes)."""

    attribute_id: WireInt = Field(default=0, validation_alias=aliases("AttributeID"))
    name: Text = Field(default="", validation_alias=aliases("AttributeName"))
    value: Text = Field(default="", validation_alias=aliases("Value"))


class OrderDeliverySlot(WireModel):
    """The delivery slot of an order, as local times of day."""

    slot_id: WireInt = Field(default=0, validation_alias=aliases("DeliverySlotId"))
    starts: Text = Field(default="", validation_alias=aliases("StartTime"))
    ends: Text = Field(default="", validation_alias=aliases("EndTime"))


class OrderNumber(WireModel):
    """The number of an order, whatever else cannot be read of it."""

    order_id: WireInt = Field(validation_alias=aliases("OrderId", "OrderID"))


class WireOrder(WireModel):
    """An order. Search returns the fewest fields, information (V2) the most.

    Amounts are in the store's currency. ``ordered_at`` is text in a local format when history returns it.
    """

    essential = frozenset({"user_id", "lines", "delivery", "voucher_code", "reference"})

    order_id: WireInt = Field(validation_alias=aliases("OrderId", "OrderID"))
    status: Text = Field(default="", validation_alias=aliases("Status"))
    sub_status: Text = Field(default="", validation_alias=aliases("SubStatus"))
    user_id: Text = Field(default="", validation_alias=aliases("UserId"))
    operator_id: Text = Field(default="", validation_alias=aliases("cpuserid"))
    total: Money = Field(default=_ZERO, validation_alias=aliases("TotalAmount"))
    payable: Money = Field(default=_ZERO, validation_alias=aliases("AmountPayable"))
    tax: Money = Field(default=_ZERO, validation_alias=aliases("TAXTotal"))
    voucher_discount: Money = Field(
        default=_ZERO, validation_alias=aliases("VoucherDiscount", "VocuherDiscount")
    )
    promotion_discount: Money = Field(default=_ZERO, validation_alias=aliases("PromotionDiscount"))
    voucher_code: Text = Field(default="", validation_alias=aliases("VoucherCode"))
    refunded_amount: Money = Field(default=_ZERO, validation_alias=aliases("RefundAmount"))
    ordered_at: WireDate = Field(default=None, validation_alias=aliases("OrderDate"))
    shipped_at: WireDate = Field(default=None, validation_alias=aliases("shipdate"))
    changed_at: WireDate = Field(default=None, validation_alias=aliases("AutoUpdateTime"))
    requested_time: Text = Field(default="", validation_alias=aliases("DemandedDeliveryDate"))
    delivery_slot: OrderDeliverySlot | None = Field(default=None, validation_alias=aliases("deliveryslots"))
    delivery: Text = Field(default="", validation_alias=aliases("DeliveryOption"))
    """``ship`` or ``pickup``."""
    first_name: Text = Field(default="", validation_alias=aliases("BillFirstname"))
    last_name: Text = Field(default="", validation_alias=aliases("BillLastname"))
    email: Text = Field(default="", validation_alias=aliases("BillEmail"))
    mobile: Text = Field(default="", validation_alias=aliases("BillMobile"))
    ship_street: Text = Field(default="", validation_alias=aliases("ShipAddress1"))
    ship_area: Text = Field(default="", validation_alias=aliases("ShipAddress2"))
    ship_city: Text = Field(default="", validation_alias=aliases("ShipCity"))
    ship_pin: Text = Field(default="", validation_alias=aliases("ShipZip"))
    location_id: WireInt = Field(default=0, validation_alias=aliases("SourceLocationID"))
    location_code: Text = Field(default="", validation_alias=aliases("SourceLocationCode"))
    reference: Text = Field(default="", validation_alias=aliases("ReferenceNo"))
    gift_message: Text = Field(default="", validation_alias=aliases("GiftMessage"))
    payments: Records[OrderPayment] = Field(default=NO_RECORDS, validation_alias=aliases("PaymentDetails"))
    lines: Records[WireOrderLine] = Field(default=NO_RECORDS, validation_alias=aliases("OrderLineId"))
    attributes: Records[OrderAttributeValue] = Field(
        default=NO_RECORDS, validation_alias=aliases("OrderAttributes")
    )

    @property
    def known_status(self) -> WireOrderStatus | None:
        """Return the status, ``None`` if the documents do not name it."""
        return parse_order_status(self.status)

    @property
    def line_count(self) -> int:
        """Return the number of lines and parts in the record, those that cannot be read too."""
        return len(self.lines) + self.lines.unreadable

    @property
    def unreadable_lines(self) -> int:
        """Return how many lines and parts of the record cannot be read."""
        return self.lines.unreadable
