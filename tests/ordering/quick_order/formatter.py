"""From order lines back to a text that means them on the same menu: ``read(unparse(lines))`` is the lines.

Used to show a line of the order as it would be typed, and to recall one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from console.ordering.catalogue import Variant
from console.ordering.configuration import (
    ConfigureError,
    base_variant,
    default_configuration,
    default_variant,
    half_and_half,
    put_topping,
    remove_topping,
)
from console.ordering.configuration.base import Components, base_size
from console.ordering.configuration.bundle import (
    STRENGTH,
    Bundle,
    BundleGroup,
    BundleItem,
    Bundles,
    option_value,
)
from console.ordering.configuration.deal import deal_places
from console.ordering.configuration.defaults import bundles_without
from console.ordering.configuration.group_counts import components_in_group, placement_of
from console.ordering.draft import Component, OrderItem, Portion
from console.ordering.quick_order.interpreter import default_product_variant, interpret
from console.ordering.quick_order.menu_index import QuickMenu, choice_options, topping_items, topping_options
from console.ordering.quick_order.name_index import NameIndex, option_term
from console.ordering.quick_order.product_phrase import ProductPhrase, with_requested_base
from console.ordering.quick_order.quoting import name_text, value_text
from console.ordering.quick_order.resolver import LookupContext
from console.ordering.quick_order.variant_options import VariantOptions


class OrderedItem(Protocol):
    """A line of an order: of a draft, or as it was read."""

    @property
    def quantity(self) -> int:
        """How many."""
        ...

    @property
    def item(self) -> OrderItem:
        """Of what."""
        ...


class UnparseError(ValueError):
    """The menu has no words for a line; the text is a sentence for the operator."""


def unparse(lines: Iterable[OrderedItem], menu: QuickMenu) -> str:
    """A text that means these lines on this menu.

    Raises:
        UnparseError: a line is not of this menu, or of what cannot be ordered.
    """
    return "; ".join(_line_text(line, menu) for line in lines)


def _line_text(line: OrderedItem, menu: QuickMenu) -> str:
    """The line in words, else with ids: what is written is read, and counts only where it is the same."""
    for by_id in (False, True):
        text = _Writer(menu, by_id=by_id).line_text(line)
        result = interpret(text, menu)
        if result.is_ready and len(result.lines) == 1:
            parsed_line = result.lines[0]
            if parsed_line.quantity == line.quantity and _is_same_item(parsed_line.item, line.item, menu):
                return text
    raise UnparseError(f"{line.item.title} cannot be written in one line.")


def _is_same_item(item: OrderItem, other: OrderItem, menu: QuickMenu) -> bool:
    """Whether two items are configured alike, whatever they cost."""
    bundle = menu.bundles.get(other.product_id)
    components = other.components or (default_configuration(bundle, menu.bundles) if bundle else ())
    return (item.product_id, item.variant_id, item.components) == (
        other.product_id,
        other.variant_id,
        components,
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes with the names and values of a menu, or with ids alone."""

    menu: QuickMenu
    by_id: bool

    def line_text(self, line: OrderedItem) -> str:
        item, menu = line.item, self.menu
        place = next((n for n, p in enumerate(menu.products) if p.product_id == item.product_id), None)
        if place is None:
            raise UnparseError(f"{item.title} is not on the menu.")
        product = menu.products[place]
        lookup = LookupContext(menu.index, menu.variant_options, _no_price)
        bundle = menu.bundles.get(item.product_id)
        count = [str(line.quantity)] if line.quantity != 1 else []
        if bundle is None:
            variant = product.variant(item.variant_id)
            head = self._phrase_text(place, lookup, variant, default_product_variant(product))
            return " ".join((*count, head))
        components = item.components or default_configuration(bundle, menu.bundles)
        return " ".join((*count, self._bundle_text(bundle, components, place, lookup, bundles=menu.bundles)))

    def _bundle_text(
        self,
        bundle: Bundle,
        components: Components,
        place: int,
        lookup: LookupContext,
        *,
        bundles: Bundles,
        deal_slot: BundleItem | None = None,
    ) -> str:
        if bundle.is_deal:
            slots = self._slot_texts(bundle, components, bundles)
            name = self._name_text(place, lookup)
            return f"{name} [{', '.join(slots)}]" if slots else name
        start = default_configuration(bundle, bundles, deal_slot=deal_slot)
        base, unasked = base_variant(bundle, components), base_variant(bundle, start)
        start = with_requested_base(
            bundle, start, ProductPhrase(0, {}, variant_id=base.variant_id if base else 0), deal_slot
        ).components
        head = self._phrase_text(place, lookup, base, unasked)
        for other, named in enumerate(lookup.index.entries):
            recipe = bundles.get(named.product_id)
            if recipe and recipe.base and _is_half_and_half(bundle, recipe, start, components):
                return f"{head}/{self._name_text(other, lookup)}"
        return " ".join(
            (head, *_change_texts(bundle, start, components, self._topping_writer(bundle, components)))
        )

    def _slot_texts(self, deal: Bundle, target: Components, bundles: Bundles) -> list[str]:
        inside = bundles_without(deal, bundles)
        start = default_configuration(deal, bundles)
        texts: list[str] = []
        for group in deal.groups:
            now, wanted = components_in_group(deal, group, start), components_in_group(deal, group, target)
            for number, component in enumerate(wanted):
                is_there = number < len(now) and now[number] == component
                texts.append("" if is_there else self._slot_text(deal, group, component, inside))
            if len(wanted) < len(now):
                texts.append("-")
            elif any(p.group is group and p.component is None for p in deal_places(deal, target)):
                texts.append("")
        while texts and not texts[-1]:
            texts.pop()
        return texts

    def _slot_text(self, deal: Bundle, group: BundleGroup, component: Component, bundles: Bundles) -> str:
        items = group.items
        place = next((n for n, item in enumerate(items) if item.product_id == component.product_id), None)
        if place is None:
            raise UnparseError(f"{component.title} does not go into {group.title}.")
        index, item = self.menu.choice_index(deal, group, bundles), items[place]
        lookup = LookupContext(index, lambda number: choice_options(items[number], bundles), _no_price)
        inner = bundles.get(item.product_id) if item.is_bundle else None
        if inner is None:
            return self._phrase_text(
                place, lookup, item.variant(component.variant_id), default_variant(item, "")
            )
        parts = component.components or default_configuration(inner, bundles, deal_slot=item)
        return self._bundle_text(inner, parts, place, lookup, bundles=bundles, deal_slot=item)

    def _phrase_text(
        self, place: int, lookup: LookupContext, variant: Variant | None, default: Variant | None
    ) -> str:
        """The values of a variant that are not the usual ones, and the name."""
        if variant is None or variant == default:
            return self._name_text(place, lookup)
        if self.by_id:
            return f"{self._name_text(place, lookup)}.{variant.variant_id}"
        known = {o.name: o.value for o in default.options} if default else {}
        asked = (option_term(o.name, o.value) for o in variant.options if known.get(o.name) != o.value)
        return " ".join((*map(value_text, asked), self._name_text(place, lookup)))

    def _name_text(self, place: int, lookup: LookupContext) -> str:
        return f"#{lookup.index.entries[place].product_id}" if self.by_id else name_text(place, lookup)

    def _topping_writer(self, bundle: Bundle, components: Components) -> "_ToppingWriter":
        items, size = topping_items(bundle), base_size(bundle, components)
        index = self.menu.topping_index(bundle)
        return _ToppingWriter(items, size, index, by_id=self.by_id)


