"""Details of one product besides price and stock: tags, attributes, reviews, bundle items."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, cast

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticUseDefault

from console.api.products.models import WireProduct
from console.api.transport.records import NO_RECORDS, Records
from console.api.transport.wire_types import (
    Money,
    Price,
    Text,
    WireBool,
    WireDate,
    WireInt,
    WireModel,
    aliases,
)

_ZERO = Decimal(0)


class ProductTag(WireModel):
    """A tag that products are found by (Get Product Tags)."""

    name: Text = Field(validation_alias=aliases("Tag"))
    description: Text = Field(default="", validation_alias=aliases("TagDescription"))
    created_at: WireDate = Field(default=None, validation_alias=aliases("CreateDate"))


class TagCount(WireModel):
    """The number of the merchant's tags (Get Tag Count)."""

    count: WireInt = Field(validation_alias=aliases("Count"))


class WireAttribute(WireModel):
    """An attribute of a product's category, with the product's value (Get Product Attributes)."""

    attribute_id: Text = Field(validation_alias=aliases("Attributeid", "AttributeId"))
    name: Text = Field(default="", validation_alias=aliases("Name"))
    value: Text = Field(default="", validation_alias=aliases("AttributeValue"))
    unit: Text = Field(default="", validation_alias=aliases("Unit"))
    group: Text = Field(default="", validation_alias=aliases("Attributegroup"))
    description: Text = Field(default="", validation_alias=aliases("Description"))
    category_id: Text = Field(default="", validation_alias=aliases("CategoryId"))
    data_type: Text = Field(default="", validation_alias=aliases("DataType"))
    reference_code: Text = Field(default="", validation_alias=aliases("ReferenceCode"))
    rank: WireInt = Field(default=0, validation_alias=aliases("Rank"))
    is_compulsory: WireBool = Field(default=False, validation_alias=aliases("Iscompulsory"))
    is_predefined: WireBool = Field(default=False, validation_alias=aliases("Ispredefined"))
    is_shown: WireBool = Field(default=False, validation_alias=aliases("IsDisplay"))


class LocationAttribute(WireModel):
    """The value of a variant's attribute at one location (Get Attributes of Variant Products)."""

    attribute_id: Text = Field(validation_alias=aliases("Attributeid", "AttributeId"))
    value: Text = Field(default="", validation_alias=aliases("AttributeValue"))
    sku: Text = Field(default="", validation_alias=aliases("SKU", "sku"))
    variant_sku: Text = Field(default="", validation_alias=aliases("VariantSKU", "variantsku"))
    location_code: Text = Field(default="", validation_alias=aliases("LocationRefCode", "locationrefcode"))


class DeliveryOptions(WireModel):
    """The ways a product may reach its buyer."""

    ships_from_location: WireBool = Field(default=False, validation_alias=aliases("IsLocationShip"))
    is_offline: WireBool = Field(default=False, validation_alias=aliases("IsOffline"))
    is_online: WireBool = Field(default=False, validation_alias=aliases("IsOnline"))
    is_shipped: WireBool = Field(default=False, validation_alias=aliases("IsShip"))


class DetailedProduct(WireProduct):
    """A product with its attributes (Get Product Information with Attributes)."""

    attributes: Records[WireAttribute] = Field(
        default=NO_RECORDS, validation_alias=aliases("lstProductAttribute")
    )
    delivery: DeliveryOptions = Field(
        default_factory=DeliveryOptions, validation_alias=aliases("DeliveryOptions")
    )
    is_priced_by_quantity: WireBool = Field(default=False, validation_alias=aliases("IsQtyBasedPricing"))
    is_sold_out: WireBool = Field(default=False, validation_alias=aliases("SoldOut"))


class WireReview(WireModel):
    """A customer's review of a product (Get Product Reviews)."""

    user_id: Text = Field(default="", validation_alias=aliases("UserId"))
    user_name: Text = Field(default="", validation_alias=aliases("UserName"))
    product_title: Text = Field(default="", validation_alias=aliases("ProductTitle"))
    title: Text = Field(default="", validation_alias=aliases("ReviewTitle"))
    message: Text = Field(default="", validation_alias=aliases("ReviewDescription"))
    created_at: Text = Field(default="", validation_alias=aliases("CreatedDateTime"))
    """As the platform writes it; the order of day and month is the store's."""
    rating: WireInt = Field(default=0, validation_alias=aliases("Rating"))
    is_live: WireBool = Field(default=False, validation_alias=aliases("IsGoLive"))


