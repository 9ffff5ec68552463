"""The screen of stores for a whole order: which have all of it, what the others miss, and moving it.

The prices at the other store are confirmed before the order is moved.
"""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.draft import EditError
from console.ordering.order_availability import StoreAvailability, StorePrices
from console.ordering.stores import Location
from console.services.events import ServiceError
from screens.dialogs.confirm import ConfirmScreen
from screens.framework.commands import BACK, HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.list_navigation import ListNavigation
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


class OrderAvailabilityScreen(ListNavigation, OrderViewScreen[str | None]):
    """The result is the id of the order at the other store, ``None`` if it was not moved."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Stores for the whole order"
    AUTO_FOCUS = "LineList"
    DEFAULT_CSS = "OrderAvailabilityScreen > LineList { margin-top: 1; }"

    def __init__(self, session: "OperatorSession", draft_id: str) -> None:
        super().__init__(session, draft_id)
        self._list = LineList(*COLUMNS, empty="No store has reported its stock yet.")
        self._stores: dict[str, StoreAvailability] = {}
        self._busy = False

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

    def action_refresh(self) -> None:
        """Ask all stores again."""
        self.run_worker(self._load_stores, name="stores", group="stores", exclusive=True)

    def action_move_there(self) -> None:
        """Move the order to the selected store, after its prices there are confirmed."""
        store = self._stores.get(self._list.cursor_key or "")
        if store is None or self._busy:
            return
        if store.location.location_id == self.view.store.location_id:
            self.say("The order is already at this store.")
        elif not store.has_all:
            self.say(f"{store.location.name} does not have all of it.", MessageKind.WARN)
        else:
            self._busy = True
            self.run_worker(self._load_prices(store.location), name="prices there")

    async def _load_stores(self) -> None:
        self.say("Asking the stores.")
        try:
            stores = await self.session.order_availability.availability_by_store(self.view)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.WARN)
            return
        self._stores = {str(store.location.location_id): store for store in stores}
        self._list.set_rows([self._row(store) for store in stores], home=True)
        complete_count = sum(store.has_all for store in stores)
        self.say(f"{complete_count} of {len(stores)} stores have all of it.")

    async def _load_prices(self, location: Location) -> None:
        self.say(f"Asking for the prices at {location.name}.")
        try:
            prices = await self.session.order_availability.prices_at(self.view, location)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.WARN)
            return
        finally:
            self._busy = False
        self.say("")
        self.app.push_screen(
            ConfirmScreen(*self._move_questions(prices)), partial(self._move_if_confirmed, prices)
        )

    def _move_questions(self, prices: StorePrices) -> Iterable[str]:
        currency, view = self.session.currency, self.view
        there, here = currency.format_money(prices.total), currency.format_number(view.total)
        yield f"Move the order to {prices.location.name}? It costs {there} there, {here} here."
        for line in prices.changed_lines[:MAX_PRICES]:
            here, there = map(currency.format_number, (line.current_price, line.other_price))
            yield f"{line.title}: {here} here, {there} there."
        if len(prices.changed_lines) > MAX_PRICES:
            yield f"And {len(prices.changed_lines) - MAX_PRICES} more lines with changed prices."

    def _move_if_confirmed(self, prices: StorePrices, confirmed: bool | None) -> None:
        if confirmed and not self._busy:
            self._busy = True
            self.run_worker(self._move(prices), name="move the order")

    async def _move(self, prices: StorePrices) -> None:
        try:
            draft_id = await self.session.orders.move_to_store(self.draft_id, prices)
        except (ServiceError, EditError) as error:
            self.say(error.message if isinstance(error, ServiceError) else str(error), MessageKind.BAD)
        else:
            self.close(draft_id)
        finally:
            self._busy = False

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
