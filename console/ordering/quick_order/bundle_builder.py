"""Build the bundle or deal of an entry: its base, its toppings, its slots."""

from collections.abc import Iterator
from dataclasses import replace

from console.ordering.catalogue import Variant
from console.ordering.configuration import (
    ConfigureError,
    base_variant,
    default_configuration,
    default_variant,
    half_and_half,
    problems,
)
from console.ordering.configuration import deal as deals
from console.ordering.configuration.base import Components, base_variants
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem, Bundles
from console.ordering.configuration.deal import DealPlace
from console.ordering.configuration.defaults import bundles_without
from console.ordering.quick_order.context import ConfiguredBundle, InterpreterContext, first_mistake
from console.ordering.quick_order.cursor_tracker import CursorTracker
from console.ordering.quick_order.menu_index import choice_options
from console.ordering.quick_order.parser import Entry, Mistake, QuickOrderError, ToppingChange
from console.ordering.quick_order.product_phrase import (
    ProductPhrase,
    choose_variant,
    parse_phrase,
    with_requested_base,
)
from console.ordering.quick_order.resolver import LookupContext, NoMatchError, find_match
from console.ordering.quick_order.topping_changes import apply_changes
from console.ordering.quick_order.variant_options import (
    RequestedOptions,
    VariantOptions,
    free_variant_options,
    matching_variants,
    requested_values,
)


def build_bundle(
    bundle: Bundle,
    entry: Entry,
    phrase: ProductPhrase,
    second_recipe: Bundle | None,
    context: InterpreterContext,
) -> ConfiguredBundle:
    """Build the bundle as far as possible; ``second_recipe`` is for its right half."""
    if bundle.is_deal:
        return _build_deal(bundle, entry, phrase, context)
    components = default_configuration(bundle, context.bundles, deal_slot=context.deal_slot)
    mistake: Mistake | None = None
    dropped: tuple[str, ...] = ()
    try:
        change = with_requested_base(bundle, components, phrase, context.deal_slot)
        components, dropped = change.components, change.dropped_titles
        if second_recipe is not None:
            components = half_and_half(bundle, bundle, second_recipe, components)
    except ConfigureError as error:
        mistake = Mistake(entry.start, entry.words_end, str(error))
    if entry.slots is not None:
        start = entry.slots[0].start - 1
        mistake = first_mistake(mistake, Mistake(start, entry.end, f"{bundle.title} has no slots to fill."))
    changed = apply_changes(bundle, components, entry, context)
    mistake = first_mistake(mistake, changed.mistake)
    if mistake is None:
        found = problems(bundle, changed.components, context.bundles, deal_slot=context.deal_slot)
        mistake = Mistake(entry.start, entry.end, found[0]) if found else None
    return ConfiguredBundle(changed.components, mistake, dropped, changed.notes)


def _build_deal(
    deal: Bundle, entry: Entry, phrase: ProductPhrase, context: InterpreterContext
) -> ConfiguredBundle:
    filler = _DealFiller(deal, phrase, context)
    mistake: Mistake | None = None
    slots, changes = entry.slots or (), entry.changes
    if entry.slots is None:
        slots, changes = _spoken_slots(entry)
    if changes:
        change = changes[0]
        sentence = f"Toppings go on what is in {deal.title}: use brackets."
        mistake = Mistake(change.start, change.end, sentence)
    for slot in slots:
        try:
            mistake = first_mistake(mistake, filler.fill_next(slot))
        except QuickOrderError as error:
            mistake = first_mistake(mistake, error.mistake)
        except ConfigureError as error:
            mistake = first_mistake(mistake, Mistake(slot.start, slot.end, str(error)))
    mistake = mistake or filler.unused_options(entry) or filler.missing_choice(entry)
    return ConfiguredBundle(filler.components, mistake, notes=tuple(filler.notes))


def _spoken_slots(entry: Entry) -> tuple[tuple[Entry, ...], tuple[ToppingChange, ...]]:
    """The slots that were spoken (``with marg no onion and coke``), and the changes before the first."""
    slots: list[Entry] = []
    before: list[ToppingChange] = []
    for change in entry.changes:
        if change.begins_slot:
            slots.append(
                Entry(change.words, None, (), None, change.start, change.end, change.end, change.mistake)
            )
        elif slots:
            last = slots[-1]
            slots[-1] = replace(last, changes=(*last.changes, change), end=change.end, next_start=change.end)
        else:
            before.append(change)
    return tuple(slots), tuple(before)