class ReviewComment(WireModel):
    """A review or a reply to one (Get Product Comments). One without a parent names itself as parent."""

    comment_id: Text = Field(validation_alias=aliases("Id"))
    parent_id: Text = Field(default="", validation_alias=aliases("ParentId"))
    root_id: Text = Field(default="", validation_alias=aliases("RootParentId"))
    user_name: Text = Field(default="", validation_alias=aliases("UserName"))
    product_title: Text = Field(default="", validation_alias=aliases("TargetName"))
    title: Text = Field(default="", validation_alias=aliases("Title"))
    message: Text = Field(default="", validation_alias=aliases("Description"))
    created_at: Text = Field(default="", validation_alias=aliases("CreatedDateTime"))
    level: WireInt = Field(default=0, validation_alias=aliases("Level"))
    rating: WireInt = Field(default=0, validation_alias=aliases("Rating"))
    helpful_count: WireInt = Field(default=0, validation_alias=aliases("HelpfulCount"))
    not_helpful_count: WireInt = Field(default=0, validation_alias=aliases("NotHelpfulCount"))
    is_live: WireBool = Field(default=False, validation_alias=aliases("IsGoLive"))
    is_abusive: WireBool = Field(default=False, validation_alias=aliases("IsAbusive"))


class ProductContent(WireModel):
    """A picture, document or film of a product (Get Product Contents). Fields of content are URLs."""

    product_id: WireInt = Field(validation_alias=aliases("ProductId", "ProductID", "productId"))
    group_id: Text = Field(default="", validation_alias=aliases("FileRepositoryGroupId"))
    file_type: Text = Field(default="", validation_alias=aliases("FileType"))
    content_type: Text = Field(default="", validation_alias=aliases("ContentType"))
    file_name: Text = Field(default="", validation_alias=aliases("FileName"))
    large_image: Text = Field(default="", validation_alias=aliases("LargeImage"))
    thumbnail: Text = Field(default="", validation_alias=aliases("ThumbNail"))
    zoom: Text = Field(default="", validation_alias=aliases("ZoomPath"))
    variant_property: Text = Field(default="", validation_alias=aliases("VariantPropertyName"))
    variant_value: Text = Field(default="", validation_alias=aliases("VariantValueName"))
    sequence: WireInt = Field(default=0, validation_alias=aliases("Sequence", "LargeImageSequence"))


def _amounts(value: object) -> object:
    if value is None or value == "":
        raise PydanticUseDefault
    if isinstance(value, dict):
        prices = cast("dict[object, object]", value).items()
        return {size: price for size, price in prices if price is not None and str(price).strip()}
    return value


Amounts = Annotated[dict[Text, Money], BeforeValidator(_amounts)]


