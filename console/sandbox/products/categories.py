"""Categories: one of them, and what the variants of its products differ by.

Answered out of the menu, whose categories have no categories of their own.
"""

from console.sandbox.answers import Answer, Code, Json, RefusalError, success
from console.sandbox.menu.menu import Category
from console.sandbox.products.product_records import property_id, value_id
from console.sandbox.requests import Call, Handler


def information(call: Call) -> Answer:
    """Get Category Information."""
    category = _category(call, call.argument("CategoryId"))
    count = sum(p.active and p.category_id == category.category_id for p in call.menu.products.values())
    return success(
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


def variant_properties(call: Call) -> Answer:
    """Get Variant Properties: with the values that the category's variants have."""
    category = _category(call, call.argument("cateogryId"))
    values: dict[str, dict[str, None]] = {}
    for product in call.menu.products.values():
        if product.category_id == category.category_id:
            for variant in product.variants:
                for name, value in variant.options:
                    values.setdefault(name, {})[value] = None
    properties: list[Json] = [
        _property(call, name, list(some), rank) for rank, (name, some) in enumerate(values.items(), start=1)
    ]
    return success(VariantProperties=properties)


def _property(call: Call, name: str, values: list[str], rank: int) -> Json:
    own = property_id(call.menu, name)
    return {
        "VariantId": own,
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
                "VariantPropertyId": own,
                "VariantValue": value,
                "Rank": place,
                "ImageName": "",
                "Description": "",
            }
            for place, value in enumerate(values, start=1)
        ],
    }


def _category(call: Call, category_id: str) -> Category:
    category = call.menu.categories.get(category_id.upper())
    if category is None:
        raise RefusalError(Code.NO_RECORD)
    return category


HANDLERS: dict[str, Handler] = {
    "categories.information": information,
    "categories.variant_properties": variant_properties,
}