class _DealFiller:
    """A deal while its slots are read from left to right."""

    def __init__(self, deal: Bundle, phrase: ProductPhrase, context: InterpreterContext) -> None:
        self._deal = deal
        self._phrase = phrase
        self._context = replace(context, bundles=bundles_without(deal, context.bundles))
        self._all_bundles = context.bundles
        self._group, self._place = 0, 0
        """The next slot fills this place, or one behind it."""
        self.components = default_configuration(deal, context.bundles)
        self.notes: list[str] = []
        if phrase.requested:
            self._apply_requested_base()

    def fill_next(self, slot: Entry) -> Mistake | None:
        """Fill the next place that takes the slot's choice; an empty slot leaves its place as it is.

        Raises:
            QuickOrderError: no remaining place takes it.
            ConfigureError: the choice does not fit the place.
        """
        places = self._remaining_places()
        if not places:
            if slot.is_empty:
                return None
            raise QuickOrderError(slot.start, slot.end, f"{self._deal.title} has no more places.")
        if slot.is_empty:
            self._track_choices(slot, places[0].group)
            self._advance_past(places[0])
            return None
        if _clears_slot(slot):
            self._clear_places(places[0])
            return None
        group, item, phrase, second_recipe = self._resolve_choice(slot, places)
        mistake = slot.mistake
        place = next((one for one in places if one.group is group), None)
        for number in range(phrase.quantity or 1):
            if place is None:
                sentence = f"{self._deal.title} has room for {number} {item.title} here."
                raise QuickOrderError(slot.start, slot.end, sentence)
            mistake = first_mistake(mistake, self._fill_place(place, item, slot, phrase, second_recipe))
            # The rest goes into the slots behind: each pizza of a deal has a slot of its own.
            behind = (
                (one, same) for one in self._remaining_places() if (same := one.group.item(item.product_id))
            )
            place, item = next(behind, (None, item))
        return mistake

    def unused_options(self, entry: Entry) -> Mistake | None:
        """The mistake for a size or crust that nothing in the deal has."""
        bases = (
            tuple(_inner_base_variants(self.components, self._context.bundles))
            if self._phrase.requested
            else ()
        )
        for name, values in self._phrase.requested.items():
            if not matching_variants(bases, {name: values}):
                sentence = f"Nothing in {self._deal.title} comes as {values[0].value} here."
                return Mistake(entry.start, entry.words_end, sentence)
        return None

    def missing_choice(self, entry: Entry) -> Mistake | None:
        """The mistake for what the deal still needs."""
        found = problems(self._deal, self.components, self._all_bundles)
        if not found:
            return None
        empty = (
            p for p in deals.deal_places(self._deal, self.components) if p.component is None and p.problem
        )
        choices = next((tuple(item.title for item in place.group.items[:9]) for place in empty), ())
        return Mistake(entry.start, entry.end, found[0], choices, is_replaceable=False)

    def _remaining_places(self) -> list[DealPlace]:
        """The places that were not read yet."""
        current = self._group, self._place
        found = deals.deal_places(self._deal, self.components)
        return [place for place in found if (self._deal.groups.index(place.group), place.position) >= current]

    def _advance_past(self, place: DealPlace) -> None:
        self._group, self._place = self._deal.groups.index(place.group), place.position + 1

    def _clear_places(self, place: DealPlace) -> None:
        """Empty this place and those behind it in its slot."""
        removed = {p.index for p in self._remaining_places() if p.group is place.group}
        self.components = tuple(c for index, c in enumerate(self.components) if index not in removed)
        self._group, self._place = self._deal.groups.index(place.group) + 1, 0

    def _fill_place(
        self,
        place: DealPlace,
        item: BundleItem,
        slot: Entry,
        phrase: ProductPhrase,
        second_recipe: Bundle | None,
    ) -> Mistake | None:
        """Put a choice into a place and configure it."""
        context, group = self._context, place.group
        inner = context.bundles.get(item.product_id) if item.is_bundle else None
        variant = None if inner else choose_variant(item.variants, phrase, default_variant(item, ""))
        self.components = deals.fill_place(
            self._deal,
            self._all_bundles,
            self.components,
            group.group_id,
            place.position,
            item.product_id,
            variant.variant_id if variant else 0,
        )
        self._advance_past(place)
        if inner is None:
            start = slot.words_end
            sentence = f"{item.title} cannot be changed: its parts are not known."
            is_changed = slot.changes or slot.slots is not None or second_recipe
            return Mistake(start, slot.end, sentence) if is_changed else None
        if not inner.is_deal:
            phrase = replace(
                phrase, requested=_inherited_options(inner, item, phrase.requested, self._phrase.requested)
            )
        built = build_bundle(inner, slot, phrase, second_recipe, replace(context, deal_slot=item))
        filled = deals.deal_places(self._deal, self.components)
        index = next(p.index for p in filled if p.group is group and p.position == place.position)
        self.components = deals.configure_place(self.components, index, built.components)
        self.notes += (f"{item.title} {note}" for note in built.notes)
        return built.mistake

    def _resolve_choice(
        self, slot: Entry, remaining: list[DealPlace]
    ) -> tuple[BundleGroup, BundleItem, ProductPhrase, Bundle | None]:
        """Find a slot's choice in the first group that takes it; options alone change the current one."""
        bundles = self._context.bundles
        current = remaining[0].component
        item = remaining[0].group.item(current.product_id) if current else None
        if item and slot.second_half is None:
            requested = choice_options(item, bundles).narrow(slot.words)
            if requested is not None and all(len(values) == 1 for values in requested.values()):
                self._track_choices(slot, remaining[0].group)
                return remaining[0].group, item, ProductPhrase(0, requested), None
        no_match: NoMatchError | None = None
        for group in {place.group.group_id: place.group for place in remaining}.values():
            try:
                phrase = self._parse_slot(
                    slot, group, self._context.cursor_tracker if no_match is None else CursorTracker(None)
                )
            except NoMatchError as error:
                no_match = no_match or error
            else:
                second_recipe = (
                    bundles.get(group.items[phrase.second_position].product_id)
                    if phrase.second_position is not None
                    else None
                )
                return group, group.items[phrase.position], phrase, second_recipe
        raise self._wrong_slot_error(slot) or no_match or QuickOrderError(slot.start, slot.end, "Say what.")

    def _wrong_slot_error(self, slot: Entry) -> NoMatchError | None:
        """The error for a product that is on the menu, but does not go in here."""
        if not slot.words:
            return None
        menu, deal = self._context.menu, self._deal
        try:
            product = menu.products[
                find_match(slot.words, LookupContext(menu.index, menu.variant_options, str)).position
            ]
        except QuickOrderError:
            return None
        is_past = any(group.item(product.product_id) for group in deal.groups)
        why = "goes into a slot before this one" if is_past else f"does not go into {deal.title}"
        return NoMatchError(slot.words[0].start, slot.words[-1].end, f"{product.title} {why}.")

    def _parse_slot(self, slot: Entry, group: BundleGroup, cursor_tracker: CursorTracker) -> ProductPhrase:
        """Parse the words of a slot among the choices of a group."""
        bundles, items = self._context.bundles, group.items
        index = self._context.menu.choice_index(self._deal, group, bundles)

        def forms(place: int) -> VariantOptions:
            inner = bundles.get(items[place].product_id) if items[place].is_bundle else None
            is_deal = inner is not None and inner.is_deal
            return (
                free_variant_options(index.entries[place].option_terms)
                if is_deal
                else choice_options(items[place], bundles)
            )

        def price(place: int) -> str:
            return f"+{self._context.format_money(items[place].extra)}" if items[place].extra else ""

        halves = 0
        if slot.second_half is not None:
            inside = (bundles.get(item.product_id) if item.is_bundle else None for item in items)
            halves = sum(1 << place for place, inner in enumerate(inside) if inner and inner.base)
        return parse_phrase(slot, LookupContext(index, forms, price), cursor_tracker, half_mask=halves)

    def _track_choices(self, slot: Entry, group: BundleGroup) -> None:
        """Note the choices of a place for completions."""
        try:
            self._parse_slot(slot, group, self._context.cursor_tracker)
        except QuickOrderError:
            return

    def _apply_requested_base(self) -> None:
        """Apply the requested size and crust to everything in the deal that comes in them."""
        for place in deals.deal_places(self._deal, self.components):
            item = place.group.item(place.component.product_id) if place.component else None
            inner = self._context.bundles.get(item.product_id) if item and item.is_bundle else None
            if place.component and item and inner and not inner.is_deal:
                phrase = ProductPhrase(0, _inherited_options(inner, item, {}, self._phrase.requested))
                change = with_requested_base(inner, place.component.components, phrase, item)
                self.components = deals.configure_place(self.components, place.index, change.components)


def _inner_base_variants(components: Components, bundles: Bundles) -> Iterator[Variant]:
    """The bases of the bundles among these components, and inside the deals among them."""
    for component in components:
        inner = bundles.get(component.product_id)
        if inner is not None and inner.is_deal:
            yield from _inner_base_variants(component.components, bundles)
        elif inner is not None and (base := base_variant(inner, component.components)):
            yield base


def _inherited_options(
    inner: Bundle, item: BundleItem, requested: RequestedOptions, deal_requested: RequestedOptions
) -> RequestedOptions:
    """The options of a slot: its own, and those of the deal that go with them."""
    options = dict(requested)
    variants = base_variants(inner, item)
    for name, values in deal_requested.items():
        if not requested_values(options, name) and matching_variants(variants, {**options, name: values}):
            options[name] = values
    return options


def _clears_slot(slot: Entry) -> bool:
    """Return True if the slot is just a minus, which leaves it empty."""
    return (
        not slot.words
        and len(slot.changes) == 1
        and not slot.changes[0].is_addition
        and not slot.changes[0].words
    )
