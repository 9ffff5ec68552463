"""The one-line order's service: what a typed line means on this store's menu, and the lines typed before.

Called by the quick line at each letter, and by the order screen when the menu changes.
"""

import asyncio
from dataclasses import replace

from console.ordering.catalogue import Product
from console.ordering.configuration.bundle import Bundles
from console.ordering.money import Currency
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.quick_order import QuickMenu, QuickOrderResult, build_quick_menu, interpret
from console.services.catalogue.service import MenuService

MAX_HISTORY = 50
MENU_INCOMPLETE = "The menu is still being fetched."
"""Said with a mistake that may be none once the rest is there."""


class QuickOrderService:
    """Keeps the menu's words as long as the menu is the same."""

    def __init__(self, *, menu: MenuService, currency: Currency, half_rule: HalfRule) -> None:
        self._menu_service = menu
        self._currency = currency
        self._half_rule = half_rule
        self._products: tuple[Product, ...] = ()
        self._bundles: Bundles = {}
        self._quick_menu: QuickMenu | None = None
        self._history: list[str] = []
        self._is_preparing = False

    async def prepare(self) -> None:
        """Make the menu's words ready on a thread, until they are those of the menu as it is now.

        While the menu is fetched it is another at every moment: whoever hears that more came asks again.
        """
        if self._is_preparing:
            return
        self._is_preparing = True
        try:
            while self._ready_menu is None and not self._menu_service.is_fetching:
                products, bundles = self._menu_service.products, self._menu_service.bundles
                menu = await asyncio.to_thread(self._build_complete, products, bundles)
                self._products, self._bundles, self._quick_menu = products, bundles, menu
        finally:
            self._is_preparing = False

    @property
    def history(self) -> tuple[str, ...]:
        """The lines that were typed since the sign-in, the latest last."""
        return tuple(self._history)

    def read(self, text: str, cursor: int) -> QuickOrderResult:
        """What a text means, with completions for the word at this place of it."""
        reading = interpret(text, self._current_menu, cursor)
        if reading.mistake is not None and not reading.mistake.choices and self._menu_service.is_fetching:
            message = f"{reading.mistake.message} {MENU_INCOMPLETE}"
            return replace(reading, mistake=replace(reading.mistake, message=message))
        return reading

    def remember(self, text: str) -> None:
        """Remember a line for Up to recall."""
        self._history = [*(line for line in self._history if line != text), text][-MAX_HISTORY:]

    @property
    def _current_menu(self) -> QuickMenu:
        if (ready := self._ready_menu) is not None:
            return ready
        self._products, self._bundles = self._menu_service.products, self._menu_service.bundles
        self._quick_menu = self._build(self._products, self._bundles)
        return self._quick_menu

    @property
    def _ready_menu(self) -> QuickMenu | None:
        """The words of the menu as it is now, ``None`` where they were made of another."""
        # Equal parts are the same objects, so that comparing a whole menu costs next to nothing.
        is_same = (
            self._menu_service.products == self._products and self._menu_service.bundles == self._bundles
        )
        return self._quick_menu if is_same else None

    def _build(self, products: tuple[Product, ...], bundles: Bundles) -> QuickMenu:
        return build_quick_menu(products, bundles, currency=self._currency, half_rule=self._half_rule)

    def _build_complete(self, products: tuple[Product, ...], bundles: Bundles) -> QuickMenu:
        menu = self._build(products, bundles)
        menu.build_indexes()
        return menu
