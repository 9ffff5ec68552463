"""Checkout options of a cart: slots, payment, promotions, coupons, stores."""

from decimal import Decimal

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
UNLIMITED_USES = -1
"""Number of uses of a voucher without a limit."""


class PaymentOption(WireModel):
    """A payment option (Get Cart Payment Options). Place Order sends all three of its names."""

    essential = frozenset({"kind", "option", "gateway_id"})

    kind: Text = Field(default="", validation_alias=aliases("PaymentType"))
    option: Text = Field(default="", validation_alias=aliases("Paymentoption", "PaymentOption"))
    gateway_id: Text = Field(default="", validation_alias=aliases("GatewayId", "GateWayId"))
    gateway_title: Text = Field(default="", validation_alias=aliases("GatewayTitle"))
    paid_amount: Money = Field(default=_ZERO, validation_alias=aliases("PaidAmount"))
    needs_otp: WireBool = Field(default=False, validation_alias=aliases("EnalbeOTP", "EnableOTP"))


class ShippingOption(WireModel):
    """A shipping option that a cart lists."""

    mode_id: WireInt = Field(default=0, validation_alias=aliases("ShippingModeId"))
    is_selected: WireBool = Field(default=False, validation_alias=aliases("isselected"))


class DealReplacement(WireModel):
    """A deal that replaces a product: already, in the cart, or as a suggestion.

    The documents print no example of either, so every key may be missing.
    """

    essential = frozenset({"product_id", "deal_id", "quantity"})

    product_id: WireInt = Field(default=0, validation_alias=aliases("ProductId", "ProductID", "productId"))
    deal_id: WireInt = Field(default=0, validation_alias=aliases("DealId", "DealID", "dealId"))
    title: Text = Field(default="", validation_alias=aliases("DealTitle"))
    quantity: WireInt = Field(default=0, validation_alias=aliases("Quantity"))
    reference_key: Text = Field(default="", validation_alias=aliases("CartReferenceKey"))


class AppliedPromotion(WireModel):
    """A promotion in effect on a cart, with its discount (Get Cart Items, with its details)."""

    essential = frozenset({"voucher_code"})

    rule_id: WireInt = Field(default=0, validation_alias=aliases("PromotionId"))
    title: Text = Field(default="", validation_alias=aliases("PromotionTitle"))
    voucher_code: Text = Field(default="", validation_alias=aliases("VoucherCode"))
    description: Text = Field(default="", validation_alias=aliases("Description"))
    discount: Money = Field(default=_ZERO, validation_alias=aliases("DiscountAmount"))


class FreeOffer(WireModel):
    """A promotion that gives a product once that is added (Add Free Products to Cart)."""

    rule_id: WireInt = Field(default=0, validation_alias=aliases("RuleId"))
    description: Text = Field(default="", validation_alias=aliases("RuleDescription"))
    is_added: WireBool = Field(default=False, validation_alias=aliases("IsAutoAdd"))


class WireDeliverySlot(WireModel):
    """A delivery slot of a day.

    ``starts`` and ``ends`` carry the time of day; their date may be another day's.
    """

    essential = frozenset({"is_disabled"})

    slot_id: WireInt = Field(validation_alias=aliases("DeliverySlotID", "DeliverySlotId"))
    label: Text = Field(default="", validation_alias=aliases("FormatedSlotRange"))
    is_disabled: WireBool = Field(default=False, validation_alias=aliases("IsDisabled"))
    """True if the slot is full or begins too soon."""
    date: WireDate = Field(default=None, validation_alias=aliases("DeliverySlotDate"))
    """The day, which the documents print as MM/DD/YYYY."""
    starts: WireDate = Field(default=None, validation_alias=aliases("StartTime"))
    ends: WireDate = Field(default=None, validation_alias=aliases("EndTime"))
    lead_minutes: Money | None = Field(default=None, validation_alias=aliases("LeadTime"))
    capacity: Money | None = Field(default=None, validation_alias=aliases("MaxOrders"))
    """Total number of orders that the slot takes; ``None`` if it is unknown."""
    is_express: WireBool = Field(default=False, validation_alias=aliases("IsExpress"))


class DeliverySlotsOfDay(WireModel):
    """The delivery slots of one day (Get Delivery Slots)."""

    essential = frozenset({"slots"})

    day: Text = Field(default="", validation_alias=aliases("Day"))
    date: WireDate = Field(default=None, validation_alias=aliases("DeliverySlotDate"))
    """The day, which the documents print as MMDDYYYY."""
    slots: Records[WireDeliverySlot] = Field(default=NO_RECORDS, validation_alias=aliases("Slots"))


class WirePromotion(WireModel):
    """A promotion (Get Cart Promotions). ``location_codes`` of just ``0`` means every location."""

    rule_id: WireInt = Field(default=0, validation_alias=aliases("promotionid"))
    title: Text = Field(default="", validation_alias=aliases("promotionname"))
    description: Text = Field(default="", validation_alias=aliases("description"))
    location_codes: Records[Text] = Field(default=NO_RECORDS, validation_alias=aliases("locationcodes"))
    starts: WireDate = Field(default=None, validation_alias=aliases("starttime"))
    ends: WireDate = Field(default=None, validation_alias=aliases("endtime"))
    has_voucher: WireBool = Field(default=False, validation_alias=aliases("voucherbased"))
    voucher_code: Text = Field(default="", validation_alias=aliases("firstactivevouchercode"))


class CouponSuggestion(WireModel):
    """A voucher that the cart could use (Get Coupon Suggestions). ``UNLIMITED_USES``: no limit."""

    essential = frozenset({"voucher_code"})

    voucher_code: Text = Field(default="", validation_alias=aliases("voucherCode"))
    title: Text = Field(default="", validation_alias=aliases("RuleTitle"))
    description: Text = Field(default="", validation_alias=aliases("RuleDescription"))
    rule_id: WireInt = Field(default=0, validation_alias=aliases("RuleId"))
    discount: Money = Field(default=_ZERO, validation_alias=aliases("cartDiscountValue"))
    is_satisfied: WireBool = Field(default=False, validation_alias=aliases("isSatisfied"))
    ends: WireDate = Field(default=None, validation_alias=aliases("EndDate"))
    max_uses_per_user: WireInt = Field(
        default=UNLIMITED_USES, validation_alias=aliases("NoOfUsesConfiguredPerUser")
    )
    max_uses: WireInt = Field(
        default=UNLIMITED_USES, validation_alias=aliases("NoOfUsesconfiguredPerVoucher")
    )
    use_count_of_user: WireInt = Field(default=0, validation_alias=aliases("NoOfUsesDonePerUser"))
    use_count: WireInt = Field(default=0, validation_alias=aliases("NoOfUsesDonePerVoucher"))


class CouponSuggestions(WireModel):
    """The list inside the response to Get Coupon Suggestions."""

    vouchers: Records[CouponSuggestion] = Field(
        default=NO_RECORDS, validation_alias=aliases("voucherSuggestions")
    )
