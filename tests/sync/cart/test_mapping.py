"""The documented carts as observations, and drafts' items as the documented requests."""

import json
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from console.api.carts.models import MAX_CART_LINES, FailedItem, WireCart
from console.ordering.draft import Component, OrderItem, Portion
from console.ordering.money import Currency
from console.ordering.property_names import PropertyNames
from console.sync.cart.mapping import item_request, map_cart
from console.sync.cart.observed_cart import Configuration, ObservedCart
from console.sync.problems import Rejection, RejectionCode
from tests.paths import SYNC_SAMPLES

KWD = Currency("KWD")
TOP = "00000000-0000-0000-0000-000000000000"


def documented(name: str) -> dict[str, Any]:
    text = (SYNC_SAMPLES / f"{name}.answer.json").read_text()
    return json.loads(text, parse_float=Decimal)["Carts"]


def look(record: dict[str, Any], *failed: FailedItem) -> ObservedCart:
    return map_cart(WireCart.model_validate(record), failed, KWD, 7.0, PropertyNames())


def row(product_id: int, key: str, bundle: str = TOP, quantity: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "ProductId": product_id,
        "VariantProductId": 0,
        "Quantity": quantity,
        "CartReferenceKey": key,
        "BundleCartReferenceKey": bundle,
        "WebPrice": Decimal(0),
    } | more


def test_documented_bundle_has_its_parts_and_full_cost() -> None:
    cart = look(documented("carts.add_items.customized_bundle"))
    (line,) = cart.lines
    assert cart.complete
    assert (line.configuration.product_id, line.quantity) == (13047325, 1)
    assert len(line.configuration.components) == 10
    assert line.unit_price == Decimal("5.750")
    assert line.options == "Classic Large"


@pytest.mark.parametrize("words", [{}, {"Crust": "Kenar", "Size": "Boy", "Strength": "Güç"}])
def test_crust_is_the_base_whatever_its_flag_and_its_language(words: dict[str, str]) -> None:
    """Real platforms flag no part as primary."""
    documented_cart = documented("carts.add_items.customized_bundle")
    expected = look(documented_cart).lines[0]
    for child in documented_cart["CartItems"][0]["BundleCartItems"]:
        child["IsPrimaryProduct"] = "false"
        for info in child["VariantsInfo"]:
            info["PropertyName"] = words.get(info["PropertyName"], info["PropertyName"])
    (line,) = look(documented_cart).lines
    assert line.options == "Classic Large"
    assert line.part_names == expected.part_names
    assert any(name.is_base for name in line.part_names)


def test_a_documented_deals_bundles_have_parts_of_their_own() -> None:
    cart = look(documented("carts.add_items.customized_deal"))
    (line,) = cart.lines
    assert cart.complete
    bundles = {part.product_id: len(part.components) for part in line.configuration.components}
    assert bundles == {13047273: 9, 13047319: 7}
    assert cart.totals.total == Decimal(str(documented("carts.add_items.customized_deal")["OrderTotal"]))


def test_documented_cart_without_its_bundles_is_incomplete() -> None:
    assert not look(documented("carts.by_token")).complete


def test_a_documented_cart_whose_keys_are_masked_is_incomplete() -> None:
    assert not look(documented("carts.add_items")).complete


def test_parts_sent_as_own_items_are_put_under_their_bundle() -> None:
    nested = {"CartItems": [row(1, "a") | {"BundleCartItems": [row(2, "b", "a", Por="L")]}]}
    apart = {"CartItems": [row(2, "b", "a", Por="L"), row(1, "a")]}
    assert look(nested).lines == look(apart).lines
    (line,) = look(apart).lines
    assert line.configuration == Configuration(1, components=(Configuration(2, portion=Portion.LEFT),))


def test_a_parts_quantity_is_per_unit_of_its_line() -> None:
    (line,) = look({"CartItems": [row(1, "a", quantity=3), row(2, "b", "a", quantity=6)]}).lines
    assert line.configuration.components == (Configuration(2, quantity=2),)


def test_a_part_that_does_not_divide_makes_the_look_incomplete() -> None:
    cart = look({"CartItems": [row(1, "a", quantity=2), row(2, "b", "a", quantity=3)]})
    assert not cart.complete
    assert cart.lines == ()


@pytest.mark.parametrize("bundle", ["lost", "b"])
def test_orphaned_or_own_part_makes_the_look_incomplete(bundle: str) -> None:
    """A part without its bundle, or of itself, makes the look incomplete."""
    assert not look({"CartItems": [row(1, "a"), row(2, "b", bundle)]}).complete


