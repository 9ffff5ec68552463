"""Differences between a requested bundle's parts and those in the cart; and a cart line as an item."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from console.ordering.draft import Component, OrderItem, Portion
from console.sync.cart.observed_cart import CartLine, Configuration, PartName


class PartChange(StrEnum):
    """How a part differs."""

    MISSING = "missing"
    ADDED = "added"
    PORTION = "portion"
    VARIANT = "variant"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class PartDifference:
    """One difference of one part. ``path`` names the parts it is in, the outermost first, and itself last.

    ``portions`` and ``quantities`` are (requested, in the cart); ``options`` is the cart's variant in words.
    """

    change: PartChange
    path: tuple[str, ...]
    portions: tuple[Portion, Portion] = (Portion.WHOLE, Portion.WHOLE)
    quantities: tuple[int, int] = (0, 0)
    options: str = ""


def part_differences(item: OrderItem, line: CartLine) -> tuple[PartDifference, ...]:
    """Compare an item's parts with a cart line's.

    A bundle that was ordered as the menu has it comes back with its parts: that is no difference.
    """
    if not item.components:
        return ()
    titles = _titles(item.components)
    cart_titles = {name.product_id: name.title for name in line.part_names if name.title}
    comparison = _PartComparison({**titles, **cart_titles}, line.part_names)
    return tuple(comparison.differences(item.components, line.configuration.components))


def as_item(line: CartLine) -> OrderItem:
    """The cart line as an item of a draft, with the configuration that the cart has."""
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


class _PartComparison:
    """Pairs requested parts with the cart's, the most similar first, and compares each pair."""

    def __init__(self, titles: dict[int, str], names: tuple[PartName, ...]) -> None:
        self._titles = titles
        self._options = {(name.product_id, name.variant_id): name.options for name in names}

    def differences(
        self, requested: Sequence[Component], actual_parts: Sequence[Configuration]
    ) -> Iterator[PartDifference]:
        remaining = list(actual_parts)
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
                yield PartDifference(PartChange.MISSING, self._path(part.product_id))
            else:
                remaining.remove(actual)
                yield from self._pair_differences(part, actual)
        for actual in remaining:
            yield PartDifference(PartChange.ADDED, self._path(actual.product_id))

    def _pair_differences(self, requested: Component, actual: Configuration) -> Iterator[PartDifference]:
        path = self._path(requested.product_id)
        if actual.portion != requested.portion:
            portions = (requested.portion, actual.portion)
            yield PartDifference(PartChange.PORTION, path, portions=portions)
        if actual.variant_id != requested.variant_id:
            options = self._options.get((actual.product_id, actual.variant_id), "")
            yield PartDifference(PartChange.VARIANT, path, options=options)
        if actual.quantity != requested.quantity:
            quantities = (requested.quantity, actual.quantity)
            yield PartDifference(PartChange.QUANTITY, path, quantities=quantities)
        if requested.components:
            for inner in self.differences(requested.components, actual.components):
                yield replace(inner, path=(*path, *inner.path))

    def _path(self, product_id: int) -> tuple[str]:
        return (self._titles.get(product_id) or f"product {product_id}",)
