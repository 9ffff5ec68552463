"""Customer search, the operator's home: type a number or a name, Enter starts an order for that customer.

Results come while typing, from this machine at once and from the platform later; the last search wins.
"""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from console.ordering.customer import Customer
from console.ordering.phone_number import dialled_digits
from console.services.events import ConnectionChanged, ConnectionState, Event, ServiceError, always
from console.services.people.customers import searched_words
from console.services.unreadable_text import unreadable_text
from screens.checkout.confirmation import PlacementScreen
from screens.customers.details_panel import CustomerDetailsPanel
from screens.customers.new_customer import NewCustomerScreen
from screens.dialogs.confirm import ConfirmScreen, pending_work_text
from screens.framework.commands import HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.console_screen import OperatorScreen
from screens.framework.work_once import work_once
from screens.history.past_orders import PastOrdersScreen
from screens.home.open_orders import OpenOrdersScreen
from screens.order.screen import OrderScreen
from screens.outbox.screen import OutboxScreen
from widgets.lists.columns import Column, ListRow
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.text_field import FieldNote, TextField

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("customers.start", "enter", "start", "Start", "Start an order for the selected customer"),
    Command("customers.walk_in", "f2", "walk_in", "Walk-in", "Start an order without a customer"),
    Command("customers.new", "f3", "new", "New", "Create a customer from the typed text"),
    Command("customers.open", "f4", "open_orders", "Open", "Reopen an open order"),
    Command("customers.orders", "f5", "past_orders", "Orders", "Past orders of the customer, or today's"),
    Command("customers.outbox", "f6", "outbox", "Outbox", "All unfinished orders"),
    *navigation_commands("customers"),
    *HELP_COMMANDS,
    Command("customers.clear", "escape", "back", "", "Clear the field", in_palette=False),
    Command("customers.sign_out", "f12", "sign_out", "Out", "Clear the field; then sign out, asks first"),
)
COLUMNS = (Column("Name"), Column("Mobile", 18))
ACCOUNT_PENDING = "Offline: the account is created once online. Go on with the order."
NOTHING_TYPED = "Type a number, an e-mail or a user name."


ORDER = "order"
"""Group of the workers that lead into an order: one at a time."""


