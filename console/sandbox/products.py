"""Products: search, suggestions, categories, information and variants.

Answered out of the menu; what a location has of them comes from the store's stock.
"""

from collections.abc import Iterable
from decimal import Decimal

from console.sandbox.answers import Answer, Code, Json, RefusalError, money, success
from console.sandbox.composing import default_parts
from console.sandbox.menu import Product, Variant
from console.sandbox.pricing import Part, Rules, menu_price, price
from console.sandbox.requests import Call, Handler

ALWAYS = "/Date(-2209008600000+0300)/"
PAGE_SIZE = 50
MAX_PAGE_SIZE = 1000
MAX_PRODUCTS = 100
MAX_SUGGESTIONS = 50


def search(call: Call) -> Answer:
    """Search Products: ids, in the order of the menu, a page at a time."""
    fields = call.input()
    page = fields.integer("pageNumber", 1)
    size = min(fields.integer("pageSize", PAGE_SIZE), MAX_PAGE_SIZE)
    if page < 1 or size < 1:
        raise RefusalError(Code.INVALID_PAGE)
    found = [
        product
        for product in _on_menu(call)
        if _has_words(product, fields.text("keyword"))
        and _is_or_empty(fields.text("SKU"), product.sku)
        and _is_or_empty(fields.text("category"), product.category_id)
        and _is_or_empty(fields.text("brand"), call.store.merchant.brand_id)
        and _is_or_empty(fields.text("productTag"), *product.tags)
    ]
    ids: list[Json] = [str(product.product_id) for product in found[(page - 1) * size : page * size]]
    return success(ProductIds=ids)


def auto_complete(call: Call) -> Answer:
    """Get Product IDs (Auto Complete): what a location has in stock and the beginning of a word fits."""
    location = call.location(call.number("locationId"))
    limit = min(call.number("limit"), MAX_SUGGESTIONS)
    suggestions: list[Json] = []
    for product in _on_menu(call):
        if len(suggestions) >= limit:
            break
        if _has_words(product, call.argument("keyword"), beginnings=True) and call.store.stock_of_product(
            location.location_id, product.product_id
        ):
            suggestions.append(str(product.product_id))
    return success(Suggestions=suggestions)


def by_category(call: Call) -> Answer:
    """Get Products by Category: the active ones, or all."""
    category = call.store.menu.categories.get(call.argument("CatagoryId").upper())
    if category is None or not category.listed:
        raise RefusalError(Code.NO_RECORD)
    everything = _wants_all(call.argument("availibility"))
    products: list[Json] = [
        product_record(call, product)
        for product in call.store.menu.products.values()
        if product.category_id == category.category_id and (product.active or everything)
    ]
    return success(Products=products)


def information(call: Call) -> Answer:
    """Get Product Information (by Location): one product, with what the location has of it."""
    location = call.location(call.number("locationId"))
    product = _product(call, call.number("productId"))
    inventory = call.store.stock_of_product(location.location_id, product.product_id)
    record = product_record(call, product) | {
        "Inventory": str(inventory),
        "PreOrder": "0",
        "BackOrder": "0",
        "OfferDescription": "",
        "RefProductId": "0",
        "Sellerid": "00000000-0000-0000-0000-000000000000",
        "ShippingCodes": "",
        "IsInStock": "true" if inventory else "false",
    }
    return success(Product=record)


def variants(call: Call) -> Answer:
    """Get Product Variants (by Parent Product ID), with the default location's stock."""
    product = _product(call, call.number("ParentProductId"))
    shown = product.variants if product.active or _wants_all(call.argument("availability")) else ()
    return success(ProductVarient=[_variant_record(call, product, variant) for variant in shown])


def variant(call: Call) -> Answer:
    """Get Product Variants (by Variant ID)."""
    found = call.store.menu.by_variant.get(call.number("variantProductId"))
    if found is None:
        raise RefusalError(Code.INVALID_VARIANT)
    product = call.store.menu.products[found.product_id]
    return success(ProductVarient=[_variant_record(call, product, found)])


def by_sku(call: Call) -> Answer:
    """Get Product Details (by SKU)."""
    product_id = call.store.menu.by_sku.get(call.argument("sku").casefold())
    if product_id is None:
        raise RefusalError(Code.NO_RECORD)
    return success(Product=product_record(call, call.store.menu.products[product_id]))


def multiple(call: Call) -> Answer:
    """Get Multiple Products Information: those that exist, with the default location's stock."""
    asked = [text for text in call.form.raw("productIds").split(",") if text.strip()]
    if not 1 <= len(asked) <= MAX_PRODUCTS:
        raise RefusalError(Code.INVALID_INPUT, f"Ask for 1 to {MAX_PRODUCTS} products")
    products: list[Json] = []
    for text in asked:
        product = call.store.menu.products.get(int(text)) if text.strip().isdecimal() else None
        if product is not None:
            here = call.store.merchant.default_location
            inventory = call.store.stock_of_product(here, product.product_id)
            products.append(
                product_record(call, product)
                | {"Inventory": str(inventory), "PreOrder": "0", "BackOrder": "0", "RefProductId": "0"}
            )
    return success(Products=products)


