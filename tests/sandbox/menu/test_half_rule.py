"""Halves of a pizza are priced by the merchant's rule, and a group's free toppings are its first."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import cli
from console.sandbox import serve
from console.sandbox.menu.composing import composed
from console.sandbox.menu.menu_files import load_menu
from console.sandbox.pricing.half_rules import HalfRule, rounded
from console.sandbox.pricing.price_book import PriceBook
from console.sandbox.pricing.pricing import Part, Rules, price
from console.sandbox.switches import Switches
from tests.sandbox.sandbox_calls import Caller, code, item

MENU = load_menu()
MARGHERITA, MARGHERITA_BASE, LARGE_PAN = 13047285, 13047209, 9758497
BARBECUE, BARBECUE_BASE, BARBECUE_LARGE, LARGE_BARBECUE_SAUCE = 13047277, 13047201, 9758395, 9758337
LARGE_SAUCE, LARGE_MOZZARELLA = Part(13047257, 9757643), Part(13047255, 9757645)
LARGE_OLIVES, LARGE_EXTRA_MUSHROOMS, LARGE_BEEF = (
    (13047267, 9758161),
    (13047253, 9758097),
    (13047237, 9757637),
)
TOPPINGS = [LARGE_OLIVES, LARGE_EXTRA_MUSHROOMS, LARGE_BEEF, (13047259, 9758125), (13047261, 9758145)]


def margherita(*toppings: Part, rule: HalfRule = HalfRule.HALF, **prices: str) -> Decimal:
    """What a large pan Margherita with these toppings costs, 3.500 before them."""
    book = PriceBook(switched={int(key[1:]): Decimal(amount) for key, amount in prices.items()})
    parts = (Part(MARGHERITA_BASE, LARGE_PAN), LARGE_MOZZARELLA, LARGE_SAUCE, *toppings)
    priced = price(MENU, composed(MENU, Part(MARGHERITA, parts=parts)), Rules(half_rule=rule, prices=book))
    assert all(child.price >= 0 for child in priced.parts)
    return priced.unit_price


@pytest.mark.parametrize(
    ("rule", "cost"),
    [
        (HalfRule.HALF, "4.250"),
        (HalfRule.DEARER, "4.500"),
        (HalfRule.AVERAGE, "4.250"),
        (HalfRule.FULL, "5.000"),
    ],
)
def test_olives_left_and_twice_the_mushrooms_right_by_each_rule(rule: HalfRule, cost: str) -> None:
    left, right = Part(*LARGE_OLIVES, portion="L"), Part(*LARGE_EXTRA_MUSHROOMS, portion="R")
    assert margherita(left, right, rule=rule) == Decimal(cost)


def test_the_average_is_rounded_once_where_each_half_rounded_would_be_more() -> None:
    halves = [Part(*topping, portion="L") for topping in TOPPINGS[:3]]
    odd = dict.fromkeys((f"p{topping[0]}" for topping in TOPPINGS[:3]), "0.001")
    assert margherita(*halves, rule=HalfRule.HALF, **odd) == Decimal("3.503")
    assert margherita(*halves, rule=HalfRule.AVERAGE, **odd) == Decimal("3.502")


laid = st.lists(
    st.tuples(st.sampled_from(TOPPINGS), st.sampled_from("WLR")), max_size=5, unique_by=lambda t: t[0]
)


@given(laid=laid)
def test_the_dearer_half_decides_and_the_average_lies_between(
    laid: list[tuple[tuple[int, int], str]],
) -> None:
    def whole(half: str) -> Decimal:
        return margherita(*(Part(*topping) for topping, portion in laid if portion in ("W", half)))

    halves = [Part(*topping, portion=portion) for topping, portion in laid]
    assert margherita(*halves, rule=HalfRule.DEARER) == max(whole("L"), whole("R"))
    average = rounded((whole("L") + whole("R")) / 2, 3)
    assert margherita(*halves, rule=HalfRule.AVERAGE) == average


def barbecue(*toppings: Part) -> Decimal:
    """What a large classic Barbecue Chicken costs on top of its 4.250: its first vegetable is free."""
    parts = (Part(BARBECUE_BASE, BARBECUE_LARGE), Part(13047271, LARGE_BARBECUE_SAUCE), *toppings)
    return price(MENU, composed(MENU, Part(BARBECUE, parts=parts)), Rules()).unit_price - Decimal("4.250")


def test_the_first_vegetable_that_is_not_included_is_free_and_no_meat() -> None:
    assert barbecue(Part(*LARGE_OLIVES)) == 0
    assert barbecue(Part(*LARGE_OLIVES), Part(*LARGE_EXTRA_MUSHROOMS)) == Decimal("1.000")
    assert barbecue(Part(*LARGE_EXTRA_MUSHROOMS), Part(*LARGE_OLIVES)) == Decimal("0.500")
    assert barbecue(Part(*LARGE_BEEF), Part(*LARGE_OLIVES)) == Decimal("0.500")


def test_the_two_halves_of_a_topping_are_one_free_topping() -> None:
    halves = [Part(*LARGE_OLIVES, portion=half) for half in "LR"]
    assert barbecue(*halves) == 0
    assert barbecue(*halves, Part(*LARGE_EXTRA_MUSHROOMS)) == Decimal("1.000")


@pytest.mark.anyio
async def test_a_cart_goes_by_the_rule_that_is_switched(caller: Caller) -> None:
    await caller.walk_in()
    children = [
        {"ProductID": MARGHERITA_BASE, "VariantProductID": LARGE_PAN, "Quantity": 1},
        {"ProductID": LARGE_SAUCE.product_id, "VariantProductID": LARGE_SAUCE.variant_id, "Quantity": 1},
        {"ProductID": 13047267, "VariantProductID": 9758161, "Quantity": 1, "Portion": "L"},
        {"ProductID": 13047237, "VariantProductID": 9757637, "Quantity": 1, "Portion": "R"},
    ]
    answer = await caller.add(item(MARGHERITA, ChildItem=children))
    assert (code(answer), answer["Carts"]["ProductCost"]) == (1004, 4.0)
    caller.switch(Switches(half_rule=HalfRule.DEARER))
    cart = await caller.cart()
    prices = [child["WebPrice"] for child in cart["CartItems"][0]["BundleCartItems"]]
    assert (cart["ProductCost"], prices) == (4.0, [3.5, 0.0, 0.5, 0.0])
    caller.switch(Switches(half_rule=HalfRule.FULL))
    assert (await caller.cart())["ProductCost"] == 4.5


@pytest.mark.parametrize(("asked", "rule"), [([], None), (["--half-rule", "average"], HalfRule.AVERAGE)])
def test_the_rule_can_be_chosen_where_the_sandbox_is_served(
    monkeypatch: pytest.MonkeyPatch, asked: list[str], rule: HalfRule | None
) -> None:
    served: dict[str, object] = {}
    monkeypatch.setattr(serve, "serve", lambda **options: served.update(options) or 0)
    assert cli.main(["sandbox", "serve", *asked]) == 0
    assert served["half_rule"] is rule
