"""The one-line order: what a typed line means on a menu, in words and money."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.catalogue import Product, ProductType
from console.ordering.draft import Component, Portion
from console.ordering.quick_order import QuickMenu, QuickOrderResult, build_quick_menu, interpret
from tests.ordering.quick_order.quick_menu import BOGO, BOX, bundles, products, quick_menu

MENU = quick_menu()


def meaning(text: str, menu: QuickMenu = MENU) -> list[str]:
    """What a text without a mistake means, in words."""
    reading = interpret(text, menu)
    assert reading.mistake is None, reading.mistake
    assert reading.is_ready
    return [line.description for line in reading.lines]


def mistake(text: str) -> tuple[str, str, tuple[str, ...]]:
    """What is underlined, why, and what could stand there."""
    reading = interpret(text, MENU)
    assert reading.mistake is not None
    assert not reading.is_ready
    error = reading.mistake
    return text[error.start : error.end], error.message, error.choices


def with_products(*titles: str) -> QuickMenu:
    more = tuple(
        Product(900 + n, title, f"X-{n}", "", "", Decimal(1), Decimal(1)) for n, title in enumerate(titles)
    )
    return build_quick_menu((*products(), *more), bundles(), currency=MENU.currency, half_rule=MENU.half_rule)


@pytest.mark.parametrize(
    "text",
    [
        "2 l pan marg",
        "l pan marg 2",
        "marg pan l 2",
        "2 marg l pan",
        "l 2 pan marg",
        "2 LARGE PAN MARGHERITA",
        "2 la pa MARG",
    ],
)
def test_quantity_size_and_crust_stand_anywhere(text: str) -> None:
    assert meaning(text) == ["2 Large Pan Margherita"]


@pytest.mark.parametrize("digit", ["2", "\u0662", "\u06f2", "\uff12"])
def test_quantity_counts_in_the_digits_of_any_script(digit: str) -> None:
    assert meaning(f"{digit} l pan marg") == ["2 Large Pan Margherita"]


@pytest.mark.parametrize("figure", ["1e3", "10,5", "-5", "+5", "1.5", "1000", "1e3*"])
def test_figure_that_is_no_quantity_is_a_mistake(figure: str) -> None:
    assert mistake(f"{figure} marg")


@pytest.mark.parametrize(
    "text", ["marg", "MARG", "margherita", "m marg", "classic marg", "#1", "sku-1", '"margherita"']
)
def test_what_is_not_said_is_as_on_the_menu(text: str) -> None:
    assert meaning(text) == ["1 Medium Classic Margherita"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("chick sup", "1 Medium Classic Chicken Supreme"),
        ("sup", "1 Medium Classic Chicken Supreme"),
        ("sup chick", "1 Medium Classic Chicken Supreme"),
        ("chick w", "1 Chicken Wings, 6 Pieces"),
        ("garlic bread", "1 Cheesy Garlic Bread"),
        ("bread", "1 Cheesy Garlic Bread"),
    ],
)
def test_words_narrow(text: str, words: str) -> None:
    assert meaning(text) == [words]


def test_a_whole_title_wins_over_the_beginning_of_another() -> None:
    assert meaning("garlic", with_products("Garlic")) == ["1 Garlic"]


def test_a_whole_word_wins_over_the_beginning_of_one() -> None:
    assert meaning("calz", with_products("Cheese Calz")) == ["1 Cheese Calz"]


def test_the_beginning_of_a_title_wins_over_that_of_a_later_word() -> None:
    assert meaning("pepp") == ["1 Pepperoni Calzone"]


def test_several_things_are_never_one_of_them() -> None:
    assert mistake("2 chick") == (
        "chick",
        "chick is several things; say which.",
        ("Chicken Supreme", "Chicken Wings"),
    )


def test_things_of_one_name_are_distinguished_by_their_ids() -> None:
    menu = with_products("Twin", "Twin")
    error = interpret("twin", menu).mistake
    assert error is not None
    assert error.choices == ("Twin (#900)", "Twin (#901)")
    assert interpret("#901", menu).lines[0].item.product_id == 901
    assert interpret("x-1", menu).lines[0].item.product_id == 901


def test_a_size_is_tried_before_a_name() -> None:
    assert meaning("l marg", with_products("Lamb Margherita")) == ["1 Large Classic Margherita"]


def test_a_word_spelt_out_may_be_a_name_though_it_is_a_crust_too() -> None:
    assert meaning("classic pepp") == ["1 Medium Classic Classic Pepperoni"]


@pytest.mark.parametrize(
    "text", ["3 coke 500", "coke 500 3", "3 coke 500ml", "500ml coke 3", "3 coke bottle 500"]
)
def test_an_option_is_the_beginning_of_one_of_its_words(text: str) -> None:
    assert meaning(text) == ["3 Coke, Bottle 500 ml"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("coke can", "1 Coke, Can 330 ml"),
        ("coke 1l", "1 Coke, Bottle 1 l"),
        ("coke 1", "1 Coke, Bottle 1 l"),
        ("1 coke", "1 Coke, Can 330 ml"),
        ("coke 2", "2 Coke, Can 330 ml"),
        ("6 wings", "6 Chicken Wings, 6 Pieces"),
        ("wings 12", "1 Chicken Wings, 12 Pieces"),
    ],
)
def test_a_number_counts_at_the_front_and_is_an_option_behind(text: str, words: str) -> None:
    assert meaning(text) == [words]


def test_a_number_may_be_part_of_a_name() -> None:
    assert meaning("7 up") == ["1 7 Up"]
    assert meaning("7up") == ["1 7 Up"]
    assert meaning("2 7up") == ["2 7 Up"]


@pytest.mark.parametrize("text", ["0 coke", "1000 coke"])
def test_a_quantity_out_of_bounds_is_refused(text: str) -> None:
    assert mistake(text)[:2] == (text.split(maxsplit=1)[0], "A quantity is 1 to 999.")


def test_accents_and_case_do_not_matter() -> None:
    menu = with_products("Crème Brûlée", "سلطة فتوش", "麻婆豆腐", "पनीर टिक्का")
    assert meaning("creme BRU; marg +JALAPEN", menu) == [
        "1 Crème Brûlée",
        "1 Medium Classic Margherita, Jalapeño",
    ]
    assert meaning("فتو; 麻婆; पनी", menu) == ["1 سلطة فتوش", "1 麻婆豆腐", "1 पनीर टिक्का"]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("marg +olive", "Sliced Black Olives"),
        ("marg +olive:l", "left: Sliced Black Olives"),
        ("marg+olive:l", "left: Sliced Black Olives"),
        ("marg +mush:r x", "right: extra Mushrooms"),
        ("marg +x mush:r", "right: extra Mushrooms"),
        ("marg +mush ex:right", "right: extra Mushrooms"),
        ("marg +mush:w lt", "light Mushrooms"),
        ("marg -onion", "no Onions"),
        ("marg -onion:l", "right: Onions"),
        ("marg +ol:l +mu:r lt -on", "left: Sliced Black Olives, right: light Mushrooms, no Onions"),
        ("marg +barb", "Barbecue Sauce"),
        ("marg +onions x", "extra Onions"),
    ],
)
def test_changes(text: str, details: str) -> None:
    assert interpret(text, MENU).mistake is None
    assert interpret(text, MENU).lines[0].item.details == details


def test_a_line_has_the_components_that_are_sent() -> None:
    item = interpret("marg +mush:r x", MENU).lines[0].item
    assert item.components[0].title == "Base"
    assert item.components[-1] == Component(42, 4212, 1, Portion.RIGHT, 102, "Mushrooms")


def test_two_recipes_lie_on_one_base() -> None:
    assert meaning("l marg/chick sup") == [
        "1 Large Classic Margherita, left: Onions, right: Chargrilled Chicken and Sliced Black Olives"
    ]
    assert meaning("marg / sup pan l 2") == [
        "2 Large Pan Margherita, left: Onions, right: Chargrilled Chicken and Sliced Black Olives"
    ]


def test_only_what_has_a_base_lies_on_half_of_one() -> None:
    assert mistake("marg/coke") == ("coke", "Coke does not come in halves.", ())
    assert mistake("coke/marg") == ("coke", "Coke does not come in halves.", ())
    assert mistake("marg/zzz") == ("zzz", "Nothing here is called zzz.", ())


@pytest.mark.parametrize("text", ["l marg/thin sup", "thin marg/sup l"])
def test_base_named_on_both_sides_of_a_slash_must_agree(text: str) -> None:
    assert mistake(text)[1].startswith("Margherita does not come as ")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("marg/", "Say what is on the right half."),
        ("/marg", "Say what is on the left half."),
        ("+olive", "Say what it goes on."),
        ("[marg]", "Say which deal the brackets fill."),
        ("-olive", "Say what."),
    ],
)
def test_what_is_missing_is_said(text: str, sentence: str) -> None:
    assert mistake(text)[:2] == (text, sentence)


@pytest.mark.parametrize("text", ["3 coke", "3x coke", "3X coke", "x3 coke", "3*coke", "3* coke", "coke x3"])
def test_a_quantity_is_written_as_people_do(text: str) -> None:
    assert meaning(text) == ["3 Coke, Can 330 ml"]


def test_only_what_can_be_a_quantity_is_one() -> None:
    assert mistake("0x coke") == ("0x", "A quantity is 1 to 999.", ())
    assert mistake("1000x coke") == ("1000x", "A quantity is 1 to 999.", ())
    assert mistake("marg +olive x2")[0] == "x2"
    assert meaning("7x cheese", with_products("7X Cheese")) == ["1 7X Cheese"]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("bogo", ""),
        ("bogo []", ""),
        ("bogo [marg, marg]", ""),
        (
            "bogo [sup, pepp +jala]",
            "1: Medium Classic Chicken Supreme; 2: Medium Classic Classic Pepperoni, Jalapeño",
        ),
        ("bogo [, pepp]", "1: Medium Classic Margherita; 2: Medium Classic Classic Pepperoni"),
        ("bogo l [, pepp]", "1: Large Classic Margherita; 2: Large Classic Classic Pepperoni"),
        ("l bogo [m, pepp pan", "1: Medium Classic Margherita; 2: Large Pan Classic Pepperoni"),
        (
            "bogo [+ol:l, ",
            "1: Medium Classic Margherita, left: Sliced Black Olives; 2: Medium Classic Margherita",
        ),
        ("bogo [coke 1l]", "1: Medium Classic Margherita; 2: Medium Classic Margherita; Coke Bottle 1 l"),
        ("dip [ranch]", "Ranch Dip; 2 x Garlic Dip"),
        ("dip [2 ranch]", "2 x Ranch Dip; Garlic Dip"),
        ("dip [3x ranch]", "3 x Ranch Dip"),
        ("dip [,-]", "Garlic Dip"),
        ("bogo [2 sup]", "1: Medium Classic Chicken Supreme; 2: Medium Classic Chicken Supreme"),
    ],
)
def test_brackets_fill_the_slots_of_a_deal(text: str, details: str) -> None:
    assert interpret(text, MENU).mistake is None
    assert interpret(text, MENU).lines[0].item.details == details


def test_a_slot_takes_what_goes_into_it_only() -> None:
    assert mistake("bogo [wings]")[:2] == ("wings", "Chicken Wings does not go into BOGO Medium.")
    assert mistake("bogo [zzz]")[:2] == ("zzz", "Nothing here is called zzz.")
    assert mistake("bogo [3 marg]")[:2] == ("3 marg", "BOGO Medium has room for 2 Margherita here.")
    assert mistake("dip [,,,ranch]")[:2] == ("ranch", "Dip Trio has no more places.")


def test_what_goes_into_a_slot_before_is_not_called_unknown() -> None:
    deal = bundles()[BOGO]
    first, second, drink = deal.groups
    known = {**bundles(), BOGO: replace(deal, groups=(drink, first, second))}
    menu = build_quick_menu(products(), known, currency=MENU.currency, half_rule=MENU.half_rule)
    error = interpret("bogo [sup, coke]", menu).mistake
    assert error is not None
    assert error.message == "Coke goes into a slot before this one."


def test_size_or_crust_unused_in_a_deal_is_reported() -> None:
    assert mistake("bogo thin [l marg, l marg]") == (
        "bogo thin ",
        "Nothing in BOGO Medium comes as Thin here.",
        (),
    )


def test_toppings_do_not_go_on_a_deal() -> None:
    assert mistake("bogo +olive")[0] == "+olive"


def test_lines_are_parted_by_semicolons() -> None:
    reading = interpret("2 marg; ; 3 coke 500;", MENU)
    assert [line.quantity for line in reading.lines] == [2, 3]
    assert reading.amounts == (Decimal("5.000"), Decimal("1.200"))
    assert reading.total == Decimal("6.200")


def test_lines_before_and_behind_a_mistake_are_read() -> None:
    reading = interpret("2 coke; zzz; marg", MENU)
    assert [line.description for line in reading.lines] == [
        "2 Coke, Can 330 ml",
        "1 Medium Classic Margherita",
    ]
    assert not reading.is_ready


def test_line_with_a_bad_change_is_read_up_to_the_mistake() -> None:
    """A line with a mistake in a change has everything up to the mistake."""
    reading = interpret("marg +olive +zzz -onion", MENU)
    assert [line.description for line in reading.lines] == [
        "1 Medium Classic Margherita, Sliced Black Olives, no Onions"
    ]


@pytest.mark.parametrize(
    ("text", "underlined", "sentence"),
    [
        ("marg +zzz -yyy", "zzz", "Nothing here is called zzz."),
        ("marg +olive l", "l", "For the left half write a colon, for light write lt."),
        ("marg +olive:q", ":q", "Write left, right or whole behind a colon."),
        ("marg +sauce", "sauce", "sauce is several things; say which."),
        ("marg +barb:l", "+barb:l", "Barbecue Sauce goes on the whole only."),
        ("marg -onion x", "-onion x", "A removed topping has no strength."),
        ("s marg +corn", "+corn", "Sweet Corn cannot be had in Small."),
        ("marg -sauce", "marg -sauce", "Choose 1 of Sauces."),
        ("marg +", "+", "Say what to put on."),
        ("thin l marg", "thin l", "Margherita does not come as thin l."),
        ("2 l", "2 l", "2 l names nothing here."),
        ("marg [x]", "[x]", "Margherita has no slots to fill."),
        ("marg, coke", ",", "A comma separates the slots of a deal, a semicolon the lines."),
        ('"marg', '"marg', "This quote is not closed yet."),
        ("coke +ice", "+ice", "Coke cannot be changed: it has no parts."),
        ("mystery +ice", "+ice", "Mystery Box cannot be changed: its parts are not known."),
    ],
)
def test_the_first_mistake_is_underlined(text: str, underlined: str, sentence: str) -> None:
    assert mistake(text)[:2] == (underlined, sentence)


def test_a_bundle_of_unknown_parts_is_added_as_on_the_menu() -> None:
    item = interpret("mystery", MENU).lines[0].item
    assert (item.product_id, item.components, item.unit_price) == (BOX, (), Decimal("5.000"))


def test_toppings_are_not_sold_alone() -> None:
    assert any(product.product_type is ProductType.ADD_ON for product in products())
    assert mistake("extra corn")[0] == "extra"


def test_what_has_no_form_in_a_size_is_named() -> None:
    assert interpret("m veggie", MENU).lines[0].dropped_titles == ()
    line = interpret("s veggie", MENU).lines[0]
    assert line.dropped_titles == ("Sweet Corn",)
    assert line.description == "1 Small Classic Veggie Feast, no Sweet Corn"


def test_long_name_made_of_size_words_is_read() -> None:
    """A long name is read although every word of it is a size too."""
    title = "Small Medium Large Small Medium Large Small Medium"
    assert meaning(title.lower(), with_products(title)) == [f"1 {title}"]


def test_an_empty_text_is_no_order() -> None:
    assert interpret("", MENU) == QuickOrderResult("")
    assert not interpret(" ; ", MENU).is_ready


@pytest.mark.parametrize(
    "text", ["[" * 500, "marg " * 300, "+" * 500, "bogo [" * 60, "a/" * 200, '"' * 99, "#", "#x", ":::"]
)
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    assert interpret(text, MENU, len(text)).mistake is not None