class CustomerSearchScreen(OperatorScreen[None]):
    """A field, the customers found, and the details of the selected one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Customers"
    DEFAULT_CSS = """
    CustomerSearchScreen {
        & #find { height: 1; margin: 1 1 0 1; &> FieldNote { width: 10; } }
        & #found { height: 1fr; &> LineList { width: 11fr; } &> CustomerDetailsPanel { width: 9fr; } }
    }
    """

    def __init__(self, session: "OperatorSession", *, offline_notice: str = "") -> None:
        """``offline_notice`` is shown first; empty after a sign-in that was online."""
        super().__init__(session)
        self._offline_notice = offline_notice
        self._field = TextField(placeholder="mobile, e-mail or user name")
        self._list = self.navigated_list = LineList(*COLUMNS, can_focus=False, empty=NOTHING_TYPED)
        self._details = CustomerDetailsPanel()
        self._customers: dict[str, Customer] = {}
        self._debounce: Timer | None = None
        self._shown_query: str | None = None
        self._start_when_found = False
        self._is_search_incomplete = False

    def body(self) -> Iterable[Widget]:
        """Return the field, and below it list and details."""
        yield Horizontal(FieldNote("Customer"), self._field, id="find")
        yield Horizontal(self._list, self._details, id="found")

    def on_mount(self) -> None:
        """Show the recent customers, then resume open orders."""
        self._start_search()
        # Once this screen is painted: another may open over it.
        self.call_after_refresh(self._resume_orders)

    def _resume_orders(self) -> None:
        """Reopen the open order, offer several, or report orders to be placed."""
        if self._offline_notice:
            self.say(self._offline_notice, is_current=self.is_offline)
        orders = [view for view in self.session.orders.open_orders if view.placement.quoted_total is None]
        if len(orders) == 1:
            self._resume_order(orders[0].draft_id)
        elif orders:
            self.action_open_orders()
        elif pending_count := self.session.orders.pending_work.orders:
            count = "1 order is" if pending_count == 1 else f"{pending_count} orders are"
            self.say(
                f"{count} not placed yet. F6 shows the state.",
                is_current=lambda: self.session.orders.pending_work.orders == pending_count,
            )

    def handle_event(self, event: Event) -> None:
        """Search again what could only be searched on this machine, once the connection is back."""
        super().handle_event(event)
        if self._is_search_incomplete and event == ConnectionChanged(ConnectionState.ONLINE):
            self._is_search_incomplete = False
            self._start_search()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search once nothing was typed for a moment."""
        event.stop()
        self._start_when_found = False
        if self._debounce is not None:
            self._debounce.stop()
        if self.session.debounce_ms:
            self._debounce = self.set_timer(self.session.debounce_ms / 1000, self._start_search)
        else:
            self._start_search()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Start an order on Enter in the field."""
        event.stop()
        self.action_start()

    def on_line_list_highlighted(self, event: LineList.Highlighted) -> None:
        """Show the selected customer, once the cursor rests."""
        event.stop()
        self._show_details(self._selected_customer())

    def action_start(self) -> None:
        """Start an order for the selected customer."""
        customer = self._selected_customer()
        if self._shown_query != self._field.value:
            # Typed faster than the search: the list still shows somebody else.
            self._start_when_found = True
            self.say("Searching: the order starts if one customer matches.")
        elif customer is not None:
            self._start_order(customer)
        elif self._field.value.strip():
            self.say("No customer is selected. F3 creates one from the text.")

    def action_walk_in(self) -> None:
        """Start an order without a customer."""
        self._start_order(None)

    @work_once(ORDER)
    async def action_new(self) -> None:
        """Create a customer from the typed text, and start an order."""
        customer = await self.ask(NewCustomerScreen(self.session, self._field.value))
        if customer is not None:
            await self._start_and_open(customer)

    @work_once(ORDER)
    async def action_open_orders(self) -> None:
        """Choose one of the open orders."""
        if not self.session.orders.open_orders:
            self.say("No order is open.")
        elif (draft_id := await self.ask(OpenOrdersScreen(self.session))) is not None:
            await self._open_orders_from(draft_id)

    def action_past_orders(self) -> None:
        """Show the past orders of the selected customer or of the typed text, or today's."""
        text = self._field.value.strip()
        # Typed faster than the search, the list still shows somebody else.
        customer = self._selected_customer() if text and self._shown_query == self._field.value else None
        self.app.push_screen(PastOrdersScreen(self.session, customer, initial_text="" if customer else text))

    @work_once(ORDER)
    async def action_outbox(self) -> None:
        """Show every unfinished order; one of them may be opened."""
        draft_id = await self.ask(OutboxScreen(self.session))
        # A message about pending orders may be out of date.
        self.say("")
        if draft_id is not None:
            await self._open_orders_from(draft_id)

    async def action_back(self) -> None:
        """Clear the field. It never signs out: a broken arrow key of a slow connection is an Esc, too."""
        if self._field.value:
            self._field.value = ""
            self.say("")
        else:
            self.say("F12 signs out.")

    async def action_sign_out(self) -> None:
        """Clear the field, as Esc does; with nothing typed, sign out once confirmed."""
        if self._field.value:
            await self.action_back()
        else:
            self._sign_out()

    @work_once("sign out")
    async def _sign_out(self) -> None:
        question = ConfirmScreen("Sign out?", *pending_work_text(self.session.orders.pending_work))
        if await self.ask(question):
            await self.session.sign_out()
            self.close()

    def _selected_customer(self) -> Customer | None:
        return self._customers.get(self._list.cursor_key or "")

    def _start_search(self) -> None:
        self._run_search(self._field.value)

    @work(exclusive=True, group="search")
    async def _run_search(self, text: str) -> None:
        """Show matches of this machine at once, then the platform's; only the last search finishes."""
        customers = self.session.customers
        known: tuple[Customer, ...] = ()
        with self.attempt():
            known = await (customers.search_recent(text) if text.strip() else customers.recent())
        if text.strip():
            self._show(known, "Searching.", home=True)
            await self._search_platform(text, known)
        else:
            self._show(known, NOTHING_TYPED, home=True)
        self._finish_search(text)

    async def _search_platform(self, text: str, known: tuple[Customer, ...]) -> None:
        try:
            found = await self.session.customers.search(text)
        except ServiceError as error:
            advice = "Showing recent customers." if known else "F3 creates a customer."
            self._show(known, "No recent customer matches.")
            self._is_search_incomplete = error.offline
            is_current = self.is_offline if error.offline else always
            self.say(f"{error.message} {advice}", MessageKind.WARN, is_current=is_current)
            return
        self._is_search_incomplete = False
        if unreadable := unreadable_text(found, "customer"):
            self.say(unreadable, MessageKind.WARN)
        else:
            self.say("" if found else _searched_text(text))
        found_ids = {customer.user_id for customer in found}
        self._show(
            (*found, *(c for c in known if c.user_id not in found_ids)),
            "No customer found. F3 creates one.",
        )

    def _finish_search(self, text: str) -> None:
        """Act on an Enter that was typed before the search ended, if one customer matches."""
        self._shown_query = text
        if self._start_when_found:
            self._start_when_found = False
            if self._list.row_count == 1:
                self.action_start()
            elif self._list.row_count:
                self.say(f"{self._list.row_count} found: select one and press Enter.")

    def _show(self, customers: Sequence[Customer], empty: str, *, home: bool = False) -> None:
        """List customers; the cursor stays on its customer unless ``home``."""
        self._customers = {customer.user_id: customer for customer in customers}
        self._list.empty = empty
        self._list.set_rows([ListRow(c.user_id, (c.name, c.mobile)) for c in customers], home=home)
        self._details.show(self._selected_customer())
        self._show_details(self._selected_customer())

    @work(exclusive=True, group="details")
    async def _show_details(self, customer: Customer | None) -> None:
        # Held arrows pass over many customers; only the one they stop at is painted and read.
        await asyncio.sleep(self.session.debounce_ms / 1000)
        self._details.show(customer)
        if customer is None or customer.groups is not None:
            return
        # The header says that the console is offline; the known details stay.
        with suppress(ServiceError):
            details = await self.session.customers.details(customer)
            if details.user_id in self._customers:
                self._customers[details.user_id] = details
            if self._selected_customer() == details:
                self._details.show(details)

    @work_once(ORDER)
    async def _start_order(self, customer: Customer | None) -> None:
        if self.is_active:
            await self._start_and_open(customer)

    async def _start_and_open(self, customer: Customer | None) -> None:
        """Start the order on this machine and open it; keys typed meanwhile are for the order."""
        draft_id = ""
        with self.attempt() as starting, self.hold_keys():
            draft_id = await self.session.orders.start_order(customer)
            if customer is not None:
                self.session.customers.remember_later(customer)
        if not starting.failed:
            has_account = customer is None or customer.has_account
            await self._open_orders_from(draft_id, "" if has_account else ACCOUNT_PENDING)

    @work_once(ORDER)
    async def _resume_order(self, draft_id: str) -> None:
        await self._open_orders_from(draft_id, "This order was still open. It is as last saved.")

    async def _open_orders_from(self, draft_id: str, message: str = "") -> None:
        """Open an order, and each one that the operator switches to from it."""
        next_id: str | None = draft_id
        while next_id is not None:
            draft_id, next_id = next_id, await self.ask(self._order_screen(next_id, message))
            message = ""
        if self._field.value:
            self._field.value = ""
        else:
            self._start_search()
        self.show_header()
        left = self._left_order_text(draft_id)
        self.say(left, is_current=lambda: self._left_order_text(draft_id) == left)

    def _order_screen(self, draft_id: str, message: str) -> OrderScreen | PlacementScreen:
        if self.session.orders.view(draft_id).placement.quoted_total is None:
            is_current = self.is_offline if message == ACCOUNT_PENDING else always
            return OrderScreen(self.session, draft_id, message, is_message_current=is_current)
        return PlacementScreen(self.session, draft_id)

    def _left_order_text(self, draft_id: str) -> str:
        """Return the state of an order that was left; empty if it is closed."""
        order = next((view for view in self.session.orders.open_orders if view.draft_id == draft_id), None)
        if order is None:
            return ""
        name = f" ({order.draft.name})" if order.draft.name else ""
        whose_order = f"{order.customer_name}'s order{name}"
        if order.placement.quoted_total is None:
            return f"{whose_order} is kept open. F4 reopens it."
        return f"{whose_order} is not placed yet. F6 shows its state."


def _searched_text(text: str) -> str:
    """Return which names were searched, where names were: the platform finds them by their beginning only."""
    if "@" in text or dialled_digits(text):
        return ""
    return f"Searched: user names that begin with {' or '.join(searched_words(text))}."
