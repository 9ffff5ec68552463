"""From a text to what it means on a menu: order lines, what they cost, the first mistake, completions.

Called by the order screen at each key of the quick line; pure, and meant to take no time.
"""

from decimal import Decimal

from console.ordering.bundle import Bundle
from console.ordering.draft import Item
from console.ordering.menu import Product, ProductType, Variant
from console.ordering.pizza.base import Components
from console.ordering.quickline.completion import completions
from console.ordering.quickline.configuring import configured
from console.ordering.quickline.grammar import Entry, Mistake, WrongError, parse
from console.ordering.quickline.heads import Head, chosen, head_of
from console.ordering.quickline.menu import QuickMenu
from console.ordering.quickline.resolving import Lookup
from console.ordering.quickline.scope import Scope, first
from console.ordering.quickline.values import Reading, ReadLine
from console.ordering.quickline.watching import Watch
from console.ordering.speech import item_of


def read(text: str, menu: QuickMenu, cursor: int | None = None) -> Reading:
    """What a text means on a menu, with completions for the word under the cursor where there is one."""
    scope = Scope(menu, menu.bundles, Watch(cursor))
    lines: list[ReadLine] = []
    error: Mistake | None = None
    for entry in parse(text):
        if entry.is_empty:
            continue
        line, mistake = _line(entry, scope)
        lines += [line] if line else []
        error = error or mistake
    amounts = tuple(menu.currency.round(line.item.unit_price) * line.quantity for line in lines)
    found = completions(scope.watch.context)
    return Reading(text, tuple(lines), amounts, error, found)


def _line(entry: Entry, scope: Scope) -> tuple[ReadLine | None, Mistake | None]:
    """The line as far as it could be read, and the first mistake in it."""
    menu = scope.menu

    def price(place: int) -> str:
        return scope.text(menu.products[place].price) if menu.products[place].price else ""

    lookup = Lookup(menu.index, menu.forms, price, offers=False)
    try:
        head = head_of(entry, lookup, scope.watch, halves=menu.halves)
    except WrongError as wrong:
        return None, first(entry.mistake, wrong.mistake)
    product = menu.products[head.place]
    bundle = menu.bundles.get(product.product_id)
    dropped: tuple[str, ...] = ()
    if bundle is None:
        item, mistake = _plain(product, entry, head)
    else:
        other = menu.bundles[menu.products[head.other].product_id] if head.other is not None else None
        made = configured(bundle, entry, head, other, scope)
        item, mistake, dropped = _item(bundle, made.components, menu), made.mistake, made.dropped
    return ReadLine(head.quantity or 1, item, entry.start, entry.end, dropped), first(entry.mistake, mistake)


def _item(bundle: Bundle, components: Components, menu: QuickMenu) -> Item:
    return item_of(bundle, components, bundles=menu.bundles, currency=menu.currency, half_rule=menu.half_rule)


def _plain(product: Product, entry: Entry, head: Head) -> tuple[Item, Mistake | None]:
    """A product whose parts are not known, or that has none."""
    mistake: Mistake | None = None
    if product.has_variants and product.variants is None:
        mistake = Mistake(entry.start, entry.end, f"What {product.title} comes in is not known yet.")
    if entry.changes or entry.slots is not None or entry.other is not None:
        why = (
            "its parts are not known" if product.product_type is not ProductType.NORMAL else "it has no parts"
        )
        start = entry.changes[0].start if entry.changes else entry.start
        mistake = Mistake(start, entry.end, f"{product.title} cannot be changed: {why}.")
    variant = chosen(product.variants or (), head, usual_variant(product))
    price: Decimal = variant.price if variant else product.price
    return (
        Item(
            product.product_id,
            variant.variant_id if variant else 0,
            product.title,
            variant.label if variant else "",
            price,
        ),
        mistake,
    )


def usual_variant(product: Product) -> Variant | None:
    """The variant that is meant where none is said: the first of the product's own price, else the first."""
    variants = product.variants or ()
    return next((v for v in variants if v.price == product.price), variants[0] if variants else None)
