"""Configurations of products: the menu's defaults, and the check that a requested one fits the menu."""

from collections.abc import Sequence
from dataclasses import replace

from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.menu.half_rule import WHOLE, count_by_product
from console.sandbox.menu.menu import (
    CRUST,
    SIZE,
    Menu,
    MenuBundle,
    MenuDealSlot,
    MenuProductKind,
    MenuVariant,
    regular_strength_variant,
)
from console.sandbox.responses import Code, RefusalError

MAX_TOPPING_QUANTITY = 10
PORTIONS = frozenset("WLR")


def default_parts(menu: Menu, product_id: int) -> tuple[ConfiguredPart, ...]:
    """Return the default parts of a pizza or a deal; none for any other product."""
    if bundle := menu.bundles.get(product_id):
        return _default_pizza(menu, bundle, slot=None)
    if deal := menu.deals.get(product_id):
        return tuple(
            ConfiguredPart(
                product_id=choice,
                quantity=quantity,
                group_id=slot.group_id,
                parts=_default_choice(menu, choice, slot),
            )
            for slot in deal.slots
            for choice, quantity in slot.default
        )
    return ()


def configure(menu: Menu, requested: ConfiguredPart) -> ConfiguredPart:
    """Return the request as the cart stores it: with groups, and with default parts if it names none.

    Raises:
        RefusalError: the product, a variant or a part does not fit the menu.
    """
    product = menu.products.get(requested.product_id)
    if product is None or not product.active:
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    if product.kind is MenuProductKind.ADD_ON:
        raise RefusalError(Code.ADD_ON_ALONE)
    _check_variant(menu, requested)
    if not requested.parts:
        return replace(requested, parts=default_parts(menu, requested.product_id))
    if bundle := menu.bundles.get(requested.product_id):
        return replace(requested, parts=_configure_pizza(menu, bundle, requested.parts, slot=None))
    if deal := menu.deals.get(requested.product_id):
        return replace(requested, parts=_configure_deal(menu, deal.slots, requested.parts))
    raise RefusalError(Code.INVALID_INPUT, f"Product {requested.product_id} has no child items")


def _check_variant(menu: Menu, part: ConfiguredPart) -> None:
    product = menu.products[part.product_id]
    if product.variants or part.variant_id:
        _variant(menu, part)


def _variant(menu: Menu, part: ConfiguredPart) -> MenuVariant:
    variant = menu.products[part.product_id].variant(part.variant_id)
    if variant is None:
        raise RefusalError(Code.INVALID_VARIANT)
    if not variant.active:
        raise RefusalError(Code.UNAVAILABLE)
    return variant


def _default_choice(menu: Menu, product_id: int, slot: MenuDealSlot) -> tuple[ConfiguredPart, ...]:
    bundle = menu.bundles.get(product_id)
    return () if bundle is None else _default_pizza(menu, bundle, slot=slot)


def _default_pizza(
    menu: Menu, bundle: MenuBundle, *, slot: MenuDealSlot | None
) -> tuple[ConfiguredPart, ...]:
    """Return the default base and toppings; in a deal, of the first size the slot names."""
    variant = _default_base(menu, bundle, slot)
    group = bundle.base_group if slot is None else slot.group_id
    toppings = (
        ConfiguredPart(
            product_id=item.product_id,
            variant_id=regular_strength_variant(
                menu.products[item.product_id], variant.option(SIZE)
            ).variant_id,
            group_id=item.group_id,
        )
        for item in bundle.items.values()
        if item.is_default
    )
    return (ConfiguredPart(bundle.base_id, variant.variant_id, group_id=group), *toppings)


def _default_base(menu: Menu, bundle: MenuBundle, slot: MenuDealSlot | None) -> MenuVariant:
    base = menu.products[bundle.base_id]
    default_variant = menu.by_variant.get(bundle.default_base) or base.variants[0]
    size = default_variant.option(SIZE) if slot is None else next(iter(slot.base_prices), "")
    fitting = [variant for variant in base.variants if variant.option(SIZE) == size]
    if not fitting:
        raise RefusalError(Code.INVALID_VARIANT)
    return next((v for v in fitting if v.option(CRUST) == default_variant.option(CRUST)), fitting[0])


