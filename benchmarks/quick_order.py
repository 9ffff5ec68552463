"""Measure the time to parse, price and complete a quick order at each key, on a large menu.

Run: ``python -m benchmarks.quick_order [--products 2000] [--pizzas 500]``
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random
from statistics import median, quantiles

from console.ordering.catalogue import Option, Product, ProductType, Variant
from console.ordering.configuration.bundle import CRUST, SIZE, STRENGTH, Bundle, BundleGroup, BundleItem
from console.ordering.money import Currency
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.quick_order import QuickMenu, build_quick_menu, interpret

SIZES = ("Small", "Medium", "Large")
CRUSTS = ("Classic", "Pan", "Thin")
STRENGTHS = ("Light", "Regular", "Extra")
TOPPINGS = (
    "Onions", "Tomatoes", "Green Chillies", "Green Pepper Strips", "Jalapeno", "Mushrooms", "Mozarella",
    "Sweet Corn", "Pineapple", "Sliced Black Olives", "Paneer", "Chargrilled Chicken", "Beef Pepperoni",
    "Calamari Catch", "Beef", "Chicken Pepperoni", "Chicken Tikka", "Shrimps", "Turkey Ham", "Rocket",
    "Feta", "Pizza Sauce", "Barbecue Sauce", "Ranch Sauce",
)  # fmt: skip
SYLLABLES = (
    "ba",
    "cor",
    "del",
    "fa",
    "gri",
    "hal",
    "jo",
    "ki",
    "lo",
    "mar",
    "nu",
    "pe",
    "ri",
    "sal",
    "to",
    "zu",
)
LINES = (
    "2 l pan {pizza} +olive:l +mush:r x -onion; 3 {plain}; {deal} m [{pizza}, {pizza} +jala]",
    "l {pizza}+ol:l lt+mu:r",
    "m {pizza}/{pizza} +sho",
    "{deal} l [{pizza} thin, ",
    "p",
    "l",
    "2 c",
)
"""Shapes of typed orders, complete and incomplete, one with the shortest words."""


def menu_parts(products: int, pizzas: int, seed: int) -> tuple[tuple[Product, ...], dict[int, Bundle]]:
    """Generate pizzas with 24 toppings, one deal for every ten pizzas, and plain products."""
    random = Random(seed)
    bundles: dict[int, Bundle] = {}
    toppings = tuple(_topping(9000 + n, title) for n, title in enumerate(TOPPINGS))
    for number in range(1, pizzas + 1):
        groups = _groups(toppings, base=_base(number), defaults=random.sample(range(20), 4))
        bundles[number] = Bundle(number, _title(random), groups)
    choices = tuple(
        BundleItem(
            number,
            bundles[number].title,
            quantity=int(number == 1),
            base_prices={"Medium": Decimal("3.250"), "Large": Decimal("4.250")},
            is_bundle=True,
        )
        for number in range(1, pizzas + 1)
    )
    for number in range(pizzas + 1, pizzas + pizzas // 10 + 1):
        slots = tuple(
            BundleGroup(number * 10 + n, f"Pizza {n}", choices, minimum=1, maximum=1) for n in (1, 2)
        )
        bundles[number] = Bundle(number, f"{_title(random)} Deal", slots, ProductType.DEAL)
    sold = [_product(b.product_id, b.title, b.product_type) for b in bundles.values()]
    sold += [_product(n, _title(random), ProductType.NORMAL) for n in range(len(sold) + 1, products + 1)]
    return tuple(sold), bundles


def lines(parts: tuple[tuple[Product, ...], dict[int, Bundle]], count: int, seed: int) -> list[str]:
    """Generate typed orders for this menu."""
    random = Random(seed)
    products, bundles = parts
    pizzas = [b.title for b in bundles.values() if not b.is_deal]
    deals = [b.title for b in bundles.values() if b.is_deal]
    plain = [p.title for p in products if p.product_id not in bundles]
    found: list[str] = []
    for number in range(count):
        text = LINES[number % len(LINES)]
        for word, titles in (("{pizza}", pizzas), ("{deal}", deals), ("{plain}", plain)):
            while word in text:
                text = text.replace(word, random.choice(titles).lower(), 1)
        found.append(text)
    return found


def time_lines(
    menu: QuickMenu, texts: Sequence[str], clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Return the milliseconds to parse, price and complete each text at its last key."""
    durations: list[float] = []
    for text in texts:
        since = clock()
        interpret(text, menu, len(text))
        durations.append((clock() - since) * 1000)
    return durations


