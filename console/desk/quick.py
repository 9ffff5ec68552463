"""The one-line order's service: what a typed line means on this store's menu, and the lines typed before.

Called by the quick line at each letter, and by the order screen when the menu changes.
"""

import asyncio
from dataclasses import replace

from console.desk.menu import MenuDesk
from console.ordering.catalogue import Product
from console.ordering.configuration.bundle import Bundles
from console.ordering.money import Currency
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.quick_order import QuickMenu, QuickOrderResult, build_quick_menu, interpret

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
        self._prepares = False

    async def prepare(self) -> None:
        """Make the menu's words ready on a thread, until they are those of the menu as it is now.

        While the menu is fetched it is another at every moment: whoever hears that more came asks again.
        """
        if self._prepares:
            return
        self._prepares = True
        try:
            while self._ready is None and not self._desk.fetches:
                products, bundles = self._desk.products, self._desk.bundles
                menu = await asyncio.to_thread(self._complete, products, bundles)
                self._products, self._bundles, self._menu = products, bundles, menu
        finally:
            self._prepares = False

    @property
    def typed(self) -> tuple[str, ...]:
        """The lines that were typed since the sign-in, the latest last."""
        return tuple(self._typed)

    def read(self, text: str, cursor: int) -> QuickOrderResult:
        """What a text means, with completions for the word at this place of it."""
        reading = interpret(text, self._words, cursor)
        if reading.mistake is not None and not reading.mistake.choices and self._desk.fetches:
            said = f"{reading.mistake.message} {STILL_COMING}"
            return replace(reading, mistake=replace(reading.mistake, message=said))
        return reading

    def remember(self, text: str) -> None:
        """Remember a line for Up to recall."""
        self._typed = [*(line for line in self._typed if line != text), text][-MOST_RECALLED:]

    @property
    def _words(self) -> QuickMenu:
        if (ready := self._ready) is not None:
            return ready
        self._products, self._bundles = self._desk.products, self._desk.bundles
        self._menu = self._made(self._products, self._bundles)
        return self._menu

    @property
    def _ready(self) -> QuickMenu | None:
        """The words of the menu as it is now, ``None`` where they were made of another."""
        # Equal parts are the same objects, so that comparing a whole menu costs next to nothing.
        is_same = self._desk.products == self._products and self._desk.bundles == self._bundles
        return self._menu if is_same else None

    def _made(self, products: tuple[Product, ...], bundles: Bundles) -> QuickMenu:
        return build_quick_menu(products, bundles, currency=self._currency, half_rule=self._half_rule)

    def _complete(self, products: tuple[Product, ...], bundles: Bundles) -> QuickMenu:
        menu = self._made(products, bundles)
        menu.build_indexes()
        return menu
