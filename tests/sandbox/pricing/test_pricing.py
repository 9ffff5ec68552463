"""The documented deal and bundle have the documented totals, and general rules hold for any change."""

import copy
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.sandbox.data.menu_loader import load_menu
from console.sandbox.menu.configuration import configure
from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.menu.half_rule import SandboxHalfRule, round_amount
from console.sandbox.menu.menu import SIZE, STRENGTH
from console.sandbox.pricing.rules import PricingRules, price_part
from tests.sandbox.sandbox_calls import DOCUMENTED, Caller, code

SHOWN = (
    "ProductId", "VariantProductId", "MRP", "WebPrice", "Quantity", "description", "IsPrimaryProduct",
    "VariantsInfo", "Por", "IsDefaultBundleItem", "CategoryId", "CategoryName", "GroupId",
)  # fmt: skip
DEAL, BUNDLE = "customised_deal", "customised_bundle"
MENU = load_menu()
BEEF, OLIVES, MOZZARELLA, SAUCE, LARGE_SAUCE = 13047237, 13047267, 13047255, 13047257, 9757643
SAUCES = {13047227, SAUCE, 13047271, 13047275}


async def ordered(caller: Caller, request: Any) -> Any:
    await caller.walk_in()
    return await caller.input("carts/AddCartItems/{M}", request)


def changed(name: str, change: Callable[[Any], None]) -> Any:
    request = copy.deepcopy(DOCUMENTED[name]["request"])
    change(request["cart"]["Item"][0])
    return request


def variant(product_id: int, **options: str) -> int:
    """Return the variant of a product with these options."""
    return next(
        v.variant_id
        for v in MENU.products[product_id].variants
        if all(v.option(name) == value for name, value in options.items())
    )


@pytest.mark.anyio
@pytest.mark.parametrize("name", [DEAL, BUNDLE])
async def test_the_documented_request_gives_the_documented_totals(caller: Caller, name: str) -> None:
    cart = (await ordered(caller, DOCUMENTED[name]["request"]))["Carts"]
    documented = DOCUMENTED[name]["answer"]
    for key in ("ProductCost", "ShippingCost", "OrderTotal"):
        assert cart[key] == pytest.approx(documented[key], abs=1e-9)


@pytest.mark.anyio
@pytest.mark.parametrize("name", [DEAL, BUNDLE])
async def test_the_children_are_flattened_as_documented(caller: Caller, name: str) -> None:
    (line,) = (await ordered(caller, DOCUMENTED[name]["request"]))["Carts"]["CartItems"]
    (documented,) = DOCUMENTED[name]["answer"]["CartItems"]
    assert sorted(line) == sorted(documented)
    for child, expected in zip(line["BundleCartItems"], documented["BundleCartItems"], strict=True):
        assert {key: child.get(key) for key in SHOWN} == {key: expected.get(key) for key in SHOWN}
        assert sorted(child) == sorted(expected)


@pytest.mark.anyio
@pytest.mark.parametrize("name", [DEAL, BUNDLE])
async def test_every_child_is_linked_to_its_parent(caller: Caller, name: str) -> None:
    (line,) = (await ordered(caller, DOCUMENTED[name]["request"]))["Carts"]["CartItems"]
    (documented,) = DOCUMENTED[name]["answer"]["CartItems"]

    def parents(item: Any) -> list[int]:
        rows = [item, *item["BundleCartItems"]]
        keys = [row["CartReferenceKey"] for row in rows]
        return [keys.index(row["BundleCartReferenceKey"]) for row in rows[1:]]

    assert parents(line) == parents(documented)


def _topping(place: int, product_id: int, **options: str) -> Callable[[Any], None]:
    def change(line: Any) -> None:
        line["ChildItem"][place] |= {"VariantProductID": variant(product_id, **options)}

    return change


def _portion(place: int, portion: str) -> Callable[[Any], None]:
    def change(line: Any) -> None:
        line["ChildItem"][place]["Portion"] = portion

    return change


def _without(place: int) -> Callable[[Any], None]:
    def change(line: Any) -> None:
        del line["ChildItem"][place]

    return change


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("change", "cost"),
    [
        (_topping(8, BEEF, Strength="Extra", Size="Large"), 6.25),
        (_topping(8, BEEF, Strength="Light", Size="Large"), 5.5),
        (_topping(4, MOZZARELLA, Strength="Extra", Size="Large"), 6.25),
        (_topping(4, MOZZARELLA, Strength="Light", Size="Large"), 5.75),
        (_topping(0, 13047223, Crust="Pan", Size="Large"), 6.0),
        (_portion(8, "L"), 5.5),
        (_portion(8, "R"), 5.5),
        (_portion(1, "L"), 5.75),
        (_without(8), 5.25),
        (_without(4), 5.75),
    ],
    ids=[
        "extra of a paid topping", "light of a paid topping", "extra of an included topping",
        "light of an included topping", "another crust", "left half", "right half",
        "half of an included topping",
        "without a paid topping", "without an included topping",
    ],
)  # fmt: skip
async def test_a_change_of_the_bundle_changes_the_total_by_the_rule(
    caller: Caller, change: Callable[[Any], None], cost: float
) -> None:
    response = await ordered(caller, changed(BUNDLE, change))
    assert response["Carts"]["ProductCost"] == cost


