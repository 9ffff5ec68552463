"""The menu supplement: what a file says, and what is reported of an unusable one."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.config.menu_supplement import (
    BundleEntry,
    GroupEntry,
    ItemEntry,
    Supplement,
    parse_supplement,
    read_supplement,
)
from console.config.toml_loader import TomlFileError
from console.sandbox.data.menu_loader import load_menu
from console.sandbox.menu.supplement import supplement_text
from tests.paths import DOCS

DOCUMENT = DOCS / "menu-supplement.md"
EXAMPLE = re.findall(r"```toml\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)[1]
FILE = Path("menu.toml")
PIZZA = """version = 1
[[bundle]]
product = 1
[[bundle.group]]
id = 11
title = "Base"
base = true
[[bundle.group.item]]
product = 2
quantity = 1
[[bundle.group]]
id = 12
title = "Toppings"
maximum = 3
[[bundle.group.item]]
product = 3
quantity = 2
[[bundle.group.item]]
product = 4
"""


def problems(text: str) -> list[str]:
    with pytest.raises(TomlFileError) as misfit:
        parse_supplement(FILE, text.encode())
    return [str(problem) for problem in misfit.value.problems]


def test_the_documents_example_is_read_as_it_says() -> None:
    supplement = parse_supplement(FILE, EXAMPLE.encode())
    pizza, deal = supplement.bundles
    base, vegetables, sauce = pizza.groups
    assert (base.base, base.items[0].variant) == (True, 9757487)
    assert (vegetables.maximum, vegetables.items[0].included, vegetables.items[1].included) == (8, 0, None)
    assert (sauce.minimum, sauce.items[0].whole_only) == (1, True)
    assert deal.deal
    assert deal.groups[1].items[0].base_prices == {"Medium": 0, "Large": Decimal("1.000")}


def test_document_keys_and_parsed_keys_are_the_same() -> None:
    documented = set(
        re.findall(r"^\| `(?:\[\[bundle(?:\.group)?\.?)?(\w+)(?:\]\])?`", DOCUMENT.read_text(), re.M)
    )
    models = (Supplement, BundleEntry, GroupEntry, ItemEntry)
    known = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert documented == known


def test_the_sandboxs_own_is_read_whole() -> None:
    menu = load_menu()
    supplement = parse_supplement(FILE, supplement_text(menu).encode())
    assert {entry.product for entry in supplement.bundles} == menu.bundles.keys() | menu.deals.keys()


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ("minimum = 4", "line 15, bundle[1].group[2].minimum: is more than the maximum of 3"),
        ("free = 4", "line 15, bundle[1].group[2].free: is more than the maximum of 3"),
        ('free = "one"', "line 15, bundle[1].group[2].free: should be a valid integer"),
        ("colour = 1", "line 15, bundle[1].group[2].colour: is not a known key"),
        ("base = true", "line 15, bundle[1].group[2].base: a bundle has one base, and this is another"),
    ],
)
def test_wrong_key_of_a_group_is_reported_with_its_line(wrong: str, expected: str) -> None:
    text = PIZZA.replace("maximum = 3\n", f"maximum = 3\n{wrong}\n")
    assert f"menu.toml, {expected}" in problems(text)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ("included = 0.4", 'included: must be an amount in quotes, such as "3.250"'),
        ('included = "-1"', 'included: must be an amount in quotes, such as "3.250"'),
        ("quantity = -1", "quantity: should be greater than or equal to 0"),
        ("whole_only = 1", "whole_only: should be a valid boolean"),
        ('extra = "0.200"', "extra: is for the slots of a deal"),
        ('base_prices = { Medium = "1" }', "base_prices: is for the slots of a deal"),
        ("bundle = true", "bundle: is for the slots of a deal"),
    ],
)
def test_wrong_key_of_an_item_is_reported_with_its_line(wrong: str, expected: str) -> None:
    assert problems(f"{PIZZA}{wrong}\n") == [f"menu.toml, line 20, bundle[1].group[2].item[2].{expected}"]


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("product = 1\n", "", 2, "bundle[1].product: is missing"),
        ("id = 12", "id = 11", 12, "bundle[1].group[2].id: this group is in the bundle twice"),
        (
            "base = true\n",
            "",
            2,
            "bundle[1]: a bundle needs one group with base = true, and a deal deal = true",
        ),
        ("version = 1", "version = 2", 1, "version: should be 1"),
        (
            *("product = 4", "product = 3", 19),
            "bundle[1].group[2].item[2].product: this product is in the group twice",
        ),
        (
            *("quantity = 2", "quantity = 4", 14),
            "bundle[1].group[2].maximum: is less than the 4 units of the default",
        ),
        (
            *("product = 2\nquantity = 1", "product = 2", 8),
            "bundle[1].group[1].item: a base group has one item, of quantity 1",
        ),
        (
            *("product = 1\n", "product = 1\ndeal = true\n", 8),
            "bundle[1].group[1].base: a deal has no base of its own",
        ),
    ],
)
def test_contradiction_is_reported_with_its_line(old: str, new: str, line: int, expected: str) -> None:
    assert problems(PIZZA.replace(old, new, 1)) == [f"menu.toml, line {line}, {expected}"]


def test_duplicate_bundle_is_reported() -> None:
    second = PIZZA.removeprefix("version = 1\n")
    assert problems(PIZZA + second) == [
        "menu.toml, line 21, bundle[2].product: this bundle is in the file twice"
    ]


def test_unreadable_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(TomlFileError) as misfit:
        read_supplement(tmp_path / "menu.toml")
    assert str(misfit.value) == "menu.toml: cannot be read (No such file or directory)"


@given(st.integers(0, 18), st.text(st.characters(codec="utf-8"), max_size=30))
def test_every_spoilt_line_is_reported_with_its_problem(number: int, line: str) -> None:
    good = PIZZA.splitlines()
    lines = [*good[:number], line, *good[number + 1 :]]
    try:
        parse_supplement(FILE, "\n".join(lines).encode())
    except TomlFileError as misfit:
        for problem in misfit.problems:
            assert problem.text
            assert 0 <= problem.line <= len("\n".join(lines).splitlines())
