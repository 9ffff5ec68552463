"""A cart as the platform holds it: the actual state that a draft is compared with."""

from dataclasses import dataclass
from decimal import Decimal

from pydantic import Field, SecretStr

from console.api.carts.checkout_models import (
    AppliedPromotion,
    DealReplacement,
    FreeOffer,
    PaymentOption,
    ShippingOption,
)
from console.api.carts.requests import NEW_LINE_KEY
from console.api.transport.records import NO_RECORDS, Records
from console.api.transport.wire_types import (
    Items,
    Money,
    Text,
    WireBool,
    WireDate,
    WireInt,
    WireModel,
    aliases,
)

MAX_CART_LINES = 1_000
"""Most lines of a cart, and most parts of a line, that are read: each is compared with the draft's."""
_ZERO = Decimal(0)


class CartVariantProperty(WireModel):
    """A property of the variant in a cart: Size is Medium."""

    essential = frozenset({"name", "value"})

    name: Text = Field(default="", validation_alias=aliases("PropertyName"))
    value: Text = Field(default="", validation_alias=aliases("Value"))


class PromotionRule(WireModel):
    """A promotion that applied to an item, with its discount."""

    rule_id: WireInt = Field(default=0, validation_alias=aliases("RuleId"))
    title: Text = Field(default="", validation_alias=aliases("Title"))
    discount: Money = Field(default=_ZERO, validation_alias=aliases("DiscountAmount"))
    voucher_code: Text = Field(default="", validation_alias=aliases("VoucherCode"))


class CartChild(WireModel):
    """Fields that lines and their children share. Amounts are in the cart's currency, not yet rounded.

    ``quantity`` of a child is for all units of its line. ``bundle_reference_key`` is the key of the parent
    item, ``NEW_LINE_KEY`` (all zeros) for none.
    """

    essential = frozenset(
        {"variant_id", "bundle_reference_key", "portion", "group_id", "is_primary", "is_default", "variant"}
    )

    product_id: WireInt = Field(validation_alias=aliases("ProductId", "ProductID", "productId"))
    variant_id: WireInt = Field(default=0, validation_alias=aliases("VariantProductId", "variantProductId"))
    quantity: WireInt = Field(validation_alias=aliases("Quantity", "quantity"))
    title: Text = Field(default="", validation_alias=aliases("description", "Description"))
    mrp: Money = Field(default=_ZERO, validation_alias=aliases("MRP", "mrp"))
    web_price: Money = Field(default=_ZERO, validation_alias=aliases("WebPrice", "webprice", "Webprice"))
    """Price of one unit before promotions; 0 for an included part."""
    reference_key: Text = Field(validation_alias=aliases("CartReferenceKey"))
    """Valid for one observation: the platform may change it at every edit."""
    bundle_reference_key: Text = Field(
        default=NEW_LINE_KEY, validation_alias=aliases("BundleCartReferenceKey")
    )
    portion: Text = Field(default="", validation_alias=aliases("Por", "Portion"))
    group_id: WireInt = Field(default=0, validation_alias=aliases("GroupId", "GroupID", "groupId"))
    is_primary: WireBool = Field(default=False, validation_alias=aliases("IsPrimaryProduct"))
    """True if this part carries size and crust of its bundle."""
    is_default: WireBool = Field(default=False, validation_alias=aliases("IsDefaultBundleItem"))
    variant: Items[CartVariantProperty] = Field(default=(), validation_alias=aliases("VariantsInfo"))
    promotion_discount: Money = Field(default=_ZERO, validation_alias=aliases("ItemPromotionDiscountAmount"))
    promotions: Records[PromotionRule] = Field(
        default=NO_RECORDS, validation_alias=aliases("CartPromotionRules")
    )
    category_id: Text = Field(default="", validation_alias=aliases("CategoryId"))
    category_name: Text = Field(default="", validation_alias=aliases("CategoryName"))


class CartItem(CartChild):
    """A line of the cart. ``children`` lists a deal's bundles and their components side by side."""

    essential = CartChild.essential | {"children", "is_free"}

    children: Items[CartChild] = Field(
        default=(), max_length=MAX_CART_LINES, validation_alias=aliases("BundleCartItems")
    )
    is_free: WireBool = Field(default=False, validation_alias=aliases("IsFreeProduct"))


class FailedItem(WireModel):
    """An item that the platform refused. The documents print no example, so every key may be missing."""

    essential = frozenset({"product_id", "variant_id"})

    product_id: WireInt = Field(default=0, validation_alias=aliases("ProductId", "ProductID", "productId"))
    variant_id: WireInt = Field(
        default=0, validation_alias=aliases("VariantProductId", "VariantProductID", "variantProductId")
    )
    code: WireInt = Field(default=0, validation_alias=aliases("messageCode", "MessageCode", "ErrorCode"))
    reason: Text = Field(default="", validation_alias=aliases("Message", "message", "ErrorMessage", "Reason"))


