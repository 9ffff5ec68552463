"""What the platform knows of one product besides price and stock: tags, attributes, reviews, parts.

Read by ``product_details`` and ``tags``.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticUseDefault

from console.api.product_models import Product
from console.api.wire import Items, Money, Text, WireBool, WireDate, WireInt, WireModel, spelt

_ZERO = Decimal(0)


class ProductTag(WireModel):
    """A tag that products are found by (Get Product Tags)."""

    name: Text = Field(validation_alias=spelt("Tag"))
    description: Text = Field(default="", validation_alias=spelt("TagDescription"))
    created: WireDate = Field(default=None, validation_alias=spelt("CreateDate"))


class TagCount(WireModel):
    """How many tags the merchant has (Get Tag Count)."""

    count: WireInt = Field(validation_alias=spelt("Count"))


class Attribute(WireModel):
    """An attribute of a product's category, with the product's value (Get Product Attributes)."""

    attribute_id: Text = Field(validation_alias=spelt("Attributeid", "AttributeId"))
    name: Text = Field(default="", validation_alias=spelt("Name"))
    value: Text = Field(default="", validation_alias=spelt("AttributeValue"))
    unit: Text = Field(default="", validation_alias=spelt("Unit"))
    group: Text = Field(default="", validation_alias=spelt("Attributegroup"))
    description: Text = Field(default="", validation_alias=spelt("Description"))
    category_id: Text = Field(default="", validation_alias=spelt("CategoryId"))
    data_type: Text = Field(default="", validation_alias=spelt("DataType"))
    reference_code: Text = Field(default="", validation_alias=spelt("ReferenceCode"))
    rank: WireInt = Field(default=0, validation_alias=spelt("Rank"))
    is_compulsory: WireBool = Field(default=False, validation_alias=spelt("Iscompulsory"))
    is_predefined: WireBool = Field(default=False, validation_alias=spelt("Ispredefined"))
    is_shown: WireBool = Field(default=False, validation_alias=spelt("IsDisplay"))


class LocationAttribute(WireModel):
    """The value of a variant's attribute at one location (Get Attributes of Variant Products)."""

    attribute_id: Text = Field(validation_alias=spelt("Attributeid", "AttributeId"))
    value: Text = Field(default="", validation_alias=spelt("AttributeValue"))
    sku: Text = Field(default="", validation_alias=spelt("SKU", "sku"))
    variant_sku: Text = Field(default="", validation_alias=spelt("VariantSKU", "variantsku"))
    location_code: Text = Field(default="", validation_alias=spelt("LocationRefCode", "locationrefcode"))


class DeliveryOptions(WireModel):
    """How a product may reach its buyer."""

    ships_from_location: WireBool = Field(default=False, validation_alias=spelt("IsLocationShip"))
    is_offline: WireBool = Field(default=False, validation_alias=spelt("IsOffline"))
    is_online: WireBool = Field(default=False, validation_alias=spelt("IsOnline"))
    is_shipped: WireBool = Field(default=False, validation_alias=spelt("IsShip"))


class DetailedProduct(Product):
    """A product with its attributes (Get Product Information with Attributes)."""

    attributes: Items[Attribute] = Field(default=(), validation_alias=spelt("lstProductAttribute"))
    delivery: DeliveryOptions = Field(
        default_factory=DeliveryOptions, validation_alias=spelt("DeliveryOptions")
    )
    is_priced_by_quantity: WireBool = Field(default=False, validation_alias=spelt("IsQtyBasedPricing"))
    is_sold_out: WireBool = Field(default=False, validation_alias=spelt("SoldOut"))


class Review(WireModel):
    """What a customer wrote about a product (Get Product Reviews)."""

    user_id: Text = Field(default="", validation_alias=spelt("UserId"))
    user_name: Text = Field(default="", validation_alias=spelt("UserName"))
    product_title: Text = Field(default="", validation_alias=spelt("ProductTitle"))
    title: Text = Field(default="", validation_alias=spelt("ReviewTitle"))
    message: Text = Field(default="", validation_alias=spelt("ReviewDescription"))
    created: Text = Field(default="", validation_alias=spelt("CreatedDateTime"))
    """As the platform writes it; the order of day and month is the store's."""
    rating: WireInt = Field(default=0, validation_alias=spelt("Rating"))
    is_live: WireBool = Field(default=False, validation_alias=spelt("IsGoLive"))