@dataclass(frozen=True, slots=True)
class _ToppingWriter:
    """Writes changes with the toppings of a bundle at one size."""

    items: tuple[BundleItem, ...]
    size: str
    index: NameIndex
    by_id: bool

    def change_text(self, sign: str, component: Component, *, half: bool, strength: bool) -> str:
        """One change; ``half`` and ``strength`` say whether these are written."""
        place = next(n for n, item in enumerate(self.items) if item.product_id == component.product_id)
        portion = f":{component.portion.value.lower()}" if half else ""
        variant = self.items[place].variant(component.variant_id)
        if self.by_id:
            name = f"#{component.product_id}"
            return f"{sign}{name}.{component.variant_id}{portion}" if strength else f"{sign}{name}{portion}"
        name = name_text(place, LookupContext(self.index, self._forms, _no_price, allows_quantity=False))
        wanted = option_value(variant, STRENGTH) if strength else ""
        forms = (one for _, values in self._forms(place).options for one in values if one.value == wanted)
        return " ".join((f"{sign}{name}{portion}", *(value_text(one) for one in forms)))

    def has_special_strength(self, component: Component) -> bool:
        """Whether a component has another strength than the usual one."""
        item = next(item for item in self.items if item.product_id == component.product_id)
        expected = default_variant(item, self.size)
        return component.variant_id != (expected.variant_id if expected else 0)

    def _forms(self, place: int) -> VariantOptions:
        return topping_options(self.items[place], self.size)


