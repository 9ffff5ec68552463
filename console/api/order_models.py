"""Orders as the platform holds them: what was bought, how far it is, what was done with it.

Read by ``orders``; compared by sync when it looks for an order that was placed.
"""

from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from console.api.wire import Items, Money, Text, WireBool, WireDate, WireInt, WireModel, spelt

_ZERO = Decimal(0)


class OrderStatus(StrEnum):
    """How far an order has come (Get Order History, parameter Status, and the documents' samples)."""

    PENDING = "P"
    """Placed; what must be authorised is not yet."""
    AUTHORISED = "A"
    SHIPPED = "S"
    DELIVERED = "D"
    CANCELLED = "F"


def known_status(letter: str) -> OrderStatus | None:
    """The status of this letter, ``None`` for one the documents do not name."""
    return OrderStatus(letter) if letter in set(OrderStatus) else None


class PlacedOrder(WireModel):
    """The answer to Place Order. Paid at the door, the order is placed; else it waits to be authorised."""

    order_id: WireInt = Field(validation_alias=spelt("OrderID", "OrderId", "orderId"))


class Authorisation(WireModel):
    """The answer to Authorize Order."""

    is_allocated: WireBool = Field(default=False, validation_alias=spelt("AllocatedItems"))
    """Whether the items are allotted to a store already."""


class OrderProgress(WireModel):
    """How far an order has come (Get Order Status). ``status`` is a letter, which ``state`` reads."""

    order_id: WireInt = Field(default=0, validation_alias=spelt("OrderId", "OrderID"))
    status: Text = Field(default="", validation_alias=spelt("status", "Status"))
    sub_status: Text = Field(default="", validation_alias=spelt("subStatus", "SubStatus"))

    @property
    def state(self) -> OrderStatus | None:
        """The status, ``None`` where the documents do not name it."""
        return known_status(self.status)


class OrderLine(WireModel):
    """A line of an order, or a part of one (Get Order Details and Information); amounts are not rounded."""

    line_id: WireInt = Field(validation_alias=spelt("OrderLineId", "OrderLineID"))
    product_id: WireInt = Field(validation_alias=spelt("ProductId", "ProductID"))
    variant_id: WireInt = Field(default=0, validation_alias=spelt("VariantProductId"))
    quantity: WireInt = Field(default=0, validation_alias=spelt("Quantity"))
    price: Money = Field(default=_ZERO, validation_alias=spelt("ProductPrice"))
    description: Text = Field(default="", validation_alias=spelt("Description"))
    title: Text = Field(default="", validation_alias=spelt("ProductTitle"))
    sku: Text = Field(default="", validation_alias=spelt("SKU"))
    variant_sku: Text = Field(default="", validation_alias=spelt("VariantSku"))
    parent_line_id: WireInt = Field(default=0, validation_alias=spelt("ParentReDetailsId"))
    """The line that this one is a part of, 0 for none."""
    is_primary: WireBool = Field(default=False, validation_alias=spelt("IsPrimaryProduct"))
    portion: Text = Field(default="", validation_alias=spelt("Portion"))
    cancelled: WireInt = Field(default=0, validation_alias=spelt("CancelQuantity"))
    status: Text = Field(default="", validation_alias=spelt("ItemStatus"))
    status_text: Text = Field(default="", validation_alias=spelt("DerivedStatus"))
    delivery_mode: Text = Field(default="", validation_alias=spelt("DeliveryMode"))
    location_id: WireInt = Field(default=0, validation_alias=spelt("LocationId"))
    location_code: Text = Field(default="", validation_alias=spelt("LocationCode"))
    category_id: Text = Field(default="", validation_alias=spelt("CategoryId"))
    category_name: Text = Field(default="", validation_alias=spelt("CategoryName"))


class OrderPayment(WireModel):
    """How an order is paid. ``paid_at`` is in a local format of the platform's."""

    kind: Text = Field(default="", validation_alias=spelt("PaymentType"))
    option: Text = Field(default="", validation_alias=spelt("PaymentOption"))
    amount: Money = Field(default=_ZERO, validation_alias=spelt("Amount"))
    currency: Text = Field(default="", validation_alias=spelt("CurrencyCode"))
    status: Text = Field(default="", validation_alias=spelt("PaymentStatus"))
    """``A`` once it is authorised."""
    paid_at: WireDate = Field(default=None, validation_alias=spelt("PaymentDate"))


