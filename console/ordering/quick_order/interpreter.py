"""Interpreter of the one-line order: from a text to order lines, amounts, a mistake, completions."""

from decimal import Decimal

from console.ordering.catalogue import Product, ProductType, Variant
from console.ordering.configuration.base import Components
from console.ordering.configuration.bundle import Bundle
from console.ordering.descriptions import build_order_item
from console.ordering.draft import OrderItem
from console.ordering.quick_order.bundle_builder import build_bundle
from console.ordering.quick_order.completion import completions, corrections
from console.ordering.quick_order.context import InterpreterContext, first_mistake
from console.ordering.quick_order.cursor_tracker import CursorTracker
from console.ordering.quick_order.menu_index import QuickMenu
from console.ordering.quick_order.parser import Entry, Mistake, QuickOrderError, parse
from console.ordering.quick_order.product_phrase import ProductPhrase, choose_variant, parse_phrase
from console.ordering.quick_order.resolver import LookupContext
from console.ordering.quick_order.result import QuickOrderLine, QuickOrderResult
from console.ordering.quick_order.spoken import with_signs

MAX_LETTERS = 500
"""Longest text that is read; what is longer is a mistake."""
MAX_LINES = 30
"""Most lines of a text; one that is several things costs a look at half the menu."""


def interpret(text: str, menu: QuickMenu, cursor: int | None = None) -> QuickOrderResult:
    """Interpret a text on a menu, with completions for the word at the cursor if there is one.

    It runs at each key, so it must be fast: the limits bound its work whatever is typed or pasted.
    """
    if len(text) > MAX_LETTERS:
        sentence = f"At most {MAX_LETTERS} letters in one line. Shorten it, then type the rest."
        return QuickOrderResult(text, mistake=Mistake(MAX_LETTERS, len(text), sentence))
    context = InterpreterContext(menu, menu.bundles, CursorTracker(cursor))
    lines: list[QuickOrderLine] = []
    error: Mistake | None = None
    entries = [with_signs(entry, menu.index) for entry in parse(text) if not entry.is_empty]
    if len(entries) > MAX_LINES:
        sentence = f"At most {MAX_LINES} lines at once. Add these first, then type the rest."
        error = Mistake(entries[MAX_LINES].start, len(text), sentence)
    for entry in entries[:MAX_LINES]:
        line, mistake = _interpret_line(entry, context)
        lines += [line] if line else []
        error = first_mistake(error, mistake)
    amounts = menu.currency.round_column([line.item.unit_price * line.quantity for line in lines])
    found = completions(context.cursor_tracker.context)
    if not found and error is not None and cursor is not None:
        found = corrections(text, error, lambda corrected: interpret(corrected, menu).mistake)
    return QuickOrderResult(text, tuple(lines), amounts, error, found)


def _interpret_line(
    entry: Entry, context: InterpreterContext
) -> tuple[QuickOrderLine | None, Mistake | None]:
    """The line as far as it can be read, and its first mistake."""
    menu = context.menu

    def price(place: int) -> str:
        return context.format_money(menu.products[place].price) if menu.products[place].price else ""

    lookup = LookupContext(menu.index, menu.variant_options, price, suggests_all=False)
    try:
        phrase = parse_phrase(entry, lookup, context.cursor_tracker, half_mask=menu.half_mask)
    except QuickOrderError as error:
        return None, first_mistake(entry.mistake, error.mistake)
    product = menu.products[phrase.position]
    bundle = menu.bundles.get(product.product_id)
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    if bundle is None:
        item, mistake, notes = _plain_item(product, entry, phrase)
    else:
        second_recipe = (
            menu.bundles[menu.products[phrase.second_position].product_id]
            if phrase.second_position is not None
            else None
        )
        built = build_bundle(bundle, entry, phrase, second_recipe, context)
        item = _bundle_item(bundle, built.components, menu)
        mistake, dropped, notes = built.mistake, built.dropped_titles, built.notes
    line = QuickOrderLine(phrase.quantity or 1, item, entry.start, entry.end, dropped, notes)
    return line, first_mistake(entry.mistake, mistake)


def _bundle_item(bundle: Bundle, components: Components, menu: QuickMenu) -> OrderItem:
    return build_order_item(
        bundle, components, bundles=menu.bundles, currency=menu.currency, half_rule=menu.half_rule
    )


def _plain_item(
    product: Product, entry: Entry, phrase: ProductPhrase
) -> tuple[OrderItem, Mistake | None, tuple[str, ...]]:
    """A product without parts, or whose parts are not known: what to leave out of it is a note."""
    mistake: Mistake | None = None
    is_whole = product.product_type is ProductType.NORMAL
    removals = tuple(
        c for c in entry.changes if is_whole and not c.is_addition and c.words and c.portion is None
    )
    others = tuple(change for change in entry.changes if change not in removals)
    if product.has_variants and product.variants is None:
        mistake = Mistake(entry.start, entry.end, f"The variants of {product.title} are not known yet.")
    if others or entry.slots is not None or entry.second_half is not None:
        why = (
            "its parts are not known" if product.product_type is not ProductType.NORMAL else "it has no parts"
        )
        start = others[0].start if others else entry.start
        mistake = Mistake(start, entry.end, f"{product.title} cannot be changed: {why}.")
    variant = choose_variant(product.variants or (), phrase, default_product_variant(product))
    price: Decimal = variant.price if variant else product.price
    return (
        OrderItem(
            product.product_id,
            variant.variant_id if variant else 0,
            product.title,
            variant.label if variant else "",
            price,
        ),
        mistake,
        tuple(f"no {' '.join(token.text for token in change.words)}" for change in removals),
    )


def default_product_variant(product: Product) -> Variant | None:
    """The variant for an unspecified one: the first at the product's own price, else the first."""
    variants = product.variants or ()
    return next((v for v in variants if v.price == product.price), variants[0] if variants else None)
