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
from screens.base import DeskScreen
from screens.commands import KEYS, Command, bindings, moving
from screens.confirm import ConfirmScreen, kept
from screens.customer_details import CustomerDetails
from screens.moving import MovesMark
from screens.new_customer import NewCustomerScreen
from screens.order import OrderScreen
from screens.orders import OrdersScreen
from screens.outbox import OutboxScreen
from screens.placed import PlacedScreen
from screens.session import SessionScreen
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
    Command("customers.orders", "f5", "orders", "Orders", "Past orders: of whom was typed, else of today"),
    Command("customers.outbox", "f6", "outbox", "Outbox", "Every order that is not over, and what helps"),
    *moving("customers"),
    *KEYS,
    Command("customers.back", "escape,f12", "back", "Back", "Clear what is typed; then sign out"),
)
COLUMNS = (Column("Name"), Column("Mobile", 18))
NO_ACCOUNT = "The line is down. The account is made once it is back; the order goes on."
NOTHING_TYPED = "Type a number, an e-mail or a user name."


class CustomersScreen(MovesMark, DeskScreen[None]):
    """A field, the found customers, and what is known of the marked one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    COMMANDS_HERE = COMMANDS
    TITLE_HERE = "Customers"
    DEFAULT_CSS = """
    CustomersScreen {
        & #find { height: 1; margin: 1 1 0 1; &> FieldNote { width: 10; } }
        & #found { height: 1fr; &> LineList { width: 11fr; } &> CustomerDetails { width: 9fr; } }
    }
    """

    def __init__(self, desk: "OperatorSession") -> None:
        super().__init__(desk)
        self._field = TextField(placeholder="mobile, e-mail or user name")
        self._list = LineList(*COLUMNS, can_focus=False, empty=NOTHING_TYPED)
        self._details = CustomerDetails()
        self._shown: dict[str, Customer] = {}
        self._debounce: Timer | None = None
        self._shown_for: str | None = None
        self._start_when_found = False
        self._starting = False

    def body(self) -> Iterable[Widget]:
        """Field above; list and details side by side."""
        yield Horizontal(FieldNote("Customer"), self._field, id="find")
        yield Horizontal(self._list, self._details, id="found")

    def on_mount(self) -> None:
        """Begin with the customers lately served."""
        self._search()

    def go_on(self) -> None:
        """After signing in: an open order goes on, several are offered; what is to be placed is told."""
        orders = [view for view in self.desk.orders.open_orders if view.placement.quoted_total is None]
        if len(orders) == 1:
            self._open(orders[0].draft_id, "This order was still open; it goes on as it was last saved.")
        elif orders:
            self.action_open_orders()
        elif waiting := self.desk.orders.pending_work.orders:
            count = "1 order is" if waiting == 1 else f"{waiting} orders are"
            self.say(f"{count} still to be placed. F6 shows how far.")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask once nothing was typed for a moment."""
        event.stop()
        self._start_when_found = False
        if self._debounce is not None:
            self._debounce.stop()
        if self.desk.debounce_ms:
            self._debounce = self.set_timer(self.desk.debounce_ms / 1000, self._search)
        else:
            self._search()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field starts the marked customer's session."""
        event.stop()
        await self.action_start()

    def on_line_list_highlighted(self, event: LineList.Highlighted) -> None:
        """Show who is marked, once the mark has come to rest."""
        event.stop()
        self._rest()

    async def action_start(self) -> None:
        """Start the session of the marked customer."""
        customer = self._marked()
        if self._shown_for != self._field.value:
            # Typed faster than the search: the list still shows somebody else.
            self._start_when_found = True
            self.say("Searching: the session starts if it is one customer.")
        elif customer is not None:
            await self._start(customer)
        elif self._field.value.strip():
            self.say("Nobody is marked. F3 creates a customer from what is typed.")

    async def action_walk_in(self) -> None:
        """Start an order without a customer."""
        await self._start(None)

    def action_new(self) -> None:
        """Create a customer from what was typed."""

        async def created(customer: Customer | None) -> None:
            if customer is not None:
                await self._start(customer)

        self.app.push_screen(NewCustomerScreen(self.desk, self._field.value), created)

    def action_open_orders(self) -> None:
        """Offer the orders that are still open."""

        def chosen(draft_id: str | None) -> None:
            if draft_id is not None:
                self._open(draft_id)

        if self.desk.orders.open_orders:
            self.app.push_screen(SessionScreen(self.desk), chosen)
        else:
            self.say("No order is open.")

    def action_orders(self) -> None:
        """Show the past orders of whom was typed, else those that fit; with nothing typed, the day."""
        text = self._field.value.strip()
        # Typed faster than the search, the list still shows somebody else.
        customer = self._marked() if text and self._shown_for == self._field.value else None
        self.app.push_screen(OrdersScreen(self.desk, customer, typed="" if customer else text))

    def action_outbox(self) -> None:
        """Every order that is not over; one of them may be opened."""

        def chosen(draft_id: str | None) -> None:
            # What was said of orders that wait may be over by now.
            self.say("")
            if draft_id is not None:
                self._open(draft_id)

        self.app.push_screen(OutboxScreen(self.desk), chosen)

    async def action_back(self) -> None:
        """Clear the field; with nothing typed, sign out."""
        if self._field.value:
            self._field.value = ""
            self.say("")
        else:
            question = ConfirmScreen("Sign out?", *kept(self.desk.orders.pending_work))
            self.app.push_screen(question, self._sign_out)

    def _sign_out(self, sure: bool | None) -> None:
        async def leave() -> None:
            await self.desk.sign_out()
            self.close()

        if sure:
            self.run_worker(leave, name="sign out")

    def _marked(self) -> Customer | None:
        return self._shown.get(self._list.cursor_key or "")

    def _search(self) -> None:
        find = partial(self._find, self._field.value)
        self.run_worker(find, name="search", group="search", exclusive=True)

    async def _find(self, text: str) -> None:
        """Show whom this machine knows at once, then whom the platform finds; only the last search ends."""
        customers = self.desk.customers
        known: tuple[Customer, ...] = ()
        try:
            known = await (customers.search_recent(text) if text.strip() else customers.recent())
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
        if text.strip():
            self._show(known, "Searching.", home=True)
            await self._ask(text, known)
        else:
            self._show(known, NOTHING_TYPED, home=True)
        await self._found(text)

    async def _ask(self, text: str, known: tuple[Customer, ...]) -> None:
        try:
            found = await self.desk.customers.search(text)
        except ServiceError as trouble:
            where = "Customers lately served here are shown." if known else "F3 creates a customer."
            self._show(known, "Nobody lately served here fits.")
            self.say(f"{trouble.message} {where}", MessageKind.WARN)
            return
        self.say("")
        here = {customer.user_id for customer in found}
        self._show(
            (*found, *(c for c in known if c.user_id not in here)), "Nobody found. F3 creates a customer."
        )

    async def _found(self, text: str) -> None:
        """The list shows what was typed; an Enter that came before it counts now, if it can mean one only."""
        self._shown_for = text
        if self._start_when_found:
            self._start_when_found = False
            if self._list.row_count == 1:
                await self.action_start()
            elif self._list.row_count:
                self.say(f"{self._list.row_count} found: mark one and press Enter.")

    def _show(self, customers: Sequence[Customer], empty: str, *, home: bool = False) -> None:
        """List them; but for another text, the mark stays on whom it was on when more are found."""
        self._shown = {customer.user_id: customer for customer in customers}
        self._list.empty = empty
        self._list.set_rows([ListRow(c.user_id, (c.name, c.mobile)) for c in customers], home=home)
        self._details.show(self._marked())
        self._rest()

    def _rest(self) -> None:
        # The function, not its coroutine: one that is overtaken before it begins must leave nothing behind.
        rest = partial(self._rest_on, self._marked())
        self.run_worker(rest, name="details", group="details", exclusive=True)

    async def _rest_on(self, customer: Customer | None) -> None:
        # Held arrows pass over many customers; only the one they stop at is painted and asked about.
        await asyncio.sleep(self.desk.debounce_ms / 1000)
        self._details.show(customer)
        if customer is not None and customer.groups is None:
            await self._read(customer)

    async def _read(self, customer: Customer) -> None:
        try:
            full = await self.desk.customers.details(customer)
        except ServiceError:
            # The list says already that the line is down; what is known stays shown.
            return
        if full.user_id in self._shown:
            self._shown[full.user_id] = full
        if self._marked() == full:
            self._details.show(full)

    async def _start(self, customer: Customer | None) -> None:
        """Begin the order on this machine. The keys typed behind it wait for that, and for no line."""
        if self._starting or not self.is_active:
            return
        self._starting = True
        try:
            draft_id = await self.desk.orders.start_order(customer)
            if customer is not None:
                await self.desk.customers.remember_served(customer)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
        else:
            self._open(draft_id, "" if customer is None or customer.has_account else NO_ACCOUNT)
        finally:
            self._starting = False

    def _open(self, draft_id: str, message: str = "") -> None:
        def came_back(next_id: str | None) -> None:
            if next_id is not None:
                self._open(next_id)
                return
            if self._field.value:
                self._field.value = ""
            else:
                self._search()
            self.show_header()
            if order := next((o for o in self.desk.orders.open_orders if o.draft_id == draft_id), None):
                name = (
                    f"{order.customer_name}: {order.draft.name}" if order.draft.name else order.customer_name
                )
                if order.placement.quoted_total is None:
                    self.say(f"The order stays open: {name}. F4 goes on with it.")
                else:
                    self.say(f"Still to be placed: {name}. F6 shows how far.")
            else:
                self.say("")

        view = self.desk.orders.view(draft_id)
        if view.placement.quoted_total is None:
            self.app.push_screen(OrderScreen(self.desk, draft_id, message), came_back)
        else:
            self.app.push_screen(PlacedScreen(self.desk, draft_id), came_back)
