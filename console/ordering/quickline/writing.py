"""From order lines back to a text that means them on the same menu: ``read(unparse(lines))`` is the lines.

Used to show a line of the order as it would be typed, and to recall one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from console.ordering.bundle import STRENGTH, Bundle, BundleItem, Bundles, Group, option
from console.ordering.deal import places
from console.ordering.draft import Component, Item, Portion
from console.ordering.menu import Variant
from console.ordering.pizza import ConfigureError, as_on_menu, base_variant, put, take_off, two_recipes, usual
from console.ordering.pizza.base import Components, base_size
from console.ordering.pizza.counts import belongs, members
from console.ordering.pizza.on_menu import below
from console.ordering.quickline.forms import Forms
from console.ordering.quickline.heads import Head, rebased
from console.ordering.quickline.menu import QuickMenu, choice_forms, topping_forms, topping_items
from console.ordering.quickline.names import Index, attribute
from console.ordering.quickline.reading import read, usual_variant
from console.ordering.quickline.resolving import Lookup
from console.ordering.quickline.spelling import spelt, value_words


class Ordered(Protocol):
    """A line of an order: of a draft, or as it was read."""

    @property
    def quantity(self) -> int:
        """How many."""
        ...

    @property
    def item(self) -> Item:
        """Of what."""
        ...


class UnwrittenError(ValueError):
    """The menu has no words for a line; the text is a sentence for the operator."""


def unparse(lines: Iterable[Ordered], menu: QuickMenu) -> str:
    """A text that means these lines on this menu.

    Raises:
        UnwrittenError: a line is not of this menu, or of what cannot be ordered.
    """
    return "; ".join(_line(line, menu) for line in lines)


def _line(line: Ordered, menu: QuickMenu) -> str:
    """The line in words, else with ids: what is written is read, and counts only where it is the same."""
    for by_id in (False, True):
        text = _Writer(menu, by_id=by_id).line(line)
        again = read(text, menu)
        if again.is_ready and len(again.lines) == 1:
            got = again.lines[0]
            if got.quantity == line.quantity and _same(got.item, line.item, menu):
                return text
    raise UnwrittenError(f"{line.item.title} cannot be written in one line.")


def _same(one: Item, other: Item, menu: QuickMenu) -> bool:
    """Whether two items are configured alike, whatever they cost."""
    bundle = menu.bundles.get(other.product_id)
    components = other.components or (as_on_menu(bundle, menu.bundles) if bundle else ())
    return (one.product_id, one.variant_id, one.components) == (
        other.product_id,
        other.variant_id,
        components,
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes with the names and values of a menu, or with ids alone."""

    menu: QuickMenu
    by_id: bool

    def line(self, line: Ordered) -> str:
        item, menu = line.item, self.menu
        place = next((n for n, p in enumerate(menu.products) if p.product_id == item.product_id), None)
        if place is None:
            raise UnwrittenError(f"{item.title} is not on the menu.")
        product = menu.products[place]
        lookup = Lookup(menu.index, menu.forms, _no_price)
        bundle = menu.bundles.get(item.product_id)
        count = [str(line.quantity)] if line.quantity != 1 else []
        if bundle is None:
            variant = product.variant(item.variant_id)
            head = self._head(place, lookup, variant, usual_variant(product))
            return " ".join((*count, head))
        components = item.components or as_on_menu(bundle, menu.bundles)
        return " ".join((*count, self._bundle(bundle, components, place, lookup, bundles=menu.bundles)))

    def _bundle(
        self,
        bundle: Bundle,
        components: Components,
        place: int,
        lookup: Lookup,
        *,
        bundles: Bundles,
        slot: BundleItem | None = None,
    ) -> str:
        if bundle.is_deal:
            slots = self._slots(bundle, components, bundles)
            name = self._name(place, lookup)
            return f"{name} [{', '.join(slots)}]" if slots else name
        start = as_on_menu(bundle, bundles, slot=slot)
        base, unasked = base_variant(bundle, components), base_variant(bundle, start)
        start = rebased(
            bundle, start, Head(0, {}, variant_id=base.variant_id if base else 0), slot
        ).components
        head = self._head(place, lookup, base, unasked)
        for other, named in enumerate(lookup.index.named):
            recipe = bundles.get(named.product_id)
            if recipe and recipe.base and _is_with(bundle, recipe, start, components):
                return f"{head}/{self._name(other, lookup)}"
        return " ".join((head, *_changes(bundle, start, components, self._toppings(bundle, components))))

    def _slots(self, deal: Bundle, target: Components, bundles: Bundles) -> list[str]:
        inside = below(deal, bundles)
        start = as_on_menu(deal, bundles)
        texts: list[str] = []
        for group in deal.groups:
            now, wanted = members(deal, group, start), members(deal, group, target)
            for number, component in enumerate(wanted):
                is_there = number < len(now) and now[number] == component
                texts.append("" if is_there else self._slot(deal, group, component, inside))
            if len(wanted) < len(now):
                texts.append("-")
            elif any(p.group is group and p.component is None for p in places(deal, target)):
                texts.append("")
        while texts and not texts[-1]:
            texts.pop()
        return texts

    def _slot(self, deal: Bundle, group: Group, component: Component, bundles: Bundles) -> str:
        items = group.items
        place = next((n for n, item in enumerate(items) if item.product_id == component.product_id), None)
        if place is None:
            raise UnwrittenError(f"{component.title} does not go into {group.title}.")
        index, item = self.menu.choices(deal, group, bundles), items[place]
        lookup = Lookup(index, lambda number: choice_forms(items[number], bundles), _no_price)
        inner = bundles.get(item.product_id) if item.is_bundle else None
        if inner is None:
            return self._head(place, lookup, item.variant(component.variant_id), usual(item, ""))
        parts = component.components or as_on_menu(inner, bundles, slot=item)
        return self._bundle(inner, parts, place, lookup, bundles=bundles, slot=item)

    def _head(self, place: int, lookup: Lookup, variant: Variant | None, unasked: Variant | None) -> str:
        """The values of a variant that are not the usual ones, and the name."""
        if variant is None or variant == unasked:
            return self._name(place, lookup)
        if self.by_id:
            return f"{self._name(place, lookup)}.{variant.variant_id}"
        known = {o.name: o.value for o in unasked.options} if unasked else {}
        asked = (attribute(o.name, o.value) for o in variant.options if known.get(o.name) != o.value)
        return " ".join((*map(value_words, asked), self._name(place, lookup)))

    def _name(self, place: int, lookup: Lookup) -> str:
        return f"#{lookup.index.named[place].product_id}" if self.by_id else spelt(place, lookup)

    def _toppings(self, bundle: Bundle, components: Components) -> "_Toppings":
        items, size = topping_items(bundle), base_size(bundle, components)
        index = self.menu.toppings(bundle)
        return _Toppings(items, size, index, by_id=self.by_id)


