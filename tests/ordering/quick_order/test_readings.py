"""Readings of a typed line in full: what is underlined, why, what may stand there, and what is offered.

Prices are those of the small shop: a medium base 2.500, a topping 0.400, extra twice that.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.catalogue import Option, Product, ProductType, Variant
from console.ordering.draft import OrderItem
from console.ordering.quick_order import build_quick_menu, interpret
from console.ordering.quick_order.interpreter import default_product_variant
from console.ordering.quick_order.result import QuickOrderLine
from tests.ordering.quick_order.quick_menu import bundles, products, quick_menu

MENU = quick_menu()
PACKS = ("Can 330 ml", "Bottle 500 ml", "Bottle 1 l")
PIZZAS = ("Margherita", "Classic Pepperoni", "Chicken Supreme")


@pytest.mark.parametrize(
    ("text", "underlined", "message", "choices"),
    [
        ("marx", "marx", "Nothing here is called marx.", ("Margherita",)),
        ("coke zzz", "zzz", "Nothing here is called zzz.", ()),
        ("coke can bottle", "can bottle", "Coke does not come as can bottle.", PACKS),
        (
            "thin l marg",
            "thin l",
            "Margherita does not come as thin l.",
            ("Small", "Medium", "Large", "Classic", "Pan", "Thin"),
        ),
        ("marg 2 2", "marg 2 2", "Nothing here matches all of this: marg 2 2.", ("Margherita",)),
        ("bogo s", "s", "s does not go with bogo.", ("BOGO Medium",)),
        ("#99", "#99", "Nothing here is called 99.", ()),
        ('"zzz"', '"zzz"', "Nothing here is called zzz.", ()),
        ("coke x2000", "x2000", "A quantity is 1 to 999.", ()),
        (
            "1 2 3 4 5 6 7 8 9 10 11 12 13",
            "1 2 3 4 5 6 7 8 9 10 11 12 13",
            "Too many words for one thing.",
            (),
        ),
        ("2 marg/3 sup", "3 sup", "The quantity is given twice.", ()),
        ("l marg/l sup", "l sup", "Both recipes share one base. Give its size and crust once.", ()),
        ("s marg/veggie", "s marg/veggie", "Sweet Corn of Veggie Feast cannot go on Margherita.", ()),
        ("mystery/marg", "mystery", "Mystery Box does not come in halves.", ()),
        ("mystery [x]", "mystery [x]", "Mystery Box cannot be changed: its parts are not known.", ()),
        ("coke [x]", "coke [x]", "Coke cannot be changed: it has no parts.", ()),
        ("marg +musx", "musx", "Nothing here is called musx.", ("Mushrooms",)),
        ("marg +mush lt x", "lt x", "Mushrooms does not come as lt x.", ("Light", "Regular", "Extra")),
        ("marg +sauce", "sauce", "sauce is several things; say which.", ("Pizza Sauce", "Barbecue Sauce")),
        ("marg +olive:", ":", "Write left, right or whole behind a colon.", ("left", "right", "whole")),
        ("marg +olive r", "r", "For the right half write a colon, for light write lt.", (":r", "lt")),
        ("marg +zzz l", "zzz", "Nothing here is called zzz.", ()),
        ("marg -", "-", "Say what to take off.", ()),
        ("marg -*:l", "*", "Nothing here is called *.", ()),
        ("bogo [marg [x]]", "[x]", "Margherita has no slots to fill.", ()),
        ("bogo [marg +zzz, sup +yyy]", "zzz", "Nothing here is called zzz.", ()),
        ("bogo [marg, sup +yyy]", "yyy", "Nothing here is called yyy.", ()),
        ("bogo [coke +ice]", "+ice", "Coke cannot be changed: its parts are not known.", ()),
        ("bogo [marg,marg,coke,coke]", "coke", "BOGO Medium has no more places.", ()),
        ("bogo +olive [zzz]", "+olive ", "Toppings go on what is in BOGO Medium: use brackets.", ()),
        ("dip [4 ranch]", "4 ranch", "Dip Trio has room for 3 Ranch Dip here.", ()),
        ("bogo [-]", "bogo [-]", "Choose 1 of First pizza.", PIZZAS),
        ("bogo [marg, -]", "bogo [marg, -]", "Choose 1 of Second pizza.", PIZZAS),
        ("dip [-]", "dip [-]", "Choose 1 of Dips.", ("Garlic Dip", "Ranch Dip")),
        ("l thin bogo", "l thin bogo", "Nothing in BOGO Medium comes as Thin here.", ()),
        ("bogo [2 l]", "2 l", "2 l names nothing here.", ()),
    ],
)
def test_mistake_is_underlined_with_what_may_stand_there(
    text: str, underlined: str, message: str, choices: tuple[str, ...]
) -> None:
    mistake = interpret(text, MENU).mistake
    assert mistake is not None
    assert (text[mistake.start : mistake.end].strip(), mistake.message) == (underlined.strip(), message)
    assert mistake.choices == choices


@pytest.mark.parametrize(
    ("text", "description", "amount"),
    [
        ("l coke", "1 Coke, Bottle 1 l", "0.650"),
        ("#10.1002", "1 Coke, Bottle 1 l", "0.650"),
        ("#10.1", "1 Coke, Can 330 ml", "0.300"),
        ("#1.1021", "1 Medium Classic Margherita", "2.500"),
        ("#1.1010", "1 Medium Classic Margherita", "2.500"),
        ("12 wings 6", "12 Chicken Wings, 6 Pieces", "18.000"),
        ("500 3 coke", "3 Coke, Bottle 500 ml", "1.200"),
        ("marg +olive -olive", "1 Medium Classic Margherita", "2.500"),
        ("marg +corn:l x", "1 Medium Classic Margherita, left: extra Sweet Corn", "2.900"),
        ('marg +"mushrooms"', "1 Medium Classic Margherita, Mushrooms", "2.900"),
        ("marg +#42.4212", "1 Medium Classic Margherita, extra Mushrooms", "3.300"),
        ("marg +#42", "1 Medium Classic Margherita, Mushrooms", "2.900"),
        ("s veggie", "1 Small Classic Veggie Feast, no Sweet Corn", "1.500"),
        ("bogo [l]", "1 BOGO Medium, 1: Large Classic Margherita; 2: Medium Classic Margherita", "4.000"),
        ("bogo [pan l]", "1 BOGO Medium, 1: Large Pan Margherita; 2: Medium Classic Margherita", "4.000"),
        ("l bogo", "1 BOGO Medium, 1: Large Classic Margherita; 2: Large Classic Margherita", "5.000"),
        (
            "bogo [#3, #2]",
            "1 BOGO Medium, 1: Medium Classic Chicken Supreme; 2: Medium Classic Classic Pepperoni",
            "3.000",
        ),
        (
            "bogo [,,coke 500]",
            "1 BOGO Medium, 1: Medium Classic Margherita; 2: Medium Classic Margherita; Coke Bottle 500 ml",
            "3.000",
        ),
        (
            "bogo [marg/sup]",
            "1 BOGO Medium, 1: Medium Classic Margherita, left: Onions,"
            " right: Chargrilled Chicken and Sliced Black Olives; 2: Medium Classic Margherita",
            "3.400",
        ),
        ("dip [2 ranch, ]", "1 Dip Trio, 2 x Ranch Dip; Garlic Dip", "0.750"),
        ("dip [,2 ranch]", "1 Dip Trio, Garlic Dip; 2 x Ranch Dip", "0.750"),
    ],
)
def test_line_is_read_and_priced(text: str, description: str, amount: str) -> None:
    reading = interpret(text, MENU)
    assert reading.mistake is None
    assert [line.description for line in reading.lines] == [description]
    assert reading.amounts == (Decimal(amount),)


def test_line_has_its_place_in_the_text() -> None:
    reading = interpret("2 coke ; marg +olive", MENU)
    assert [(line.quantity, line.start, line.end) for line in reading.lines] == [(2, 0, 6), (1, 9, 20)]
    assert reading.text == "2 coke ; marg +olive"


def test_everything_can_be_taken_off_at_once() -> None:
    reading = interpret("marg -* +barb", MENU)
    assert reading.mistake is None
    assert reading.lines[0].item.details == "Barbecue Sauce, no Mozzarella, no Onions"


def test_first_mistake_of_two_lines_counts() -> None:
    mistake = interpret("marg +zzz; yyy", MENU).mistake
    assert mistake is not None
    assert mistake.message == "Nothing here is called zzz."


def test_mistake_against_the_grammar_comes_by_its_place() -> None:
    for text, message in (("marg, +zzz", "A comma"), ("zzz, marg", "Nothing here is called zzz.")):
        mistake = interpret(text, MENU).mistake
        assert mistake is not None
        assert mistake.message.startswith(message)


# Plain products


def sold(**changes: object) -> Product:
    cola = next(product for product in products() if product.title == "Coke")
    return replace(cola, **changes)  # type: ignore[arg-type]


def reading_of(product: Product, text: str = "coke") -> tuple[OrderItem, str]:
    menu = build_quick_menu([product], {}, currency=MENU.currency, half_rule=MENU.half_rule)
    reading = interpret(text, menu)
    return reading.lines[0].item, reading.mistake.message if reading.mistake else ""


def test_variants_that_are_not_known_yet_are_said() -> None:
    item, message = reading_of(sold(variants=None))
    assert message == "The variants of Coke are not known yet."
    assert (item.variant_id, item.options, item.unit_price) == (0, "", Decimal("0.300"))


def test_product_without_variants_has_its_own_price() -> None:
    item, message = reading_of(sold(variants=(), has_variants=False, price=Decimal("0.350")))
    assert (item, message) == (OrderItem(10, 0, "Coke", "", Decimal("0.350")), "")


def test_options_that_begin_alike_are_asked_about() -> None:
    cans = tuple(
        Variant(number, 10, "", (Option("Pack", name),), Decimal(1), Decimal(1))
        for number, name in enumerate(("Can Small", "Can Large"), 1)
    )
    menu = build_quick_menu([sold(variants=cans)], {}, currency=MENU.currency, half_rule=MENU.half_rule)
    mistake = interpret("2 coke can", menu).mistake
    assert mistake is not None
    assert (mistake.start, mistake.end) == (0, 10)
    assert (mistake.message, mistake.choices) == (
        "Say which: Can Small, Can Large.",
        ("Can Small", "Can Large"),
    )


def test_product_without_a_price_is_offered_without_one() -> None:
    menu = build_quick_menu([sold(price=Decimal(0))], {}, currency=MENU.currency, half_rule=MENU.half_rule)
    assert [one.description for one in interpret("co", menu, 2).completions] == ["Coke"]


def test_variant_at_the_products_price_is_the_default_one() -> None:
    cheap, dear = (Variant(n, 10, "", (Option("Pack", str(n)),), Decimal(n), Decimal(n)) for n in (1, 2))
    product = sold(variants=(cheap, dear), price=Decimal(2))
    assert default_product_variant(product) == dear
    assert default_product_variant(replace(product, price=Decimal(3))) == cheap
    assert default_product_variant(replace(product, variants=None)) is None


def test_what_is_not_available_or_an_add_on_is_not_on_the_menu() -> None:
    for product in (sold(available=False), sold(product_type=ProductType.ADD_ON)):
        menu = build_quick_menu([product], {}, currency=MENU.currency, half_rule=MENU.half_rule)
        assert interpret("coke", menu).lines == ()
        assert menu.products == ()


def test_product_of_the_menu_is_found_by_its_number() -> None:
    found = MENU.product(10)
    assert found is not None
    assert (found.title, MENU.product(999)) == ("Coke", None)


@pytest.mark.parametrize(
    ("item", "description"),
    [
        (OrderItem(1, 0, "Bread", "", Decimal(1)), "2 Bread"),
        (OrderItem(1, 0, "Coke", "Can", Decimal(1)), "2 Coke, Can"),
        (OrderItem(1, 0, "Deal", "", Decimal(1), details="cold"), "2 Deal, cold"),
    ],
)
def test_line_is_described(item: OrderItem, description: str) -> None:
    assert QuickOrderLine(2, item, 0, 1).description == description


def test_indexes_are_made_at_once_or_when_needed() -> None:
    early, late = quick_menu(), quick_menu()
    early.build_indexes()
    for text in ("bogo [sup, pepp +jala]", "marg +olive", "dip [ranch]"):
        assert interpret(text, early) == interpret(text, late)
    pizza, deal = bundles()[1], bundles()[5]
    assert early.topping_index(pizza) is early.topping_index(pizza)
    assert early.choice_index(deal, deal.groups[0], bundles()) is early.choice_index(deal, deal.groups[0], {})


# Completions


SIZES = ["small", "medium", "large"]
CRUSTS = ["classic", "pan", "thin"]


@pytest.mark.parametrize(
    ("text", "cursor", "offered"),
    [
        ("2 chick su", 10, [("chicken supreme", "Chicken Supreme  KWD 2.500", 2, 10)]),
        ("marg +mush:r", 12, [("r", "right half", 11, 12)]),
        ("marg +mush:z", 12, []),
        ("marg +mush e", 12, [("extra", "Strength Extra", 11, 12)]),
        ("marg -on", 8, [("onions", "Onions  KWD 0.400", 6, 8)]),
        ("coke b", 6, [("bottle500ml", "Pack Bottle 500 ml", 5, 6), ("bottle1l", "Pack Bottle 1 l", 5, 6)]),
        ("coke 500 ", 9, []),
        (
            "l marg ",
            7,
            [("classic", "Crust Classic", 7, 7), ("pan", "Crust Pan", 7, 7), ("thin", "Crust Thin", 7, 7)],
        ),
        ("l marg p", 8, [("pan", "Crust Pan", 7, 8)]),
        ("bogo [sup p", 11, [("pan", "Crust Pan", 10, 11)]),
        ("dip [r", 6, [("ranch dip", "Ranch Dip  +KWD 0.050", 5, 6)]),
        (
            "marg/s",
            6,
            [("chicken supreme", "Chicken Supreme  KWD 2.500", 5, 6), ("small", "Size Small", 5, 6)],
        ),
        ("marg +mush -on", 10, [("mushrooms", "Mushrooms  KWD 0.400", 6, 10)]),
        ("coke; mar", 9, [("margherita", "Margherita  KWD 2.500", 6, 9)]),
        (
            "bogo [+m",
            8,
            [("mozzarella", "Mozzarella  KWD 0.600", 7, 8), ("mushrooms", "Mushrooms  KWD 0.400", 7, 8)],
        ),
        (
            "l bogo [p",
            9,
            [("classic pepperoni", "Classic Pepperoni", 8, 9), ("pan", "Crust Pan", 8, 9)],
        ),
        ("3 ", 2, []),
        ("zzz ", 4, []),
        ('"mar', 4, []),
        (
            "garlic",
            6,
            [
                ("garlic dip", "Garlic Dip  KWD 0.250", 0, 6),
                ("cheesy garlic bread", "Cheesy Garlic Bread  KWD 1.000", 0, 6),
            ],
        ),
    ],
)
def test_what_is_offered_says_what_it_means_and_where(
    text: str, cursor: int, offered: list[tuple[str, str, int, int]]
) -> None:
    found = interpret(text, MENU, cursor).completions
    assert [(one.text, one.description, one.start, one.end) for one in found] == offered


def test_no_more_is_offered_than_a_line_can_show() -> None:
    found = interpret("marg +", MENU, 6).completions
    assert [one.text for one in found] == [
        *("pizza sauce", "barbecue sauce", "mozzarella", "beef pepperoni"),
        *("chargrilled chicken", "onions", "sliced black olives", "mushrooms"),
    ]


def test_sizes_and_crusts_are_offered_behind_a_recipe() -> None:
    assert [one.text for one in interpret("marg ", MENU, 5).completions] == [*SIZES, *CRUSTS]
    assert [one.text for one in interpret("/s", MENU, 1).completions] == [*SIZES, *CRUSTS]


def test_nothing_is_offered_without_a_cursor() -> None:
    assert interpret("mar", MENU).completions == ()
