"""The Category resource: a category, and the properties that its variants differ by."""

from pydantic import Field

from console.api.transport.records import NO_RECORDS, Records
from console.api.transport.resource import Resource
from console.api.transport.wire_types import Text, WireBool, WireInt, WireModel, aliases


class WireCategory(WireModel):
    """A category (Get Category Information). ``lineage`` is its ids from the topmost category down."""

    category_id: Text = Field(validation_alias=aliases("CategoryId", "CategoryID"))
    name: Text = Field(default="", validation_alias=aliases("CategoryName"))
    parent_id: Text = Field(default="", validation_alias=aliases("ParentCategoryId"))
    lineage: Text = Field(default="", validation_alias=aliases("Lineage"))
    depth: WireInt = Field(default=0, validation_alias=aliases("Depth"))
    """0 for a topmost category."""
    is_leaf: WireBool = Field(default=False, validation_alias=aliases("IsLeaf"))
    reference_code: Text = Field(default="", validation_alias=aliases("ReferenceCode"))
    product_count: WireInt = Field(default=0, validation_alias=aliases("ProductCount"))


class VariantPropertyValue(WireModel):
    """A value that a property may have: Large."""

    value_id: WireInt = Field(validation_alias=aliases("VariantPropertyValueId"))
    property_id: WireInt = Field(default=0, validation_alias=aliases("VariantPropertyId"))
    value: Text = Field(default="", validation_alias=aliases("VariantValue"))
    rank: WireInt = Field(default=0, validation_alias=aliases("Rank"))
    image: Text = Field(default="", validation_alias=aliases("ImageName"))


class VariantProperty(WireModel):
    """A property that the variants of a category differ by: Size (Get Variant Properties)."""

    property_id: WireInt = Field(validation_alias=aliases("VariantId"))
    name: Text = Field(default="", validation_alias=aliases("VariantPropertyName"))
    rank: WireInt = Field(default=0, validation_alias=aliases("Rank"))
    data_type: Text = Field(default="", validation_alias=aliases("DataType"))
    code: Text = Field(default="", validation_alias=aliases("PropertyCode"))
    is_swatch: WireBool = Field(default=False, validation_alias=aliases("isDisplaySwatch"))
    values: Records[VariantPropertyValue] = Field(
        default=NO_RECORDS, validation_alias=aliases("VariantPropertyValues")
    )


class Categories(Resource):
    """Operations of the resource Category. Each raises ``PlatformError``."""

    async def information(self, *, category_id: str) -> WireCategory:
        """Get Category Information.

        Raises:
            NotFound: there is no such category.
        """
        response = await self._call("categories.information", path={"CategoryId": category_id})
        return await response.parse_record(WireCategory)

    async def variant_properties(self, *, category_id: str) -> Records[VariantProperty]:
        """Get Variant Properties; a category without variants has none."""
        response = await self._call_or_empty(
            "categories.variant_properties", path={"cateogryId": category_id}
        )
        return await response.parse_records(VariantProperty)
