"""Products, their variants and their stock as the platform describes them.

Read by ``products``; turned by the desk into the menu that the screens show.
"""

from dataclasses import dataclass
from decimal import Decimal

from pydantic import Field

from console.api.wire import Items, Money, Text, WireBool, WireDate, WireInt, WireModel, spelt

_ZERO = Decimal(0)


class Product(WireModel):
    """A product (Get Product Information). Prices are in the store's currency, not yet rounded.

    ``product_type`` is P (normal), A (add-on), B (bundle) or D (deal). ``inventory`` is ``None`` where
    the answer does not say, which is so wherever the operation takes no location.
    """

    product_id: WireInt = Field(validation_alias=spelt("ProductId", "ProductID", "productId"))
    title: Text = Field(default="", validation_alias=spelt("ProductTitle"))
    sku: Text = Field(default="", validation_alias=spelt("SKU", "sku"))
    product_type: Text = Field(default="P", validation_alias=spelt("ProductType", "productType"))
    mrp: Money = Field(default=_ZERO, validation_alias=spelt("MRP", "mrp"))
    """The list price, before any discount."""
    web_price: Money = Field(default=_ZERO, validation_alias=spelt("WebPrice", "webprice", "Webprice"))
    """The price it sells at."""
    category_id: Text = Field(default="", validation_alias=spelt("CategoryId"))
    category_name: Text = Field(default="", validation_alias=spelt("CategoryName"))
    brand_name: Text = Field(default="", validation_alias=spelt("Brandname", "BrandName"))
    is_parent: WireBool = Field(default=False, validation_alias=spelt("IsParentProduct"))
    """Whether it is sold by variant."""
    is_available: WireBool = Field(default=True, validation_alias=spelt("Availability"))
    is_in_stock: WireBool = Field(default=True, validation_alias=spelt("IsInStock"))
    inventory: WireInt | None = Field(default=None, validation_alias=spelt("Inventory"))
    barcode: Text = Field(default="", validation_alias=spelt("BarCode"))
    """One or several, separated by commas."""
    short_description: Text = Field(default="", validation_alias=spelt("ShortDescription"))
    full_description: Text = Field(default="", validation_alias=spelt("Fulldescription"))
    sequence: WireInt = Field(default=0, validation_alias=spelt("ProductSequence"))
    unit: Text = Field(default="", validation_alias=spelt("UOM"))
    starts: WireDate = Field(default=None, validation_alias=spelt("StartDate"))
    ends: WireDate = Field(default=None, validation_alias=spelt("EndDate"))


class VariantValue(WireModel):
    """One property of a variant: Size is Large."""

    name: Text = Field(default="", validation_alias=spelt("variantPropertyName", "VariantPropertyName"))
    value: Text = Field(default="", validation_alias=spelt("variantValue", "VariantValue"))
    property_id: WireInt = Field(default=0, validation_alias=spelt("variantPropertyId", "VariantPropertyId"))
    value_id: WireInt = Field(
        default=0, validation_alias=spelt("variantPropertyValueId", "VariantPropertyValueId")
    )
    rank: WireInt = Field(default=0, validation_alias=spelt("Rank"))


class Variant(WireModel):
    """One sellable form of a product (Get Product Variants)."""

    variant_id: WireInt = Field(validation_alias=spelt("variantProductId", "VariantProductId"))
    product_id: WireInt = Field(validation_alias=spelt("productId", "ProductId", "ProductID"))
    sku: Text = Field(default="", validation_alias=spelt("SKU", "sku"))
    mrp: Money = Field(default=_ZERO, validation_alias=spelt("MRP", "mrp"))
    web_price: Money = Field(default=_ZERO, validation_alias=spelt("WebPrice", "webprice", "Webprice"))
    inventory: WireInt | None = Field(default=None, validation_alias=spelt("Inventory"))
    is_available: WireBool = Field(default=True, validation_alias=spelt("Availability"))
    barcode: Text = Field(default="", validation_alias=spelt("BarCode"))
    values: Items[VariantValue] = Field(default=(), validation_alias=spelt("ProductVariantValueViews"))


class LocationStock(WireModel):
    """Stock and price of a product or variant at one location (LocationStockPrice).

    ``variant_id`` is 0 for the product itself; a price of 0 means that the location has none of its own.
    """

    location_id: WireInt = Field(validation_alias=spelt("LocationId", "LocationID", "locationId"))
    product_id: WireInt = Field(validation_alias=spelt("ProductId", "ProductID", "productId"))
    variant_id: WireInt = Field(default=0, validation_alias=spelt("VariantProductId", "variantProductId"))
    inventory: WireInt = Field(default=0, validation_alias=spelt("Inventory"))
    mrp: Money = Field(default=_ZERO, validation_alias=spelt("MRP", "mrp"))
    web_price: Money = Field(default=_ZERO, validation_alias=spelt("WebPrice", "webprice", "Webprice"))
    price_list_id: WireInt = Field(default=0, validation_alias=spelt("PriceListId"))
    user_group_id: WireInt = Field(default=0, validation_alias=spelt("UserGroupId"))


@dataclass(frozen=True, slots=True)
class ProductSearch:
    """What to search products by; an empty field does not narrow the search. Pages count from 1."""

    keyword: str = ""
    sku: str = ""
    category: str = ""
    brand: str = ""
    tag: str = ""
    page: int = 1
    page_size: int = 100