@pytest.mark.anyio
async def test_a_pizza_of_another_size_takes_the_prices_of_that_size(caller: Caller) -> None:
    def medium(line: Any) -> None:
        for child in line["ChildItem"]:
            options = next(
                v
                for v in MENU.products[child["ProductID"]].variants
                if v.variant_id == child["VariantProductID"]
            )
            wanted = dict(options.options) | {SIZE: "Medium"}
            child["VariantProductID"] = variant(child["ProductID"], **wanted)

    cost = (await ordered(caller, changed(BUNDLE, medium)))["Carts"]["ProductCost"]
    assert cost == pytest.approx(3.5 + 3 * 0.4)


@pytest.mark.anyio
async def test_a_deals_slot_has_its_own_price_for_each_size(caller: Caller) -> None:
    base = variant(13047209, Crust="Classic", Size="Large")

    def large(line: Any) -> None:
        line["ChildItem"][0] = {
            "ProductID": 13047285,
            "Quantity": 1,
            "GroupID": 13317,
            "ChildItem": [
                {"productId": 13047209, "variantProductId": base, "quantity": 1},
                {"productId": SAUCE, "variantProductId": LARGE_SAUCE, "quantity": 1},
            ],
        }

    assert (await ordered(caller, changed(DEAL, large)))["Carts"]["ProductCost"] == 4.25 + 3 * 0.4


@pytest.mark.anyio
async def test_another_pizza_in_a_slot_changes_only_its_toppings(caller: Caller) -> None:
    def margherita(line: Any) -> None:
        line["ChildItem"][1] = {"ProductID": 13047285, "Quantity": 1, "GroupID": 13319}

    assert (await ordered(caller, changed(DEAL, margherita)))["Carts"]["ProductCost"] == 3.25 + 3 * 0.4


def _child(**changes: Any) -> Callable[[Any], None]:
    def change(line: Any) -> None:
        line["ChildItem"][8] |= changes

    return change


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_child(VariantProductID=variant(BEEF, Strength="Regular", Size="Medium")), 5007),
        (_child(VariantProductID=1), 5007),
        (_child(GroupID=13245), 1016),
        (_child(Portion="Q"), 1016),
        (_child(Quantity=11), 1016),
        (_child(ProductID=13047603, VariantProductID=0), 1016),
        (_child(ProductID=MOZZARELLA, VariantProductID=9757645, GroupID=13245), 1016),
        (_without(0), 1016),
    ],
    ids=["size", "variant", "group", "portion", "quantity", "not a topping", "twice", "no base"],
)
async def test_a_child_that_does_not_fit_is_refused(
    caller: Caller, change: Callable[[Any], None], expected: int
) -> None:
    assert code(await ordered(caller, changed(BUNDLE, change))) == expected


@pytest.mark.anyio
async def test_a_deal_with_an_empty_slot_is_refused(caller: Caller) -> None:
    assert code(await ordered(caller, changed(DEAL, _without(1)))) == 1016


@pytest.mark.anyio
async def test_wire_quantities_are_per_unit_times_the_lines(caller: Caller) -> None:
    def doubled(line: Any) -> None:
        line["Quantity"] = 2
        for child in line["ChildItem"]:
            child["Quantity"] = 2

    (line,) = (await ordered(caller, changed(BUNDLE, doubled)))["Carts"]["CartItems"]
    assert {child["Quantity"] for child in line["BundleCartItems"]} == {2}
    assert code(await ordered(caller, changed(BUNDLE, lambda line: line.update(Quantity=2)))) == 1016


@given(
    topping=st.sampled_from(sorted(MENU.bundles[13047325].items.keys() - SAUCES)),
    strength=st.sampled_from(["Light", "Regular", "Extra"]),
    size=st.sampled_from(["Small", "Medium", "Large"]),
    portion=st.sampled_from("WLR"),
)
def test_a_topping_adds_its_own_price_or_half_of_it(
    topping: int, strength: str, size: str, portion: str
) -> None:
    base = ConfiguredPart(13047223, variant(13047223, Crust="Classic", Size=size))
    sauce = ConfiguredPart(SAUCE, variant(SAUCE, **{STRENGTH: "Regular", SIZE: size}))
    portion = "W" if MENU.bundles[13047325].items[topping].whole_only else portion
    extra = ConfiguredPart(topping, variant(topping, **{STRENGTH: strength, SIZE: size}), portion=portion)
    plain, more = (
        price_part(MENU, configure(MENU, ConfiguredPart(13047325, parts=parts)), PricingRules()).unit_price
        for parts in ((base, sauce), (base, sauce, extra))
    )
    full = MENU.by_variant[extra.variant_id].price
    if MENU.bundles[13047325].items[topping].included_price is not None:
        full = max(full - MENU.by_variant[variant(topping, Strength="Regular", Size=size)].price, Decimal(0))
    assert more - plain == (full if portion == "W" else round_amount(full / 2, 3))


def test_half_of_an_odd_amount_is_rounded_half_up() -> None:
    assert round_amount(Decimal("0.125") / 2, 3) == Decimal("0.063")


def test_a_merchant_may_charge_halves_in_full() -> None:
    base, sauce = ConfiguredPart(13047223, 9757573), ConfiguredPart(SAUCE, LARGE_SAUCE)
    beef = ConfiguredPart(BEEF, 9757637, portion="L")
    request = ConfiguredPart(13047325, parts=(base, sauce, beef))
    half, full = (
        price_part(MENU, configure(MENU, request), PricingRules(half_rule=rule)).unit_price
        for rule in (SandboxHalfRule.HALF, SandboxHalfRule.FULL)
    )
    assert full - half == Decimal("0.250")