def _is_half_and_half(bundle: Bundle, recipe: Bundle, start: Components, target: Components) -> bool:
    """Whether it is just the bundle with another recipe on its right half."""
    right = {component.product_id for component in target if component.portion is Portion.RIGHT}
    unasked = {i.product_id for g in recipe.groups if not g.is_base for i in g.items if i.quantity}
    if not right or not right <= unasked:
        return False
    try:
        return half_and_half(bundle, bundle, recipe, start) == target
    except ConfigureError:
        return False


def _change_texts(
    bundle: Bundle, start: Components, target: Components, toppings: _ToppingWriter
) -> list[str]:
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
        *(
            toppings.change_text("+", c, half=_is_half(c), strength=toppings.has_special_strength(c))
            for c in on_it
        ),
    ]


def _differences(
    bundle: Bundle, start: Components, target: Components, toppings: _ToppingWriter
) -> tuple[list[str], Components]:
    """The changes from one configuration to the other, and what they lead to."""
    texts: list[str] = []
    now = start
    for component in _removed_components(bundle, start, target):
        texts.append(toppings.change_text("-", component, half=False, strength=False))
        now = remove_topping(bundle, now, component.product_id)
    for component in target:
        if component in now or _is_base(bundle, component):
            continue
        mine = [c for c in now if c.product_id == component.product_id]
        wanted = [c for c in target if c.product_id == component.product_id]
        if len(wanted) == 1 and _is_remaining_half(component, mine):
            away = _with_portion(component, _OTHER_HALF[component.portion])
            texts.append(toppings.change_text("-", away, half=True, strength=False))
            now = remove_topping(bundle, now, component.product_id, away.portion)
            continue
        plain = put_topping(bundle, now, component.product_id, component.portion)
        strength = component not in plain
        texts.append(toppings.change_text("+", component, half=_is_half(component), strength=strength))
        named = option_value(_variant(bundle, component), STRENGTH) if strength else ""
        now = put_topping(bundle, now, component.product_id, component.portion, named)
    return texts, now


_OTHER_HALF = {Portion.LEFT: Portion.RIGHT, Portion.RIGHT: Portion.LEFT}


def _removed_components(bundle: Bundle, start: Components, target: Components) -> Iterator[Component]:
    """What is no longer on it, each product once; what another one takes the place of needs no word."""
    kept = {component.product_id for component in target}
    seen: set[int] = set()
    for component in start:
        group = bundle.group_of(component.product_id)
        replaced = group is not None and group.is_exclusive and components_in_group(bundle, group, target)
        if component.product_id not in kept | seen and not replaced:
            seen.add(component.product_id)
            yield component


def _is_remaining_half(component: Component, mine: list[Component]) -> bool:
    """Whether it is what is left of a whole topping once its other half is taken off."""
    return _is_half(component) and mine == [_with_portion(component, Portion.WHOLE)]


def _is_half(component: Component) -> bool:
    return component.portion is not Portion.WHOLE


def _is_base(bundle: Bundle, component: Component) -> bool:
    return bundle.base is not None and component.product_id == bundle.base.product_id


def _variant(bundle: Bundle, component: Component) -> Variant | None:
    place = placement_of(bundle, component)
    return place[1].variant(component.variant_id) if place else None


def _with_portion(component: Component, portion: Portion) -> Component:
    return replace(component, portion=portion)


def _no_price(_: int) -> str:
    return ""
