"""The one-line order written and read back: for any menu, any names and any order on it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from console.ordering.catalogue import Option, Product, ProductType, Variant
from console.ordering.configuration import default_configuration, problems
from console.ordering.configuration.bundle import Bundle, Bundles
from console.ordering.descriptions import build_order_item
from console.ordering.draft import MAX_QUANTITY, DraftLine, OrderItem
from console.ordering.money import Currency
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.quick_order import QuickMenu, build_quick_menu, interpret
from tests.ordering.menus import AMOUNTS, RANDOM_EDITS, RandomEdit, any_menu, apply_edits
from tests.ordering.quick_order.formatter import UnparseError, unparse
from tests.ordering.quick_order.quick_menu import quick_menu

KWD = Currency("KWD")
PLAIN_NAMES = st.sampled_from(
    (
        "Coke",
        "Coke Zero",
        "Large",
        "Large Fries",
        "Pan",
        "7 Up",
        "2 Pizzas",
        "Left",
        "x",
        "Extra Cheese",
        "Light Mayo",
    )
)
ODD_NAMES = st.text(st.sampled_from('ab l"#;,[]:+-*/.é1 \u0301ßПжक्षم🍕'), min_size=1, max_size=8)
NAMES = PLAIN_NAMES | ODD_NAMES | st.text(min_size=1, max_size=6)


def menu_of(bundles: Bundles, products: tuple[Product, ...] = ()) -> QuickMenu:
    sold = tuple(
        Product(b.product_id, b.title, "", "", "", b.price, b.price, b.product_type) for b in bundles.values()
    )
    return build_quick_menu((*sold, *products), bundles, currency=KWD, half_rule=HalfRule.HALF)


def item(bundle: Bundle, bundles: Bundles, edits: list[RandomEdit]) -> OrderItem:
    components = apply_edits(bundle, bundles, edits)
    assume(not problems(bundle, components, bundles))
    assume(components)  # an item without components is as on the menu
    return build_order_item(bundle, components, bundles=bundles, currency=KWD, half_rule=HalfRule.HALF)


def assert_reads_back(lines: list[DraftLine], menu: QuickMenu) -> None:
    text = unparse(lines, menu)
    reading = interpret(text, menu)
    assert reading.mistake is None, (text, reading.mistake)
    assert [(line.quantity, line.item) for line in reading.lines] == [
        (line.quantity, line.item) for line in lines
    ], text


@given(any_menu(depth=3), RANDOM_EDITS, st.integers(1, MAX_QUANTITY), st.data())
def test_any_bundle_is_read_back_as_it_was_written(
    bundles: Bundles, edits: list[RandomEdit], quantity: int, data: st.DataObject
) -> None:
    bundle = bundles[data.draw(st.sampled_from(sorted(bundles)))]
    assert_reads_back([DraftLine("A", item(bundle, bundles, edits), quantity)], menu_of(bundles))


@given(any_menu(depth=2), RANDOM_EDITS, st.data())
def test_any_names_are_read_back(bundles: Bundles, edits: list[RandomEdit], data: st.DataObject) -> None:
    renamed = named_anew(bundles, data)
    bundle = renamed[data.draw(st.sampled_from(sorted(renamed)))]
    assert_reads_back([DraftLine("A", item(bundle, renamed, edits), 2)], menu_of(renamed))


@st.composite
def any_product(draw: st.DrawFn, product_id: int) -> Product:
    variants = tuple(
        Variant(
            product_id * 10 + n,
            product_id,
            "",
            (Option("Size", draw(NAMES)), *draw(st.sampled_from(((), (Option("Sugar", "None"),))))),
            amount := draw(AMOUNTS),
            amount,
        )
        for n in range(draw(st.integers(0, 3)))
    )
    price = draw(AMOUNTS)
    return Product(
        product_id,
        draw(NAMES),
        draw(NAMES),
        "",
        "",
        price,
        price,
        ProductType.NORMAL,
        bool(variants),
        variants,
    )


PRODUCTS = st.integers(1, 5).flatmap(lambda count: st.tuples(*(any_product(n) for n in range(1, count + 1))))


@given(
    PRODUCTS,
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, MAX_QUANTITY)), max_size=4),
)
def test_any_products_are_read_back(
    products: tuple[Product, ...], chosen: list[tuple[int, int, int]]
) -> None:
    lines: list[DraftLine] = []
    for number, (place, form, quantity) in enumerate(chosen):
        product = products[place % len(products)]
        variants = product.variants or ()
        variant = variants[form % len(variants)] if variants else None
        lines.append(
            DraftLine(
                str(number),
                OrderItem(
                    product.product_id,
                    variant.variant_id if variant else 0,
                    product.title,
                    variant.label if variant else "",
                    variant.price if variant else product.price,
                ),
                quantity,
            )
        )
    assert_reads_back(lines, menu_of({}, products))


def named_anew(bundles: Bundles, data: st.DataObject) -> Mapping[int, Bundle]:
    """The same menu under other names; titles of one product stay alike in every bundle."""
    names: dict[int, str] = {}

    def name(product_id: int) -> str:
        return names.setdefault(product_id, data.draw(NAMES))

    return {
        number: replace(
            bundle,
            title=name(number),
            groups=tuple(
                replace(group, items=tuple(replace(i, title=name(i.product_id)) for i in group.items))
                for group in bundle.groups
            ),
        )
        for number, bundle in bundles.items()
    }


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("marg", "margherita"),
        (
            "2 l pan marg +olive:l +mush:r x -onion",
            "2 large pan margherita -onions +sliced black olives:l +mushrooms:r extra",
        ),
        ("marg -onion:l", "margherita -onions:l"),
        ("marg +barb", "margherita +barbecue sauce"),
        ("marg/chick sup", "margherita/chicken supreme"),
        ("3 coke 500", "3 bottle500ml coke"),
        ("bogo [, pepp +jala; bread", "bogo medium [, classic pepperoni +jalapeño]; cheesy garlic bread"),
        ("dip [,-", "dip trio [, -]"),
    ],
)
def test_what_is_written_reads_like_what_is_typed(typed: str, written: str) -> None:
    menu = quick_menu()
    assert unparse(interpret(typed, menu).lines, menu) == written


def test_a_bundle_as_on_the_menu_is_its_name() -> None:
    menu = quick_menu()
    bundle = menu.bundles[1]
    bare = OrderItem(1, 0, bundle.title, "", interpret("marg", menu).lines[0].item.unit_price)
    assert unparse([DraftLine("A", bare, 1)], menu) == "margherita"
    assert interpret("marg", menu).lines[0].item.components == default_configuration(bundle, menu.bundles)


def test_what_the_menu_does_not_have_is_not_written() -> None:
    menu = quick_menu()
    unknown = replace(interpret("coke", menu).lines[0].item, product_id=999)
    with pytest.raises(UnparseError, match="Coke is not on the menu"):
        unparse([DraftLine("A", unknown, 1)], menu)