def product_record(call: Call, product: Product) -> dict[str, Json]:
    """A product as the documents print it; money in the merchant's currency."""
    merchant, menu = call.store.merchant, call.store.menu
    amount = _price(call, product)
    return {
        "ProductId": product.product_id,
        "ProductTitle": product.title,
        "MRP": money(max(product.list_price, amount)),
        "WebPrice": money(amount),
        "CostPrice": 0,
        "Rating": 0,
        "IsParentProduct": bool(product.variants),
        "Availability": product.active,
        "BrandId": merchant.brand_id,
        "CatlogSequence": 0,
        "CatalogCode": "",
        "SKU": product.sku,
        "Taxtotal": 0,
        "MarkupPrice": 0,
        "MarkupType": "",
        "BulkQuantity": 1,
        "ProductWeight": 0,
        "ProductType": product.kind.value,
        "SmallImageAltText": product.title,
        "IsShippingConfigured": False,
        "IsTaxConfigured": False,
        "StartDate": ALWAYS,
        "EndDate": ALWAYS,
        "SeoURL": "",
        "DeliveryTime": "",
        "TokenPriceCheckout": False,
        "IsReferPrice": False,
        "ShortDescription": product.description,
        "TokenPrice": 0,
        "SmallImage": "",
        "Brandname": merchant.brand,
        "CategoryId": product.category_id,
        "CategoryName": menu.categories[product.category_id].name,
        "Fulldescription": product.description,
        "NoofReview": "0",
        "BarCode": product.barcode,
        "ProductSequence": 0,
        "UOM": "Pieces",
    }


def _variant_record(call: Call, product: Product, variant: Variant) -> Json:
    merchant = call.store.merchant
    amount = menu_price(product, variant, call.switches.price_changes)
    inventory = call.store.stock(merchant.default_location, product.product_id, variant.variant_id)
    return {
        "variantProductId": str(variant.variant_id),
        "productId": product.product_id,
        "MRP": money(max(variant.list_price, amount)),
        "WebPrice": money(amount),
        "SKU": variant.sku,
        "Inventory": inventory,
        "ReferenceProductVariantId": 0,
        "productType": "",
        "merchantId": merchant.merchant_id,
        "BulkQuantity": 1,
        "Availability": product.active,
        "StartDate": ALWAYS,
        "EndDate": ALWAYS,
        "CostPrice": 0,
        "BarCode": variant.barcode,
        "CatalogCode": "",
        "IsDropShipping": False,
        "MarkupPrice": 0,
        "MarkupType": "",
        "IsReferProductInfo": False,
        "IsReferPrice": False,
        "TokenPrice": 0,
        "Flag": "",
        "ReserveQuantity": 0,
        "ReOrderStockLevel": 0,
        "StockAlertQuantity": 0,
        "PreOrderMessage": "",
        "PreOrder": False,
        "BackOrder": False,
        "IsStockEnabled": True,
        "WebPriceWithoutDiscount": 0,
        "ProductVariantValueViews": [
            _option_record(product, variant, name, value) for name, value in variant.options
        ],
    }


def _option_record(product: Product, variant: Variant, name: str, value: str) -> Json:
    """One option of a variant. Its value's rank is its place among the product's values of that name."""
    values = list(dict.fromkeys(v.option(name) for v in product.variants))
    names = [option for option, _ in variant.options]
    rank = values.index(value) + 1
    return {
        "valueId": variant.variant_id * 10 + names.index(name),
        "variantProductId": variant.variant_id,
        "variantPropertyId": product.product_id * 10 + names.index(name),
        "variantPropertyValueId": product.product_id * 100 + names.index(name) * 50 + rank,
        "IsDisplaySwatch": False,
        "Rank": rank,
        "variantPropertyName": name,
        "variantValue": value,
        "flag": "",
    }


def _price(call: Call, product: Product) -> Decimal:
    """What a product costs today; a pizza or a deal as the menu composes it."""
    menu, changes = call.store.menu, call.switches.price_changes
    if changes and (parts := default_parts(menu, product.product_id)):
        merchant = call.store.merchant
        rules = Rules(merchant.digits, merchant.half_rule, changes)
        return price(menu, Part(product.product_id, parts=parts), rules).unit_price
    return menu_price(product, None, changes)


def _on_menu(call: Call) -> Iterable[Product]:
    menu = call.store.menu
    return (product for product in menu.products.values() if menu.sellable(product))


def _product(call: Call, product_id: int) -> Product:
    product = call.store.menu.products.get(product_id)
    if product is None:
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    return product


def _has_words(product: Product, keyword: str, *, beginnings: bool = False) -> bool:
    """Whether every word asked for is in the product's title, SKU or tags, or begins a word there."""
    text = " ".join((product.title, product.sku, *product.tags)).casefold()
    if beginnings:
        words = text.replace("-", " ").split()
        return all(any(word.startswith(asked) for word in words) for asked in keyword.casefold().split())
    return all(asked in text for asked in keyword.casefold().split())


def _is_or_empty(asked: str, *values: str) -> bool:
    return not asked or asked.casefold() in (value.casefold() for value in values)


def _wants_all(availability: str) -> bool:
    return availability.casefold() in ("all", "false")


HANDLERS: dict[str, Handler] = {
    "products.search": search,
    "products.auto_complete": auto_complete,
    "products.by_category": by_category,
    "products.information": information,
    "products.variants": variants,
    "products.variant": variant,
    "products.by_sku": by_sku,
    "products.multiple": multiple,
}
