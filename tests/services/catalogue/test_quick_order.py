"""The one-line order on the sandbox store's menu: the documented deal and a half-and-half, in few keys."""

from decimal import Decimal
from typing import Any

import pytest

from console.ordering.draft import Component, Portion
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.quick_order import QuickMenu, build_quick_menu, interpret
from console.services.operator_session import OperatorSession
from tests.services.catalogue.fetched_bundles import session_with_bundles
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio

# Add to Cart (Customized Deal): the products of both pizzas, each with its variant.
DOCUMENTED = {
    (13047273, 13317): {
        13047215: 9757487, 13047255: 9757701, 13047267: 9757725, 13047231: 9757689, 13047233: 9757695,
        13047235: 9757693, 13047237: 9757691, 13047241: 9757697, 13047257: 9757699,
    },
    (13047319, 13319): {
        13047219: 9757497, 13047247: 9757709, 13047249: 9757711, 13047251: 9757713, 13047255: 9757701,
        13047233: 9757695, 13047257: 9757699,
    },
}  # fmt: skip
PRODUCT_COST = Decimal("5.650")
"""Its price in the documented response; the rest of the total of 6.15 is delivery."""
AIM = 25
"""Keys, with the one that opens the field and Enter."""


async def menu_of(session: OperatorSession) -> QuickMenu:
    products = (await session.menu.search("")).products
    return build_quick_menu(
        products, session.menu.bundles, currency=session.currency, half_rule=HalfRule.HALF
    )


def keys(typed: str) -> int:
    return len(f";{typed}") + 1


def parts(component: Component) -> dict[int, int]:
    return {part.product_id: part.variant_id for part in component.components}


async def test_the_documented_deal_is_typed_in_eleven_keys(backend: SandboxBackend) -> None:
    typed = "buy [,pan"
    assert keys(typed) == 11
    async with session_with_bundles(backend) as (session, _):
        reading = interpret(typed, await menu_of(session))
    assert reading.mistake is None
    (line,) = reading.lines
    assert line.item.product_id == 13047461
    assert {(c.product_id, c.group_id): parts(c) for c in line.item.components} == DOCUMENTED
    assert reading.total == PRODUCT_COST


async def test_half_and_half_with_light_topping_takes_few_keys(backend: SandboxBackend) -> None:
    typed = "l marg+ol:l lt+mu:r"
    assert keys(typed) <= AIM
    async with session_with_bundles(backend) as (session, _):
        reading = interpret(typed, await menu_of(session))
    assert reading.mistake is None
    (line,) = reading.lines
    assert line.description == "1 Large Classic Margherita, left: light Sliced Black Olives, right: Mushrooms"
    assert [c.portion for c in line.item.components[-2:]] == [Portion.LEFT, Portion.RIGHT]


async def test_two_recipes_with_extra_toppings_take_few_keys(backend: SandboxBackend) -> None:
    typed = "l ma/pe+ol:l lt+mu:r"
    assert keys(typed) <= AIM
    async with session_with_bundles(backend) as (session, _):
        reading = interpret(typed, await menu_of(session))
    assert reading.mistake is None
    halves = {(c.title, c.portion) for c in reading.lines[0].item.components}
    assert {("Beef Pepperoni", Portion.RIGHT), ("Sliced Black Olives", Portion.LEFT)} <= halves


async def test_a_letter_makes_no_words_of_a_menu_that_is_prepared(
    backend: SandboxBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def counted(*menu: Any, **how: Any) -> QuickMenu:
        made.append(1)
        return build_quick_menu(*menu, **how)

    monkeypatch.setattr("console.services.catalogue.quick_order.build_quick_menu", counted)
    async with session_with_bundles(backend) as (session, _):
        await session.quick_order.prepare()
        assert session.quick_order.read("buy", 3).is_ready
        assert session.quick_order.read("buy [", 5).lines
        await session.quick_order.prepare()
    assert len(made) == 1
