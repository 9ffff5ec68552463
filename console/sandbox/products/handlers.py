"""The handlers of products, their tags, categories and the store itself."""

from console.sandbox.places import geography
from console.sandbox.products import (
    attributes,
    bundle_items,
    categories,
    contents,
    information,
    lists,
    reviews,
    stock,
    stock_prices,
    tags,
    tasks,
)
from console.sandbox.products import search as products
from console.sandbox.requests import Handler

HANDLERS: dict[str, Handler] = {
    **products.HANDLERS,
    **lists.HANDLERS,
    **information.HANDLERS,
    **tags.HANDLERS,
    **stock.HANDLERS,
    **stock_prices.HANDLERS,
    **attributes.HANDLERS,
    **bundle_items.HANDLERS,
    **contents.HANDLERS,
    **reviews.HANDLERS,
    **tasks.HANDLERS,
    **categories.HANDLERS,
    **geography.HANDLERS,
}
"""By the operation's name in the table."""
