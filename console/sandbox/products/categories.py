"""Categories: one of them, and the properties of its products' variants.

The menu's categories have no categories of their own.
"""

from console.sandbox.menu.menu import MenuCategory
from console.sandbox.products.records import property_id, value_id
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, Json, RefusalError, Reply, ok


def information(call: Call) -> Reply:
    """Get Category Information."""
    category = _category(call, call.path_argument("CategoryId"))
    count = sum(p.active and p.category_id == category.category_id for p in call.menu.products.values())
    return ok(
        Category={
            "CategoryId": category.category_id,
            "CategoryName": category.name,
            "ParentCategoryId": "",
            "Lineage": f"/{category.category_id}/",
            "Depth": 0,
            "IsLeaf": True,
            "ReferenceCode": category.category_id,
            "ProductCount": count,
        }
    )


def variant_properties(call: Call) -> Reply:
    """Get Variant Properties: with the values in use by the category's variants."""
    category = _category(call, call.path_argument("cateogryId"))
    values: dict[str, dict[str, None]] = {}
    for product in call.menu.products.values():
        if product.category_id == category.category_id:
            for variant in product.variants:
                for name, value in variant.options:
                    values.setdefault(name, {})[value] = None
    properties: list[Json] = [
        _property(call, name, list(some), rank) for rank, (name, some) in enumerate(values.items(), start=1)
    ]
    return ok(VariantProperties=properties)


def _property(call: Call, name: str, values: list[str], rank: int) -> Json:
    variant_property_id = property_id(call.menu, name)
    return {
        "VariantId": variant_property_id,
        "VariantPropertyName": name,
        "MulticolumnDisplay": None,
        "Rank": rank,
        "DataType": "String",
        "NoOfColumn": 1,
        "PropertyCode": "",
        "isDisplaySwatch": False,
        "VariantImageType": 0,
        "Description": "",
        "VariantPropertyValues": [
            {
                "VariantPropertyValueId": value_id(call.menu, name, value),
                "VariantPropertyId": variant_property_id,
                "VariantValue": value,
                "Rank": position,
                "ImageName": "",
                "Description": "",
            }
            for position, value in enumerate(values, start=1)
        ],
    }


def _category(call: Call, category_id: str) -> MenuCategory:
    category = call.menu.categories.get(category_id.upper())
    if category is None:
        raise RefusalError(Code.NO_RECORD)
    return category


HANDLERS: dict[str, Handler] = {
    "categories.information": information,
    "categories.variant_properties": variant_properties,
}
