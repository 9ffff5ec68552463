"""A bundle or a deal as an entry asks for it: on which base, what on it, what in its slots.

Used by ``reading`` for lines; slots of a deal come back here for what is in them.
"""

from collections.abc import Iterator
from dataclasses import replace

from console.ordering import deal as deals
from console.ordering.bundle import Bundle, BundleItem, Bundles, Group
from console.ordering.deal import Place
from console.ordering.menu import Variant
from console.ordering.pizza import (
    ConfigureError,
    as_on_menu,
    base_variant,
    problems,
    two_recipes,
    usual,
)
from console.ordering.pizza.base import Components, base_variants
from console.ordering.pizza.on_menu import below
from console.ordering.quickline.changing import changed
from console.ordering.quickline.forms import Asked, Forms, fitting, free_forms, value_of
from console.ordering.quickline.grammar import Entry, Mistake, WrongError
from console.ordering.quickline.heads import Head, chosen, head_of, rebased
from console.ordering.quickline.menu import choice_forms
from console.ordering.quickline.resolving import Lookup, NothingError, find
from console.ordering.quickline.scope import Configured, Scope, first
from console.ordering.quickline.watching import Watch


def configured(bundle: Bundle, entry: Entry, head: Head, other: Bundle | None, scope: Scope) -> Configured:
    """The bundle as the entry asks for it, as far as that goes; ``other`` is the recipe of its right half."""
    if bundle.is_deal:
        return _deal(bundle, entry, head, scope)
    components = as_on_menu(bundle, scope.bundles, slot=scope.slot)
    mistake: Mistake | None = None
    dropped: tuple[str, ...] = ()
    try:
        refit = rebased(bundle, components, head, scope.slot)
        components, dropped = refit.components, refit.dropped
        if other is not None:
            components = two_recipes(bundle, bundle, other, components)
    except ConfigureError as refused:
        mistake = Mistake(entry.start, entry.words_until, str(refused))
    if entry.slots is not None:
        start = entry.slots[0].start - 1
        mistake = first(mistake, Mistake(start, entry.end, f"{bundle.title} has no slots to fill."))
    after = changed(bundle, components, entry, scope)
    mistake = first(mistake, after.mistake)
    if mistake is None:
        wrong = problems(bundle, after.components, scope.bundles, slot=scope.slot)
        mistake = Mistake(entry.start, entry.end, wrong[0]) if wrong else None
    return Configured(after.components, mistake, dropped)


def _deal(deal: Bundle, entry: Entry, head: Head, scope: Scope) -> Configured:
    filling = _Filling(deal, head, scope)
    mistake: Mistake | None = None
    if entry.changes:
        change = entry.changes[0]
        sentence = f"Toppings go on what is in {deal.title}: use brackets."
        mistake = Mistake(change.start, change.end, sentence)
    for slot in entry.slots or ():
        try:
            mistake = first(mistake, filling.read(slot))
        except WrongError as wrong:
            mistake = first(mistake, wrong.mistake)
        except ConfigureError as refused:
            mistake = first(mistake, Mistake(slot.start, slot.end, str(refused)))
    mistake = mistake or filling.unheeded(entry) or filling.missing(entry)
    return Configured(filling.components, mistake)


