"""One-line orders: their meaning on this store's menu, and the history of those entered."""

import asyncio
from dataclasses import replace

from console.ordering.catalogue import Product
from console.ordering.configuration.bundle import Bundles
from console.ordering.quick_order import QuickMenu, QuickOrderResult, build_quick_menu, interpret
from console.services.catalogue.service import MenuService
from console.services.session_context import SessionContext

MAX_HISTORY = 50
MENU_INCOMPLETE = "The menu is still being fetched."
"""Added to a mistake that the rest of the menu may resolve."""


class QuickOrderService:
    """Interprets one-line orders; indexes the menu anew when it changes."""

    def __init__(self, context: SessionContext, menu: MenuService) -> None:
        self._menu_service = menu
        self._currency = context.currency
        self._half_rule = context.profile.pricing.half_rule
        self._products: tuple[Product, ...] = ()
        self._bundles: Bundles = {}
        self._quick_menu: QuickMenu | None = None
        self._history: list[str] = []
        self._is_preparing = False

    async def prepare(self) -> None:
        """Index the current menu on a thread.

        While the menu is being fetched it changes constantly: call again when more has arrived.
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
        """The texts entered since the sign-in, the latest last."""
        return tuple(self._history)

    def read(self, text: str, cursor: int) -> QuickOrderResult:
        """Interpret a text, with completions for the word at the cursor."""
        reading = interpret(text, self._current_menu, cursor)
        if reading.mistake is not None and not reading.mistake.choices and self._menu_service.is_fetching:
            message = f"{reading.mistake.message} {MENU_INCOMPLETE}"
            return replace(reading, mistake=replace(reading.mistake, message=message))
        return reading

    def remember(self, text: str) -> None:
        """Add a text to the history that Up recalls."""
        self._history = [*(entry for entry in self._history if entry != text), text][-MAX_HISTORY:]

    @property
    def _current_menu(self) -> QuickMenu:
        if (ready := self._ready_menu) is not None:
            return ready
        self._products, self._bundles = self._menu_service.products, self._menu_service.bundles
        self._quick_menu = self._build(self._products, self._bundles)
        return self._quick_menu

    @property
    def _ready_menu(self) -> QuickMenu | None:
        """The index of the current menu, None if it was built from another."""
        # Equal parts are identical objects, so comparing whole menus costs next to nothing.
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