class Comment(WireModel):
    """A review or an answer to one (Get Product Comments). One without a parent names itself as parent."""

    comment_id: Text = Field(validation_alias=spelt("Id"))
    parent_id: Text = Field(default="", validation_alias=spelt("ParentId"))
    root_id: Text = Field(default="", validation_alias=spelt("RootParentId"))
    user_name: Text = Field(default="", validation_alias=spelt("UserName"))
    product_title: Text = Field(default="", validation_alias=spelt("TargetName"))
    title: Text = Field(default="", validation_alias=spelt("Title"))
    message: Text = Field(default="", validation_alias=spelt("Description"))
    created: Text = Field(default="", validation_alias=spelt("CreatedDateTime"))
    level: WireInt = Field(default=0, validation_alias=spelt("Level"))
    rating: WireInt = Field(default=0, validation_alias=spelt("Rating"))
    helpful: WireInt = Field(default=0, validation_alias=spelt("HelpfulCount"))
    not_helpful: WireInt = Field(default=0, validation_alias=spelt("NotHelpfulCount"))
    is_live: WireBool = Field(default=False, validation_alias=spelt("IsGoLive"))
    is_abusive: WireBool = Field(default=False, validation_alias=spelt("IsAbusive"))


class Content(WireModel):
    """A picture, document or film of a product (Get Product Contents). What is shown are addresses."""

    product_id: WireInt = Field(validation_alias=spelt("ProductId", "ProductID", "productId"))
    group_id: Text = Field(default="", validation_alias=spelt("FileRepositoryGroupId"))
    file_type: Text = Field(default="", validation_alias=spelt("FileType"))
    content_type: Text = Field(default="", validation_alias=spelt("ContentType"))
    file_name: Text = Field(default="", validation_alias=spelt("FileName"))
    large_image: Text = Field(default="", validation_alias=spelt("LargeImage"))
    thumbnail: Text = Field(default="", validation_alias=spelt("ThumbNail"))
    zoom: Text = Field(default="", validation_alias=spelt("ZoomPath"))
    variant_property: Text = Field(default="", validation_alias=spelt("VariantPropertyName"))
    variant_value: Text = Field(default="", validation_alias=spelt("VariantValueName"))
    sequence: WireInt = Field(default=0, validation_alias=spelt("Sequence", "LargeImageSequence"))


def _amounts(value: object) -> object:
    if value is None or value == "":
        raise PydanticUseDefault
    return value


Amounts = Annotated[dict[Text, Money], BeforeValidator(_amounts)]


