"""Lists of products: by type, by tag, featured, similar, and more expensive ones."""

from collections.abc import Iterable

from console.sandbox import price_lookup
from console.sandbox.data.product_data import load_product_data
from console.sandbox.menu.menu import MenuProduct, MenuProductKind
from console.sandbox.products.records import location_or_default, product_price, product_record
from console.sandbox.products.search import product_by_id, tagged_product_ids
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, RefusalError, Reply, ok, ok_without_error_code

TYPE_PAGE_SIZE = 20
LAST_PAGE = 100
FEATURED = "Featured"


def by_type(call: Call) -> Reply:
    """Get Products (by Type & Page Number): a page of a category's active products of one kind."""
    if call.path_argument("categoryId").upper() not in call.menu.categories:
        raise RefusalError(Code.NO_RECORD)
    kind, page = call.path_argument("productType").upper(), call.path_number("pageNumber")
    if kind not in [product_kind.value for product_kind in MenuProductKind]:
        raise RefusalError(Code.INVALID_INPUT, "productType is none of P, A, B and D")
    if not 1 <= page <= LAST_PAGE:
        raise RefusalError(Code.INVALID_PAGE)
    found = [
        product
        for product in call.menu.products.values()
        if product.active
        and product.kind == kind
        and product.category_id == call.path_argument("categoryId").upper()
    ]
    page_products = found[(page - 1) * TYPE_PAGE_SIZE : page * TYPE_PAGE_SIZE]
    return ok_without_error_code(Products=[product_record(call, product) for product in page_products])


def by_tag(call: Call) -> Reply:
    """Get Products by Tag, and by Product Tag & Location: one path; 0 is the default location."""
    location_id = location_or_default(call, call.path_number("locationId"))
    if call.path_argument("productTag").casefold() not in load_product_data().tags:
        raise RefusalError(Code.NO_RECORD)
    return _product_list(
        call, _tagged_products(call, call.path_argument("productTag"), location_id), location_id
    )


def featured(call: Call) -> Reply:
    """Get Featured Products: those with the featured tag at the default location."""
    return _product_list(call, _tagged_products(call, FEATURED, call.store.merchant.default_location))


def similar(call: Call) -> Reply:
    """Get Similar Products: others of the category in stock at the location."""
    location_id = location_or_default(call, call.path_number("LocationId"))
    return _product_list(
        call,
        _category_siblings(call, product_by_id(call, call.path_number("productId")), location_id),
        location_id,
    )


def upsell(call: Call) -> Reply:
    """Get Upscale Products: more expensive ones of the category in stock, the cheapest first."""
    location_id = location_or_default(call, call.path_number("locationId"))
    product = product_by_id(call, call.path_number("productId"))
    rules = price_lookup.pricing_rules(call, location_id)
    cost = product_price(call, product, rules)
    dearer = [
        (product_price(call, other, rules), other) for other in _category_siblings(call, product, location_id)
    ]
    dearer = sorted((pair for pair in dearer if pair[0] > cost), key=lambda pair: pair[0])
    return _product_list(call, [other for _, other in dearer], location_id)


def _tagged_products(call: Call, tag: str, location_id: int) -> list[MenuProduct]:
    tagged = tagged_product_ids(call, tag, location_id)
    return [p for p in call.menu.products.values() if p.product_id in tagged and call.menu.is_sellable(p)]


def _category_siblings(call: Call, product: MenuProduct, location_id: int) -> list[MenuProduct]:
    return [
        other
        for other in call.menu.products.values()
        if other.category_id == product.category_id
        and other.product_id != product.product_id
        and call.menu.is_sellable(other)
        and call.stock_of_product(location_id, other.product_id)
    ]


def _product_list(call: Call, products: Iterable[MenuProduct], location_id: int = 0) -> Reply:
    return ok(Products=[product_record(call, product, location_id) for product in products])


HANDLERS: dict[str, Handler] = {
    "products.by_type": by_type,
    "products.by_tag": by_tag,
    "products.by_tag_and_location": by_tag,
    "products.featured": featured,
    "products.similar": similar,
    "products.upsell": upsell,
}
