"""Menus for tests: one that is written by hand and can be read, and any well-formed one."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from console.ordering.catalogue import Option, ProductType, Variant
from console.ordering.configuration import (
    ConfigureError,
    default_configuration,
    make_stronger,
    make_weaker,
    put_on_whole,
    put_topping,
    remove_topping,
    sizes,
    with_base,
)
from console.ordering.configuration.bundle import (
    CRUST,
    SIZE,
    STRENGTH,
    Bundle,
    BundleGroup,
    BundleItem,
    Bundles,
)
from console.ordering.configuration.deal import clear_place, configure_place, fill_place
from console.ordering.draft import Component, Portion

MARGHERITA, PEPPERONI, BOGO = 1, 2, 3
"""The bundles and the deal of the hand-written menu."""
CLASSIC, PEPSI = 10, 11
"""Its base and its drink. Every base is Classic, Pan or Thin."""
TOMATO, BARBECUE = 20, 21
CHEESE, BEEF = 30, 31
ONIONS, OLIVES, MUSHROOMS, CORN = 40, 41, 42, 43
"""Its sauces, its cheese and meat, its vegetables."""

BASES, SAUCES, MAINS, VEGETABLES = 100, 101, 102, 103
FIRST, SECOND, DRINK = 200, 201, 202
"""Its groups and the slots of its deal."""

SIZES = ("Small", "Medium", "Large")
STRENGTHS = ("Light", "Regular", "Extra")


def variant_id(product_id: int, size: str, form: str = "Regular") -> int:
    """The id of a form of the hand-written menu: a topping's strength, or a base's crust."""
    forms = (*STRENGTHS, "Classic", "Pan", "Thin")
    return product_id * 100 + SIZES.index(size) * 10 + forms.index(form)


def topping(
    product_id: int,
    title: str,
    price: str = "0.300",
    *,
    default: bool = False,
    included: str | None = None,
    whole_only: bool = False,
    sizes: tuple[str, ...] = SIZES,
) -> BundleItem:
    """A topping in three strengths: light costs as much as regular, extra twice; a size more a tenth more."""
    variants = tuple(
        Variant(
            variant_id(product_id, size, strength),
            product_id,
            "",
            (Option(SIZE, size), Option(STRENGTH, strength)),
            amount := (Decimal(price) + Decimal("0.100") * SIZES.index(size)) * (1 + (strength == "Extra")),
            amount,
        )
        for size in sizes
        for strength in STRENGTHS
    )
    return BundleItem(
        product_id,
        title,
        variants,
        quantity=int(default),
        variant_id=variant_id(product_id, "Medium") if default else 0,
        included=None if included is None else Decimal(included),
        whole_only=whole_only,
    )


def base() -> BundleItem:
    """Classic and pan in three sizes at 1.500, 2.500 and 3.500, thin in two; pan costs 0.250 more."""
    variants = tuple(
        Variant(
            variant_id(CLASSIC, size, crust),
            CLASSIC,
            "",
            (Option(SIZE, size), Option(CRUST, crust)),
            amount := Decimal("1.500") + SIZES.index(size) + Decimal("0.250") * (crust == "Pan"),
            amount,
        )
        for size in SIZES
        for crust in ("Classic", "Pan", "Thin")
        if (size, crust) != ("Large", "Thin")
    )
    return BundleItem(
        CLASSIC, "Base", variants, quantity=1, variant_id=variant_id(CLASSIC, "Medium", "Classic")
    )


def pizza(product_id: int, title: str, *, beef: bool, onions: bool) -> Bundle:
    """A pizza with tomato sauce and cheese: sauces exclude each other, one vegetable is free, three at most.

    Corn cannot be had in Small. Cheese and beef cost nothing where they come with it.
    """
    return Bundle(
        product_id,
        title,
        (
            BundleGroup(BASES, "Base", (base(),), minimum=1, maximum=1, is_base=True),
            BundleGroup(
                SAUCES,
                "Sauces",
                (
                    topping(TOMATO, "Tomato Sauce", default=True, included="0", whole_only=True),
                    topping(BARBECUE, "Barbecue Sauce", "0.200", whole_only=True),
                ),
                minimum=1,
                maximum=1,
            ),
            BundleGroup(
                MAINS,
                "Cheese and Meat",
                (
                    topping(CHEESE, "Cheese", "0.500", default=True, included="0"),
                    topping(BEEF, "Beef Pepperoni", "0.600", default=beef, included="0" if beef else None),
                ),
            ),
            BundleGroup(
                VEGETABLES,
                "Vegetables",
                (
                    topping(ONIONS, "Onions", default=onions, included="0" if onions else None),
                    topping(OLIVES, "Olives", "0.350"),
                    topping(MUSHROOMS, "Mushrooms"),
                    topping(CORN, "Corn", sizes=("Medium", "Large")),
                ),
                maximum=3,
                free=1,
            ),
        ),
    )


def menu() -> Bundles:
    """A Margherita with onions, a Pepperoni, and two medium or large ones for the price of one.

    The deal costs 1.000, its first pizza 2.000 or 3.000, the second one nothing; it never costs less than
    3.500, and a drink may be chosen.
    """
    bundles = (
        pizza(MARGHERITA, "Margherita", beef=False, onions=True),
        pizza(PEPPERONI, "Pepperoni", beef=True, onions=False),
        Bundle(
            BOGO,
            "Two for One",
            (
                BundleGroup(FIRST, "First Pizza", _deal_slot_items("2.000", "3.000"), minimum=1, maximum=1),
                BundleGroup(SECOND, "Second Pizza", _deal_slot_items("0", "0"), minimum=1, maximum=1),
                BundleGroup(DRINK, "Drink", (BundleItem(PEPSI, "Pepsi", extra=Decimal("0.250")),), maximum=1),
            ),
            ProductType.DEAL,
            price=Decimal("1.000"),
            floor=Decimal("3.500"),
        ),
    )
    return {bundle.product_id: bundle for bundle in bundles}


def _deal_slot_items(medium: str, large: str) -> tuple[BundleItem, ...]:
    prices = {"Medium": Decimal(medium), "Large": Decimal(large)}
    return tuple(
        BundleItem(product_id, title, base_prices=prices, is_bundle=True)
        for product_id, title in ((MARGHERITA, "Margherita"), (PEPPERONI, "Pepperoni"))
    )


# Any well-formed menu.

AMOUNTS = st.decimals(min_value=0, max_value=20, places=4)
ANY_STRENGTHS = ("None", "Light", "Regular", "Extra", "Mega")


@dataclass(frozen=True)
class RandomEdit:
    """A key that somebody presses in a pizza or in a deal; ``number`` says which topping or which place."""

    action: str
    deal_action: str
    number: int
    portion: Portion
    strength: str
    size: str
    crust: str


ACTIONS = ("put", "off", "stronger", "weaker", "whole", "base")
DEAL_ACTIONS = ("inside", "inside", "inside", "choose", "choose", "clear")

RANDOM_EDITS = st.lists(
    st.builds(
        RandomEdit,
        st.sampled_from(("put", *ACTIONS, "put")),
        st.sampled_from(DEAL_ACTIONS),
        st.integers(0, 11),
        st.sampled_from((Portion.LEFT, Portion.RIGHT, Portion.WHOLE)),
        st.sampled_from(("", "", *ANY_STRENGTHS)),
        st.sampled_from(("", *SIZES)),
        st.sampled_from(("", "Classic", "Pan", "Thin")),
    ),
    min_size=4,
    max_size=14,
)
"""Keys in any order, most of which fit."""


@st.composite
def any_item(draw: st.DrawFn, product_id: int, *, whole_only: bool) -> BundleItem:
    """A topping with some strengths at some sizes, or with none at all; a default comes in every size."""
    quantity = draw(st.sampled_from((0, 0, 1, 1, 2)))
    strengths = draw(st.lists(st.sampled_from(ANY_STRENGTHS), unique=True, max_size=4))
    at = SIZES if quantity else draw(st.lists(st.sampled_from(SIZES), unique=True, min_size=1))
    forms = [(size, strength) for size in at for strength in strengths]
    variants = tuple(
        Variant(
            product_id * 100 + number,
            product_id,
            "",
            (Option(SIZE, size), Option(STRENGTH, strength)),
            amount := draw(AMOUNTS),
            amount,
        )
        for number, (size, strength) in enumerate(forms)
    )
    return BundleItem(
        product_id,
        f"Topping {product_id}",
        variants,
        quantity=quantity,
        variant_id=draw(st.sampled_from(variants)).variant_id if variants and quantity else 0,
        included=draw(st.none() | AMOUNTS),
        price=draw(AMOUNTS),
        whole_only=whole_only,
    )


@st.composite
def any_pizza(draw: st.DrawFn, product_id: int) -> Bundle:
    """A bundle with a base and up to three groups, which its defaults satisfy."""
    shapes = [(size, crust) for size in SIZES for crust in ("Classic", "Pan", "Thin")]
    shapes = draw(st.lists(st.sampled_from(shapes), unique=True, min_size=1, max_size=6))
    base_id = product_id * 10
    variants = tuple(
        Variant(
            base_id * 100 + n,
            base_id,
            "",
            (Option(SIZE, s), Option(CRUST, c)),
            amount := draw(AMOUNTS),
            amount,
        )
        for n, (s, c) in enumerate(shapes)
    )
    base_item = BundleItem(
        base_id, "Base", variants, quantity=1, variant_id=draw(st.sampled_from(variants)).variant_id
    )
    groups = [BundleGroup(BASES, "Base", (base_item,), minimum=1, maximum=1, is_base=True)]
    number = 1000
    for group_id in range(101, 101 + draw(st.integers(1, 3))):
        items: list[BundleItem] = []
        for _ in range(draw(st.integers(1, 4))):
            number += 1
            items.append(draw(any_item(number, whole_only=draw(st.integers(0, 3)) == 3)))
        groups.append(draw(any_group(group_id, tuple(items))))
    return Bundle(
        product_id,
        f"Pizza {product_id}",
        tuple(groups),
        price=draw(st.just(Decimal(0)) | AMOUNTS),
        floor=draw(st.just(Decimal(0)) | AMOUNTS),
    )


@st.composite
def any_group(draw: st.DrawFn, group_id: int, items: tuple[BundleItem, ...]) -> BundleGroup:
    """A group whose bounds its defaults keep."""
    defaults = sum(item.quantity for item in items)
    return BundleGroup(
        group_id,
        f"Group {group_id}",
        items,
        minimum=draw(st.integers(0, defaults)),
        maximum=draw(st.none() | st.integers(max(1, defaults), defaults + 2)),
        free=draw(st.integers(0, 2)),
    )


@st.composite
def any_deal(draw: st.DrawFn, product_id: int, inner: Mapping[int, Bundle]) -> Bundle:
    """A deal of these bundles and of drinks, with prices of its own for some sizes."""
    groups: list[BundleGroup] = []
    for group_id in range(product_id * 10, product_id * 10 + draw(st.integers(1, 3))):
        items: list[BundleItem] = []
        for number in draw(st.lists(st.sampled_from(list(inner)), unique=True, max_size=2)):
            bundle = inner[number]
            here = draw(st.lists(st.sampled_from(sizes(bundle)), unique=True)) if sizes(bundle) else []
            items.append(
                BundleItem(
                    bundle.product_id,
                    bundle.title,
                    quantity=draw(st.integers(0, 2)),
                    base_prices={size: draw(AMOUNTS) for size in here},
                    extra=draw(st.just(Decimal(0)) | AMOUNTS),
                    is_bundle=True,
                )
            )
        items.append(BundleItem(PEPSI, "Pepsi", quantity=draw(st.integers(0, 1)), extra=draw(AMOUNTS)))
        groups.append(draw(any_group(group_id, tuple(items))))
    return Bundle(
        product_id,
        f"Deal {product_id}",
        tuple(groups),
        ProductType.DEAL,
        price=draw(AMOUNTS),
        floor=draw(AMOUNTS),
    )


@st.composite
def any_menu(draw: st.DrawFn, *, depth: int = 3) -> Bundles:
    """Two pizzas, and deals of what is below them, ``depth`` bundles deep; the last one is the deepest."""
    bundles: dict[int, Bundle] = {number: draw(any_pizza(number)) for number in (51, 52)}
    for number in range(60, 60 + depth - 1):
        bundles[number] = draw(any_deal(number, bundles))
    return bundles


def any_pizzas() -> st.SearchStrategy[Bundle]:
    """Any pizza that stands alone."""
    return any_pizza(51)


def apply_edits(bundle: Bundle, bundles: Bundles, edits: list[RandomEdit]) -> tuple[Component, ...]:
    """What comes of pressing these keys one by one; those that are refused change nothing."""
    components = default_configuration(bundle, bundles)
    for number, edit in enumerate(edits):
        with suppress(ConfigureError):
            components = _apply_edit(bundle, bundles, components, edit, edits[number + 1 :])
    return components


def _apply_edit(
    bundle: Bundle,
    bundles: Bundles,
    components: tuple[Component, ...],
    edit: RandomEdit,
    later: list[RandomEdit],
) -> tuple[Component, ...]:
    if bundle.is_deal:
        return _apply_deal_edit(bundle, bundles, components, edit, later)
    toppings = [i.product_id for g in bundle.groups if not g.is_base for i in g.items]
    chosen = toppings[edit.number % len(toppings)] if toppings else 0
    match edit.action:
        case "put":
            components = put_topping(bundle, components, chosen, edit.portion, edit.strength)
        case "off":
            components = remove_topping(bundle, components, chosen, edit.portion)
        case "stronger":
            components = make_stronger(bundle, components, chosen, edit.portion)
        case "weaker":
            components = make_weaker(bundle, components, chosen, edit.portion)
        case "whole":
            components = put_on_whole(bundle, components, chosen)
        case "base":
            components = with_base(bundle, components, size=edit.size, crust=edit.crust).components
    return components


def _apply_deal_edit(
    deal: Bundle,
    bundles: Bundles,
    components: tuple[Component, ...],
    edit: RandomEdit,
    later: list[RandomEdit],
) -> tuple[Component, ...]:
    if edit.deal_action == "choose":
        group = deal.groups[edit.number % len(deal.groups)]
        item = group.items[edit.number % len(group.items)]
        return fill_place(deal, bundles, components, group.group_id, edit.number % 3, item.product_id)
    if not components:
        return components
    index = edit.number % len(components)
    if edit.deal_action == "clear":
        return clear_place(components, index)
    inner = bundles.get(components[index].product_id)
    if edit.deal_action != "inside" or inner is None or not later:
        return components
    parts = components[index].components
    group = deal.group(components[index].group_id)
    slot = group.item(inner.product_id) if group else None
    if later[0].action == "base" and slot and not inner.is_deal:
        refit = with_base(inner, parts, size=later[0].size, crust=later[0].crust, deal_slot=slot)
        return configure_place(components, index, refit.components)
    return configure_place(components, index, _apply_edit(inner, bundles, parts, later[0], later[1:]))


def swap_halves(components: tuple[Component, ...]) -> tuple[Component, ...]:
    """The same with left and right exchanged."""
    other = {Portion.LEFT: Portion.RIGHT, Portion.RIGHT: Portion.LEFT}
    return tuple(
        replace(c, portion=other.get(c.portion, c.portion), components=swap_halves(c.components))
        for c in components
    )


def whole_from_half(components: tuple[Component, ...], half: Portion) -> tuple[Component, ...]:
    """The whole pizza that one half would be."""
    components_of_half = (c for c in components if c.portion in (Portion.WHOLE, half))
    return tuple(replace(c, portion=Portion.WHOLE) for c in components_of_half)
