"""The screen of stores for a whole order: which have all of it, what the others miss, and moving it.

The prices at the other store are confirmed before the order is moved.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.order_availability import StoreAvailability, StorePrices
from console.ordering.stores import Location
from console.services.unreadable_text import unreadable_text
from screens.dialogs.confirm import ConfirmScreen
from screens.framework.commands import BACK, HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.work_once import work_once
from screens.order_view.screen import OrderViewScreen
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.symbols import symbols_of

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command(
        "cart_stock.move", "enter", "move_there", "Move there", "Show the prices there, then move the order"
    ),
    Command("cart_stock.refresh", "f5,r", "refresh", "Refresh", "Ask all stores again"),
    *navigation_commands("cart_stock"),
    *HELP_COMMANDS,
    BACK,
)
COLUMNS = (Column("Store"), Column("Where", 12), Column("In stock", 16))
MAX_MISSING = 4
MAX_PRICES = 6


class OrderAvailabilityScreen(OrderViewScreen[str | None]):
    """The result is the id of the order at the other store, ``None`` if it was not moved."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Stores for the whole order"
    AUTO_FOCUS = "LineList"
    DEFAULT_CSS = "OrderAvailabilityScreen > LineList { margin-top: 1; }"

    def __init__(self, session: "OperatorSession", draft_id: str) -> None:
        super().__init__(session, draft_id)
        self._list = self.navigated_list = LineList(*COLUMNS, empty="No store has reported its stock yet.")
        self._stores: dict[str, StoreAvailability] = {}

    def body(self) -> Iterable[Widget]:
        """The stores."""
        return (self._list,)

    def on_mount(self) -> None:
        """Ask all stores."""
        self.action_refresh()

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Move the order to the selected store."""
        event.stop()
        self.action_move_there()

    @work(exclusive=True, group="stores")
    async def action_refresh(self) -> None:
        """Ask all stores again."""
        self.say("Asking the stores.")
        with self.attempt(MessageKind.WARN):
            stores = await self.session.order_availability.availability_by_store(self.view)
            self._stores = {str(store.location.location_id): store for store in stores}
            self._list.set_rows([self._row(store) for store in stores], home=True)
            complete_count = sum(store.has_all for store in stores)
            count = f"{complete_count} of {len(stores)} stores have all of it."
            self.say(f"{count} {unreadable_text(stores, 'record')}".strip())

    def action_move_there(self) -> None:
        """Move the order to the selected store, after its prices there are confirmed."""
        store = self._stores.get(self._list.cursor_key or "")
        if store is None:
            return
        if store.location.location_id == self.view.store.location_id:
            self.say("The order is already at this store.")
        elif not store.has_all:
            self.say(f"{store.location.name} does not have all of it.", MessageKind.WARN)
        else:
            self._move_to(store.location)

    @work_once("move")
    async def _move_to(self, location: Location) -> None:
        prices = None
        with self.attempt(MessageKind.WARN, progress=f"Asking for the prices at {location.name}."):
            prices = await self.session.order_availability.prices_at(self.view, location)
        if prices is None or not await self.ask(ConfirmScreen(*self._move_questions(prices))):
            return
        with self.attempt():
            self.close(await self.session.orders.move_to_store(self.draft_id, prices))

    def _move_questions(self, prices: StorePrices) -> Iterable[str]:
        currency, store = self.session.currency, prices.location.name
        there = currency.format_money(prices.total)
        here = currency.format_number(prices.current_total)
        lacking = prices.lacking_lines
        what = "The rest" if lacking else "It"
        yield f"Move the order to {store}? {what} costs {there} there, {here} here."
        if lacking:
            names = [f"{line.requested - line.quantity} {line.title}" for line in lacking]
            more = f" and {len(names) - MAX_MISSING} more" if len(names) > MAX_MISSING else ""
            yield f"{store} does not take {', '.join(names[:MAX_MISSING])}{more}: decide it there."
        for line in prices.changed_lines[:MAX_PRICES]:
            here, there = currency.format_prices(line.current_price, line.other_price)
            yield f"{line.title}: {here} here, {there} there."
        if len(prices.changed_lines) > MAX_PRICES:
            yield f"And {len(prices.changed_lines) - MAX_PRICES} more lines with changed prices."

    def _row(self, store: StoreAvailability) -> ListRow:
        symbols = symbols_of(self)
        location = store.location
        is_here = location.location_id == self.view.store.location_id
        where = f"{store.distance_km:.1f} km" if store.distance_km is not None else location.city
        missing = tuple(f"    {shortage.text}" for shortage in store.shortages)
        if len(missing) > MAX_MISSING:
            missing = (*missing[: MAX_MISSING - 1], f"    and {len(missing) - MAX_MISSING + 1} more")
        if store.has_all:
            verdict = f"{symbols.good} all of it"
        elif missing:
            verdict = f"{symbols.bad} {len(store.shortages)} missing"
        else:
            verdict = f"{symbols.bad} not offered"
        style = RowStyle.STRONG if is_here else RowStyle.NORMAL if store.has_all else RowStyle.DIM
        return ListRow(
            str(location.location_id),
            (location.name, "this store" if is_here else where, verdict),
            style,
            missing,
        )