class WireCart(WireModel):
    """A cart (Get Cart Items). Amounts are in the store's currency and not yet rounded."""

    essential = frozenset(
        {
            "merchant_id",
            "voucher_code",
            "location_id",
            "items",
            "failed_items",
            "delivery_slot_id",
            "requested_time",
            "ship_street",
            "ship_area",
            "ship_city",
            "ship_pin",
        }
    )

    merchant_id: Text = Field(default="", validation_alias=aliases("MerchantId", "MerchantID", "merchantId"))
    currency: Text = Field(default="", validation_alias=aliases("UserSelectedCurrency"))
    """Currency as printed; in the documents it is not always the store's."""
    product_cost: Money = Field(default=_ZERO, validation_alias=aliases("ProductCost"))
    shipping_cost: Money = Field(default=_ZERO, validation_alias=aliases("ShippingCost"))
    voucher_discount: Money = Field(default=_ZERO, validation_alias=aliases("VoucherDiscount"))
    promotion_discount: Money = Field(default=_ZERO, validation_alias=aliases("PromotionDiscount"))
    tax: Money = Field(default=_ZERO, validation_alias=aliases("TaxAmount"))
    total: Money = Field(default=_ZERO, validation_alias=aliases("OrderTotal"))
    voucher_code: Text = Field(default="", validation_alias=aliases("VoucherCode"))
    location_id: WireInt = Field(
        default=0, validation_alias=aliases("LocationId", "LocationID", "Locationid")
    )
    items: Items[CartItem] = Field(
        default=(), max_length=MAX_CART_LINES, validation_alias=aliases("CartItems")
    )
    failed_items: Items[FailedItem] = Field(default=(), validation_alias=aliases("FailedProducts"))
    """Items that the platform set aside, such as products that have sold out since."""
    delivery_slot_id: WireInt = Field(default=0, validation_alias=aliases("DeliverySlotID"))
    requested_time: WireDate = Field(default=None, validation_alias=aliases("DemandedDeliveryDate"))
    """Requested time of the order; ``None`` for as soon as possible."""
    gift_message: Text = Field(default="", validation_alias=aliases("GiftMsg", "GiftMessage"))
    ship_street: Text = Field(default="", validation_alias=aliases("Ship_Address1"))
    ship_area: Text = Field(default="", validation_alias=aliases("Ship_Address2"))
    ship_city: Text = Field(default="", validation_alias=aliases("Ship_CityCode"))
    ship_pin: Text = Field(default="", validation_alias=aliases("Ship_PostCode"))
    payment_options: Records[PaymentOption] = Field(
        default=NO_RECORDS, validation_alias=aliases("PaymentOptionsChannel")
    )
    shipping_options: Records[ShippingOption] = Field(
        default=NO_RECORDS, validation_alias=aliases("ShippingOptions")
    )
    converted_deals: Records[DealReplacement] = Field(
        default=NO_RECORDS, validation_alias=aliases("ConvertedDeals")
    )
    """Lines that the platform converted to deals, to be shown before anything is placed."""
    suggested_deals: Records[DealReplacement] = Field(
        default=NO_RECORDS, validation_alias=aliases("ComboSuggestion")
    )
    """Deals that the platform suggests for lines, if the customer agrees."""
    applied_promotions: Records[AppliedPromotion] = Field(
        default=NO_RECORDS, validation_alias=aliases("AppliedPromotionDetailsList")
    )
    free_offers: Records[FreeOffer] = Field(
        default=NO_RECORDS, validation_alias=aliases("BusinessRuleDescriptionView")
    )


class CartSession(WireModel):
    """The session whose cart it is, printed beside the cart (Get Cart Items)."""

    essential = frozenset({"access_token", "user_id"})

    access_token: SecretStr | None = Field(
        default=None, validation_alias=aliases("AccessToken", "accessToken", "accesstoken")
    )
    user_id: Text = Field(default="", validation_alias=aliases("UserId", "UserID", "userId"))


class SessionCart(WireModel):
    """A cart with its session (Get Cart Items); ``session`` is ``None`` where the platform prints none."""

    essential = frozenset({"session"})

    cart: WireCart = Field(validation_alias=aliases("Carts"))
    session: CartSession | None = Field(default=None, validation_alias=aliases("Token"))


class FailedItems(WireModel):
    """The refused items of a change; the response carries them beside the cart."""

    essential = frozenset({"items"})

    items: Items[FailedItem] = Field(default=(), validation_alias=aliases("FailedItems"))


@dataclass(frozen=True, slots=True)
class CartChangeResult:
    """The result of a change: the cart after it, and the refused items."""

    cart: WireCart
    failed_items: tuple[FailedItem, ...] = ()
