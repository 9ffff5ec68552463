"""The sandbox's menu: its contents, and the configurations that its pizzas and deals refuse."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from console.sandbox.data.menu_loader import load_menu
from console.sandbox.menu.configuration import default_parts
from console.sandbox.menu.menu import CRUST, SIZE, STRENGTH
from tests.sandbox.sandbox_calls import Caller, Clock, code, item
from tests.sandbox.sandbox_orders import place

MENU = load_menu()
SUPREME, RANCH, PEPPERONI, MARGHERITA, VEGGIE = 13047273, 13047325, 13047319, 13047285, 13047287
LUNCH, FAMILY_NIGHT = 13047471, 13047465
LABAN, JUICE = 13047645, 13047685
HOUR = 3600


def on_pizza(pizza_id: int) -> Counter[str]:
    bundle = MENU.bundles[pizza_id]
    return Counter(bundle.groups[item.group_id].name for item in bundle.items.values())


def options(product_id: int, name: str) -> set[str]:
    return {variant.option(name) for variant in MENU.products[product_id].variants}


def margherita(*toppings: tuple[str, str], sauce: bool = True) -> dict[str, Any]:
    """Return a medium Margherita with these toppings, by title and portion, in regular strength."""
    ids = {product.title: product for product in MENU.products.values() if product.kind == "A"}
    wanted = [("Pizza Sauce", "W")] if sauce else []
    children: list[dict[str, Any]] = [{"ProductID": 13047209, "VariantProductID": 9758489, "Quantity": 1}]
    for title, portion in [*wanted, *toppings]:
        product = ids[title]
        variant = next(
            v for v in product.variants if (v.option(SIZE), v.option(STRENGTH)) == ("Medium", "Regular")
        )
        children.append(
            {
                "ProductID": product.product_id,
                "VariantProductID": variant.variant_id,
                "Quantity": 1,
                "Portion": portion,
            }
        )
    return item(MARGHERITA, ChildItem=children)


def test_every_pizza_has_24_toppings_in_three_groups() -> None:
    assert all(on_pizza(pizza) == {"Vegetables": 12, "Meat": 8, "Sauce": 4} for pizza in MENU.bundles)
    assert all(len(default_parts(MENU, pizza)) > 2 for pizza in MENU.bundles)


def test_there_are_more_than_six_deals() -> None:
    assert len(MENU.deals) == 7


def test_a_family_deal_has_two_pizzas_a_side_and_a_drink() -> None:
    slots = MENU.deals[FAMILY_NIGHT].slots
    names = ["First pizza", "Second pizza", "Side", "Bottle", "Dessert"]
    assert [slot.title for slot in slots] == names
    with_turkey_ham = Decimal("8.950") + Decimal("0.500")
    assert MENU.products[FAMILY_NIGHT].price == with_turkey_ham


@pytest.mark.parametrize("pizza", sorted(MENU.bundles))
def test_only_documented_pizzas_are_large_with_a_thin_crust(pizza: int) -> None:
    base = MENU.products[MENU.bundles[pizza].base_id]
    thin = {v.option(SIZE) for v in base.variants if v.option(CRUST) == "Thin"}
    documented = pizza in (SUPREME, RANCH, PEPPERONI)
    assert thin == {"Small", "Medium", *(["Large"] if documented else [])}
    assert {"Classic", "Pan", "Thin"} <= options(base.product_id, CRUST)
    assert options(base.product_id, SIZE) == {"Small", "Medium", "Large"}


def test_toppings_come_in_strengths_and_some_in_none() -> None:
    found = {frozenset(options(topping, STRENGTH)) for topping in MENU.bundles[MARGHERITA].items}
    usual = {"Light", "Regular", "Extra"}
    assert found == {frozenset(usual), frozenset({*usual, "None"})}


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("toppings", "said"),
    [
        ([("Barbecue Sauce", "W")], "Sauce: at most 1 may be chosen"),
        (
            [("Onions", "W"), ("Tomatoes", "W"), ("Mushrooms", "W"), ("Paneer", "W"), ("Pineapple", "L"),
             ("Jalapeno", "R"), ("Sweet Corn", "W"), ("Green Chillies", "W"), ("Mozarella", "W")],
            "Vegetables: at most 8 may be chosen",
        ),
        ([("Mozarella", "L")], "Mozarella goes on the whole pizza only"),
    ],
    ids=["a second sauce", "nine vegetables", "half of the cheese base"],
)  # fmt: skip
async def test_a_pizza_beyond_its_limits_is_refused_with_the_reason(
    caller: Caller, toppings: list[tuple[str, str]], said: str
) -> None:
    await caller.walk_in()
    response = await caller.add(margherita(*toppings))
    assert (code(response), response["Message"]) == (1016, said)


@pytest.mark.anyio
async def test_a_pizza_needs_a_sauce_and_not_on_one_half_only(caller: Caller) -> None:
    await caller.walk_in()
    without = await caller.add(margherita(sauce=False))
    assert (code(without), without["Message"]) == (1016, "Sauce: at least 1 must be chosen")
    assert code(await caller.add(margherita(("Ranch Sauce", "L"), sauce=False))) == 1016
    assert code(await caller.add(margherita(("Ranch Sauce", "W"), sauce=False))) == 1004


@pytest.mark.anyio
async def test_the_two_halves_of_a_topping_count_one(caller: Caller) -> None:
    await caller.walk_in()
    seven = ["Onions", "Tomatoes", "Mushrooms", "Paneer", "Pineapple", "Jalapeno", "Sweet Corn"]
    halves = [("Green Chillies", "L"), ("Green Chillies", "R")]
    whole = [(title, "W") for title in seven]
    assert code(await caller.add(margherita(*whole, *halves))) == 1004
    assert code(await caller.add(margherita(*whole, *halves, ("Baby Spinach", "L")))) == 1016


@pytest.mark.anyio
async def test_a_deal_never_costs_less_than_its_floor(caller: Caller) -> None:
    await caller.walk_in()
    slots = [
        {"ProductID": MARGHERITA, "Quantity": 1, "GroupID": 13561},
        {"ProductID": LABAN, "Quantity": 1, "GroupID": 13563},
    ]
    dear = (await caller.add(item(LUNCH, ChildItem=slots)))["Carts"]["CartItems"][0]
    assert (dear["WebPrice"], sum(child["WebPrice"] for child in dear["BundleCartItems"])) == (0.0, 2.0)
    slots[1]["ProductID"] = JUICE
    cheap = (await caller.add(item(LUNCH, ChildItem=slots)))["Carts"]["CartItems"][-1]
    assert (cheap["WebPrice"], sum(child["WebPrice"] for child in cheap["BundleCartItems"])) == (0.25, 1.75)


@pytest.mark.anyio
async def test_a_lunch_deal_is_refused_after_lunch(caller: Caller, clock: Clock) -> None:
    clock.now += 4 * HOUR - 1
    await caller.walk_in()
    assert code(await caller.add(item(LUNCH))) == 1004
    clock.now += 1
    response = await caller.add(item(LUNCH))
    assert (code(response), response["Message"]) == (
        5005,
        "Lunch Break can be ordered from 11:00 to 15:00 only",
    )


@pytest.mark.anyio
async def test_a_lunch_deal_in_a_cart_is_not_placed_after_lunch(caller: Caller, clock: Clock) -> None:
    clock.now += 4 * HOUR - 60
    await caller.serve_customer()
    await caller.add(item(LUNCH))
    clock.now += 60
    (failed,) = (await caller.cart())["FailedProducts"]
    refused = await place(caller)
    assert failed["Message"] == refused["Message"] == "Lunch Break can be ordered from 11:00 to 15:00 only"
    assert code(refused) == 1022
