"""From what is typed in the menu's field to an item of the order: search, variants, and what was typed ahead.

Used by the order screen, which is told each item to add and keeps everything else.
"""

from collections import deque
from collections.abc import Callable
from functools import partial

from console.ordering.catalogue import Product, Variant
from console.ordering.draft import OrderItem
from console.services.events import ServiceError
from screens.base import DeskScreen
from screens.menu_pane import Asked, MenuPane
from screens.order_rows import added
from screens.variants import VariantsScreen
from widgets.message_line import MessageKind
from widgets.staleness import is_stale


class Adding:
    """Finds what was asked for and hands it on; ``add`` says whether the order took it."""

    def __init__(
        self, screen: DeskScreen[str | None], pane: MenuPane, add: Callable[[OrderItem, int], bool]
    ) -> None:
        self._host = screen
        self._pane = pane
        self._add_item = add
        self._ahead: deque[Asked] = deque()
        self._shown_for: str | None = None
        self._fits_nothing = ""
        self.category = ""
        """The id of the only category that is shown, empty for all."""

    def typed(self) -> None:
        """Search for what is typed now; that nothing fits another text is over."""
        if self._fits_nothing and self._fits_nothing != self._pane.wanted:
            if self._host.message == _nothing_fits(self._fits_nothing):
                self._host.say("")
            self._fits_nothing = ""
        self.find()

    def find(self, *, home: bool = True) -> None:
        """Search this machine's menu for what is typed; ``home`` marks the first that fits."""
        self._host.run_worker(partial(self._search, home=home), name="menu", group="menu", exclusive=True)

    def enter(self) -> None:
        """Add the marked product, or what fits best once the list has caught up with the keys."""
        if self._shown_for == self._pane.wanted:
            if (product := self._pane.marked) is not None:
                self._add(product, self._pane.asked)
            else:
                self._say_nothing_fits(self._pane.wanted)
            return
        self._ahead.append(self._pane.asked)
        self._pane.field.value = ""
        if len(self._ahead) == 1:
            self._host.run_worker(self._add_ahead, name="add what was typed ahead", group="ahead")

    def add(self, product: Product) -> None:
        """Add one of a product that was not typed."""
        self._add(product, Asked(1, "", ""))

    async def _search(self, *, home: bool) -> None:
        menu, wanted = self._host.desk.menu, self._pane.wanted
        try:
            found = await menu.search(wanted, self.category)
        except ServiceError as trouble:
            self._host.say(trouble.message, MessageKind.BAD)
            return
        shown = [c for c in menu.categories if self.category in {"", c.category_id}]
        name = next((c.name for c in shown), "All") if self.category else "All"
        there = len(found) if wanted.strip() else sum(c.products for c in shown)
        of = f" of {there}" if there > len(found) else ""
        self._pane.show_category(f"F4 {name}: {len(found)}{of}", menu.age)
        nothing = _nothing_fits(wanted) if wanted.strip() else "No menu yet."
        self._pane.show(found, empty=nothing, home=home, stale=is_stale(menu.age))
        self._shown_for = wanted

    async def _add_ahead(self) -> None:
        """Add what was typed faster than the list could follow: for each Enter what fits its text best."""
        while self._ahead:
            asked = self._ahead[0]
            try:
                found = await self._host.desk.menu.search(asked.wanted, self.category)
            except ServiceError as trouble:
                self._host.say(trouble.message, MessageKind.BAD)
                found = ()
            self._ahead.popleft()
            if found:
                self._add(found[0], asked)
            else:
                self._type_again(asked)
                self._say_nothing_fits(asked.wanted)

    def _say_nothing_fits(self, wanted: str) -> None:
        self._fits_nothing = wanted
        self._host.say(_nothing_fits(wanted), MessageKind.WARN)

    def _type_again(self, asked: Asked) -> None:
        """What came to nothing stands in the field again, unless something else is typed by now."""
        if not self._pane.field.value:
            self._pane.field.value = asked.typed

    def _add(self, product: Product, asked: Asked) -> None:
        if not product.has_variants:
            self._take(product, None, asked)
        elif product.variants is not None:
            self._choose_variant(product, product.variants, asked)
        else:
            self._host.say(f"Reading what {product.title} comes in.")
            reading = partial(self._read_variants, product, asked)
            self._host.run_worker(reading, name="variants", group="variants", exclusive=True)

    async def _read_variants(self, product: Product, asked: Asked) -> None:
        try:
            variants = await self._host.desk.menu.variants(product)
        except ServiceError as trouble:
            self._type_again(asked)
            self._host.say(trouble.message, MessageKind.BAD)
            return
        self._host.say("")
        if self._host.is_active:
            self._choose_variant(product, variants, asked)

    def _choose_variant(self, product: Product, variants: tuple[Variant, ...], asked: Asked) -> None:
        if len(variants) < 2:
            self._take(product, variants[0] if variants else None, asked)
            return

        def chosen(variant_id: str | None) -> None:
            variant = next((v for v in variants if str(v.variant_id) == variant_id), None)
            if variant is not None:
                self._take(product, variant, asked)
            else:
                self._type_again(asked)

        self._host.app.push_screen(VariantsScreen(product, variants, self._host.desk.currency), chosen)

    def _take(self, product: Product, variant: Variant | None, asked: Asked) -> None:
        item = OrderItem(
            product_id=product.product_id,
            variant_id=variant.variant_id if variant else 0,
            title=product.title,
            options=variant.label if variant else "",
            unit_price=variant.price if variant else product.price,
        )
        if not self._add_item(item, asked.quantity):
            return
        if self._pane.field.value == asked.typed:
            self._pane.field.value = ""
        self._host.say(*added(product, variant, asked.quantity))


def _nothing_fits(wanted: str) -> str:
    return f"Nothing on the menu fits {wanted.strip()}."
