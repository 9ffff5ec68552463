"""What may be ordered: the menu's own composition of a product, and whether an asked one fits the menu.

Used by the carts before anything is priced or kept.
"""

from collections.abc import Sequence
from dataclasses import replace

from console.sandbox.answers import Code, RefusalError
from console.sandbox.menu.menu import CRUST, SIZE, Bundle, Kind, Menu, Slot, Variant
from console.sandbox.pricing.half_rules import WHOLE, counted
from console.sandbox.pricing.pricing import Part, usual_variant

MAX_TOPPING = 10
PORTIONS = frozenset("WLR")


def default_parts(menu: Menu, product_id: int) -> tuple[Part, ...]:
    """What a pizza or a deal is made of when nothing is asked for; nothing for anything else."""
    if bundle := menu.bundles.get(product_id):
        return _default_pizza(menu, bundle, slot=None)
    if deal := menu.deals.get(product_id):
        return tuple(
            Part(
                product_id=choice,
                quantity=quantity,
                group_id=slot.group_id,
                parts=_default_choice(menu, choice, slot),
            )
            for slot in deal.slots
            for choice, quantity in slot.default
        )
    return ()


def composed(menu: Menu, wish: Part) -> Part:
    """The wish as the cart keeps it: groups filled in, and the menu's own parts where none were named.

    Raises:
        RefusalError: the product, a variant or a part does not fit the menu.
    """
    product = menu.products.get(wish.product_id)
    if product is None or not product.active:
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    if product.kind is Kind.ADD_ON:
        raise RefusalError(Code.ADD_ON_ALONE)
    _check_variant(menu, wish)
    if not wish.parts:
        return replace(wish, parts=default_parts(menu, wish.product_id))
    if bundle := menu.bundles.get(wish.product_id):
        return replace(wish, parts=_pizza(menu, bundle, wish.parts, slot=None))
    if deal := menu.deals.get(wish.product_id):
        return replace(wish, parts=_deal(menu, deal.slots, wish.parts))
    raise RefusalError(Code.INVALID_INPUT, f"Product {wish.product_id} has no child items")


def _check_variant(menu: Menu, part: Part) -> None:
    product = menu.products[part.product_id]
    if product.variants or part.variant_id:
        _variant(menu, part)


def _variant(menu: Menu, part: Part) -> Variant:
    variant = menu.products[part.product_id].variant(part.variant_id)
    if variant is None:
        raise RefusalError(Code.INVALID_VARIANT)
    if not variant.active:
        raise RefusalError(Code.UNAVAILABLE)
    return variant


def _default_choice(menu: Menu, product_id: int, slot: Slot) -> tuple[Part, ...]:
    bundle = menu.bundles.get(product_id)
    return () if bundle is None else _default_pizza(menu, bundle, slot=slot)


def _default_pizza(menu: Menu, bundle: Bundle, *, slot: Slot | None) -> tuple[Part, ...]:
    """The default base and toppings; in a deal, of the first size the slot names."""
    variant = _default_base(menu, bundle, slot)
    group = bundle.base_group if slot is None else slot.group_id
    toppings = (
        Part(
            product_id=item.product_id,
            variant_id=usual_variant(menu.products[item.product_id], variant.option(SIZE)).variant_id,
            group_id=item.group_id,
        )
        for item in bundle.items.values()
        if item.default
    )
    return (Part(bundle.base_id, variant.variant_id, group_id=group), *toppings)


def _default_base(menu: Menu, bundle: Bundle, slot: Slot | None) -> Variant:
    base = menu.products[bundle.base_id]
    usual = menu.by_variant.get(bundle.default_base) or base.variants[0]
    size = usual.option(SIZE) if slot is None else next(iter(slot.prices), "")
    fitting = [variant for variant in base.variants if variant.option(SIZE) == size]
    if not fitting:
        raise RefusalError(Code.INVALID_VARIANT)
    return next((v for v in fitting if v.option(CRUST) == usual.option(CRUST)), fitting[0])