@dataclass(frozen=True, slots=True)
class _Toppings:
    """Writes changes with the toppings of a bundle at one size."""

    items: tuple[BundleItem, ...]
    size: str
    index: Index
    by_id: bool

    def written(self, sign: str, component: Component, *, half: bool, strength: bool) -> str:
        """One change; ``half`` and ``strength`` say whether these are written."""
        place = next(n for n, item in enumerate(self.items) if item.product_id == component.product_id)
        portion = f":{component.portion.value.lower()}" if half else ""
        variant = self.items[place].variant(component.variant_id)
        if self.by_id:
            name = f"#{component.product_id}"
            return f"{sign}{name}.{component.variant_id}{portion}" if strength else f"{sign}{name}{portion}"
        name = spelt(place, Lookup(self.index, self._forms, _no_price, counts=False))
        wanted = option(variant, STRENGTH) if strength else ""
        forms = (one for _, values in self._forms(place).options for one in values if one.value == wanted)
        return " ".join((f"{sign}{name}{portion}", *(value_words(one) for one in forms)))

    def is_strong(self, component: Component) -> bool:
        """Whether a component has another strength than the usual one."""
        item = next(item for item in self.items if item.product_id == component.product_id)
        expected = usual(item, self.size)
        return component.variant_id != (expected.variant_id if expected else 0)

    def _forms(self, place: int) -> Forms:
        return topping_forms(self.items[place], self.size)