class _Filling:
    """A deal while its slots are read from left to right."""

    def __init__(self, deal: Bundle, head: Head, scope: Scope) -> None:
        self._deal = deal
        self._head = head
        self._scope = replace(scope, bundles=below(deal, scope.bundles))
        self._all = scope.bundles
        self._group, self._place = 0, 0
        """The next slot is read into this place, or one behind it."""
        self.components = as_on_menu(deal, scope.bundles)
        if head.asked:
            self._ask_all()

    def read(self, slot: Entry) -> Mistake | None:
        """Fill the next place that takes what the slot says; an empty one leaves its place as it is.

        Raises:
            WrongError: no place that is left takes it.
            ConfigureError: the place refuses it.
        """
        left = self._left()
        if not left:
            if slot.is_empty:
                return None
            raise WrongError(slot.start, slot.end, f"{self._deal.title} has no more places.")
        if slot.is_empty:
            self._offer(slot, left[0].group)
            self._go_behind(left[0])
            return None
        if _says_nothing(slot):
            self._empty(left[0])
            return None
        group, item, head, other = self._choice(slot, left)
        mistake = slot.mistake
        place = next((one for one in left if one.group is group), None)
        for number in range(head.quantity or 1):
            if place is None:
                sentence = f"{self._deal.title} has room for {number} {item.title} here."
                raise WrongError(slot.start, slot.end, sentence)
            mistake = first(mistake, self._put(place, item, slot, head, other))
            # The same goes on in the slots behind: both pizzas of a deal have each a slot of its own.
            behind = ((one, same) for one in self._left() if (same := one.group.item(item.product_id)))
            place, item = next(behind, (None, item))
        return mistake

    def unheeded(self, entry: Entry) -> Mistake | None:
        """A size or crust that was asked for, and that nothing in the deal came to have."""
        bases = tuple(_bases(self.components, self._scope.bundles)) if self._head.asked else ()
        for name, values in self._head.asked.items():
            if not fitting(bases, {name: values}):
                sentence = f"Nothing in {self._deal.title} comes as {values[0].value} here."
                return Mistake(entry.start, entry.words_until, sentence)
        return None

    def missing(self, entry: Entry) -> Mistake | None:
        """What the deal still needs."""
        wrong = problems(self._deal, self.components, self._all)
        if not wrong:
            return None
        empty = (p for p in deals.places(self._deal, self.components) if p.component is None and p.problem)
        choices = next((tuple(item.title for item in place.group.items[:9]) for place in empty), ())
        return Mistake(entry.start, entry.end, wrong[0], choices)

    def _left(self) -> list[Place]:
        """The places that were not read yet."""
        here = self._group, self._place
        found = deals.places(self._deal, self.components)
        return [place for place in found if (self._deal.groups.index(place.group), place.place) >= here]

    def _go_behind(self, place: Place) -> None:
        self._group, self._place = self._deal.groups.index(place.group), place.place + 1

    def _empty(self, place: Place) -> None:
        """Leave this place and those behind it in its slot empty."""
        gone = {p.index for p in self._left() if p.group is place.group}
        self.components = tuple(c for index, c in enumerate(self.components) if index not in gone)
        self._group, self._place = self._deal.groups.index(place.group) + 1, 0

    def _put(
        self, place: Place, item: BundleItem, slot: Entry, head: Head, other: Bundle | None
    ) -> Mistake | None:
        """Put one choice into one place, with what is said of its insides."""
        scope, group = self._scope, place.group
        inner = scope.bundles.get(item.product_id) if item.is_bundle else None
        variant = None if inner else chosen(item.variants, head, usual(item, ""))
        self.components = deals.choose(
            self._deal,
            self._all,
            self.components,
            group.group_id,
            place.place,
            item.product_id,
            variant.variant_id if variant else 0,
        )
        self._go_behind(place)
        if inner is None:
            start = slot.words_until
            sentence = f"{item.title} cannot be changed: its parts are not known."
            is_changed = slot.changes or slot.slots is not None or other
            return Mistake(start, slot.end, sentence) if is_changed else None
        if not inner.is_deal:
            head = replace(head, asked=_inherited(inner, item, head.asked, self._head.asked))
        made = configured(inner, slot, head, other, replace(scope, slot=item))
        filled = deals.places(self._deal, self.components)
        index = next(p.index for p in filled if p.group is group and p.place == place.place)
        self.components = deals.configure(self.components, index, made.components)
        return made.mistake

    def _choice(self, slot: Entry, left: list[Place]) -> tuple[Group, BundleItem, Head, Bundle | None]:
        """What a slot chooses, in the first group that takes it; sizes alone are for what is there."""
        bundles = self._scope.bundles
        there = left[0].component
        item = left[0].group.item(there.product_id) if there else None
        if item and slot.other is None:
            asked = choice_forms(item, bundles).narrow(slot.words)
            if asked is not None and all(len(values) == 1 for values in asked.values()):
                self._offer(slot, left[0].group)
                return left[0].group, item, Head(0, asked), None
        missed: NothingError | None = None
        for group in {place.group.group_id: place.group for place in left}.values():
            try:
                head = self._read(slot, group, self._scope.watch if missed is None else Watch(None))
            except NothingError as nothing:
                missed = missed or nothing
            else:
                other = bundles.get(group.items[head.other].product_id) if head.other is not None else None
                return group, group.items[head.place], head, other
        raise self._elsewhere(slot) or missed or WrongError(slot.start, slot.end, "Say what.")

    def _elsewhere(self, slot: Entry) -> NothingError | None:
        """What is on the menu and does not go in here is not called unknown."""
        if not slot.words:
            return None
        menu, deal = self._scope.menu, self._deal
        try:
            product = menu.products[find(slot.words, Lookup(menu.index, menu.forms, str)).place]
        except WrongError:
            return None
        is_past = any(group.item(product.product_id) for group in deal.groups)
        why = "goes into a slot before this one" if is_past else f"does not go into {deal.title}"
        return NothingError(slot.words[0].start, slot.words[-1].end, f"{product.title} {why}.")

    def _read(self, slot: Entry, group: Group, watch: Watch) -> Head:
        """What the words of a slot mean among what goes into a group."""
        bundles, items = self._scope.bundles, group.items
        index = self._scope.menu.choices(self._deal, group, bundles)

        def forms(place: int) -> Forms:
            inner = bundles.get(items[place].product_id) if items[place].is_bundle else None
            is_deal = inner is not None and inner.is_deal
            return (
                free_forms(index.named[place].attributes) if is_deal else choice_forms(items[place], bundles)
            )

        def price(place: int) -> str:
            return f"+{self._scope.text(items[place].extra)}" if items[place].extra else ""

        halves = 0
        if slot.other is not None:
            inside = (bundles.get(item.product_id) if item.is_bundle else None for item in items)
            halves = sum(1 << place for place, inner in enumerate(inside) if inner and inner.base)
        return head_of(slot, Lookup(index, forms, price), watch, halves=halves)

    def _offer(self, slot: Entry, group: Group) -> None:
        """Note what a place takes, for who has not named it yet."""
        try:
            self._read(slot, group, self._scope.watch)
        except WrongError:
            return

    def _ask_all(self) -> None:
        """Give the size and crust that were asked for to everything in the deal that comes like that."""
        for place in deals.places(self._deal, self.components):
            item = place.group.item(place.component.product_id) if place.component else None
            inner = self._scope.bundles.get(item.product_id) if item and item.is_bundle else None
            if place.component and item and inner and not inner.is_deal:
                head = Head(0, _inherited(inner, item, {}, self._head.asked))
                refit = rebased(inner, place.component.components, head, item)
                self.components = deals.configure(self.components, place.index, refit.components)


def _bases(components: Components, bundles: Bundles) -> Iterator[Variant]:
    """The bases of the bundles among these, and of what is in the deals among them."""
    for component in components:
        inner = bundles.get(component.product_id)
        if inner is not None and inner.is_deal:
            yield from _bases(component.components, bundles)
        elif inner is not None and (base := base_variant(inner, component.components)):
            yield base


def _inherited(inner: Bundle, item: BundleItem, own: Asked, outer: Asked) -> Asked:
    """What is asked for in a slot: its own words, and of the deal's what can be had with them."""
    asked = dict(own)
    variants = base_variants(inner, item)
    for name, values in outer.items():
        if not value_of(asked, name) and fitting(variants, {**asked, name: values}):
            asked[name] = values
    return asked


def _says_nothing(slot: Entry) -> bool:
    """Whether a slot is just a minus, which leaves it empty."""
    return (
        not slot.words and len(slot.changes) == 1 and not slot.changes[0].adds and not slot.changes[0].words
    )
