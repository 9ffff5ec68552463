"""Bundles as the platform's Front API describes them, the one behind its web shops: groups, items, variants.

It is no part of the API documents: the shapes are those of its answers.
"""

from decimal import Decimal

from pydantic import Field

from console.api.transport.records import NO_RECORDS, Records
from console.api.transport.wire_types import (
    Items,
    Money,
    Text,
    WireBool,
    WireInt,
    WireModel,
    aliases,
)

_ZERO = Decimal(0)


class FrontProperty(WireModel):
    """One property of a variant."""

    name: Text = Field(default="", validation_alias=aliases("variantPropertyName"))
    value: Text = Field(default="", validation_alias=aliases("variantPropertyValue", "variantValue"))


class FrontVariant(WireModel):
    """A variant of an item; in a deal, a variant of the base of a bundle."""

    variant_id: WireInt = Field(validation_alias=aliases("variantproductid", "variantProductId"))
    web_price: Money = Field(default=_ZERO, validation_alias=aliases("webPrice"))
    is_default: WireBool = Field(default=False, validation_alias=aliases("isDefault"))
    is_included: WireBool = Field(default=False, validation_alias=aliases("isIncludeBundlePrice"))
    """True if it is in the price of the bundle."""
    properties: Items[FrontProperty] = Field(default=(), validation_alias=aliases("variantProperties"))


class FrontItem(WireModel):
    """A product that a group may contain."""

    product_id: WireInt = Field(validation_alias=aliases("productId"))
    base_id: WireInt = Field(default=0, validation_alias=aliases("primaryProductId"))
    """The product of its crust and size, if it is a bundle; else its own id."""
    title: Text = Field(default="", validation_alias=aliases("title"))
    quantity: WireInt = Field(default=0, validation_alias=aliases("minimumQuantity"))
    is_default: WireBool = Field(default=False, validation_alias=aliases("isDefault"))
    is_included: WireBool = Field(default=False, validation_alias=aliases("isIncludeBundlePrice"))
    own_price: Money | None = Field(default=None, validation_alias=aliases("overridedPrice"))
    """Its price in this bundle, where that is another one."""
    web_price: Money = Field(default=_ZERO, validation_alias=aliases("webPrice"))
    variants: Records[FrontVariant] = Field(
        default=NO_RECORDS, validation_alias=aliases("bundleProductVariants")
    )


class FrontGroup(WireModel):
    """A group of a bundle, or a slot of a deal."""

    group_id: WireInt = Field(validation_alias=aliases("bundleGroupId"))
    title: Text = Field(default="", validation_alias=aliases("title"))
    position: WireInt = Field(default=0, validation_alias=aliases("position"))
    is_required: WireBool = Field(default=False, validation_alias=aliases("isRequired"))
    is_primary: WireBool = Field(default=False, validation_alias=aliases("isPrimaryGroup"))
    minimum: WireInt | None = Field(default=None, validation_alias=aliases("minimumQuantity"))
    maximum: WireInt | None = Field(default=None, validation_alias=aliases("maximumQuantity"))
    """The most units; ``None`` or 0 for no limit."""
    input_type: Text = Field(default="", validation_alias=aliases("inputType"))
    """``Radio button`` for one choice, ``Check box`` for several."""
    items: Records[FrontItem] = Field(default=NO_RECORDS, validation_alias=aliases("bundleProductItems"))


class FrontBundle(WireModel):
    """A bundle or a deal."""

    product_id: WireInt = Field(validation_alias=aliases("productId"))
    title: Text = Field(default="", validation_alias=aliases("title"))
    catalog_code: Text = Field(default="", validation_alias=aliases("catalogCode"))
    """``D`` for a deal."""
    web_price: Money = Field(default=_ZERO, validation_alias=aliases("webPrice"))
    groups: Records[FrontGroup] = Field(default=NO_RECORDS, validation_alias=aliases("bundleProductGroups"))
