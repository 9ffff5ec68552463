"""A supplement from the Front API's groups: what each field becomes, and odd answers."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from console.config.menu_supplement import BundleEntry, Supplement, parse_supplement
from console.config.supplement_writer import supplement_to_text
from console.ordering.property_names import CRUST as CRUST_ROLE
from console.ordering.property_names import SIZE, STRENGTH, PropertyNames
from console.services.catalogue.front_import import FrontImport, import_front_groups
from tests.services.catalogue import front_answer
from tests.services.catalogue.front_answer import Row


def imported(answer: object, names: PropertyNames | None = None) -> FrontImport:
    """Import an answer as the command reads it from a file."""
    read = json.loads(json.dumps(answer), parse_float=Decimal)
    return import_front_groups(read, names or PropertyNames())


def bundle(answer: object, product_id: int) -> BundleEntry:
    entry = imported(answer).supplement.find_bundle(product_id)
    assert entry is not None
    return entry


def test_pizza_has_its_groups_in_their_order() -> None:
    pizza = bundle(front_answer.answer(), front_answer.PIZZA)
    assert (pizza.title, pizza.deal, pizza.price) == ("Bahçe Pizza", False, 0)
    assert [(g.group_id, g.title, g.minimum, g.maximum, g.base) for g in pizza.groups] == [
        (61, "Hamur", 1, 1, True),
        (62, "Soslar", 1, 1, False),
        (63, "Sebzeler", 0, 4, False),
    ]
    items = [(i.product, i.quantity, i.variant, i.included) for g in pizza.groups for i in g.items]
    assert items == [
        (front_answer.CRUST, 1, 11, None),
        (front_answer.SAUCE, 1, 21, 0),
        (front_answer.OLIVES, 1, 31, 0),
        (front_answer.PEPPERS, 0, None, None),
    ]


def test_deal_has_slots_with_bundles_and_surcharges() -> None:
    deal = bundle(front_answer.answer(), front_answer.DEAL)
    assert (deal.deal, deal.price) == (True, Decimal("9.500"))
    pizzas, breads = deal.groups
    (pizza,) = pizzas.items
    # The large crust costs a dinar more than the dearest included one.
    assert (pizza.is_bundle, pizza.variant, dict(pizza.base_prices)) == (True, 11, {"Orta": 0, "Büyük": 1})
    assert [(item.quantity, item.extra) for item in breads.items] == [(1, 0), (0, Decimal("0.250"))]
    assert (pizzas.minimum, pizzas.maximum) == (1, 1)


def test_import_learns_what_the_properties_are_called() -> None:
    names = PropertyNames()
    imported(front_answer.answer(), names)
    assert [names.internal_name(name) for name in ("Boy", "Kenar", "Güç")] == [SIZE, CRUST_ROLE, STRENGTH]


def test_base_is_found_by_its_crust_where_no_group_is_primary() -> None:
    pizza = front_answer.pizza()
    for group in groups(pizza):
        group["isPrimaryGroup"] = False
    base = imported([pizza], PropertyNames(crusts=["Kenar"])).supplement.bundles[0]
    assert [group.base for group in base.groups] == [True, False, False]


def groups(product: Row) -> list[Row]:
    found = product["bundleProductGroups"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    "wrap",
    [
        lambda product: product,
        lambda product: [product],
        lambda product: {"answer": {"resource": [product]}, "answer_tr": {"resource": [product]}},
        lambda product: {"resource": [{"productId": 1, "bundleProductGroups": []}, product, None, "text"]},
    ],
)
def test_products_are_found_wherever_they_are(wrap: Callable[[Row], object]) -> None:
    (found,) = imported(wrap(front_answer.pizza())).supplement.bundles
    assert found.product == front_answer.PIZZA


@pytest.mark.parametrize(
    "answer", [None, [], {}, "text", 7, {"resource": None}, {"resource": [{"title": "x"}]}]
)
def test_answer_without_groups_gives_nothing(answer: object) -> None:
    assert imported(answer) == FrontImport(Supplement(version=1))


ODD: tuple[Callable[[Row], object], ...] = (
    lambda pizza: pizza | {"productId": "NA"},
    lambda pizza: pizza | {"productId": 0},
    lambda pizza: pizza | {"productId": 10**30},
    lambda pizza: pizza | {"title": None, "webPrice": "1,234.50", "catalogCode": None},
    lambda pizza: pizza | {"webPrice": -5},
    lambda pizza: pizza | {"title": "x" * 900},
    lambda pizza: pizza | {"bundleProductGroups": ["text", None, *groups(pizza)]},
    lambda pizza: pizza | {"bundleProductGroups": groups(pizza) * 2},
    lambda pizza: pizza | {"bundleProductGroups": [group | {"bundleGroupId": 0} for group in groups(pizza)]},
    lambda pizza: pizza | {"bundleProductGroups": [g | {"maximumQuantity": 0} for g in groups(pizza)]},
    lambda pizza: pizza | {"bundleProductGroups": [g | {"maximumQuantity": 10**6} for g in groups(pizza)]},
    lambda pizza: pizza | {"bundleProductGroups": [g | {"minimumQuantity": 900} for g in groups(pizza)]},
    lambda pizza: pizza | {"bundleProductGroups": [g | {"bundleProductItems": None} for g in groups(pizza)]},
    lambda pizza: pizza | {"bundleProductGroups": [g | {"bundleProductItems": [{}]} for g in groups(pizza)]},
    lambda pizza: pizza
    | {
        "bundleProductGroups": [
            front_answer.group(
                1, "Base", [front_answer.item(n, "Base", front_answer.CRUSTS) for n in (1, 2, 1)],
                isPrimaryGroup=True,
            ),
            front_answer.group(
                2, "Dips", [front_answer.item(n, "Dip", isDefault=True, minimumQuantity=60) for n in (1, 2)],
                inputType="Check box", maximumQuantity=1,
            ),
        ]
    },
)  # fmt: skip


@pytest.mark.parametrize("change", ODD, ids=range(len(ODD)))
def test_odd_answer_makes_a_supplement_that_can_be_used(change: Callable[[Row], object]) -> None:
    result = imported({"resource": [change(front_answer.pizza()), front_answer.deal()]})
    text = supplement_to_text(result.supplement)
    assert parse_supplement(Path("menu.toml"), text.encode()) == result.supplement
    assert result.supplement.find_bundle(front_answer.DEAL) is not None
    complete = len(result.supplement.bundles) == 2
    assert complete or result.notes
