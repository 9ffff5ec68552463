"""Topping changes of a bundle, one by one: ``+mush:r x -onion``."""

from collections.abc import Sequence
from dataclasses import replace

from console.ordering.configuration import ConfigureError, default_variant, put_topping, remove_topping
from console.ordering.configuration.base import Components, base_size
from console.ordering.configuration.bundle import STRENGTH, Bundle, option_value
from console.ordering.draft import Portion
from console.ordering.quick_order.context import ConfiguredBundle, InterpreterContext, first_mistake
from console.ordering.quick_order.lexer import Token, squash
from console.ordering.quick_order.menu_index import topping_items, topping_options
from console.ordering.quick_order.parser import Entry, Mistake, QuickOrderError, ToppingChange
from console.ordering.quick_order.product_phrase import variant_id_of
from console.ordering.quick_order.resolver import LookupContext, NoMatchError, PhraseMatch, find_match
from console.ordering.quick_order.variant_options import VariantOptions, requested_values

PORTIONS = {"left": Portion.LEFT, "right": Portion.RIGHT, "whole": Portion.WHOLE}
"""Words behind a colon; their beginnings are accepted too."""
ALL_TOPPINGS = "*"
"""``-*`` removes all toppings."""


def apply_changes(
    bundle: Bundle, components: Components, entry: Entry, context: InterpreterContext
) -> ConfiguredBundle:
    """Apply the changes of an entry; a change with a mistake is skipped."""
    mistake: Mistake | None = None
    notes: list[str] = []
    for change in entry.changes:
        end = min(
            (other.start for other in entry.changes if other.start > change.start), default=entry.next_start
        )
        try:
            components = _apply_change(bundle, components, change, end, context)
        except _AbsentTopping as absent:
            notes.append(absent.note)
        except QuickOrderError as error:
            mistake = first_mistake(mistake, error.mistake)
        except ConfigureError as error:
            mistake = first_mistake(mistake, Mistake(change.start, change.end, str(error)))
    return ConfiguredBundle(components, mistake, notes=tuple(notes))


class _AbsentTopping(Exception):
    """A topping to remove is not on the bundle: the kitchen reads so."""

    def __init__(self, title: str, portion: Portion | None) -> None:
        super().__init__(title)
        half = {Portion.LEFT: " on the left half", Portion.RIGHT: " on the right half"}
        self.note = f"no {title}{half.get(portion, '') if portion else ''}"


def _apply_change(
    bundle: Bundle,
    components: Components,
    change: ToppingChange,
    next_start: int,
    context: InterpreterContext,
) -> Components:
    if (
        not change.is_addition
        and [token.text for token in change.words] == [ALL_TOPPINGS]
        and change.portion is None
    ):
        bases = {bundle.base.product_id} if bundle.base else set[int]()
        return tuple(component for component in components if component.product_id in bases)
    items = topping_items(bundle)
    size = base_size(bundle, components)
    present = {component.product_id for component in components}
    present_mask = sum(1 << place for place, item in enumerate(items) if item.product_id in present)

    def options(place: int) -> VariantOptions:
        return topping_options(items[place], size)

    def price(place: int) -> str:
        variant = default_variant(items[place], size)
        return context.format_money(variant.price if variant else items[place].price)

    lookup = LookupContext(context.menu.topping_index(bundle), options, price, allows_quantity=False)
    cursor_lookup = lookup if change.is_addition else replace(lookup, within=present_mask)
    words_end = change.portion.start - 1 if change.portion else next_start
    context.cursor_tracker.track_words(change.start + 1, words_end, change.words, cursor_lookup)
    portion = _portion(change, context)
    if not change.words:
        raise QuickOrderError(
            change.start, change.end, f"Say what to {'put on' if change.is_addition else 'take off'}."
        )
    found = (
        _find_added(change, lookup)
        if change.is_addition
        else _find_removed(change, lookup, present_mask, portion, context)
    )
    item = items[found.position]
    strength = _requested_strength(change, found)
    if not change.is_addition:
        if strength:
            raise QuickOrderError(change.start, change.end, "A removed topping has no strength.")
        if portion is not None and not _is_on(components, item.product_id, portion):
            raise _AbsentTopping(item.title, portion)
        return remove_topping(bundle, components, item.product_id, portion)
    named = item.variant(variant_id_of(change.words))
    strength = option_value(named, STRENGTH) if named else strength
    return put_topping(bundle, components, item.product_id, portion or Portion.WHOLE, strength)


def _is_on(components: Components, product_id: int, portion: Portion) -> bool:
    """Return True if a topping is on this part of the bundle, or on all of it."""
    portions = {component.portion for component in components if component.product_id == product_id}
    return portion is Portion.WHOLE or bool(portions & {portion, Portion.WHOLE})


def _find_added(change: ToppingChange, lookup: LookupContext) -> PhraseMatch:
    try:
        return find_match(change.words, lookup)
    except NoMatchError:
        half = _intended_half(change.words, lookup)
        if half is None:
            raise
        token = change.words[-1]
        sentence = f"For the {half} half write a colon, for light write lt."
        raise QuickOrderError(token.start, token.end, sentence, (f":{half[0]}", "lt")) from None


def _find_removed(
    change: ToppingChange,
    lookup: LookupContext,
    present_mask: int,
    portion: Portion | None,
    context: InterpreterContext,
) -> PhraseMatch:
    try:
        return find_match(change.words, replace(lookup, within=present_mask))
    except NoMatchError:
        try:
            named = lookup.index.entries[find_match(change.words, lookup).position]
        except NoMatchError:
            # Known elsewhere on the menu, it is no slip of the finger.
            title = _title_elsewhere(change, lookup, context)
            if title is None:
                raise
        else:
            title = named.title
        raise _AbsentTopping(title, portion) from None


def _title_elsewhere(change: ToppingChange, lookup: LookupContext, context: InterpreterContext) -> str | None:
    """The topping of another bundle that these words name."""
    menu = context.menu
    for other in menu.bundles.values():
        if other.is_deal:
            continue
        index = menu.topping_index(other)
        anywhere = LookupContext(index, lambda _: VariantOptions(), lookup.price, allows_quantity=False)
        try:
            return index.entries[find_match(change.words, anywhere).position].title
        except QuickOrderError:
            continue
    return None


def _requested_strength(change: ToppingChange, found: PhraseMatch) -> str:
    """The requested strength, empty if there is none."""
    strengths = requested_values(found.requested, STRENGTH)
    if len(strengths) > 1:
        choices = tuple(one.value for one in strengths)
        start, end = change.words[0].start, change.words[-1].end
        raise QuickOrderError(start, end, f"Say which: {', '.join(choices)}.", choices)
    return strengths[0].value if strengths else ""


def _intended_half(words: Sequence[Token], lookup: LookupContext) -> str | None:
    """The half that the last word names, if the words before it are a topping: ``+olives l``."""
    half = {"l": "left", "r": "right"}.get(squash(words[-1].text))
    if half is None or len(words) < 2:
        return None
    try:
        find_match(words[:-1], lookup)
    except QuickOrderError:
        return None
    return half


def _portion(change: ToppingChange, context: InterpreterContext) -> Portion | None:
    token = change.portion
    if token is None:
        return None
    context.cursor_tracker.track_portion(token)
    typed = squash(token.text)
    named = [portion for name, portion in PORTIONS.items() if typed and name.startswith(typed)]
    if not named:
        choices = tuple(PORTIONS)
        raise QuickOrderError(
            token.start - 1, token.end, "Write left, right or whole behind a colon.", choices
        )
    return named[0]
