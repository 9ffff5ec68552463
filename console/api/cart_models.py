"""A cart as the platform holds it: the fact that a draft is compared with.

Read by ``carts``; compared by sync.
"""

from dataclasses import dataclass
from decimal import Decimal

from pydantic import Field

from console.api.cart_requests import NEW_LINE
from console.api.checkout_models import (
    AppliedPromotion,
    DealInPlace,
    FreeOffer,
    PaymentOption,
    ShippingOption,
)
from console.api.wire import Items, Money, Text, WireBool, WireDate, WireInt, WireModel, spelt

_ZERO = Decimal(0)


class VariantInfo(WireModel):
    """One property of the variant in a cart: Size is Medium."""

    name: Text = Field(default="", validation_alias=spelt("PropertyName"))
    value: Text = Field(default="", validation_alias=spelt("Value"))


class PromotionRule(WireModel):
    """A promotion that counted for an item, with what it took off."""

    rule_id: WireInt = Field(default=0, validation_alias=spelt("RuleId"))
    title: Text = Field(default="", validation_alias=spelt("Title"))
    discount: Money = Field(default=_ZERO, validation_alias=spelt("DiscountAmount"))
    voucher_code: Text = Field(default="", validation_alias=spelt("VoucherCode"))


class CartChild(WireModel):
    """What lines and their children have in common. Amounts are in the cart's currency, not yet rounded.

    ``quantity`` of a child is per unit times the line's. ``bundle_reference_key`` is the key of the item
    that this one is a part of, ``NEW_LINE`` (all zeros) for none.
    """

    product_id: WireInt = Field(validation_alias=spelt("ProductId", "ProductID", "productId"))
    variant_id: WireInt = Field(default=0, validation_alias=spelt("VariantProductId", "variantProductId"))
    quantity: WireInt = Field(validation_alias=spelt("Quantity", "quantity"))
    title: Text = Field(default="", validation_alias=spelt("description", "Description"))
    mrp: Money = Field(default=_ZERO, validation_alias=spelt("MRP", "mrp"))
    web_price: Money = Field(default=_ZERO, validation_alias=spelt("WebPrice", "webprice", "Webprice"))
    """What one costs, before promotions; 0 for what is included."""
    reference_key: Text = Field(validation_alias=spelt("CartReferenceKey"))
    """Good for one observation: the platform may change it at every edit."""
    bundle_reference_key: Text = Field(default=NEW_LINE, validation_alias=spelt("BundleCartReferenceKey"))
    portion: Text = Field(default="", validation_alias=spelt("Por", "Portion"))
    group_id: WireInt = Field(default=0, validation_alias=spelt("GroupId", "GroupID", "groupId"))
    is_primary: WireBool = Field(default=False, validation_alias=spelt("IsPrimaryProduct"))
    """Whether it carries size and crust of its bundle."""
    is_default: WireBool = Field(default=False, validation_alias=spelt("IsDefaultBundleItem"))
    variant: Items[VariantInfo] = Field(default=(), validation_alias=spelt("VariantsInfo"))
    promotion_discount: Money = Field(default=_ZERO, validation_alias=spelt("ItemPromotionDiscountAmount"))
    promotions: Items[PromotionRule] = Field(default=(), validation_alias=spelt("CartPromotionRules"))
    category_id: Text = Field(default="", validation_alias=spelt("CategoryId"))
    category_name: Text = Field(default="", validation_alias=spelt("CategoryName"))


class CartItem(CartChild):
    """A line of the cart. ``children`` lists a deal's bundles and their components side by side."""

    children: Items[CartChild] = Field(default=(), validation_alias=spelt("BundleCartItems"))
    is_free: WireBool = Field(default=False, validation_alias=spelt("IsFreeProduct"))


class FailedItem(WireModel):
    """An item that the platform did not take. The documents print none, so every key may be missing."""

    product_id: WireInt = Field(default=0, validation_alias=spelt("ProductId", "ProductID", "productId"))
    variant_id: WireInt = Field(
        default=0, validation_alias=spelt("VariantProductId", "VariantProductID", "variantProductId")
    )
    code: WireInt = Field(default=0, validation_alias=spelt("messageCode", "MessageCode", "ErrorCode"))
    reason: Text = Field(default="", validation_alias=spelt("Message", "message", "ErrorMessage", "Reason"))


class Cart(WireModel):
    """A cart (Get Cart Items). Amounts are in the store's currency and not yet rounded."""

    merchant_id: Text = Field(default="", validation_alias=spelt("MerchantId", "MerchantID", "merchantId"))
    currency: Text = Field(default="", validation_alias=spelt("UserSelectedCurrency"))
    """What the platform prints as the currency; in the documents it is not always the store's."""
    product_cost: Money = Field(default=_ZERO, validation_alias=spelt("ProductCost"))
    shipping_cost: Money = Field(default=_ZERO, validation_alias=spelt("ShippingCost"))
    voucher_discount: Money = Field(default=_ZERO, validation_alias=spelt("VoucherDiscount"))
    promotion_discount: Money = Field(default=_ZERO, validation_alias=spelt("PromotionDiscount"))
    tax: Money = Field(default=_ZERO, validation_alias=spelt("TaxAmount"))
    total: Money = Field(default=_ZERO, validation_alias=spelt("OrderTotal"))
    voucher_code: Text = Field(default="", validation_alias=spelt("VoucherCode"))
    location_id: WireInt = Field(default=0, validation_alias=spelt("LocationId", "LocationID", "Locationid"))
    items: Items[CartItem] = Field(default=(), validation_alias=spelt("CartItems"))
    failed: Items[FailedItem] = Field(default=(), validation_alias=spelt("FailedProducts"))
    """What the platform put aside by itself, such as what has sold out since."""
    slot_id: WireInt = Field(default=0, validation_alias=spelt("DeliverySlotID"))
    demanded: WireDate = Field(default=None, validation_alias=spelt("DemandedDeliveryDate"))
    """When the order is wanted; ``None`` for at once."""
    ship_street: Text = Field(default="", validation_alias=spelt("Ship_Address1"))
    ship_area: Text = Field(default="", validation_alias=spelt("Ship_Address2"))
    ship_city: Text = Field(default="", validation_alias=spelt("Ship_CityCode"))
    ship_pin: Text = Field(default="", validation_alias=spelt("Ship_PostCode"))
    payment_options: Items[PaymentOption] = Field(default=(), validation_alias=spelt("PaymentOptionsChannel"))
    shipping_options: Items[ShippingOption] = Field(default=(), validation_alias=spelt("ShippingOptions"))
    converted_deals: Items[DealInPlace] = Field(default=(), validation_alias=spelt("ConvertedDeals"))
    """The lines that the platform made deals of, to be shown before anything is placed."""
    suggested_deals: Items[DealInPlace] = Field(default=(), validation_alias=spelt("ComboSuggestion"))
    """The lines that it would make deals of, if the customer likes."""
    applied_promotions: Items[AppliedPromotion] = Field(
        default=(), validation_alias=spelt("AppliedPromotionDetailsList")
    )
    free_offers: Items[FreeOffer] = Field(default=(), validation_alias=spelt("BusinessRuleDescriptionView"))


class Failures(WireModel):
    """The items that a change did not take; they lie beside the cart."""

    items: Items[FailedItem] = Field(default=(), validation_alias=spelt("FailedItems"))


@dataclass(frozen=True, slots=True)
class CartAnswer:
    """The answer to a change: the cart after it, and the items that were not taken."""

    cart: Cart
    failed: tuple[FailedItem, ...] = ()
