"""The one-line order's service: what a typed line means on this store's menu, and the lines typed before.

Called by the order screen at each letter; everything it needs is on this machine.
"""

from dataclasses import replace

from console.desk.menu import MenuDesk
from console.ordering.bundle import Bundles
from console.ordering.half_rule import HalfRule
from console.ordering.menu import Product
from console.ordering.money import Currency
from console.ordering.quickline import QuickMenu, Reading, quick_menu, read

MOST_RECALLED = 50
STILL_COMING = "The menu is still being fetched."
"""Said with a mistake that may be none once the rest is there."""


class QuickDesk:
    """Keeps the menu's words as long as the menu is the same."""

    def __init__(self, *, menu: MenuDesk, currency: Currency, half_rule: HalfRule) -> None:
        self._desk = menu
        self._currency = currency
        self._half_rule = half_rule
        self._products: tuple[Product, ...] = ()
        self._bundles: Bundles = {}
        self._menu: QuickMenu | None = None
        self._typed: list[str] = []

    @property
    def typed(self) -> tuple[str, ...]:
        """The lines that were added since the sign-in, the latest last."""
        return tuple(self._typed)

    def read(self, text: str, cursor: int) -> Reading:
        """What a text means, with completions for the word at this place of it."""
        reading = read(text, self._words, cursor)
        if reading.error is not None and not reading.error.choices and self._desk.fetches:
            said = f"{reading.error.sentence} {STILL_COMING}"
            return replace(reading, error=replace(reading.error, sentence=said))
        return reading

    def added(self, text: str) -> None:
        """Remember a line for Up to recall."""
        self._typed = [*(line for line in self._typed if line != text), text][-MOST_RECALLED:]

    @property
    def _words(self) -> QuickMenu:
        # Equal parts are the same objects, so that comparing a whole menu costs next to nothing.
        products, bundles = self._desk.products, self._desk.bundles
        if self._menu is None or products != self._products or bundles is not self._bundles:
            self._products, self._bundles = products, bundles
            self._menu = quick_menu(products, bundles, currency=self._currency, half_rule=self._half_rule)
        return self._menu
