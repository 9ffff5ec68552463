"""Customer search, the operator's home: type a number or a name, Enter starts that customer's session.

Results come as one types, from this machine at once and from the platform behind; the last search wins.
"""

import asyncio
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from console.ordering.customer import Customer
from console.services.events import ServiceError
from screens.checkout.confirmation import PlacementScreen
from screens.customers.details_panel import CustomerDetailsPanel
from screens.customers.new_customer import NewCustomerScreen
from screens.dialogs.confirm import ConfirmScreen, pending_work_text
from screens.framework.commands import HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.console_screen import OperatorScreen
from screens.framework.list_navigation import ListNavigation
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
    Command("customers.start", "enter", "start", "Start", "Start the session of the marked customer"),
    Command("customers.walk_in", "f2", "walk_in", "Walk-in", "An order for somebody without an account"),
    Command("customers.new", "f3", "new", "New", "Create a customer from what was typed"),
    Command("customers.open", "f4", "open_orders", "Open", "Go on with an order that is still open"),
    Command(
        "customers.orders", "f5", "past_orders", "Orders", "Past orders: of whom was typed, else of today"
    ),
    Command("customers.outbox", "f6", "outbox", "Outbox", "Every order that is not over, and what helps"),
    *navigation_commands("customers"),
    *HELP_COMMANDS,
    Command("customers.back", "escape,f12", "back", "Back", "Clear what is typed; then sign out"),
)
COLUMNS = (Column("Name"), Column("Mobile", 18))
ACCOUNT_PENDING = "The line is down. The account is made once it is back; the order goes on."
NOTHING_TYPED = "Type a number, an e-mail or a user name."


