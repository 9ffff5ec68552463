"""Menus for tests: one that is written by hand and can be read, and any well-formed one.

Used by the tests of the rules, the order language and the screens.
"""

from decimal import Decimal

from console.ordering.bundle import CRUST, SIZE, STRENGTH, Bundle, BundleItem, Bundles, Group
from console.ordering.menu import Option, ProductType, Variant

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
            Group(BASES, "Base", (base(),), minimum=1, maximum=1, is_base=True),
            Group(
                SAUCES,
                "Sauces",
                (
                    topping(TOMATO, "Tomato Sauce", default=True, included="0", whole_only=True),
                    topping(BARBECUE, "Barbecue Sauce", "0.200", whole_only=True),
                ),
                minimum=1,
                maximum=1,
            ),
            Group(
                MAINS,
                "Cheese and Meat",
                (
                    topping(CHEESE, "Cheese", "0.500", default=True, included="0"),
                    topping(BEEF, "Beef Pepperoni", "0.600", default=beef, included="0" if beef else None),
                ),
            ),
            Group(
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
                Group(FIRST, "First Pizza", _slot("2.000", "3.000"), minimum=1, maximum=1),
                Group(SECOND, "Second Pizza", _slot("0", "0"), minimum=1, maximum=1),
                Group(DRINK, "Drink", (BundleItem(PEPSI, "Pepsi", extra=Decimal("0.250")),), maximum=1),
            ),
            ProductType.DEAL,
            price=Decimal("1.000"),
            floor=Decimal("3.500"),
        ),
    )
    return {bundle.product_id: bundle for bundle in bundles}


def _slot(medium: str, large: str) -> tuple[BundleItem, ...]:
    prices = {"Medium": Decimal(medium), "Large": Decimal(large)}
    return tuple(
        BundleItem(product_id, title, base_prices=prices, is_bundle=True)
        for product_id, title in ((MARGHERITA, "Margherita"), (PEPPERONI, "Pepperoni"))
    )