def test_parts_within_parts_without_end_make_the_look_incomplete() -> None:
    chain = [row(number, f"key-{number}", bundle=f"key-{number - 1}") for number in range(2, 900)]

    assert not look({"CartItems": [row(1, "key-1"), *chain]}).complete


def test_a_cart_of_more_lines_than_any_is_no_cart() -> None:
    lines = [row(number, f"key-{number}") for number in range(MAX_CART_LINES + 1)]

    with pytest.raises(ValidationError, match="CartItems"):
        look({"CartItems": lines})


def test_price_of_one_is_exact_and_totals_are_rounded_once() -> None:
    record = {
        "CartItems": [
            row(1, "a", quantity=2, WebPrice=Decimal("5.650000000000001")),
            row(2, "b", "a", quantity=2, WebPrice=Decimal("0.0005")),
        ],
        "OrderTotal": Decimal("11.301499999"),
    }
    cart = look(record)
    assert cart.lines[0].unit_price == Decimal("5.6505")
    assert cart.lines[0].exact_amount == Decimal("11.301")
    assert cart.totals.total == Decimal("11.301")


def test_what_is_free_is_marked_and_not_counted() -> None:
    cart = look({"CartItems": [row(1, "a", IsFreeProduct=True), row(2, "b")]})
    assert [line.free for line in cart.lines] == [True, False]
    assert set(cart.counts()) == {Configuration(2)}


def test_failed_items_are_reported_in_platforms_words_or_ours() -> None:
    said = FailedItem.model_validate({"ProductId": 7, "Message": "Sold out"})
    silent = FailedItem.model_validate({"ProductId": 8})
    assert look({"FailedProducts": None}, said, silent).rejected == (
        (7, Rejection(RejectionCode.REFUSED, message="Sold out")),
        (8, Rejection(RejectionCode.REFUSED)),
    )


def test_unavailable_and_deal_items_are_reported() -> None:
    """Items that the cart does not sell any more or made deals of are reported."""
    failed = {"ProductId": 7, "VariantProductId": 71, "messageCode": "5005"}
    cart = look({"FailedProducts": [failed], "ConvertedDeals": [{"ProductId": 1, "DealId": 9}]})
    assert cart.unavailable == (
        (7, 71, Rejection(RejectionCode.REFUSED, message="The product is not available.")),
    )
    assert cart.converted_deals == ((1, 9),)


def test_suggested_deals_are_read_and_nameless_rows_are_not() -> None:
    rows = [{"ProductId": 1, "DealId": 9, "DealTitle": "Box"}, {"ProductId": 2}, {"DealId": 9}]
    cart = look({"CartItems": [row(1, "a")], "ComboSuggestion": rows})
    assert (cart.suggested_deals, cart.converted_deals) == (((1, 9),), ())


def test_what_is_free_names_the_promotion_that_gives_it() -> None:
    rules = [{"RuleId": 4, "Title": "Bread on the house"}]
    gift = row(1, "a", IsFreeProduct=True, CartPromotionRules=rules)
    cart = look({"CartItems": [gift, row(2, "b", CartPromotionRules=rules)]})
    assert [line.promotion for line in cart.lines] == ["Bread on the house", ""]


def test_empty_response_is_an_empty_cart() -> None:
    cart = look({})
    assert (cart.lines, cart.complete, cart.observed_at) == ((), True, 7.0)


def test_a_plain_line_is_asked_for_without_portion_and_price() -> None:
    wire = item_request(OrderItem(5, 6, "Cola", "500 ml", Decimal("0.350")), 2, 27299).to_wire()
    assert (wire["ProductID"], wire["VariantProductID"], wire["Quantity"]) == (5, 6, 2)
    assert not {"ChildItem", "childItems", "Portion", "Price"} & {k for k, v in wire.items() if v is not None}


def test_bundle_parts_are_sent_with_quantity_times_the_lines() -> None:
    topping = Component(8, 9, quantity=2, portion=Portion.RIGHT, group_id=3)
    pizza = OrderItem(5, 0, "Pizza", "", Decimal("4.250"), (topping,))
    (child,) = item_request(pizza, 3, 27299).children
    assert (child.quantity, child.portion.value, child.group_id) == (6, "R", 3)


def test_a_deals_parts_of_parts_name_their_bundle() -> None:
    base = Component(8, 9, quantity=2, title="Base")
    deal = OrderItem(1, 0, "Deal", "", Decimal(5), (Component(5, quantity=2, components=(base,)),))
    (child,) = item_request(deal, 3, 27299).children
    (part,) = child.children
    assert (child.quantity, part.quantity, part.bundle_product_id, part.title) == (6, 12, 5, "Base")
