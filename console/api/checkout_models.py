"""What a cart is offered before it becomes an order: slots, payment, promotions, coupons, stores.

Read by ``cart_checkout`` and ``cart_offers``, and as parts of a cart.
"""

from decimal import Decimal

from pydantic import Field

from console.api.wire import Items, Money, Text, WireBool, WireDate, WireInt, WireModel, spelt

_ZERO = Decimal(0)
NO_LIMIT = -1
"""As a number of uses: as often as one likes."""


class PaymentOption(WireModel):
    """A way to pay (Get Cart Payment Options). All three of its names are sent when the order is placed."""

    kind: Text = Field(default="", validation_alias=spelt("PaymentType"))
    option: Text = Field(default="", validation_alias=spelt("Paymentoption", "PaymentOption"))
    gateway_id: Text = Field(default="", validation_alias=spelt("GatewayId", "GateWayId"))
    gateway_title: Text = Field(default="", validation_alias=spelt("GatewayTitle"))
    paid: Money = Field(default=_ZERO, validation_alias=spelt("PaidAmount"))
    needs_otp: WireBool = Field(default=False, validation_alias=spelt("EnalbeOTP", "EnableOTP"))


class ShippingOption(WireModel):
    """A way of shipping that a cart lists."""

    mode_id: WireInt = Field(default=0, validation_alias=spelt("ShippingModeId"))
    is_selected: WireBool = Field(default=False, validation_alias=spelt("isselected"))


class DealInPlace(WireModel):
    """A deal in the place of a product: one that the platform made of a line, or one that it suggests.

    The documents print none of either, so every key may be missing.
    """

    product_id: WireInt = Field(default=0, validation_alias=spelt("ProductId", "ProductID", "productId"))
    deal_id: WireInt = Field(default=0, validation_alias=spelt("DealId", "DealID", "dealId"))
    title: Text = Field(default="", validation_alias=spelt("DealTitle"))
    quantity: WireInt = Field(default=0, validation_alias=spelt("Quantity"))
    reference_key: Text = Field(default="", validation_alias=spelt("CartReferenceKey"))


class AppliedPromotion(WireModel):
    """A promotion that counts for a cart, with what it took off (Get Cart Items, with its details)."""

    rule_id: WireInt = Field(default=0, validation_alias=spelt("PromotionId"))
    title: Text = Field(default="", validation_alias=spelt("PromotionTitle"))
    voucher_code: Text = Field(default="", validation_alias=spelt("VoucherCode"))
    description: Text = Field(default="", validation_alias=spelt("Description"))
    discount: Money = Field(default=_ZERO, validation_alias=spelt("DiscountAmount"))


class FreeOffer(WireModel):
    """A promotion that gives a product once it is added (Add Free Products to Cart)."""

    rule_id: WireInt = Field(default=0, validation_alias=spelt("RuleId"))
    description: Text = Field(default="", validation_alias=spelt("RuleDescription"))
    is_added: WireBool = Field(default=False, validation_alias=spelt("IsAutoAdd"))


class Slot(WireModel):
    """A delivery slot of a day. ``starts`` and ``ends`` have the time of day; their date may be another's."""

    slot_id: WireInt = Field(validation_alias=spelt("DeliverySlotID", "DeliverySlotId"))
    label: Text = Field(default="", validation_alias=spelt("FormatedSlotRange"))
    is_disabled: WireBool = Field(default=False, validation_alias=spelt("IsDisabled"))
    """Whether it is full or begins too soon."""
    date: Text = Field(default="", validation_alias=spelt("DeliverySlotDate"))
    """The day as MM/DD/YYYY."""
    starts: WireDate = Field(default=None, validation_alias=spelt("StartTime"))
    ends: WireDate = Field(default=None, validation_alias=spelt("EndTime"))
    lead_minutes: Money = Field(default=_ZERO, validation_alias=spelt("LeadTime"))
    capacity: Money = Field(default=_ZERO, validation_alias=spelt("MaxOrders"))
    """How many orders it takes altogether."""
    is_express: WireBool = Field(default=False, validation_alias=spelt("IsExpress"))


class DaySlots(WireModel):
    """The delivery slots of one day (Get Delivery Slots)."""

    day: Text = Field(default="", validation_alias=spelt("Day"))
    date: Text = Field(default="", validation_alias=spelt("DeliverySlotDate"))
    """The day as MMDDYYYY."""
    slots: Items[Slot] = Field(default=(), validation_alias=spelt("Slots"))


class Promotion(WireModel):
    """A promotion (Get Cart Promotions). ``location_codes`` of ``0`` alone is everywhere."""

    rule_id: WireInt = Field(default=0, validation_alias=spelt("promotionid"))
    title: Text = Field(default="", validation_alias=spelt("promotionname"))
    description: Text = Field(default="", validation_alias=spelt("description"))
    location_codes: Items[Text] = Field(default=(), validation_alias=spelt("locationcodes"))
    starts: WireDate = Field(default=None, validation_alias=spelt("starttime"))
    ends: WireDate = Field(default=None, validation_alias=spelt("endtime"))
    has_voucher: WireBool = Field(default=False, validation_alias=spelt("voucherbased"))
    voucher_code: Text = Field(default="", validation_alias=spelt("firstactivevouchercode"))


class CouponSuggestion(WireModel):
    """A voucher that a cart might use (Get Coupon Suggestions). Uses of ``NO_LIMIT`` have no limit."""

    voucher_code: Text = Field(default="", validation_alias=spelt("voucherCode"))
    title: Text = Field(default="", validation_alias=spelt("RuleTitle"))
    description: Text = Field(default="", validation_alias=spelt("RuleDescription"))
    rule_id: WireInt = Field(default=0, validation_alias=spelt("RuleId"))
    discount: Money = Field(default=_ZERO, validation_alias=spelt("cartDiscountValue"))
    is_satisfied: WireBool = Field(default=False, validation_alias=spelt("isSatisfied"))
    ends: WireDate = Field(default=None, validation_alias=spelt("EndDate"))
    uses_per_user: WireInt = Field(default=NO_LIMIT, validation_alias=spelt("NoOfUsesConfiguredPerUser"))
    uses: WireInt = Field(default=NO_LIMIT, validation_alias=spelt("NoOfUsesconfiguredPerVoucher"))
    used_by_user: WireInt = Field(default=0, validation_alias=spelt("NoOfUsesDonePerUser"))
    used: WireInt = Field(default=0, validation_alias=spelt("NoOfUsesDonePerVoucher"))


class CouponSuggestions(WireModel):
    """The list inside the answer to Get Coupon Suggestions."""

    vouchers: Items[CouponSuggestion] = Field(default=(), validation_alias=spelt("voucherSuggestions"))
