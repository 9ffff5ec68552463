"""The Category resource: a category of the catalogue, and the properties its variants differ by.

Used by the desk and by ``store-console api``.
"""

from pydantic import Field

from console.api.resource import Resource
from console.api.wire import Items, Text, WireBool, WireInt, WireModel, spelt


class Category(WireModel):
    """A category (Get Category Information). ``lineage`` is its ids from the topmost category down."""

    category_id: Text = Field(validation_alias=spelt("CategoryId", "CategoryID"))
    name: Text = Field(default="", validation_alias=spelt("CategoryName"))
    parent_id: Text = Field(default="", validation_alias=spelt("ParentCategoryId"))
    lineage: Text = Field(default="", validation_alias=spelt("Lineage"))
    depth: WireInt = Field(default=0, validation_alias=spelt("Depth"))
    """0 for a topmost category."""
    is_leaf: WireBool = Field(default=False, validation_alias=spelt("IsLeaf"))
    reference_code: Text = Field(default="", validation_alias=spelt("ReferenceCode"))
    product_count: WireInt = Field(default=0, validation_alias=spelt("ProductCount"))


class PropertyValue(WireModel):
    """A value that a property may have: Large."""

    value_id: WireInt = Field(validation_alias=spelt("VariantPropertyValueId"))
    property_id: WireInt = Field(default=0, validation_alias=spelt("VariantPropertyId"))
    value: Text = Field(default="", validation_alias=spelt("VariantValue"))
    rank: WireInt = Field(default=0, validation_alias=spelt("Rank"))
    image: Text = Field(default="", validation_alias=spelt("ImageName"))


class VariantProperty(WireModel):
    """What the variants of a category's products differ by: Size (Get Variant Properties)."""

    property_id: WireInt = Field(validation_alias=spelt("VariantId"))
    name: Text = Field(default="", validation_alias=spelt("VariantPropertyName"))
    rank: WireInt = Field(default=0, validation_alias=spelt("Rank"))
    data_type: Text = Field(default="", validation_alias=spelt("DataType"))
    code: Text = Field(default="", validation_alias=spelt("PropertyCode"))
    is_swatch: WireBool = Field(default=False, validation_alias=spelt("isDisplaySwatch"))
    values: Items[PropertyValue] = Field(default=(), validation_alias=spelt("VariantPropertyValues"))


class Categories(Resource):
    """Operations of the resource Category. Each raises ``PlatformError``."""

    async def information(self, *, category_id: str) -> Category:
        """Get Category Information.

        Raises:
            NotFound: there is no such category.
        """
        answer = await self._ask("categories.information", path={"CategoryId": category_id})
        return answer.one(Category)

    async def variant_properties(self, *, category_id: str) -> tuple[VariantProperty, ...]:
        """Get Variant Properties; a category without variants has none."""
        answer = await self._find("categories.variant_properties", path={"cateogryId": category_id})
        return await answer.many(VariantProperty)
