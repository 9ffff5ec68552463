"""Keys by chance on the builder: it does not fall over, and what it makes keeps to the rules."""

from random import Random

import pytest

from console.ordering.configuration import problems
from console.ordering.draft import Component
from console.ordering.pricing.estimate import estimate_bundle
from console.ordering.pricing.half_rule import HalfRule
from screens.configurator.screen import ConfiguratorScreen
from tests.fresh_seeds import seed_for
from tests.ordering.menus import BOGO, MARGHERITA, menu
from tests.screens.configurator.building import KWD, run_configurator

pytestmark = pytest.mark.anyio

KEYS = (
    *"abcmopst1", "left", "right", "space", "plus", "minus", "delete", "backspace", "tab", "shift+tab",
    "up", "down", "pageup", "pagedown", "home", "end", "f1", "f3", "f4", "f5", "f6", "f7", "f8", "slash",
    "enter", "enter", "escape", "f12", "f2", "question_mark", "asterisk", "left", "right", "space",
)  # fmt: skip
BURST = 10
MISSING = ("Choose ", ": Choose ")
"""What an order that is not finished yet may lack; nothing else may ever be wrong with it."""


def check(product_id: int, components: tuple[Component, ...]) -> None:
    """It breaks no rule but for what is missing, and its price is the sum of its parts, in whole fils."""
    bundles = menu()
    bundle = bundles[product_id]
    wrong = problems(bundle, components, bundles)
    assert all(any(part in sentence for part in MISSING) for sentence in wrong), wrong
    estimate = estimate_bundle(bundle, components, bundles=bundles, currency=KWD, half_rule=HalfRule.HALF)
    assert estimate.total == sum(amount.amount for amount in estimate.lines) >= 0
    assert all(KWD.round(amount.amount) == amount.amount for amount in estimate.lines)


async def press_random_keys(product_id: int, seed: int, count: int) -> None:
    random = Random(seed)
    pressed, begun = 0, None
    while pressed < count:
        async with run_configurator(product_id, components=begun) as hands:
            while pressed < count and not hands.app.results:
                await hands.burst(random.choices(KEYS, k=BURST))
                pressed += BURST
                assert hands.app.is_running
                for screen in hands.app.screen_stack:
                    if isinstance(screen, ConfiguratorScreen):
                        check(screen.request.bundle.product_id, screen.components)
            # The next one goes on with what was made, as a line that is opened again.
            begun = hands.first.components
            for item in hands.app.results:
                if item is not None:
                    assert not problems(menu()[product_id], item.components, menu())


KINDS = pytest.mark.parametrize(("product_id", "seed"), [(MARGHERITA, 1), (BOGO, 2)], ids=["bundle", "deal"])


@KINDS
async def test_random_keys_hundred_keep_rules(product_id: int, seed: int) -> None:
    await press_random_keys(product_id, seed_for(seed), 100)


@pytest.mark.slow
@KINDS
async def test_random_keys_thousand_keep_rules(product_id: int, seed: int) -> None:
    await press_random_keys(product_id, seed_for(seed), 1000)
