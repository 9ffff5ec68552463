"""A small pizza shop for the tests of the one-line order and for the examples of its page.

Its toppings, sizes and prices are those of ``menus``: a medium classic base costs 2.500.
"""

from decimal import Decimal

from console.ordering.catalogue import Option, Product, ProductType, Variant
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem, Bundles
from console.ordering.money import Currency
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.quick_order import QuickMenu, build_quick_menu
from tests.ordering.menus import base, topping

MARGHERITA, PEPPERONI, SUPREME, CALZONE = 1, 2, 3, 4
BOGO, DIPS, BOX, VEGGIE = 5, 6, 7, 8
COKE, PEPSI, SEVEN_UP, WINGS, BREAD = 10, 11, 12, 13, 14
GARLIC_DIP, RANCH_DIP = 15, 16


def bundles() -> Bundles:
    """Four pizzas, two of them for the price of one, and a box of three dips."""
    found = (
        _pizza(MARGHERITA, "Margherita", "onions"),
        _pizza(PEPPERONI, "Classic Pepperoni", "pepperoni"),
        _pizza(SUPREME, "Chicken Supreme", "chicken", "olives"),
        _pizza(VEGGIE, "Veggie Feast", "onions", "corn"),
        Bundle(
            BOGO,
            "BOGO Medium",
            (
                BundleGroup(200, "First pizza", _deal_slot_items("3.000"), minimum=1, maximum=1),
                BundleGroup(201, "Second pizza", _deal_slot_items("0"), minimum=1, maximum=1),
                BundleGroup(202, "Drink", (BundleItem(COKE, "Coke", _packs(COKE)),), maximum=1),
            ),
            ProductType.DEAL,
        ),
        Bundle(
            DIPS,
            "Dip Trio",
            (
                BundleGroup(
                    210,
                    "Dips",
                    (
                        BundleItem(GARLIC_DIP, "Garlic Dip", quantity=3),
                        BundleItem(RANCH_DIP, "Ranch Dip", extra=Decimal("0.050")),
                    ),
                    minimum=1,
                    maximum=3,
                ),
            ),
            ProductType.DEAL,
            price=Decimal("0.650"),
        ),
    )
    return {bundle.product_id: bundle for bundle in found}


def products() -> tuple[Product, ...]:
    """What is sold by itself, a bundle of unknown parts and a topping among it."""
    return (
        _product(MARGHERITA, "Margherita", "2.500", ProductType.BUNDLE),
        _product(PEPPERONI, "Classic Pepperoni", "2.500", ProductType.BUNDLE),
        _product(SUPREME, "Chicken Supreme", "2.500", ProductType.BUNDLE),
        _product(VEGGIE, "Veggie Feast", "2.500", ProductType.BUNDLE),
        _product(CALZONE, "Pepperoni Calzone", "1.650"),
        _product(BOGO, "BOGO Medium", "3.000", ProductType.DEAL),
        _product(DIPS, "Dip Trio", "0.650", ProductType.DEAL),
        _product(BOX, "Mystery Box", "5.000", ProductType.DEAL),
        _product(COKE, "Coke", "0.300", variants=_packs(COKE)),
        _product(PEPSI, "Pepsi", "0.300", variants=_packs(PEPSI)),
        _product(SEVEN_UP, "7 Up", "0.300"),
        _product(
            WINGS,
            "Chicken Wings",
            "1.500",
            variants=_variants(WINGS, ("6 Pieces", "1.500"), ("12 Pieces", "2.750")),
        ),
        _product(BREAD, "Cheesy Garlic Bread", "1.000"),
        _product(GARLIC_DIP, "Garlic Dip", "0.250"),
        _product(RANCH_DIP, "Ranch Dip", "0.250"),
        _product(43, "Extra Corn", "0.300", ProductType.ADD_ON),
    )


def quick_menu(half_rule: HalfRule = HalfRule.HALF) -> QuickMenu:
    """The shop's menu."""
    return build_quick_menu(products(), bundles(), currency=Currency("KWD"), half_rule=half_rule)


def _pizza(product_id: int, title: str, *defaults: str) -> Bundle:
    sauces = (
        topping(20, "Pizza Sauce", default=True, included="0", whole_only=True),
        topping(21, "Barbecue Sauce", "0.200", whole_only=True),
    )
    on_it = (
        topping(30, "Mozzarella", "0.500", default=True, included="0"),
        _topping(31, "Beef Pepperoni", "pepperoni", defaults),
        _topping(32, "Chargrilled Chicken", "chicken", defaults),
        _topping(40, "Onions", "onions", defaults),
        _topping(41, "Sliced Black Olives", "olives", defaults),
        topping(42, "Mushrooms"),
        topping(43, "Sweet Corn", default="corn" in defaults, sizes=("Medium", "Large")),
        topping(44, "Jalapeño"),
    )
    return Bundle(
        product_id,
        title,
        (
            BundleGroup(100, "Base", (base(),), minimum=1, maximum=1, is_base=True),
            BundleGroup(101, "Sauces", sauces, minimum=1, maximum=1),
            BundleGroup(102, "Toppings", on_it, maximum=7),
        ),
    )


def _topping(product_id: int, title: str, word: str, defaults: tuple[str, ...]) -> BundleItem:
    default = word in defaults
    return topping(product_id, title, default=default, included="0" if default else None)


def _deal_slot_items(medium: str) -> tuple[BundleItem, ...]:
    prices = {"Medium": Decimal(medium), "Large": Decimal(medium) + 1}
    titles = {MARGHERITA: "Margherita", PEPPERONI: "Classic Pepperoni", SUPREME: "Chicken Supreme"}
    return tuple(
        BundleItem(number, title, quantity=int(number == MARGHERITA), base_prices=prices, is_bundle=True)
        for number, title in titles.items()
    )


def _packs(product_id: int) -> tuple[Variant, ...]:
    return _variants(product_id, ("Can 330 ml", "0.300"), ("Bottle 500 ml", "0.400"), ("Bottle 1 l", "0.650"))


def _variants(product_id: int, *forms: tuple[str, str]) -> tuple[Variant, ...]:
    return tuple(
        Variant(
            product_id * 100 + number,
            product_id,
            f"SKU-{product_id}-{number}",
            (Option("Pack", name),),
            Decimal(price),
            Decimal(price),
        )
        for number, (name, price) in enumerate(forms)
    )


def _product(
    product_id: int,
    title: str,
    price: str,
    kind: ProductType = ProductType.NORMAL,
    variants: tuple[Variant, ...] = (),
) -> Product:
    return Product(
        product_id,
        title,
        f"SKU-{product_id}",
        "C1",
        "Food",
        Decimal(price),
        Decimal(price),
        kind,
        bool(variants),
        variants,
    )
