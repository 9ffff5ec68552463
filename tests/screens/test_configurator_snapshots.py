"""A picture of the builder in both sizes, without colour and in plain signs."""

from collections.abc import Callable, Sequence

import pytest
from textual.pilot import Pilot

from tests.ordering.menus import BOGO, MARGHERITA
from tests.screens.configurator.building import configurator_app
from tests.screens.driving import HIGH, LOW

HALVES = (*"olives", "left", "minus", *"mush", "right", "plus", *"onions", "delete", *"beef", "space")
REFUSED = (*HALVES, *"tomato", "left")
DEAL = ("m", "enter", "enter", *"olives", "left", "enter")
WALKS: dict[str, tuple[int, Sequence[str]]] = {
    "as_on_the_menu": (MARGHERITA, ()),
    "two_halves": (MARGHERITA, HALVES),
    "refused": (MARGHERITA, REFUSED),
    "what_a_size_has_not": (MARGHERITA, (*"corn", "space", "f4", "f4")),
    "deal_unfinished": (BOGO, DEAL),
    "deal_choice": (BOGO, (*DEAL, "p")),
    "in_a_deal": (BOGO, DEAL[:-1]),
}

Compare = Callable[..., bool]


def picture(compare: Compare, walk: str, size: tuple[int, int], *, plain: bool = False) -> None:
    product_id, keys = WALKS[walk]
    app, _ = configurator_app(product_id, plain=plain)

    async def go(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()

    assert compare(app, terminal_size=size, run_before=go)


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("size", [LOW, HIGH], ids=["80x24", "120x36"])
def test_builder(snap_compare: Compare, walk: str, size: tuple[int, int]) -> None:
    picture(snap_compare, walk, size)


@pytest.mark.parametrize("walk", ["two_halves", "deal_unfinished"])
@pytest.mark.parametrize("size", [LOW, HIGH], ids=["80x24", "120x36"])
def test_without_colour(
    snap_compare: Compare, walk: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    picture(snap_compare, walk, size)


@pytest.mark.parametrize("walk", ["two_halves", "deal_unfinished"])
def test_in_plain_signs(snap_compare: Compare, walk: str) -> None:
    picture(snap_compare, walk, LOW, plain=True)
