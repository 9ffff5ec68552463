"""From a deal and its configuration to the checklist of its slots, and what may fill each; pure.

Used by the deal screen after each key.
"""

from collections.abc import Sequence

from console.ordering.configuration import ConfigureError
from console.ordering.configuration.bundle import Bundle, BundleItem, Bundles
from console.ordering.configuration.deal import DealPlace, fill_place
from console.ordering.configuration.defaults import bundles_without, component_parts
from console.ordering.descriptions import details_text, options_text
from console.ordering.money import Currency
from screens.builder_rows import Components, Price, difference
from widgets.lists.columns import GUTTER, Column, ListRow, RowStyle
from widgets.symbols import Symbols
from widgets.text_cells import Align, wrap

COLUMNS = (Column("", 1), Column("Slot", 20), Column("What fills it"), Column("Extra", 8, Align.RIGHT))
CHOICES = (Column("Choice"), Column("Price", 8, Align.RIGHT))
INDENT = " " * 25
"""What stands below a choice begins where the choice does."""
NOTE_ROWS = 3


def key_of(place: DealPlace) -> str:
    """The key of a place's row."""
    return f"{place.group.group_id}:{place.position}"


def item_in(place: DealPlace) -> BundleItem | None:
    """The menu's item that fills a place."""
    return place.group.item(place.component.product_id) if place.component else None


def inner_of(deal: Bundle, place: DealPlace, bundles: Bundles) -> tuple[Bundle, Components] | None:
    """The bundle that fills a place and how it is configured, where its groups are known."""
    item = item_in(place)
    inside = bundles_without(deal, bundles)
    inner = inside.get(item.product_id) if item is not None and item.is_bundle else None
    if place.component is None or item is None or inner is None:
        return None
    return inner, component_parts(place.component, item, inner, inside)


def rows(
    deal: Bundle,
    found: Sequence[DealPlace],
    bundles: Bundles,
    currency: Currency,
    *,
    marks: Symbols,
    width: int,
) -> list[ListRow]:
    """Every place: a full sign where it is filled, and what is missing."""
    return [_row(deal, place, bundles, currency, marks=marks, width=width) for place in found]


def choices(
    deal: Bundle,
    components: Components,
    place: DealPlace,
    bundles: Bundles,
    price: Price,
    *,
    currency: Currency,
) -> list[ListRow]:
    """What may fill a place, each form of it, with what the deal costs more then."""
    now = price(components)
    shown: list[ListRow] = []
    for item in place.group.items:
        forms = [] if item.is_bundle else [(form.variant_id, form.label) for form in item.variants]
        for variant_id, label in forms or [(0, "")]:
            key = f"{item.product_id}:{variant_id}"
            title = f"{item.title}, {label}" if label else item.title
            try:
                other = chosen(deal, components, place, bundles, key)
            except ConfigureError as error:
                shown.append(ListRow(key, (title, ""), RowStyle.DIM, notes=(f"  {error}",)))
            else:
                shown.append(ListRow(key, (title, difference(price(other) - now, currency))))
    return shown


def chosen(deal: Bundle, components: Components, place: DealPlace, bundles: Bundles, key: str) -> Components:
    """The deal with the choice of this key in a place.

    Raises:
        ConfigureError: the slot does not take it.
    """
    product_id, variant_id = map(int, key.split(":"))
    return fill_place(deal, bundles, components, place.group.group_id, place.position, product_id, variant_id)


def _row(
    deal: Bundle, place: DealPlace, bundles: Bundles, currency: Currency, *, marks: Symbols, width: int
) -> ListRow:
    item, inner = item_in(place), inner_of(deal, place, bundles)
    if place.component is None or item is None:
        needs = place.problem or "May stay empty."
        style = RowStyle.WARN if place.problem else RowStyle.DIM
        return ListRow(key_of(place), (marks.hollow_circle, place.group.title, needs, ""), style)
    form = item.variant(place.component.variant_id)
    options = options_text(*inner) if inner else form.label if form else ""
    details = details_text(*inner, bundles_without(deal, bundles)) if inner else ""
    notes = [f"! {place.problem}"] if place.problem else []
    cells = (
        marks.whole_portion if not place.problem else marks.half_circle,
        place.group.title,
        f"{options} {item.title}".strip(),
        difference(item.extra, currency),
    )
    room = width - GUTTER - len(INDENT)
    said = [line for note in (*notes, details) for line in wrap(note, room, NOTE_ROWS, marks.ellipsis)]
    style = RowStyle.WARN if place.problem else RowStyle.NORMAL
    return ListRow(key_of(place), cells, style, notes=tuple(INDENT + line for line in said))