class CustomerSearchScreen(ListNavigation, OperatorScreen[None]):
    """A field, the found customers, and what is known of the marked one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Customers"
    DEFAULT_CSS = """
    CustomerSearchScreen {
        & #find { height: 1; margin: 1 1 0 1; &> FieldNote { width: 10; } }
        & #found { height: 1fr; &> LineList { width: 11fr; } &> CustomerDetailsPanel { width: 9fr; } }
    }
    """

    def __init__(self, session: "OperatorSession") -> None:
        super().__init__(session)
        self._field = TextField(placeholder="mobile, e-mail or user name")
        self._list = LineList(*COLUMNS, can_focus=False, empty=NOTHING_TYPED)
        self._details = CustomerDetailsPanel()
        self._customers: dict[str, Customer] = {}
        self._debounce: Timer | None = None
        self._shown_query: str | None = None
        self._start_when_found = False
        self._starting = False

    def body(self) -> Iterable[Widget]:
        """Field above; list and details side by side."""
        yield Horizontal(FieldNote("Customer"), self._field, id="find")
        yield Horizontal(self._list, self._details, id="found")

    def on_mount(self) -> None:
        """Begin with the customers lately served."""
        self._start_search()

    def resume_orders(self) -> None:
        """After signing in: an open order goes on, several are offered; what is to be placed is told."""
        orders = [view for view in self.session.orders.open_orders if view.placement.quoted_total is None]
        if len(orders) == 1:
            self._open_order(
                orders[0].draft_id, "This order was still open; it goes on as it was last saved."
            )
        elif orders:
            self.action_open_orders()
        elif pending_count := self.session.orders.pending_work.orders:
            count = "1 order is" if pending_count == 1 else f"{pending_count} orders are"
            self.say(f"{count} still to be placed. F6 shows how far.")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask once nothing was typed for a moment."""
        event.stop()
        self._start_when_found = False
        if self._debounce is not None:
            self._debounce.stop()
        if self.session.debounce_ms:
            self._debounce = self.set_timer(self.session.debounce_ms / 1000, self._start_search)
        else:
            self._start_search()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field starts the marked customer's session."""
        event.stop()
        await self.action_start()

    def on_line_list_highlighted(self, event: LineList.Highlighted) -> None:
        """Show who is marked, once the mark has come to rest."""
        event.stop()
        self._schedule_details()

    async def action_start(self) -> None:
        """Start the session of the marked customer."""
        customer = self._selected_customer()
        if self._shown_query != self._field.value:
            # Typed faster than the search: the list still shows somebody else.
            self._start_when_found = True
            self.say("Searching: the session starts if it is one customer.")
        elif customer is not None:
            await self._start_order(customer)
        elif self._field.value.strip():
            self.say("Nobody is marked. F3 creates a customer from what is typed.")

    async def action_walk_in(self) -> None:
        """Start an order without a customer."""
        await self._start_order(None)

    def action_new(self) -> None:
        """Create a customer from what was typed."""

        async def start_session(customer: Customer | None) -> None:
            if customer is not None:
                await self._start_order(customer)

        self.app.push_screen(NewCustomerScreen(self.session, self._field.value), start_session)

    def action_open_orders(self) -> None:
        """Offer the orders that are still open."""

        def chosen(draft_id: str | None) -> None:
            if draft_id is not None:
                self._open_order(draft_id)

        if self.session.orders.open_orders:
            self.app.push_screen(OpenOrdersScreen(self.session), chosen)
        else:
            self.say("No order is open.")

    def action_past_orders(self) -> None:
        """Show the past orders of whom was typed, else those that fit; with nothing typed, the day."""
        text = self._field.value.strip()
        # Typed faster than the search, the list still shows somebody else.
        customer = self._selected_customer() if text and self._shown_query == self._field.value else None
        self.app.push_screen(PastOrdersScreen(self.session, customer, initial_text="" if customer else text))

    def action_outbox(self) -> None:
        """Every order that is not over; one of them may be opened."""

        def chosen(draft_id: str | None) -> None:
            # What was said of orders that wait may be over by now.
            self.say("")
            if draft_id is not None:
                self._open_order(draft_id)

        self.app.push_screen(OutboxScreen(self.session), chosen)

    async def action_back(self) -> None:
        """Clear the field; with nothing typed, sign out."""
        if self._field.value:
            self._field.value = ""
            self.say("")
        else:
            question = ConfirmScreen("Sign out?", *pending_work_text(self.session.orders.pending_work))
            self.app.push_screen(question, self._sign_out)

    def _sign_out(self, confirmed: bool | None) -> None:
        async def leave() -> None:
            await self.session.sign_out()
            self.close()

        if confirmed:
            self.run_worker(leave, name="sign out")

    def _selected_customer(self) -> Customer | None:
        return self._customers.get(self._list.cursor_key or "")

    def _start_search(self) -> None:
        run_search = partial(self._run_search, self._field.value)
        self.run_worker(run_search, name="search", group="search", exclusive=True)

    async def _run_search(self, text: str) -> None:
        """Show whom this machine knows at once, then whom the platform finds; only the last search ends."""
        customers = self.session.customers
        known: tuple[Customer, ...] = ()
        try:
            known = await (customers.search_recent(text) if text.strip() else customers.recent())
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
        if text.strip():
            self._show(known, "Searching.", home=True)
            await self._search_platform(text, known)
        else:
            self._show(known, NOTHING_TYPED, home=True)
        await self._finish_search(text)

    async def _search_platform(self, text: str, known: tuple[Customer, ...]) -> None:
        try:
            found = await self.session.customers.search(text)
        except ServiceError as trouble:
            advice = "Customers lately served here are shown." if known else "F3 creates a customer."
            self._show(known, "Nobody lately served here fits.")
            self.say(f"{trouble.message} {advice}", MessageKind.WARN)
            return
        self.say("")
        found_ids = {customer.user_id for customer in found}
        self._show(
            (*found, *(c for c in known if c.user_id not in found_ids)),
            "Nobody found. F3 creates a customer.",
        )

    async def _finish_search(self, text: str) -> None:
        """The list shows what was typed; an Enter that came before it counts now, if it can mean one only."""
        self._shown_query = text
        if self._start_when_found:
            self._start_when_found = False
            if self._list.row_count == 1:
                await self.action_start()
            elif self._list.row_count:
                self.say(f"{self._list.row_count} found: mark one and press Enter.")

    def _show(self, customers: Sequence[Customer], empty: str, *, home: bool = False) -> None:
        """List them; but for another text, the mark stays on whom it was on when more are found."""
        self._customers = {customer.user_id: customer for customer in customers}
        self._list.empty = empty
        self._list.set_rows([ListRow(c.user_id, (c.name, c.mobile)) for c in customers], home=home)
        self._details.show(self._selected_customer())
        self._schedule_details()

    def _schedule_details(self) -> None:
        # The function, not its coroutine: one that is overtaken before it begins must leave nothing behind.
        show_details = partial(self._show_details, self._selected_customer())
        self.run_worker(show_details, name="details", group="details", exclusive=True)

    async def _show_details(self, customer: Customer | None) -> None:
        # Held arrows pass over many customers; only the one they stop at is painted and asked about.
        await asyncio.sleep(self.session.debounce_ms / 1000)
        self._details.show(customer)
        if customer is not None and customer.groups is None:
            await self._load_details(customer)

    async def _load_details(self, customer: Customer) -> None:
        try:
            details = await self.session.customers.details(customer)
        except ServiceError:
            # The list says already that the line is down; what is known stays shown.
            return
        if details.user_id in self._customers:
            self._customers[details.user_id] = details
        if self._selected_customer() == details:
            self._details.show(details)

    async def _start_order(self, customer: Customer | None) -> None:
        """Begin the order on this machine. The keys typed behind it wait for that, and for no line."""
        if self._starting or not self.is_active:
            return
        self._starting = True
        try:
            draft_id = await self.session.orders.start_order(customer)
            if customer is not None:
                await self.session.customers.remember_served(customer)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
        else:
            self._open_order(draft_id, "" if customer is None or customer.has_account else ACCOUNT_PENDING)
        finally:
            self._starting = False

    def _open_order(self, draft_id: str, message: str = "") -> None:
        def after_order(next_id: str | None) -> None:
            if next_id is not None:
                self._open_order(next_id)
                return
            if self._field.value:
                self._field.value = ""
            else:
                self._start_search()
            self.show_header()
            if order := next((o for o in self.session.orders.open_orders if o.draft_id == draft_id), None):
                name = (
                    f"{order.customer_name}: {order.draft.name}" if order.draft.name else order.customer_name
                )
                if order.placement.quoted_total is None:
                    self.say(f"The order stays open: {name}. F4 goes on with it.")
                else:
                    self.say(f"Still to be placed: {name}. F6 shows how far.")
            else:
                self.say("")

        view = self.session.orders.view(draft_id)
        if view.placement.quoted_total is None:
            self.app.push_screen(OrderScreen(self.session, draft_id, message), after_order)
        else:
            self.app.push_screen(PlacementScreen(self.session, draft_id), after_order)