def main() -> int:
    """Build the menu, parse the orders and print the table."""
    parser = argparse.ArgumentParser(description="Time of a quick order at each key.")
    parser.add_argument("--products", type=int, default=2000)
    parser.add_argument("--pizzas", type=int, default=500)
    parser.add_argument("--lines", type=int, default=700)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    parts = menu_parts(arguments.products, arguments.pizzas, arguments.seed)
    since = time.perf_counter()
    menu = build_quick_menu(*parts, currency=Currency("KWD"), half_rule=HalfRule.HALF)
    built = (time.perf_counter() - since) * 1000
    since = time.perf_counter()
    menu.build_indexes()
    indexed = (time.perf_counter() - since) * 1000
    print(f"{arguments.products} products, {arguments.pizzas} of them pizzas: menu built in {built:.0f} ms,")
    print(f"indexes of its groups, which the console builds in the background, in {indexed:.0f} ms more")
    texts = lines(parts, arguments.lines, arguments.seed)
    print(f"{'milliseconds':<14}{'median':>8}{'p99':>8}{'worst':>8}")
    for number, shape in enumerate(LINES):
        _row(time_lines(menu, texts[number :: len(LINES)]), shape)
    _row(time_lines(menu, texts), "all shapes")
    return 0


def _row(durations: list[float], label: str) -> None:
    p99 = quantiles(durations, n=100)[98]
    print(f"{'':<14}{median(durations):>8.2f}{p99:>8.2f}{max(durations):>8.2f}  {label}")


def _title(random: Random) -> str:
    return " ".join(
        "".join(random.choices(SYLLABLES, k=random.randint(2, 3))).capitalize()
        for _ in range(random.randint(1, 3))
    )


def _base(number: int) -> BundleItem:
    variants = tuple(
        Variant(
            number * 100 + n,
            7000,
            "",
            (Option(CRUST, crust), Option(SIZE, size)),
            Decimal("2.500") + n,
            Decimal("2.500") + n,
        )
        for n, (size, crust) in enumerate((s, c) for s in SIZES for c in CRUSTS)
    )
    return BundleItem(7000, "Base", variants, quantity=1, variant_id=variants[3].variant_id)


def _topping(product_id: int, title: str) -> BundleItem:
    variants = tuple(
        Variant(
            product_id * 100 + n,
            product_id,
            "",
            (Option(SIZE, size), Option(STRENGTH, strength)),
            Decimal("0.250") * (n + 1),
            Decimal("0.250") * (n + 1),
        )
        for n, (size, strength) in enumerate((s, f) for s in SIZES for f in STRENGTHS)
    )
    return BundleItem(product_id, title, variants)


def _groups(
    toppings: tuple[BundleItem, ...], *, base: BundleItem, defaults: list[int]
) -> tuple[BundleGroup, ...]:
    def with_defaults(first: int, last: int) -> tuple[BundleItem, ...]:
        return tuple(
            _default(item) if number in defaults or number == 21 else item
            for number, item in enumerate(toppings)
            if first <= number < last
        )

    return (
        BundleGroup(1, "Base", (base,), minimum=1, maximum=1, is_base=True),
        BundleGroup(2, "Vegetables", with_defaults(0, 11), maximum=9, free=1),
        BundleGroup(3, "Meat", with_defaults(11, 21), maximum=9),
        BundleGroup(4, "Sauce", with_defaults(21, 24), minimum=1, maximum=1),
    )


def _default(item: BundleItem) -> BundleItem:
    return BundleItem(item.product_id, item.title, item.variants, 1, item.variants[4].variant_id, Decimal(0))


def _product(product_id: int, title: str, kind: ProductType) -> Product:
    price = Decimal("1.250")
    return Product(product_id, title, f"SKU-{product_id}", "C", "Food", price, price, kind)


if __name__ == "__main__":
    sys.exit(main())