class WireBundleItem(WireModel):
    """A possible item of a bundle or a deal (Get Bundle Items).

    ``variant_id`` is 0 for a product without variants; an item in two groups comes twice. The documents
    name no group: the fields from ``group_id`` on are 0, empty or ``None`` unless a platform sends them.
    """

    essential = frozenset(
        {
            "variant_id",
            "product_type",
            "group_id",
            "minimum",
            "maximum",
            "free",
            "is_primary",
            "is_default",
            "default_quantity",
            "included",
            "whole_only",
            "deal_slot_prices",
            "extra",
        }
    )

    product_id: WireInt = Field(validation_alias=aliases("ProductId", "ProductID", "productId"))
    variant_id: WireInt = Field(default=0, validation_alias=aliases("VariantProductId", "variantProductId"))
    sku: Text = Field(default="", validation_alias=aliases("ProductSku", "ProductSKU", "SKU"))
    variant_sku: Text = Field(default="", validation_alias=aliases("VariantSKU", "VariantSku"))
    title: Text = Field(default="", validation_alias=aliases("ProductTitle"))
    product_type: Text = Field(default="A", validation_alias=aliases("ProductType"))
    mrp: Price = Field(default=_ZERO, validation_alias=aliases("MRP", "mrp"))
    web_price: Price = Field(validation_alias=aliases("WebPrice", "webprice", "Webprice"))
    group_id: WireInt = Field(default=0, validation_alias=aliases("GroupId", "GroupID", "groupId"))
    group_name: Text = Field(default="", validation_alias=aliases("GroupName"))
    minimum: WireInt | None = Field(default=None, validation_alias=aliases("Minimum"))
    maximum: WireInt | None = Field(default=None, validation_alias=aliases("Maximum"))
    free: WireInt | None = Field(default=None, validation_alias=aliases("Free"))
    """Number of free items in the group, among those without an included price."""
    is_primary: WireBool = Field(default=False, validation_alias=aliases("IsPrimaryProduct"))
    """True if this item carries size and crust of its bundle."""
    is_default: WireBool | None = Field(default=None, validation_alias=aliases("IsDefaultBundleItem"))
    """True if the bundle contains it by default."""
    default_quantity: WireInt | None = Field(default=None, validation_alias=aliases("DefaultQuantity"))
    included: Money | None = Field(default=None, validation_alias=aliases("Included"))
    """Price of the usual strength in this bundle; ``None`` for its own price."""
    whole_only: WireBool = Field(default=False, validation_alias=aliases("WholeOnly"))
    """True if it cannot be on one half only."""
    deal_slot_prices: Amounts = Field(
        default_factory=dict[str, Decimal], validation_alias=aliases("SlotPrices")
    )
    """In a deal: price of this bundle's base, by size."""
    extra: Money | None = Field(default=None, validation_alias=aliases("Extra"))
    """In a deal: surcharge for choosing it."""


class BundlePricing(WireModel):
    """Pricing of a bundle beside its items, if a platform sends it."""

    essential = frozenset({"price", "floor"})

    price: Money | None = Field(default=None, validation_alias=aliases("BundlePrice"))
    """Price of the bundle without its items."""
    floor: Money | None = Field(default=None, validation_alias=aliases("Floor"))
    """Lowest price of the bundle with all its items."""


@dataclass(frozen=True, slots=True)
class BundleContents:
    """The response to Get Bundle Items: a row for each variant of each item, and the bundle's own pricing."""

    items: Records[WireBundleItem]
    pricing: BundlePricing


class WireTierPrice(WireModel):
    """The price of one unit from a quantity on (Get Tier Price Details)."""

    quantity: WireInt = Field(validation_alias=aliases("Qty"))
    mrp: Money = Field(default=_ZERO, validation_alias=aliases("MRP", "mrp"))
    web_price: Price = Field(validation_alias=aliases("Webprice", "WebPrice", "webprice"))


class SkuPrice(WireModel):
    """A price of a SKU at one location, from a quantity on (Get SKU Price).

    ``variant_sku`` is ``0`` for the product itself; ``token_price`` is the price of a reservation.
    """

    essential = frozenset({"variant_sku", "quantity"})

    sku: Text = Field(validation_alias=aliases("sku", "SKU"))
    variant_sku: Text = Field(default="0", validation_alias=aliases("variantsku", "VariantSKU"))
    user_group: Text = Field(default="", validation_alias=aliases("usergroupname"))
    location_code: Text = Field(default="", validation_alias=aliases("locationrefcode", "LocationRefCode"))
    channel_code: Text = Field(default="", validation_alias=aliases("channelrefcode"))
    mrp: Money = Field(default=_ZERO, validation_alias=aliases("mrp", "MRP"))
    web_price: Price = Field(validation_alias=aliases("webprice", "WebPrice"))
    quantity: WireInt = Field(default=1, validation_alias=aliases("quantity", "Quantity"))
    token_price: Money = Field(default=_ZERO, validation_alias=aliases("tokenprice", "TokenPrice"))


class Serviceability(WireModel):
    """Delivery of a product to a PIN code from a location, with the possible payments."""

    essential = frozenset({"is_serviceable", "postpaid", "prepaid"})

    is_serviceable: WireBool = Field(default=False, validation_alias=aliases("IsServiceable"))
    postpaid: WireBool = Field(default=False, validation_alias=aliases("ServiceableForPostpaid"))
    """True if it can be paid on delivery."""
    prepaid: WireBool = Field(default=False, validation_alias=aliases("ServiceableForPrepaid"))
