"""Checkout: how the order reaches its customer and is paid, beside what the platform confirmed of it.

Opened from the order screen. Every change is an edit of the draft; placing takes one key and one to confirm.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from console.ordering.checkout import Address, Checkout, DeliveryMode, PaymentMethod
from console.ordering.customer import Customer
from console.ordering.draft import EditError, SetCheckout
from console.services.events import ServiceError
from console.services.views import OrderView
from screens.address import AddressScreen
from screens.ask import AskScreen
from screens.checkout_choices import (
    HOME,
    NEW,
    addresses_to_choose,
    home_of,
    payments_to_choose,
    slots_to_choose,
)
from screens.checkout_commands import COMMANDS, LETTERS
from screens.checkout_rows import COLUMNS, PLACE, is_cash, missing, rows, sentence
from screens.commands import bindings
from screens.confirm import ConfirmScreen
from screens.draft_screen import DraftScreen
from screens.moving import MovesMark
from screens.order_rows import rows as order_rows
from screens.order_rows import totals
from widgets.lists.fitting_list import FittingList
from widgets.lists.line_list import LineList
from widgets.lists.order_lines import OrderLines
from widgets.message_line import MessageKind
from widgets.totals import TotalsPanel

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession
    from console.services.orders.checkout import DeliveryCoverage, SlotAvailability


class CheckoutScreen(MovesMark, DraftScreen[bool]):
    """Answers true once the order is to be placed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings((*COMMANDS, *LETTERS))
    COMMANDS_HERE = COMMANDS
    LETTERS_HERE = LETTERS
    TITLE_HERE = "Checkout"
    AUTO_FOCUS = "#fields"
    DEFAULT_CSS = """
    CheckoutScreen {
        & #sides { height: 1fr; }
        & #fields { width: 11fr; padding-right: 1; }
        & #order { width: 9fr; }
    }
    """

    def __init__(self, desk: "OperatorSession", draft_id: str) -> None:
        super().__init__(desk, draft_id)
        self._list = self._fields = FittingList(*COLUMNS, id="fields")
        self._lines = OrderLines(can_focus=False, empty="Nothing ordered yet.")
        self._totals = TotalsPanel()
        self._how_long: dict[DeliveryMode, str] = {}
        self._serving: DeliveryCoverage | None = None
        self._placing = False
        self._refused = ""

    def body(self) -> Iterable[Widget]:
        """The fields on the left, the order as it stands on the right."""
        order = Vertical(self._lines, self._totals, id="order")
        yield Horizontal(self._list, order, id="sides")

    @property
    def checkout(self) -> Checkout:
        """The wish as it is now."""
        return self.view.draft.checkout

    @property
    def payment(self) -> PaymentMethod:
        """How it is paid: as chosen, else the first way there is."""
        return self.checkout.payment or self.desk.checkout.known_payment_options[0]

    def on_mount(self) -> None:
        """Show the fields with the mark on placing, and ask behind how long it takes."""
        self.paint(self.view)
        self._list.move_to_key(PLACE)
        self._ask_how_long()
        self._ask_who_serves()

    # The fields

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Enter on a field."""
        event.stop()
        self.action_enter()

    def action_enter(self) -> None:
        """Change the marked field, or place."""
        actions: dict[str, Callable[[], None]] = {
            "d": self.action_mode,
            "a": self.action_address,
            "t": self.action_time,
            "v": self.action_voucher,
            "n": self.action_notes,
            "m": self.action_payment,
            "c": self.action_cash,
            PLACE: self.action_place,
        }
        if (action := actions.get(self._list.cursor_key or "")) is not None:
            action()

    def action_mode(self) -> None:
        """Pickup becomes delivery and the other way round; a delivery without an address asks for one."""
        delivers = self.checkout.mode is DeliveryMode.PICKUP
        self._wish(replace(self.checkout, mode=DeliveryMode.DELIVERY if delivers else DeliveryMode.PICKUP))
        self._ask_how_long()
        if delivers and self.checkout.address is None:
            self.action_address()

    def action_address(self) -> None:
        """Choose one of the customer's addresses, or type one."""
        customer = self.view.customer
        if customer is None or not customer.user_id:
            self._type_without_a_line()
            return
        home = home_of(customer)

        async def read() -> None:
            found = await self.desk.checkout.addresses(customer)
            if not self.is_active:
                return
            if not found and home is None:
                self._type_address(self.checkout.address or _new_address(customer))
            else:
                self.app.push_screen(addresses_to_choose(found, self.checkout.address, home), chosen(found))

        def chosen(found: Sequence[Address]) -> Callable[[str | None], None]:
            def take(key: str | None) -> None:
                if key == HOME and home is not None:
                    self._type_address(home)
                elif key == NEW:
                    self._type_address(_new_address(customer))
                elif key is not None:
                    self._take_address(found[int(key)])

            return take

        self._ask(read, "Reading the customer's addresses.", otherwise=self._type_without_a_line)

    def action_time(self) -> None:
        """As soon as possible, or one of the slots on offer."""

        async def read() -> None:
            offered = await self.desk.checkout.delivery_slots(self.draft_id)
            if self.is_active:
                self.app.push_screen(slots_to_choose(offered, self.checkout.delivery_slot), chosen(offered))

        def chosen(offered: Sequence["SlotAvailability"]) -> Callable[[str | None], None]:
            def take(key: str | None) -> None:
                if key is None:
                    return
                slot = next((o for o in offered if str(o.delivery_slot.starts_at) == key), None)
                if slot is not None and slot.is_full:
                    self.say(f"{slot.delivery_slot.label} takes no more orders.", MessageKind.WARN)
                else:
                    self._wish(replace(self.checkout, delivery_slot=slot.delivery_slot if slot else None))

            return take

        self._ask(read, "Reading the slots on offer.")

    def action_voucher(self) -> None:
        """Apply a voucher; an empty answer removes the one there is, be it one that nobody here applied."""
        strange = "" if self.checkout.voucher else self.view.unexpected_voucher.upper()

        def take(code: str | None) -> None:
            if code is None:
                return
            if strange and not code:
                # Only what was this order's once is its to remove.
                self._wish(replace(self.checkout, voucher=strange))
            self._wish(replace(self.checkout, voucher=code.upper()))

        value = self.checkout.voucher or strange
        self.app.push_screen(AskScreen("Voucher code; empty removes it", value=value, replaces=True), take)

    def action_notes(self) -> None:
        """Notes for the ticket: no documented operation sends them."""

        def take(notes: str | None) -> None:
            if notes is not None:
                self._wish(replace(self.checkout, notes=notes))

        self.app.push_screen(AskScreen("Notes, printed on the ticket only", value=self.checkout.notes), take)

    def action_payment(self) -> None:
        """Choose a way to pay."""

        async def read() -> None:
            self._choose_payment(await self.desk.checkout.payment_options(self.draft_id))

        known = self.desk.checkout.known_payment_options
        self._ask(read, "Reading the ways to pay.", otherwise=lambda: self._choose_payment(known))

    def _choose_payment(self, payments: Sequence[PaymentMethod]) -> None:
        def take(key: str | None) -> None:
            if key is not None:
                self._wish(replace(self.checkout, payment=payments[int(key)], tendered=None))

        if self.is_active:
            self.app.push_screen(payments_to_choose(payments, self.payment), take)

    def action_cash(self) -> None:
        """Enter what the customer gives; the change is worked out."""
        if not is_cash(self.payment):
            self.say("It is not paid in cash: m chooses another way to pay.")
            return

        def take(typed: str | None) -> None:
            if typed is None:
                return
            try:
                amount = self.view.currency.round(Decimal(typed)) if typed else None
            except InvalidOperation:
                self.say(f"{typed} is no amount.", MessageKind.WARN)
                return
            self._wish(replace(self.checkout, tendered=amount))

        total = self.view.currency.format_money(self.view.total)
        question = f"Cash given for {total}; empty for none"
        self.app.push_screen(AskScreen(question, restrict=r"[0-9]{0,6}(\.[0-9]{0,3})?"), take)

    def _type_address(self, address: Address) -> None:
        def take(typed: Address | None) -> None:
            if typed is not None:
                self._take_address(typed)

        self.app.push_screen(AddressScreen(self.desk, address, self._who), take)

    def _type_without_a_line(self) -> None:
        """What is known here to begin with: where it was to go, else where the customer lives."""
        customer = self.view.customer
        known = home_of(customer) or _new_address(customer) if customer else Address("")
        self._type_address(self.checkout.address or known)

    def _take_address(self, address: Address) -> None:
        self._wish(replace(self.checkout, address=address, mode=DeliveryMode.DELIVERY))
        self._ask_who_serves()

    # Placing

    def action_place(self) -> None:
        """Say in one sentence what is placed; one key confirms it."""
        if lacking := missing(self.view):
            self.say(lacking, MessageKind.WARN)
            return
        told, shown = self.view.total, self.view

        def answered(yes: bool | None) -> None:
            if yes:
                self.run_worker(partial(self._place, told, shown), name="place the order", group="place")

        words = sentence(self.view, payment=self.payment)
        delivers = self.checkout.mode is DeliveryMode.DELIVERY
        # The platform decides it all the same: an address may be found by other words than these.
        doubts = (
            (self._served(),) if delivers and self._serving and not self._serving.includes_order_store else ()
        )
        self.app.push_screen(ConfirmScreen(words, *doubts, *self.view.rejection_messages), answered)

    async def _place(self, told: Decimal, shown: OrderView) -> None:
        if self._placing:
            return
        self._placing = True
        try:
            if self.checkout.payment is None:
                self._wish(replace(self.checkout, payment=self.payment))
            await self.desk.orders.place(self.draft_id, told, shown)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
        else:
            self.close(True)
        finally:
            self._placing = False

    # What concerns all of it

    def action_undo(self) -> None:
        """Take back the last change of the checkout; the lines are changed on the order screen."""
        edits = self.view.draft.edits
        if edits and isinstance(edits[-1], SetCheckout):
            self.desk.orders.undo(self.draft_id)
            self.paint(self.view)
            self.say("The last change is taken back.", MessageKind.GOOD)
        else:
            self.say("Nothing was changed here. Esc leads back to the order.")

    def _wish(self, checkout: Checkout) -> None:
        if checkout == self.checkout:
            return
        try:
            self.desk.orders.change(self.draft_id, SetCheckout(checkout))
        except EditError as error:
            self.say(str(error), MessageKind.WARN)
        else:
            # What was said before may be about what was just changed.
            self.say("")
        self.paint(self.view)

    def _ask(
        self, read: Callable[[], Awaitable[None]], saying: str, *, otherwise: Callable[[], None] | None = None
    ) -> None:
        """Ask the platform behind the screen; what to do instead without a line."""

        async def asking() -> None:
            try:
                await read()
            except ServiceError as trouble:
                self.say(trouble.message, MessageKind.WARN)
                if trouble.offline and otherwise is not None and self.is_active:
                    otherwise()
            else:
                self.say("")

        self.say(saying)
        self.run_worker(asking, name="ask for the checkout", group="ask", exclusive=True)

    def _ask_how_long(self) -> None:
        mode = self.checkout.mode
        if mode not in self._how_long:
            self.run_worker(
                partial(self._learn_how_long, mode), name="how long", group="how long", exclusive=True
            )

    async def _learn_how_long(self, mode: DeliveryMode) -> None:
        try:
            self._how_long[mode] = await self.desk.checkout.estimated_time(mode, self.view.store)
        except ServiceError:
            # The time is a courtesy beside the field; the line's state is in the header.
            return
        self.paint(self.view)

    def _ask_who_serves(self) -> None:
        self._serving = None
        if (address := self.checkout.address) is not None:
            self.run_worker(
                partial(self._learn_who_serves, address),
                name="who serves",
                group="who serves",
                exclusive=True,
            )

    async def _learn_who_serves(self, address: Address) -> None:
        try:
            self._serving = await self.desk.checkout.delivery_coverage(address, self.view.store)
        except ServiceError:
            # Placing checks it again; until then nothing is claimed.
            return
        self.paint(self.view)

    def _served(self) -> str:
        if self._serving is None:
            return ""
        if self._serving.includes_order_store:
            return "This store delivers there."
        names = ", ".join(store.name for store in self._serving.stores)
        return (
            f"! This store does not deliver there. {names} does." if names else "! No store delivers there."
        )

    def paint(self, view: OrderView) -> None:
        """Show fields, lines and totals."""
        self._fields.fit_rows(
            partial(
                rows,
                view,
                payment=self.payment,
                how_long=self._how_long.get(view.draft.checkout.mode, ""),
                served=self._served(),
            )
        )
        self._lines.show(order_rows(view), currency=view.currency)
        self._totals.state = totals(view)
        self.show_header()
        refused = " ".join(view.rejection_messages)
        if refused:
            self.say(refused, MessageKind.WARN)
        elif self._refused and self.message == self._refused:
            self.say("")
        self._refused = refused


def _new_address(customer: Customer) -> Address:
    return Address("", mobile=customer.mobile)
