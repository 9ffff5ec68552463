"""Products, their variants and their stock as the platform describes them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticUseDefault

from console.api.transport.wire_types import (
    Items,
    Price,
    Text,
    WireBool,
    WireDate,
    WireInt,
    WireModel,
    aliases,
)

_ZERO = Decimal(0)


def _price_or_none(value: object, validate: ValidatorFunctionWrapHandler) -> Decimal | None:
    if value is None or not str(value).strip():
        raise PydanticUseDefault
    try:
        return validate(value)
    except ValidationError:
        return None


_ReadPrice = Annotated[Price | None, WrapValidator(_price_or_none)]


class WireProduct(WireModel):
    """A product (Get Product Information). Prices are in the store's currency, not yet rounded.

    ``product_type`` is P (normal), A (add-on), B (bundle) or D (deal). ``inventory`` is ``None`` if the
    response has none, as for every operation without a location.
    """

    essential = frozenset({"product_type", "is_parent", "title"})

    product_id: WireInt = Field(validation_alias=aliases("ProductId", "ProductID", "productId"))
    title: Text = Field(default="", validation_alias=aliases("ProductTitle"))
    sku: Text = Field(default="", validation_alias=aliases("SKU", "sku"))
    product_type: Text = Field(default="P", validation_alias=aliases("ProductType", "productType"))
    mrp: Price = Field(default=_ZERO, validation_alias=aliases("MRP", "mrp"))
    """List price, before any discount."""
    web_price: Price = Field(validation_alias=aliases("WebPrice", "webprice", "Webprice"))
    """Selling price."""
    category_id: Text = Field(default="", validation_alias=aliases("CategoryId"))
    category_name: Text = Field(default="", validation_alias=aliases("CategoryName"))
    brand_name: Text = Field(default="", validation_alias=aliases("Brandname", "BrandName"))
    is_parent: WireBool = Field(default=False, validation_alias=aliases("IsParentProduct"))
    """True if it is sold by variant."""
    is_available: WireBool = Field(default=True, validation_alias=aliases("Availability"))
    is_in_stock: WireBool = Field(default=True, validation_alias=aliases("IsInStock"))
    inventory: WireInt | None = Field(default=None, validation_alias=aliases("Inventory"))
    barcode: Text = Field(default="", validation_alias=aliases("BarCode"))
    """One or several, separated by commas."""
    short_description: Text = Field(default="", validation_alias=aliases("ShortDescription"))
    full_description: Text = Field(default="", validation_alias=aliases("Fulldescription"))
    sequence: WireInt = Field(default=0, validation_alias=aliases("ProductSequence"))
    unit: Text = Field(default="", validation_alias=aliases("UOM"))
    package_quantity: WireInt = Field(default=0, validation_alias=aliases("BulkQuantity", "PkgQty"))
    """It is sold in multiples of this; 0 for no package."""
    minimum_quantity: WireInt = Field(default=0, validation_alias=aliases("MinimumOrderQuantity"))
    maximum_quantity: WireInt = Field(default=0, validation_alias=aliases("MaximumOrderQuantity"))
    starts: WireDate = Field(default=None, validation_alias=aliases("StartDate"))
    ends: WireDate = Field(default=None, validation_alias=aliases("EndDate"))


class VariantOption(WireModel):
    """One property of a variant: Size is Large."""

    essential = frozenset({"name", "value"})

    name: Text = Field(default="", validation_alias=aliases("variantPropertyName", "VariantPropertyName"))
    value: Text = Field(default="", validation_alias=aliases("variantValue", "VariantValue"))
    property_id: WireInt = Field(
        default=0, validation_alias=aliases("variantPropertyId", "VariantPropertyId")
    )
    value_id: WireInt = Field(
        default=0, validation_alias=aliases("variantPropertyValueId", "VariantPropertyValueId")
    )
    rank: WireInt = Field(default=0, validation_alias=aliases("Rank"))


class WireVariant(WireModel):
    """One sellable form of a product (Get Product Variants)."""

    essential = frozenset({"values"})

    variant_id: WireInt = Field(validation_alias=aliases("variantProductId", "VariantProductId"))
    product_id: WireInt = Field(validation_alias=aliases("productId", "ProductId", "ProductID"))
    sku: Text = Field(default="", validation_alias=aliases("SKU", "sku"))
    mrp: Price = Field(default=_ZERO, validation_alias=aliases("MRP", "mrp"))
    web_price: Price = Field(validation_alias=aliases("WebPrice", "webprice", "Webprice"))
    inventory: WireInt | None = Field(default=None, validation_alias=aliases("Inventory"))
    is_available: WireBool = Field(default=True, validation_alias=aliases("Availability"))
    barcode: Text = Field(default="", validation_alias=aliases("BarCode"))
    values: Items[VariantOption] = Field(default=(), validation_alias=aliases("ProductVariantValueViews"))


class LocationStock(WireModel):
    """Stock and price of a product or variant at one location (LocationStockPrice).

    ``variant_id`` is 0 for the product itself; a price of 0 means that the location has none of its own, and
    ``None`` that it has one which cannot be read. ``inventory`` is ``None`` if it is unknown.
    """

    essential = frozenset({"variant_id"})

    location_id: WireInt = Field(validation_alias=aliases("LocationId", "LocationID", "locationId"))
    product_id: WireInt = Field(validation_alias=aliases("ProductId", "ProductID", "productId"))
    variant_id: WireInt = Field(default=0, validation_alias=aliases("VariantProductId", "variantProductId"))
    inventory: WireInt | None = Field(default=None, validation_alias=aliases("Inventory"))
    mrp: Price = Field(default=_ZERO, validation_alias=aliases("MRP", "mrp"))
    web_price: _ReadPrice = Field(default=_ZERO, validation_alias=aliases("WebPrice", "webprice", "Webprice"))
    price_list_id: WireInt = Field(default=0, validation_alias=aliases("PriceListId"))
    user_group_id: WireInt = Field(default=0, validation_alias=aliases("UserGroupId"))


@dataclass(frozen=True, slots=True)
class ProductSearch:
    """A filter for products; an empty field does not narrow the search. Pages count from 1."""

    keyword: str = ""
    sku: str = ""
    category: str = ""
    brand: str = ""
    tag: str = ""
    page: int = 1
    page_size: int = 100