def _configure_pizza(
    menu: Menu, bundle: MenuBundle, parts: tuple[ConfiguredPart, ...], *, slot: MenuDealSlot | None
) -> tuple[ConfiguredPart, ...]:
    bases = [part for part in parts if part.product_id == bundle.base_id]
    if len(bases) != 1 or bases[0].quantity != 1 or bases[0].portion != WHOLE:
        raise RefusalError(Code.INVALID_INPUT, f"Product {bundle.product_id} needs exactly one base")
    size = _variant(menu, bases[0]).option(SIZE)
    if slot is not None and size not in slot.base_prices:
        raise RefusalError(Code.INVALID_VARIANT, f"The deal has no {size} pizza")
    group = bundle.base_group if slot is None else slot.group_id
    seen: set[tuple[int, str]] = set()
    configured: list[ConfiguredPart] = []
    for part in parts:
        key = (part.product_id, part.portion)
        if part.parts or key in seen or (part.portion != WHOLE and (part.product_id, WHOLE) in seen):
            raise RefusalError(Code.INVALID_INPUT, f"Child product {part.product_id} is named twice")
        seen.add(key)
        if part.product_id == bundle.base_id:
            configured.append(replace(part, group_id=_checked_group_id(part, group)))
        else:
            configured.append(_configure_topping(menu, bundle, part, size))
    _check_groups(bundle, configured)
    return tuple(configured)


def _check_groups(bundle: MenuBundle, parts: Sequence[ConfiguredPart]) -> None:
    """Require the minimum and maximum number of toppings in every group."""
    counts = count_by_product([(part.product_id, part.quantity) for part in parts])
    for group in bundle.groups.values():
        if group.group_id == bundle.base_group:
            continue
        group_items = [item for item in bundle.items if bundle.items[item].group_id == group.group_id]
        units = sum(counts[product_id] for product_id in group_items)
        if units < group.minimum:
            raise RefusalError(Code.INVALID_INPUT, f"{group.name}: at least {group.minimum} must be chosen")
        if group.maximum is not None and units > group.maximum:
            raise RefusalError(Code.INVALID_INPUT, f"{group.name}: at most {group.maximum} may be chosen")


def _configure_topping(menu: Menu, bundle: MenuBundle, part: ConfiguredPart, size: str) -> ConfiguredPart:
    item = bundle.items.get(part.product_id)
    if item is None or part.portion not in PORTIONS:
        raise RefusalError(Code.INVALID_INPUT, f"Child product {part.product_id} does not go on this product")
    if _variant(menu, part).option(SIZE) != size:
        raise RefusalError(Code.INVALID_VARIANT, f"Child product {part.product_id} is of another size")
    if not 1 <= part.quantity <= (1 if item.is_default else MAX_TOPPING_QUANTITY):
        raise RefusalError(Code.INVALID_INPUT, f"Child product {part.product_id} has a wrong quantity")
    if item.whole_only and part.portion != WHOLE:
        title = menu.products[part.product_id].title
        raise RefusalError(Code.INVALID_INPUT, f"{title} goes on the whole pizza only")
    return replace(part, group_id=_checked_group_id(part, item.group_id))


def _configure_deal(
    menu: Menu, slots: tuple[MenuDealSlot, ...], parts: tuple[ConfiguredPart, ...]
) -> tuple[ConfiguredPart, ...]:
    remaining = {slot.group_id: slot.quantity for slot in slots}
    configured: list[ConfiguredPart] = []
    for part in parts:
        slot = _find_slot(slots, remaining, part)
        remaining[slot.group_id] -= part.quantity
        bundle = menu.bundles.get(part.product_id)
        if bundle is None:
            if part.parts or part.portion != WHOLE:
                raise RefusalError(Code.INVALID_INPUT, f"Child product {part.product_id} has no parts")
            _check_variant(menu, part)
            inner: tuple[ConfiguredPart, ...] = ()
        elif part.parts:
            inner = _configure_pizza(menu, bundle, part.parts, slot=slot)
        else:
            inner = _default_pizza(menu, bundle, slot=slot)
        configured.append(replace(part, group_id=slot.group_id, parts=inner))
    if any(remaining.values()):
        raise RefusalError(Code.INVALID_INPUT, "A slot of the deal has the wrong number of choices")
    return tuple(configured)


def _find_slot(
    slots: tuple[MenuDealSlot, ...], remaining: dict[int, int], part: ConfiguredPart
) -> MenuDealSlot:
    """Return the slot that the part names, else the first with room for it."""
    for slot in slots:
        group_matches = part.group_id in (0, slot.group_id)
        if (
            group_matches
            and part.product_id in slot.choices
            and 1 <= part.quantity <= remaining[slot.group_id]
        ):
            return slot
    raise RefusalError(Code.INVALID_INPUT, f"Child product {part.product_id} fits no slot of the deal")


def _checked_group_id(part: ConfiguredPart, group_id: int) -> int:
    if part.group_id not in (0, group_id):
        raise RefusalError(
            Code.INVALID_INPUT, f"Child product {part.product_id} is not of group {part.group_id}"
        )
    return group_id