def _pizza(menu: Menu, bundle: Bundle, parts: tuple[Part, ...], *, slot: Slot | None) -> tuple[Part, ...]:
    bases = [part for part in parts if part.product_id == bundle.base_id]
    if len(bases) != 1 or bases[0].quantity != 1 or bases[0].portion != WHOLE:
        raise RefusalError(Code.INVALID_INPUT, f"Product {bundle.product_id} needs exactly one base")
    size = _variant(menu, bases[0]).option(SIZE)
    if slot is not None and size not in slot.prices:
        raise RefusalError(Code.INVALID_VARIANT, f"The deal has no {size} pizza")
    group = bundle.base_group if slot is None else slot.group_id
    seen: set[tuple[int, str]] = set()
    fitted: list[Part] = []
    for part in parts:
        place = (part.product_id, part.portion)
        if part.parts or place in seen or (part.portion != WHOLE and (part.product_id, WHOLE) in seen):
            raise RefusalError(Code.INVALID_INPUT, f"Child product {part.product_id} is named twice")
        seen.add(place)
        if part.product_id == bundle.base_id:
            fitted.append(replace(part, group_id=_group(part, group)))
        else:
            fitted.append(_topping(menu, bundle, part, size))
    _check_groups(bundle, fitted)
    return tuple(fitted)


def _check_groups(bundle: Bundle, parts: Sequence[Part]) -> None:
    """Every group of toppings has as many as it must, and no more than it may."""
    counts = counted([(part.product_id, part.quantity) for part in parts])
    for group in bundle.groups.values():
        if group.group_id == bundle.base_group:
            continue
        here = [item for item in bundle.items if bundle.items[item].group_id == group.group_id]
        units = sum(counts[product_id] for product_id in here)
        if units < group.minimum:
            raise RefusalError(Code.INVALID_INPUT, f"{group.name}: at least {group.minimum} must be chosen")
        if group.maximum is not None and units > group.maximum:
            raise RefusalError(Code.INVALID_INPUT, f"{group.name}: at most {group.maximum} may be chosen")


def _topping(menu: Menu, bundle: Bundle, part: Part, size: str) -> Part:
    item = bundle.items.get(part.product_id)
    if item is None or part.portion not in PORTIONS:
        raise RefusalError(Code.INVALID_INPUT, f"Child product {part.product_id} does not go on this product")
    if _variant(menu, part).option(SIZE) != size:
        raise RefusalError(Code.INVALID_VARIANT, f"Child product {part.product_id} is of another size")
    if not 1 <= part.quantity <= (1 if item.default else MAX_TOPPING):
        raise RefusalError(Code.INVALID_INPUT, f"Child product {part.product_id} has a wrong quantity")
    if item.whole_only and part.portion != WHOLE:
        title = menu.products[part.product_id].title
        raise RefusalError(Code.INVALID_INPUT, f"{title} goes on the whole pizza only")
    return replace(part, group_id=_group(part, item.group_id))


def _deal(menu: Menu, slots: tuple[Slot, ...], parts: tuple[Part, ...]) -> tuple[Part, ...]:
    room = {slot.group_id: slot.quantity for slot in slots}
    fitted: list[Part] = []
    for part in parts:
        slot = _slot(slots, room, part)
        room[slot.group_id] -= part.quantity
        bundle = menu.bundles.get(part.product_id)
        if bundle is None:
            if part.parts or part.portion != WHOLE:
                raise RefusalError(Code.INVALID_INPUT, f"Child product {part.product_id} has no parts")
            _check_variant(menu, part)
            inner: tuple[Part, ...] = ()
        elif part.parts:
            inner = _pizza(menu, bundle, part.parts, slot=slot)
        else:
            inner = _default_pizza(menu, bundle, slot=slot)
        fitted.append(replace(part, group_id=slot.group_id, parts=inner))
    if any(room.values()):
        raise RefusalError(Code.INVALID_INPUT, "A slot of the deal is not filled as it should be")
    return tuple(fitted)


def _slot(slots: tuple[Slot, ...], room: dict[int, int], part: Part) -> Slot:
    """The slot the part goes into: the one it names, else the first with room for it."""
    for slot in slots:
        named = part.group_id in (0, slot.group_id)
        if named and part.product_id in slot.choices and 1 <= part.quantity <= room[slot.group_id]:
            return slot
    raise RefusalError(Code.INVALID_INPUT, f"Child product {part.product_id} fits no slot of the deal")


def _group(part: Part, group_id: int) -> int:
    if part.group_id not in (0, group_id):
        raise RefusalError(
            Code.INVALID_INPUT, f"Child product {part.product_id} is not of group {part.group_id}"
        )
    return group_id
