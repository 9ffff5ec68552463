"""Lists of products: by type, by tag, featured ones, similar ones, and dearer ones to offer instead.

Answered out of the menu and the store's tags and stock.
"""

from collections.abc import Iterable

from console.sandbox.answers import Answer, Code, RefusalError, done, success
from console.sandbox.menu.catalogue import load_catalogue
from console.sandbox.menu.menu import Kind, Product
from console.sandbox.pricing import prices
from console.sandbox.products.product_records import default_location, price_of, product_record
from console.sandbox.products.products import product_of, tagged_with
from console.sandbox.requests import Call, Handler

TYPE_PAGE_SIZE = 20
LAST_PAGE = 100
FEATURED = "Featured"


def by_type(call: Call) -> Answer:
    """Get Products (by Type & Page Number): a page of a category's active products of one kind."""
    if call.argument("categoryId").upper() not in call.menu.categories:
        raise RefusalError(Code.NO_RECORD)
    kind, page = call.argument("productType").upper(), call.number("pageNumber")
    if kind not in [known.value for known in Kind]:
        raise RefusalError(Code.INVALID_INPUT, "productType is none of P, A, B and D")
    if not 1 <= page <= LAST_PAGE:
        raise RefusalError(Code.INVALID_PAGE)
    found = [
        product
        for product in call.menu.products.values()
        if product.active
        and product.kind == kind
        and product.category_id == call.argument("categoryId").upper()
    ]
    shown = found[(page - 1) * TYPE_PAGE_SIZE : page * TYPE_PAGE_SIZE]
    return done(Products=[product_record(call, product) for product in shown])


def by_tag(call: Call) -> Answer:
    """Get Products by Tag, and by Product Tag & Location: one path; 0 is the default location."""
    here = default_location(call, call.number("locationId"))
    if call.argument("productTag").casefold() not in load_catalogue().tags:
        raise RefusalError(Code.NO_RECORD)
    return _answer(call, _tagged(call, call.argument("productTag"), here), here)


def featured(call: Call) -> Answer:
    """Get Featured Products: those tagged so at the default location."""
    return _answer(call, _tagged(call, FEATURED, call.store.merchant.default_location))


def similar(call: Call) -> Answer:
    """Get Similar Products: others of the category that the location has."""
    here = default_location(call, call.number("LocationId"))
    return _answer(call, _others(call, product_of(call, call.number("productId")), here), here)


def upsell(call: Call) -> Answer:
    """Get Upscale Products: dearer ones of the category that the location has, the cheapest first."""
    here = default_location(call, call.number("locationId"))
    product = product_of(call, call.number("productId"))
    rules = prices.rules(call, here)
    cost = price_of(call, product, rules)
    dearer = [(price_of(call, other, rules), other) for other in _others(call, product, here)]
    dearer = sorted((pair for pair in dearer if pair[0] > cost), key=lambda pair: pair[0])
    return _answer(call, [other for _, other in dearer], here)


def _tagged(call: Call, tag: str, location_id: int) -> list[Product]:
    tagged = tagged_with(call, tag, location_id)
    return [p for p in call.menu.products.values() if p.product_id in tagged and call.menu.sellable(p)]


def _others(call: Call, product: Product, location_id: int) -> list[Product]:
    return [
        other
        for other in call.menu.products.values()
        if other.category_id == product.category_id
        and other.product_id != product.product_id
        and call.menu.sellable(other)
        and call.stock_of_product(location_id, other.product_id)
    ]


def _answer(call: Call, products: Iterable[Product], location_id: int = 0) -> Answer:
    return success(Products=[product_record(call, product, location_id) for product in products])


HANDLERS: dict[str, Handler] = {
    "products.by_type": by_type,
    "products.by_tag": by_tag,
    "products.by_tag_and_location": by_tag,
    "products.featured": featured,
    "products.similar": similar,
    "products.upsell": upsell,
}
