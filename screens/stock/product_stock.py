"""The stock of a product or variant at all stores, this store first, with the age of the figures."""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from console.ordering.catalogue import Product, Variant
from console.ordering.number_input import parse_count
from console.ordering.stores import StockReport
from screens.dialogs.prompt import PromptScreen
from screens.framework.commands import BACK, HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.console_screen import OperatorScreen
from screens.framework.work_once import work_once
from widgets.lists.stock_table import StockTable
from widgets.message_line import MessageKind
from widgets.staleness import as_of_text, is_stale
from widgets.text_rows import Span, Spans, TextRows, Tone

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("stock.refresh", "f5,r", "refresh", "Refresh", "Ask all stores again"),
    Command("stock.next", "right,space", "variant(1)", "Next variant", "The next variant of the product"),
    Command("stock.previous", "left", "variant(-1)", "", "The previous variant"),
    Command("stock.more", "plus", "change_quantity(1)", "Ask for more", "Ask for one more"),
    Command("stock.less", "minus", "change_quantity(-1)", "", "Ask for one less"),
    Command("stock.set", "f8,x", "set_stock", "Sold out", "Set this store's stock; 0 is sold out"),
    Command("stock.undo", "f7,u", "undo_stock", "", "Restore this store's stock"),
    *navigation_commands("stock"),
    *HELP_COMMANDS,
    BACK,
)


class StockTitle(TextRows):
    """The question, and the time of the answer."""

    DEFAULT_CSS = "StockTitle { height: 2; margin: 1 1 1 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._question_text = self._time_text = ""

    def show(self, question_text: str, time_text: str) -> None:
        """Show both texts."""
        self._question_text, self._time_text = question_text, time_text
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """Two rows."""
        return (Span(self._question_text, Tone.STRONG),), (Span(self._time_text),)


class ProductStockScreen(OperatorScreen[None]):
    """A table of stores; left and right go through the variants."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Stock by location"
    AUTO_FOCUS = "StockTable"

    def __init__(
        self,
        session: "OperatorSession",
        product: Product,
        variant_id: int,
        *,
        quantity: int,
        customer: str = "",
    ) -> None:
        super().__init__(session)
        self._customer = customer
        self._product = product
        self._variant_id = variant_id
        self._quantity = quantity
        self._variants: tuple[Variant, ...] = product.variants or ()
        self._title = StockTitle()
        self._table = self.navigated_list = StockTable()

    def customer_name(self) -> str:
        """The customer of the order, empty without one."""
        return self._customer

    def body(self) -> Iterable[Widget]:
        """Title and table."""
        yield Vertical(self._title, self._table)

    def on_mount(self) -> None:
        """Show the last report at once, and fetch a new one."""
        if self._product.has_variants and not self._variants:
            self._read_variants()
        else:
            self._ensure_variant()
            self.action_refresh()

    def action_refresh(self) -> None:
        """Ask all stores again."""
        self._show(self.session.stock.last_report(self._product.product_id, self._variant_id))
        self._load_report()

    def action_variant(self, step: int) -> None:
        """Show another variant."""
        if len(self._variants) > 1:
            ids = [variant.variant_id for variant in self._variants]
            self._variant_id = ids[(ids.index(self._variant_id) + step) % len(ids)]
            self.action_refresh()
        else:
            self.say("This product has one variant only.")

    def action_change_quantity(self, step: int) -> None:
        """Change the requested quantity, which each store is compared with."""
        self._quantity = max(1, self._quantity + step)
        self._show(self.session.stock.last_report(self._product.product_id, self._variant_id))

    @work_once("set stock")
    async def action_set_stock(self) -> None:
        """Set this store's stock, if the operator has the role."""
        with self.attempt(MessageKind.WARN) as permission:
            self.session.stock_adjustment.require_role()
        if permission.failed:
            return
        question = f"New stock of {self._product_text} at {self.session.location.name}?"
        figure = await self.ask(PromptScreen(question, value="0", parse=parse_count, select_value=True))
        if figure is not None:
            await self._set_stock(parse_count(figure))

    @work_once("set stock")
    async def action_undo_stock(self) -> None:
        """Restore the stock from before it was set here."""
        with self.attempt():
            changed = await self.session.stock_adjustment.undo_last(self._product, self._variant)
            if changed is None:
                self.say("No stock change of this product to undo.")
            else:
                await self._show_changed_stock(
                    f"{self._product_text}: was {changed.before}, is {changed.after} again."
                )

    async def _set_stock(self, quantity: int) -> None:
        with self.attempt():
            changed = await self.session.stock_adjustment.set_stock(self._product, self._variant, quantity)
            await self._show_changed_stock(
                f"{self._product_text}: was {changed.before}, is {changed.after}. F7 undoes it."
            )

    async def _show_changed_stock(self, message: str) -> None:
        """Show the new stock here and in the menu."""
        await self._fetch_report()
        self.say(message, MessageKind.GOOD)
        self.session.menu.refresh()

    @property
    def _variant(self) -> Variant | None:
        return next((v for v in self._variants if v.variant_id == self._variant_id), None)

    @property
    def _product_text(self) -> str:
        variant = self._variant
        return f"{self._product.title}, {variant.label}" if variant else self._product.title

    @work(exclusive=True, group="variants")
    async def _read_variants(self) -> None:
        with self.attempt(MessageKind.WARN):
            self._variants = await self.session.menu.variants(self._product)
        self._ensure_variant()
        self.action_refresh()

    def _ensure_variant(self) -> None:
        known = {variant.variant_id for variant in self._variants}
        if self._variants and self._variant_id not in known:
            self._variant_id = self._variants[0].variant_id

    @work(exclusive=True, group="report")
    async def _load_report(self) -> None:
        await self._fetch_report()

    async def _fetch_report(self) -> None:
        with self.attempt(MessageKind.WARN, progress="Asking the stores."):
            self._show(await self.session.stock.fetch_report(self._product.product_id, self._variant_id))

    def _show(self, report: StockReport | None) -> None:
        question = f"{self._product_text}: which stores have {self._quantity}?"
        if report is None:
            self._title.show(question, "Not loaded yet.")
            return
        age = max(0.0, time.time() - report.seen_at)
        missing = {0: "", 1: " 1 store could not be read."}.get(
            report.unreadable, f" {report.unreadable} stores could not be read."
        )
        self._title.show(
            question, f"{as_of_text(report.seen_at, age, self.session.store_time)}.{missing} F5 refreshes."
        )
        self._table.show(
            report,
            current_location=self.session.location,
            currency=self.session.currency,
            requested_quantity=self._quantity,
            stale=is_stale(age),
        )
