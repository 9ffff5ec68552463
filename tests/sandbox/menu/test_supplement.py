"""The exported menu supplement has the same bundles and deals as the menu."""

import tomllib
from typing import Any

import pytest

from console import cli
from console.sandbox.data.menu_loader import load_menu
from console.sandbox.menu.supplement import supplement_text

MENU = load_menu()
SUPPLEMENT = tomllib.loads(supplement_text(MENU))
SUPREME, BARBECUE, BOGOF, PARTY_BOX, LUNCH = 13047273, 13047277, 13047461, 8293532, 13047471
BEEF_PEPPERONI, OLIVES = 13047233, 13047267


def bundle(product_id: int) -> Any:
    return next(row for row in SUPPLEMENT["bundle"] if row["product"] == product_id)


def item(product_id: int, group_id: int, choice: int) -> Any:
    group = next(row for row in bundle(product_id)["group"] if row["id"] == group_id)
    return next(row for row in group["item"] if row["product"] == choice)


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sandbox", "menu"]) == 0
    assert tomllib.loads(capsys.readouterr().out) == SUPPLEMENT


def test_every_bundle_and_deal_is_in_it_once() -> None:
    products = [row["product"] for row in SUPPLEMENT["bundle"]]
    assert sorted(products) == sorted([*MENU.bundles, *MENU.deals])


def test_the_base_is_the_one_item_of_its_group_in_its_usual_form() -> None:
    base = next(group for group in bundle(SUPREME)["group"] if group.get("base"))
    assert (base["id"], base["minimum"], base["maximum"]) == (13127, 1, 1)
    assert base["item"] == [{"product": 13047215, "quantity": 1, "variant": 9757487}]


def test_a_topping_is_included_at_its_own_price_or_absent() -> None:
    assert item(SUPREME, 13129, OLIVES) == {"product": OLIVES, "quantity": 1, "included": "0.000"}
    assert item(SUPREME, 13131, BEEF_PEPPERONI) == {"product": BEEF_PEPPERONI, "quantity": 1}
    assert item(SUPREME, 13129, 13047239) == {"product": 13047239}


def test_limits_free_counts_and_whole_only_are_written() -> None:
    vegetables, _, sauce = bundle(BARBECUE)["group"][1:]
    assert (vegetables["minimum"], vegetables["maximum"], vegetables["free"]) == (0, 8, 1)
    assert (sauce["minimum"], sauce["maximum"], sauce["free"]) == (1, 1, 0)
    assert all(topping["whole_only"] for topping in sauce["item"])
    assert "whole_only" not in item(BARBECUE, 13403, OLIVES)
    assert bundle(LUNCH)["floor"] == "2.000"


def test_a_deal_has_its_price_and_a_slot_what_each_choice_costs() -> None:
    assert (bundle(BOGOF)["deal"], bundle(BOGOF)["price"]) == (True, "0.000")
    assert item(BOGOF, 13319, 13047319) == {
        "product": 13047319,
        "quantity": 1,
        "base_prices": {"Medium": "0.000", "Large": "1.000"},
        "bundle": True,
    }
    assert bundle(PARTY_BOX)["price"] == "5.900"
    assert item(PARTY_BOX, 20606, 13047609) == {"product": 13047609, "extra": "0.200"}


def test_a_slot_takes_as_many_as_fill_it() -> None:
    limits = [(row["minimum"], row["maximum"]) for row in bundle(PARTY_BOX)["group"]]
    assert limits == [(4, 4), (4, 4), (1, 1), (1, 1)]