def _is_with(bundle: Bundle, recipe: Bundle, start: Components, target: Components) -> bool:
    """Whether it is just the bundle with another recipe on its right half."""
    right = {component.product_id for component in target if component.portion is Portion.RIGHT}
    unasked = {i.product_id for g in recipe.groups if not g.is_base for i in g.items if i.quantity}
    if not right or not right <= unasked:
        return False
    try:
        return two_recipes(bundle, bundle, recipe, start) == target
    except ConfigureError:
        return False


def _changes(bundle: Bundle, start: Components, target: Components, toppings: _Toppings) -> list[str]:
    """What is to be said of the toppings: what differs, or everything anew where that gives another order."""
    try:
        texts, after = _differences(bundle, start, target, toppings)
        if after == target:
            return texts
    except ConfigureError:
        pass  # the shortest way leads through what the menu refuses
    on_it = (component for component in target if not _is_base(bundle, component))
    return [
        "-*",
        *(toppings.written("+", c, half=_is_half(c), strength=toppings.is_strong(c)) for c in on_it),
    ]


def _differences(
    bundle: Bundle, start: Components, target: Components, toppings: _Toppings
) -> tuple[list[str], Components]:
    """The changes from one configuration to the other, and what they lead to."""
    texts: list[str] = []
    now = start
    for component in _gone(bundle, start, target):
        texts.append(toppings.written("-", component, half=False, strength=False))
        now = take_off(bundle, now, component.product_id)
    for component in target:
        if component in now or _is_base(bundle, component):
            continue
        mine = [c for c in now if c.product_id == component.product_id]
        wanted = [c for c in target if c.product_id == component.product_id]
        if len(wanted) == 1 and _other_half_of(component, mine):
            away = _with_portion(component, _OTHER[component.portion])
            texts.append(toppings.written("-", away, half=True, strength=False))
            now = take_off(bundle, now, component.product_id, away.portion)
            continue
        plain = put(bundle, now, component.product_id, component.portion)
        strength = component not in plain
        texts.append(toppings.written("+", component, half=_is_half(component), strength=strength))
        named = option(_variant(bundle, component), STRENGTH) if strength else ""
        now = put(bundle, now, component.product_id, component.portion, named)
    return texts, now


_OTHER = {Portion.LEFT: Portion.RIGHT, Portion.RIGHT: Portion.LEFT}


def _gone(bundle: Bundle, start: Components, target: Components) -> Iterator[Component]:
    """What is no longer on it, each product once; what another one takes the place of needs no word."""
    kept = {component.product_id for component in target}
    seen: set[int] = set()
    for component in start:
        group = bundle.group_of(component.product_id)
        replaced = group is not None and group.is_exclusive and members(bundle, group, target)
        if component.product_id not in kept | seen and not replaced:
            seen.add(component.product_id)
            yield component


def _other_half_of(component: Component, mine: list[Component]) -> bool:
    """Whether it is what is left of a whole topping once its other half is taken off."""
    return _is_half(component) and mine == [_with_portion(component, Portion.WHOLE)]


def _is_half(component: Component) -> bool:
    return component.portion is not Portion.WHOLE


def _is_base(bundle: Bundle, component: Component) -> bool:
    return bundle.base is not None and component.product_id == bundle.base.product_id


def _variant(bundle: Bundle, component: Component) -> Variant | None:
    place = belongs(bundle, component)
    return place[1].variant(component.variant_id) if place else None


def _with_portion(component: Component, portion: Portion) -> Component:
    return replace(component, portion=portion)


def _no_price(_: int) -> str:
    return ""
