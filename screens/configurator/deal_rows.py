"""Maps a deal and its configuration to the rows of its slots and their choices; pure."""

from collections.abc import Sequence

from console.ordering.configuration import ConfigureError
from console.ordering.configuration.bundle import Bundle, BundleItem, Bundles
from console.ordering.configuration.deal import DealPlace, fill_place
from console.ordering.configuration.defaults import bundles_without, component_parts
from console.ordering.descriptions import details_text, options_text
from console.ordering.money import Currency
from screens.configurator.common import Components, PriceFunction, signed_amount
from widgets.lists.columns import GUTTER, Column, ListRow, RowStyle
from widgets.symbols import Symbols
from widgets.text_cells import Align, wrap

COLUMNS = (Column("", 1), Column("Slot", 20), Column("What fills it"), Column("Extra", 8, Align.RIGHT))
CHOICE_COLUMNS = (Column("Choice"), Column("Price", 8, Align.RIGHT))
INDENT = " " * 25
"""Indent of the notes below a choice."""
NOTE_ROWS = 3


def key_of(deal_slot: DealPlace) -> str:
    """The key of a slot's row."""
    return f"{deal_slot.group.group_id}:{deal_slot.position}"


def item_in_slot(deal_slot: DealPlace) -> BundleItem | None:
    """The menu item that fills a slot."""
    return deal_slot.group.item(deal_slot.component.product_id) if deal_slot.component else None


def inner_bundle(deal: Bundle, deal_slot: DealPlace, bundles: Bundles) -> tuple[Bundle, Components] | None:
    """The bundle that fills a slot, and its configuration; ``None`` if its groups are unknown."""
    item = item_in_slot(deal_slot)
    inner_bundles = bundles_without(deal, bundles)
    inner = inner_bundles.get(item.product_id) if item is not None and item.is_bundle else None
    if deal_slot.component is None or item is None or inner is None:
        return None
    return inner, component_parts(deal_slot.component, item, inner, inner_bundles)


def rows(
    deal: Bundle,
    deal_slots: Sequence[DealPlace],
    bundles: Bundles,
    currency: Currency,
    *,
    symbols: Symbols,
    width: int,
) -> list[ListRow]:
    """One row per slot: a filled circle if it is complete, or else what is missing."""
    return [
        _row(deal, deal_slot, bundles, currency, symbols=symbols, width=width) for deal_slot in deal_slots
    ]


def choice_rows(
    deal: Bundle,
    components: Components,
    deal_slot: DealPlace,
    bundles: Bundles,
    price: PriceFunction,
    *,
    currency: Currency,
) -> list[ListRow]:
    """The choices for a slot, each variant of them, with their surcharge."""
    current_price = price(components)
    choice_list: list[ListRow] = []
    for item in deal_slot.group.items:
        variants = (
            [] if item.is_bundle else [(variant.variant_id, variant.label) for variant in item.variants]
        )
        for variant_id, label in variants or [(0, "")]:
            key = f"{item.product_id}:{variant_id}"
            title = f"{item.title}, {label}" if label else item.title
            try:
                changed = with_choice(deal, components, deal_slot, bundles, key)
            except ConfigureError as error:
                choice_list.append(ListRow(key, (title, ""), RowStyle.DIM, notes=(f"  {error}",)))
            else:
                choice_list.append(
                    ListRow(key, (title, signed_amount(price(changed) - current_price, currency)))
                )
    return choice_list


def with_choice(
    deal: Bundle, components: Components, deal_slot: DealPlace, bundles: Bundles, key: str
) -> Components:
    """Fill a slot with the choice of this key.

    Raises:
        ConfigureError: the slot does not take the choice.
    """
    product_id, variant_id = map(int, key.split(":"))
    return fill_place(
        deal, bundles, components, deal_slot.group.group_id, deal_slot.position, product_id, variant_id
    )


def _row(
    deal: Bundle, deal_slot: DealPlace, bundles: Bundles, currency: Currency, *, symbols: Symbols, width: int
) -> ListRow:
    item, inner = item_in_slot(deal_slot), inner_bundle(deal, deal_slot, bundles)
    if deal_slot.component is None or item is None:
        requirement = deal_slot.problem or "May stay empty."
        style = RowStyle.WARN if deal_slot.problem else RowStyle.DIM
        return ListRow(
            key_of(deal_slot), (symbols.hollow_circle, deal_slot.group.title, requirement, ""), style
        )
    variant = item.variant(deal_slot.component.variant_id)
    options = options_text(*inner) if inner else variant.label if variant else ""
    details = details_text(*inner, bundles_without(deal, bundles)) if inner else ""
    notes = [f"! {deal_slot.problem}"] if deal_slot.problem else []
    cells = (
        symbols.whole_portion if not deal_slot.problem else symbols.half_circle,
        deal_slot.group.title,
        f"{options} {item.title}".strip(),
        signed_amount(item.extra, currency),
    )
    room = width - GUTTER - len(INDENT)
    note_lines = [
        line for note in (*notes, details) for line in wrap(note, room, NOTE_ROWS, symbols.ellipsis)
    ]
    style = RowStyle.WARN if deal_slot.problem else RowStyle.NORMAL
    return ListRow(key_of(deal_slot), cells, style, notes=tuple(INDENT + line for line in note_lines))
