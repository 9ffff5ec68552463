"""A bundle's parts as wished against the parts as the platform has them, in words; and a fact as an item.

Pure; used by ``differences`` for what the order screen shows and for what accepting it makes of the draft.
"""

from collections.abc import Sequence

from console.ordering.draft import Component, OrderItem, Portion
from console.sync.cart import CartLine, Configuration, PartName

_ON = {Portion.WHOLE: "whole", Portion.LEFT: "left", Portion.RIGHT: "right"}


def part_notes(item: OrderItem, line: CartLine) -> tuple[str, ...]:
    """What is otherwise in the cart line than in the item, a phrase for each part; nothing where all is well.

    A bundle ordered as the menu has it comes back with its parts: that is no difference.
    """
    if not item.components:
        return ()
    titles = _titles(item.components)
    named = {name.product_id: name.title for name in line.names if name.title}
    return tuple(
        _Notes({**titles, **named}, line.names).between(item.components, line.configuration.components)
    )


def as_item(line: CartLine) -> OrderItem:
    """What the platform has, as an item of the draft: its configuration is the cart line's own."""
    return OrderItem(
        product_id=line.configuration.product_id,
        variant_id=line.configuration.variant_id,
        title=line.title,
        options=line.options,
        unit_price=line.unit_price,
        components=_components(line.configuration, {name.product_id: name.title for name in line.names}),
    )


def _components(whole: Configuration, titles: dict[int, str]) -> tuple[Component, ...]:
    return tuple(
        Component(
            product_id=part.product_id,
            variant_id=part.variant_id,
            quantity=part.quantity,
            portion=part.portion,
            title=titles.get(part.product_id, ""),
            components=_components(part, titles),
        )
        for part in whole.components
    )


def _titles(components: Sequence[Component]) -> dict[int, str]:
    titles: dict[int, str] = {}
    for component in components:
        titles[component.product_id] = component.title
        titles |= _titles(component.components)
    return titles


class _Notes:
    """Pairs wished parts with the platform's, the likest first, and says how each pair differs."""

    def __init__(self, titles: dict[int, str], names: tuple[PartName, ...]) -> None:
        self._titles = titles
        self._options = {(name.product_id, name.variant_id): name.options for name in names}

    def between(self, wished: Sequence[Component], there: Sequence[Configuration]) -> list[str]:
        left, notes = list(there), list[str]()
        unpaired: list[Component] = []
        for wish in wished:
            exact = next((fact for fact in left if fact == Configuration.of_part(wish)), None)
            if exact is not None:
                left.remove(exact)
            else:
                unpaired.append(wish)
        for wish in unpaired:
            fact = max(
                (fact for fact in left if fact.product_id == wish.product_id),
                key=lambda fact: (fact.portion == wish.portion, fact.variant_id == wish.variant_id),
                default=None,
            )
            if fact is None:
                notes.append(f"{self._name(wish.product_id)} is missing")
            else:
                left.remove(fact)
                notes += self._of_pair(wish, fact)
        return notes + [f"{self._name(fact.product_id)} was put in" for fact in left]

    def _of_pair(self, wish: Component, fact: Configuration) -> list[str]:
        name, notes = self._name(wish.product_id), list[str]()
        if fact.portion != wish.portion:
            notes.append(f"{name} {_ON[wish.portion]} wished, is {_ON[fact.portion]}")
        if fact.variant_id != wish.variant_id:
            options = self._options.get((fact.product_id, fact.variant_id), "")
            notes.append(f"{name} is {options}" if options else f"{name} is in another form")
        if fact.quantity != wish.quantity:
            notes.append(f"{name} wished {wish.quantity}, is {fact.quantity}")
        if wish.components:
            notes += [f"{name}: {note}" for note in self.between(wish.components, fact.components)]
        return notes

    def _name(self, product_id: int) -> str:
        return self._titles.get(product_id) or f"product {product_id}"
