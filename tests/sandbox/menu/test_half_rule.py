"""Halves of a pizza are priced by the merchant's rule, and a group's first toppings are free."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import cli
from console.sandbox import server
from console.sandbox.data.menu_loader import load_menu
from console.sandbox.menu.configuration import configure
from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.menu.half_rule import SandboxHalfRule, round_amount
from console.sandbox.pricing.price_book import PriceBook
from console.sandbox.pricing.rules import PricingRules, price_part
from console.sandbox.switches import Switches
from tests.sandbox.sandbox_calls import Caller, code, item

MENU = load_menu()
MARGHERITA, MARGHERITA_BASE, LARGE_PAN = 13047285, 13047209, 9758497
BARBECUE, BARBECUE_BASE, BARBECUE_LARGE, LARGE_BARBECUE_SAUCE = 13047277, 13047201, 9758395, 9758337
LARGE_SAUCE, LARGE_MOZZARELLA = ConfiguredPart(13047257, 9757643), ConfiguredPart(13047255, 9757645)
LARGE_OLIVES, LARGE_EXTRA_MUSHROOMS, LARGE_BEEF = (
    (13047267, 9758161),
    (13047253, 9758097),
    (13047237, 9757637),
)
TOPPINGS = [LARGE_OLIVES, LARGE_EXTRA_MUSHROOMS, LARGE_BEEF, (13047259, 9758125), (13047261, 9758145)]


def margherita(
    *toppings: ConfiguredPart, rule: SandboxHalfRule = SandboxHalfRule.HALF, **prices: str
) -> Decimal:
    """Price a large pan Margherita with these toppings, 3.500 without them."""
    book = PriceBook(overrides={int(key[1:]): Decimal(amount) for key, amount in prices.items()})
    parts = (ConfiguredPart(MARGHERITA_BASE, LARGE_PAN), LARGE_MOZZARELLA, LARGE_SAUCE, *toppings)
    priced = price_part(
        MENU,
        configure(MENU, ConfiguredPart(MARGHERITA, parts=parts)),
        PricingRules(half_rule=rule, prices=book),
    )
    assert all(child.price >= 0 for child in priced.parts)
    return priced.unit_price


@pytest.mark.parametrize(
    ("rule", "cost"),
    [
        (SandboxHalfRule.HALF, "4.250"),
        (SandboxHalfRule.DEARER, "4.500"),
        (SandboxHalfRule.AVERAGE, "4.250"),
        (SandboxHalfRule.FULL, "5.000"),
    ],
)
def test_olives_left_and_twice_the_mushrooms_right_by_each_rule(rule: SandboxHalfRule, cost: str) -> None:
    left, right = (
        ConfiguredPart(*LARGE_OLIVES, portion="L"),
        ConfiguredPart(*LARGE_EXTRA_MUSHROOMS, portion="R"),
    )
    assert margherita(left, right, rule=rule) == Decimal(cost)


def test_the_average_is_rounded_once_and_not_for_each_half() -> None:
    halves = [ConfiguredPart(*topping, portion="L") for topping in TOPPINGS[:3]]
    odd = dict.fromkeys((f"p{topping[0]}" for topping in TOPPINGS[:3]), "0.001")
    assert margherita(*halves, rule=SandboxHalfRule.HALF, **odd) == Decimal("3.503")
    assert margherita(*halves, rule=SandboxHalfRule.AVERAGE, **odd) == Decimal("3.502")


laid = st.lists(
    st.tuples(st.sampled_from(TOPPINGS), st.sampled_from("WLR")), max_size=5, unique_by=lambda t: t[0]
)


@given(laid=laid)
def test_the_dearer_half_decides_and_the_average_lies_between(
    laid: list[tuple[tuple[int, int], str]],
) -> None:
    def whole(half: str) -> Decimal:
        return margherita(*(ConfiguredPart(*topping) for topping, portion in laid if portion in ("W", half)))

    halves = [ConfiguredPart(*topping, portion=portion) for topping, portion in laid]
    assert margherita(*halves, rule=SandboxHalfRule.DEARER) == max(whole("L"), whole("R"))
    average = round_amount((whole("L") + whole("R")) / 2, 3)
    assert margherita(*halves, rule=SandboxHalfRule.AVERAGE) == average


def barbecue(*toppings: ConfiguredPart) -> Decimal:
    """Price the toppings of a large classic Barbecue Chicken above its 4.250: the first vegetable is free."""
    parts = (
        ConfiguredPart(BARBECUE_BASE, BARBECUE_LARGE),
        ConfiguredPart(13047271, LARGE_BARBECUE_SAUCE),
        *toppings,
    )
    return price_part(
        MENU, configure(MENU, ConfiguredPart(BARBECUE, parts=parts)), PricingRules()
    ).unit_price - Decimal("4.250")


def test_the_first_extra_vegetable_is_free_and_no_meat_is() -> None:
    assert barbecue(ConfiguredPart(*LARGE_OLIVES)) == 0
    assert barbecue(ConfiguredPart(*LARGE_OLIVES), ConfiguredPart(*LARGE_EXTRA_MUSHROOMS)) == Decimal("1.000")
    assert barbecue(ConfiguredPart(*LARGE_EXTRA_MUSHROOMS), ConfiguredPart(*LARGE_OLIVES)) == Decimal("0.500")
    assert barbecue(ConfiguredPart(*LARGE_BEEF), ConfiguredPart(*LARGE_OLIVES)) == Decimal("0.500")


def test_the_two_halves_of_a_topping_are_one_free_topping() -> None:
    halves = [ConfiguredPart(*LARGE_OLIVES, portion=half) for half in "LR"]
    assert barbecue(*halves) == 0
    assert barbecue(*halves, ConfiguredPart(*LARGE_EXTRA_MUSHROOMS)) == Decimal("1.000")


@pytest.mark.anyio
async def test_a_cart_goes_by_the_rule_that_is_switched(caller: Caller) -> None:
    await caller.walk_in()
    children = [
        {"ProductID": MARGHERITA_BASE, "VariantProductID": LARGE_PAN, "Quantity": 1},
        {"ProductID": LARGE_SAUCE.product_id, "VariantProductID": LARGE_SAUCE.variant_id, "Quantity": 1},
        {"ProductID": 13047267, "VariantProductID": 9758161, "Quantity": 1, "Portion": "L"},
        {"ProductID": 13047237, "VariantProductID": 9757637, "Quantity": 1, "Portion": "R"},
    ]
    response = await caller.add(item(MARGHERITA, ChildItem=children))
    assert (code(response), response["Carts"]["ProductCost"]) == (1004, 4.0)
    caller.switch(Switches(half_rule=SandboxHalfRule.DEARER))
    cart = await caller.cart()
    prices = [child["WebPrice"] for child in cart["CartItems"][0]["BundleCartItems"]]
    assert (cart["ProductCost"], prices) == (4.0, [3.5, 0.0, 0.5, 0.0])
    caller.switch(Switches(half_rule=SandboxHalfRule.FULL))
    assert (await caller.cart())["ProductCost"] == 4.5


@pytest.mark.parametrize(
    ("asked", "rule"), [([], None), (["--half-rule", "average"], SandboxHalfRule.AVERAGE)]
)
def test_the_rule_can_be_chosen_where_the_sandbox_is_served(
    monkeypatch: pytest.MonkeyPatch, asked: list[str], rule: SandboxHalfRule | None
) -> None:
    served: dict[str, object] = {}
    monkeypatch.setattr(server, "serve", lambda **options: served.update(options) or 0)
    assert cli.main(["sandbox", "serve", *asked]) == 0
    switches = served["switches"]
    assert isinstance(switches, Switches)
    assert switches.half_rule is rule
