"""A bundle's parts as wished against the parts as the platform has them, in words; and a actual as an item.

Pure; used by ``differences`` for what the order screen shows and for what accepting it makes of the draft.
"""

from collections.abc import Sequence

from console.ordering.draft import Component, OrderItem, Portion
from console.sync.cart.observed_cart import CartLine, Configuration, PartName

_PORTION_NAMES = {Portion.WHOLE: "whole", Portion.LEFT: "left", Portion.RIGHT: "right"}


def part_notes(item: OrderItem, line: CartLine) -> tuple[str, ...]:
    """What is otherwise in the cart line than in the item, a phrase for each part; nothing where all is well.

    A bundle ordered as the menu has it comes back with its parts: that is no difference.
    """
    if not item.components:
        return ()
    titles = _titles(item.components)
    named = {name.product_id: name.title for name in line.part_names if name.title}
    return tuple(
        _PartDifferences({**titles, **named}, line.part_names).describe(
            item.components, line.configuration.components
        )
    )


def as_item(line: CartLine) -> OrderItem:
    """What the platform has, as an item of the draft: its configuration is the cart line's own."""
    return OrderItem(
        product_id=line.configuration.product_id,
        variant_id=line.configuration.variant_id,
        title=line.title,
        options=line.options,
        unit_price=line.unit_price,
        components=_components(line.configuration, {name.product_id: name.title for name in line.part_names}),
    )


def _components(parent: Configuration, titles: dict[int, str]) -> tuple[Component, ...]:
    return tuple(
        Component(
            product_id=part.product_id,
            variant_id=part.variant_id,
            quantity=part.quantity,
            portion=part.portion,
            title=titles.get(part.product_id, ""),
            components=_components(part, titles),
        )
        for part in parent.components
    )


def _titles(components: Sequence[Component]) -> dict[int, str]:
    titles: dict[int, str] = {}
    for component in components:
        titles[component.product_id] = component.title
        titles |= _titles(component.components)
    return titles


class _PartDifferences:
    """Pairs wished parts with the platform's, the likest first, and says how each pair differs."""

    def __init__(self, titles: dict[int, str], names: tuple[PartName, ...]) -> None:
        self._titles = titles
        self._options = {(name.product_id, name.variant_id): name.options for name in names}

    def describe(self, requested: Sequence[Component], actual_parts: Sequence[Configuration]) -> list[str]:
        remaining, notes = list(actual_parts), list[str]()
        unpaired: list[Component] = []
        for part in requested:
            exact = next((actual for actual in remaining if actual == Configuration.of_part(part)), None)
            if exact is not None:
                remaining.remove(exact)
            else:
                unpaired.append(part)
        for part in unpaired:
            actual = max(
                (actual for actual in remaining if actual.product_id == part.product_id),
                key=lambda actual: (actual.portion == part.portion, actual.variant_id == part.variant_id),
                default=None,
            )
            if actual is None:
                notes.append(f"{self._name(part.product_id)} is missing")
            else:
                remaining.remove(actual)
                notes += self._describe_pair(part, actual)
        return notes + [f"{self._name(actual.product_id)} was put in" for actual in remaining]

    def _describe_pair(self, requested: Component, actual: Configuration) -> list[str]:
        name, notes = self._name(requested.product_id), list[str]()
        if actual.portion != requested.portion:
            notes.append(
                f"{name} {_PORTION_NAMES[requested.portion]} wished, is {_PORTION_NAMES[actual.portion]}"
            )
        if actual.variant_id != requested.variant_id:
            options = self._options.get((actual.product_id, actual.variant_id), "")
            notes.append(f"{name} is {options}" if options else f"{name} is in another form")
        if actual.quantity != requested.quantity:
            notes.append(f"{name} wished {requested.quantity}, is {actual.quantity}")
        if requested.components:
            notes += [f"{name}: {note}" for note in self.describe(requested.components, actual.components)]
        return notes

    def _name(self, product_id: int) -> str:
        return self._titles.get(product_id) or f"product {product_id}"