class BundleItem(WireModel):
    """What a bundle or a deal may be made of (Get Bundle Items).

    ``variant_id`` is 0 for a product without variants; one that goes into two groups comes twice. The
    documents name no group: the fields from ``group_id`` on are 0, empty and ``None`` but where a platform
    sends them.
    """

    product_id: WireInt = Field(validation_alias=spelt("ProductId", "ProductID", "productId"))
    variant_id: WireInt = Field(default=0, validation_alias=spelt("VariantProductId", "variantProductId"))
    sku: Text = Field(default="", validation_alias=spelt("ProductSku", "ProductSKU", "SKU"))
    variant_sku: Text = Field(default="", validation_alias=spelt("VariantSKU", "VariantSku"))
    title: Text = Field(default="", validation_alias=spelt("ProductTitle"))
    product_type: Text = Field(default="A", validation_alias=spelt("ProductType"))
    mrp: Money = Field(default=_ZERO, validation_alias=spelt("MRP", "mrp"))
    web_price: Money = Field(default=_ZERO, validation_alias=spelt("WebPrice", "webprice", "Webprice"))
    group_id: WireInt = Field(default=0, validation_alias=spelt("GroupId", "GroupID", "groupId"))
    group_name: Text = Field(default="", validation_alias=spelt("GroupName"))
    minimum: WireInt | None = Field(default=None, validation_alias=spelt("Minimum"))
    maximum: WireInt | None = Field(default=None, validation_alias=spelt("Maximum"))
    free: WireInt | None = Field(default=None, validation_alias=spelt("Free"))
    """How many of the group cost nothing, of those without an included price."""
    is_primary: WireBool = Field(default=False, validation_alias=spelt("IsPrimaryProduct"))
    """Whether it carries size and crust of its bundle."""
    is_default: WireBool | None = Field(default=None, validation_alias=spelt("IsDefaultBundleItem"))
    """Whether the bundle comes with it unasked."""
    default_quantity: WireInt | None = Field(default=None, validation_alias=spelt("DefaultQuantity"))
    included: Money | None = Field(default=None, validation_alias=spelt("Included"))
    """What the usual strength costs in this bundle; ``None`` for its own price."""
    whole_only: WireBool = Field(default=False, validation_alias=spelt("WholeOnly"))
    """Whether it cannot lie on a half."""
    slot_prices: Amounts = Field(default_factory=dict[str, Decimal], validation_alias=spelt("SlotPrices"))
    """In a deal: what the base of this bundle costs, by size."""
    extra: Money | None = Field(default=None, validation_alias=spelt("Extra"))
    """In a deal: what choosing it costs on top."""


class BundleTerms(WireModel):
    """What lies beside a bundle's items, where a platform sends it."""

    price: Money | None = Field(default=None, validation_alias=spelt("BundlePrice"))
    """What the bundle costs before anything that is in it."""
    floor: Money | None = Field(default=None, validation_alias=spelt("Floor"))
    """The least it ever costs."""


@dataclass(frozen=True, slots=True)
class BundleContents:
    """The answer to Get Bundle Items: a row for each variant of each item, and the bundle's own terms."""

    items: tuple[BundleItem, ...]
    terms: BundleTerms


class TierPrice(WireModel):
    """What one unit costs from a quantity on (Get Tier Price Details)."""

    quantity: WireInt = Field(validation_alias=spelt("Qty"))
    mrp: Money = Field(default=_ZERO, validation_alias=spelt("MRP", "mrp"))
    web_price: Money = Field(default=_ZERO, validation_alias=spelt("Webprice", "WebPrice", "webprice"))


class SkuPrice(WireModel):
    """A price of a SKU at one location, from a quantity on (Get SKU Price).

    ``variant_sku`` is ``0`` for the product itself; ``token_price`` is what reserving one costs.
    """

    sku: Text = Field(validation_alias=spelt("sku", "SKU"))
    variant_sku: Text = Field(default="0", validation_alias=spelt("variantsku", "VariantSKU"))
    user_group: Text = Field(default="", validation_alias=spelt("usergroupname"))
    location_code: Text = Field(default="", validation_alias=spelt("locationrefcode", "LocationRefCode"))
    channel_code: Text = Field(default="", validation_alias=spelt("channelrefcode"))
    mrp: Money = Field(default=_ZERO, validation_alias=spelt("mrp", "MRP"))
    web_price: Money = Field(default=_ZERO, validation_alias=spelt("webprice", "WebPrice"))
    quantity: WireInt = Field(default=1, validation_alias=spelt("quantity", "Quantity"))
    token_price: Money = Field(default=_ZERO, validation_alias=spelt("tokenprice", "TokenPrice"))


class Serviceability(WireModel):
    """Whether a product reaches a PIN code from a location, and paid how."""

    is_serviceable: WireBool = Field(default=False, validation_alias=spelt("IsServiceable"))
    postpaid: WireBool = Field(default=False, validation_alias=spelt("ServiceableForPostpaid"))
    """Paid on delivery."""
    prepaid: WireBool = Field(default=False, validation_alias=spelt("ServiceableForPrepaid"))
