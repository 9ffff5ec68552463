"""A past order repeated: as it was where the menu is as it was, and every change of it in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from console.ordering.catalogue import Option, Product, ProductType, Variant
from console.ordering.configuration import default_configuration, problems, put_topping
from console.ordering.configuration.bundle import Bundle, BundleGroup, Bundles
from console.ordering.configuration.deal import configure_place, fill_place
from console.ordering.descriptions import build_order_item
from console.ordering.draft import Component, Portion
from console.ordering.money import ZERO, Currency
from console.ordering.placed.past_orders import PastLine
from console.ordering.placed.reorder import NOT_SOLD, ReorderLine, reorder_lines
from console.ordering.pricing.half_rule import HalfRule
from tests.ordering.menus import (
    BOGO,
    CHEESE,
    FIRST,
    MARGHERITA,
    OLIVES,
    ONIONS,
    PEPPERONI,
    RANDOM_EDITS,
    SECOND,
    TOMATO,
    RandomEdit,
    any_menu,
    apply_edits,
    menu,
    variant_id,
)

KWD = Currency("KWD")
BREAD = Product(500, "Garlic Bread", "GB", "1", "Sides", Decimal("0.750"), Decimal("0.750"), stock=9)
CAN = Variant(5101, 510, "P1", (Option("Pack", "Can"),), Decimal("0.300"), Decimal("0.300"), stock=5)
COLA = Product(510, "Pepsi", "P", "2", "Drinks", ZERO, ZERO, has_variants=True, variants=(CAN,))
LINE = PastLine(1, 500, 0, "Garlic Bread", 2, Decimal("0.750"))


def again(line: PastLine, *products: Product, bundles: Bundles | None = None) -> ReorderLine:
    known = {product.product_id: product for product in (*products, *map(sold, (bundles or {}).values()))}
    (found,) = reorder_lines(
        [line], find_product=known.get, bundles=bundles or {}, currency=KWD, half_rule=HalfRule.HALF
    )
    return found


def sold(bundle: Bundle) -> Product:
    return Product(bundle.product_id, bundle.title, "", "3", "", ZERO, ZERO, bundle.product_type)


def past(bundle: Bundle, components: Sequence[Component], bundles: Bundles, *, quantity: int = 1) -> PastLine:
    """The line that an order of this configuration left; its price is on its first row."""
    item = build_order_item(bundle, tuple(components), bundles=bundles, currency=KWD, half_rule=HalfRule.HALF)
    return PastLine(
        1, bundle.product_id, 0, bundle.title, quantity, item.unit_price, parts=_parts(components)
    )


def _parts(components: Sequence[Component]) -> tuple[PastLine, ...]:
    return tuple(
        PastLine(
            0,
            c.product_id,
            c.variant_id,
            c.title,
            c.quantity,
            ZERO,
            portion=c.portion,
            parts=_parts(c.components),
        )
        for c in components
    )


Shape = tuple[int, int, Portion, frozenset[tuple[object, int]]]


def counted(components: Sequence[Component]) -> Counter[Shape]:
    """How often each thing is on it, whatever its group, place and title."""
    count: Counter[Shape] = Counter()
    for c in components:
        inside = frozenset(counted(c.components).items())
        count[c.product_id, c.variant_id, c.portion, inside] += c.quantity
    return count


def is_ambiguous(bundle: Bundle) -> bool:
    """Whether something goes into two groups: no past order says which of them it was in."""
    places = Counter(item.product_id for group in bundle.groups for item in group.items)
    return max(places.values(), default=0) > 1


@given(any_menu(), RANDOM_EDITS)
def test_same_menu_restores_every_configuration(bundles: Bundles, edits: list[RandomEdit]) -> None:
    for bundle in bundles.values():
        components = apply_edits(bundle, bundles, edits)
        if problems(bundle, components, bundles) or any(map(is_ambiguous, bundles.values())):
            continue
        found = again(past(bundle, components, bundles), bundles=bundles)
        assert found.item is not None
        assert counted(found.item.components) == counted(components)
        assert not any("any more" in change for change in found.changes)


@given(any_menu(), any_menu(), RANDOM_EDITS)
def test_offered_reorder_is_orderable_after_any_menu_change(
    before: Bundles, bundles: Bundles, edits: list[RandomEdit]
) -> None:
    for bundle in before.values():
        line = past(bundle, apply_edits(bundle, before, edits), before)
        found = again(line, bundles=bundles)
        if found.item is None:
            assert found.changes
        elif bundle.product_id in bundles:
            assert problems(bundles[bundle.product_id], found.item.components, bundles) == ()


def test_what_did_not_change_says_nothing() -> None:
    found = again(LINE, BREAD)
    assert (found.changes, found.quantity, found.past_total, found.current_total) == (
        (),
        2,
        Decimal("1.500"),
        Decimal("1.500"),
    )


def test_changed_price_is_reported_with_both() -> None:
    found = again(LINE, replace(BREAD, price=Decimal("0.900")))
    assert found.changes == ("was 0.750, is 0.900",)
    assert (found.past_total, found.current_total) == (Decimal("1.500"), Decimal("1.800"))


@pytest.mark.parametrize(("stock", "words"), [(0, "this store has none"), (1, "this store has only 1")])
def test_short_stock_is_reported_and_may_be_ordered(stock: int, words: str) -> None:
    found = again(LINE, replace(BREAD, stock=stock))
    assert found.changes == (words,)
    assert found.item is not None


@pytest.mark.parametrize("products", [(), (replace(BREAD, available=False),)])
def test_what_is_not_on_the_menu_cannot_be_ordered(products: tuple[Product, ...]) -> None:
    found = again(LINE, *products)
    assert (found.item, found.changes, found.current_total) == (None, (NOT_SOLD,), ZERO)


def test_a_variant_that_is_gone_cannot_be_ordered() -> None:
    line = PastLine(1, 510, 5101, "Pepsi", 1, Decimal("0.300"), options="Can")
    assert again(line, COLA).item is not None
    found = again(line, replace(COLA, variants=()))
    assert (found.item, found.changes) == (None, ("does not come in Can any more",))


def test_a_gift_of_the_platform_is_not_ordered() -> None:
    assert again(replace(LINE, price=ZERO), BREAD).item is None


def test_missing_topping_is_left_out_and_reported() -> None:
    bundles = menu()
    pizza = bundles[MARGHERITA]
    line = past(pizza, default_configuration(pizza, bundles), bundles)
    groups = tuple(
        replace(group, items=tuple(item for item in group.items if item.product_id != ONIONS))
        for group in pizza.groups
    )
    now = {**bundles, MARGHERITA: replace(pizza, groups=groups)}
    found = again(line, bundles=now)
    assert "no Onions any more" in found.changes
    assert found.item is not None
    assert ONIONS not in {c.product_id for c in found.item.components}


def test_pizza_that_cannot_be_made_names_what_is_missing() -> None:
    bundles = menu()
    pizza = bundles[MARGHERITA]
    line = past(pizza, default_configuration(pizza, bundles), bundles)

    def without_sauce(group: BundleGroup) -> BundleGroup:
        return replace(group, items=tuple(item for item in group.items if item.product_id != TOMATO))

    now = {**bundles, MARGHERITA: replace(pizza, groups=tuple(map(without_sauce, pizza.groups)))}
    found = again(line, bundles=now)
    assert found.item is None
    assert "no Tomato Sauce any more" in found.changes
    assert any(change.startswith("Choose ") for change in found.changes)


def test_a_strength_that_is_gone_becomes_the_usual_one() -> None:
    bundles = menu()
    pizza = bundles[MARGHERITA]
    extra = variant_id(CHEESE, "Medium", "Extra")
    components = tuple(
        replace(c, variant_id=extra) if c.product_id == CHEESE else c
        for c in default_configuration(pizza, bundles)
    )
    groups = tuple(
        replace(
            group,
            items=tuple(
                replace(item, variants=tuple(v for v in item.variants if v.variant_id != extra))
                for item in group.items
            ),
        )
        for group in pizza.groups
    )
    found = again(
        past(pizza, components, bundles), bundles={**bundles, MARGHERITA: replace(pizza, groups=groups)}
    )
    assert found.item is not None
    assert any(change.startswith("Cheese only in") for change in found.changes)


def test_deal_is_restored_with_both_its_pizzas() -> None:
    bundles = menu()
    deal = bundles[BOGO]
    components = fill_place(deal, bundles, (), FIRST, 0, PEPPERONI)
    components = fill_place(deal, bundles, components, SECOND, 0, MARGHERITA)
    first = put_topping(bundles[PEPPERONI], components[0].components, OLIVES, Portion.LEFT)
    components = configure_place(components, 0, first)
    found = again(past(deal, components, bundles), bundles=bundles)
    assert found.changes == ()
    assert found.item is not None
    assert [c.product_id for c in found.item.components] == [PEPPERONI, MARGHERITA]
    assert found.item.components[0].group_id == FIRST
    assert counted(found.item.components) == counted(components)


def test_a_bundle_of_unknown_groups_is_taken_as_it_was() -> None:
    bundles = menu()
    line = past(bundles[MARGHERITA], default_configuration(bundles[MARGHERITA], bundles), bundles)
    product = Product(MARGHERITA, "Margherita", "", "", "", Decimal(1), Decimal(1), ProductType.BUNDLE)
    found = again(line, product)
    assert found.item is not None
    assert counted(found.item.components) == counted(default_configuration(bundles[MARGHERITA], bundles))
    assert found.item.unit_price == line.unit_price
    assert found.changes == ("its parts are not known here: ordered as it was",)