class OrderAttributeValue(WireModel):
    """An attribute that the order was given (Add Order Attributes)."""

    attribute_id: WireInt = Field(default=0, validation_alias=spelt("AttributeID"))
    name: Text = Field(default="", validation_alias=spelt("AttributeName"))
    value: Text = Field(default="", validation_alias=spelt("Value"))


class OrderSlot(WireModel):
    """The delivery slot of an order, as local times of day."""

    slot_id: WireInt = Field(default=0, validation_alias=spelt("DeliverySlotId"))
    starts: Text = Field(default="", validation_alias=spelt("StartTime"))
    ends: Text = Field(default="", validation_alias=spelt("EndTime"))


class Order(WireModel):
    """An order. Search tells least of it, information (V2) most. Amounts are in the store's currency.

    ``ordered_at`` is text in a local format where history tells it.
    """

    order_id: WireInt = Field(validation_alias=spelt("OrderId", "OrderID"))
    status: Text = Field(default="", validation_alias=spelt("Status"))
    sub_status: Text = Field(default="", validation_alias=spelt("SubStatus"))
    user_id: Text = Field(default="", validation_alias=spelt("UserId"))
    operator_id: Text = Field(default="", validation_alias=spelt("cpuserid"))
    total: Money = Field(default=_ZERO, validation_alias=spelt("TotalAmount"))
    payable: Money = Field(default=_ZERO, validation_alias=spelt("AmountPayable"))
    tax: Money = Field(default=_ZERO, validation_alias=spelt("TAXTotal"))
    voucher_discount: Money = Field(
        default=_ZERO, validation_alias=spelt("VoucherDiscount", "VocuherDiscount")
    )
    promotion_discount: Money = Field(default=_ZERO, validation_alias=spelt("PromotionDiscount"))
    voucher_code: Text = Field(default="", validation_alias=spelt("VoucherCode"))
    refunded: Money = Field(default=_ZERO, validation_alias=spelt("RefundAmount"))
    ordered_at: WireDate = Field(default=None, validation_alias=spelt("OrderDate"))
    shipped_at: WireDate = Field(default=None, validation_alias=spelt("shipdate"))
    changed_at: WireDate = Field(default=None, validation_alias=spelt("AutoUpdateTime"))
    demanded: Text = Field(default="", validation_alias=spelt("DemandedDeliveryDate"))
    slot: OrderSlot | None = Field(default=None, validation_alias=spelt("deliveryslots"))
    delivery: Text = Field(default="", validation_alias=spelt("DeliveryOption"))
    """``ship`` or ``pickup``."""
    first_name: Text = Field(default="", validation_alias=spelt("BillFirstname"))
    last_name: Text = Field(default="", validation_alias=spelt("BillLastname"))
    email: Text = Field(default="", validation_alias=spelt("BillEmail"))
    mobile: Text = Field(default="", validation_alias=spelt("BillMobile"))
    ship_street: Text = Field(default="", validation_alias=spelt("ShipAddress1"))
    ship_area: Text = Field(default="", validation_alias=spelt("ShipAddress2"))
    ship_city: Text = Field(default="", validation_alias=spelt("ShipCity"))
    ship_pin: Text = Field(default="", validation_alias=spelt("ShipZip"))
    location_id: WireInt = Field(default=0, validation_alias=spelt("SourceLocationID"))
    location_code: Text = Field(default="", validation_alias=spelt("SourceLocationCode"))
    reference: Text = Field(default="", validation_alias=spelt("ReferenceNo"))
    gift_message: Text = Field(default="", validation_alias=spelt("GiftMessage"))
    payments: Items[OrderPayment] = Field(default=(), validation_alias=spelt("PaymentDetails"))
    lines: Items[OrderLine] = Field(default=(), validation_alias=spelt("OrderLineId"))
    attributes: Items[OrderAttributeValue] = Field(default=(), validation_alias=spelt("OrderAttributes"))

    @property
    def state(self) -> OrderStatus | None:
        """The status, ``None`` where the documents do not name it."""
        return known_status(self.status)
