"""Stock for the whole order: which stores have all of it, what the others lack, and moving it to one.

Opened from the order screen; the new prices are shown before anything is moved.
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
from screens.commands import BACK, KEYS, Command, bindings, moving
from screens.confirm import ConfirmScreen
from screens.draft_screen import DraftScreen
from screens.moving import MovesMark
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.symbols import symbols_of

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("cart_stock.move", "enter", "move_there", "Move there", "Show the prices there, then move it"),
    Command("cart_stock.refresh", "f5,r", "refresh", "Refresh", "Ask every store again"),
    *moving("cart_stock"),
    *KEYS,
    BACK,
)
COLUMNS = (Column("Store"), Column("Where", 12), Column("Can give", 16))
MOST_LACKS = 4
MOST_PRICES = 6


class CartStockScreen(MovesMark, DraftScreen[str | None]):
    """Answers with the id of the order at the other store, ``None`` where it stayed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    COMMANDS_HERE = COMMANDS
    TITLE_HERE = "Stores for the whole order"
    AUTO_FOCUS = "LineList"
    DEFAULT_CSS = "CartStockScreen > LineList { margin-top: 1; }"

    def __init__(self, desk: "OperatorSession", draft_id: str) -> None:
        super().__init__(desk, draft_id)
        self._list = LineList(*COLUMNS, empty="No store has said what it has.")
        self._offers: dict[str, StoreAvailability] = {}
        self._busy = False

    def body(self) -> Iterable[Widget]:
        """The stores."""
        return (self._list,)

    def on_mount(self) -> None:
        """Ask every store."""
        self.action_refresh()

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Enter on a store."""
        event.stop()
        self.action_move_there()

    def action_refresh(self) -> None:
        """Ask every store again."""
        self.run_worker(self._ask, name="stores", group="stores", exclusive=True)

    def action_move_there(self) -> None:
        """Show what the order costs at the marked store; a yes moves it there."""
        offer = self._offers.get(self._list.cursor_key or "")
        if offer is None or self._busy:
            return
        if offer.location.location_id == self.view.store.location_id:
            self.say("The order is at this store already.")
        elif not offer.has_all:
            self.say(f"{offer.location.name} cannot give all of it.", MessageKind.WARN)
        else:
            self._busy = True
            self.run_worker(self._price(offer.location), name="prices there")

    async def _ask(self) -> None:
        self.say("Asking the stores.")
        try:
            offers = await self.desk.order_availability.availability_by_store(self.view)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.WARN)
            return
        self._offers = {str(offer.location.location_id): offer for offer in offers}
        self._list.set_rows([self._row(offer) for offer in offers], home=True)
        able = sum(offer.has_all for offer in offers)
        self.say(f"{able} of {len(offers)} stores can give all of it.")

    async def _price(self, location: Location) -> None:
        self.say(f"Asking what it costs at {location.name}.")
        try:
            prices = await self.desk.order_availability.prices_at(self.view, location)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.WARN)
            return
        finally:
            self._busy = False
        self.say("")
        self.app.push_screen(ConfirmScreen(*self._question(prices)), partial(self._move_if, prices))

    def _question(self, prices: StorePrices) -> Iterable[str]:
        currency, view = self.desk.currency, self.view
        costs = f"It costs {currency.format_money(prices.total)} there, {currency.format_number(view.total)} here."
        yield f"Move the order to {prices.location.name}? {costs}"
        for line in prices.changed_lines[:MOST_PRICES]:
            figures = f"{currency.format_number(line.current_price)} here, {currency.format_number(line.other_price)} there"
            yield f"{line.title}: {figures}."
        if len(prices.changed_lines) > MOST_PRICES:
            yield f"And {len(prices.changed_lines) - MOST_PRICES} more lines with other prices."

    def _move_if(self, prices: StorePrices, sure: bool | None) -> None:
        if sure and not self._busy:
            self._busy = True
            self.run_worker(self._move(prices), name="move the order")

    async def _move(self, prices: StorePrices) -> None:
        try:
            draft_id = await self.desk.orders.move_to_store(self.draft_id, prices)
        except (ServiceError, EditError) as error:
            self.say(error.message if isinstance(error, ServiceError) else str(error), MessageKind.BAD)
        else:
            self.close(draft_id)
        finally:
            self._busy = False

    def _row(self, offer: StoreAvailability) -> ListRow:
        marks = symbols_of(self)
        place = offer.location
        is_here = place.location_id == self.view.store.location_id
        where = f"{offer.distance_km:.1f} km" if offer.distance_km is not None else place.city
        lacks = tuple(f"    {lack.text}" for lack in offer.shortages)
        if len(lacks) > MOST_LACKS:
            lacks = (*lacks[: MOST_LACKS - 1], f"    and {len(lacks) - MOST_LACKS + 1} more")
        if offer.has_all:
            verdict = f"{marks.good} all of it"
        elif lacks:
            verdict = f"{marks.bad} lacks {len(offer.shortages)}"
        else:
            verdict = f"{marks.bad} not offered"
        style = RowStyle.STRONG if is_here else RowStyle.NORMAL if offer.has_all else RowStyle.DIM
        return ListRow(
            str(place.location_id), (place.name, "this store" if is_here else where, verdict), style, lacks
        )
