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
from screens.checkout.address_form import AddressScreen
from screens.checkout.commands import COMMANDS, LETTERS
from screens.checkout.dialogs import (
    HOME,
    NEW,
    address_dialog,
    delivery_slot_dialog,
    home_address,
    payment_dialog,
)
from screens.checkout.rows import COLUMNS, PLACE_KEY, is_cash, missing_for_placement, placement_question, rows
from screens.dialogs.confirm import ConfirmScreen
from screens.dialogs.prompt import PromptScreen
from screens.framework.commands import bindings
from screens.framework.list_navigation import ListNavigation
from screens.order_view.rows import rows as order_rows
from screens.order_view.rows import totals
from screens.order_view.screen import OrderViewScreen
from widgets.lists.fitting_list import FittingList
from widgets.lists.line_list import LineList
from widgets.lists.order_lines import OrderLines
from widgets.message_line import MessageKind
from widgets.totals import TotalsPanel

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession
    from console.services.orders.checkout import DeliveryCoverage, SlotAvailability


class CheckoutScreen(ListNavigation, OrderViewScreen[bool]):
    """Answers true once the order is to be placed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings((*COMMANDS, *LETTERS))
    SCREEN_COMMANDS = COMMANDS
    LETTER_COMMANDS = LETTERS
    SCREEN_TITLE = "Checkout"
    AUTO_FOCUS = "#fields"
    DEFAULT_CSS = """
    CheckoutScreen {
        & #sides { height: 1fr; }
        & #fields { width: 11fr; padding-right: 1; }
        & #order { width: 9fr; }
    }
    """

    def __init__(self, session: "OperatorSession", draft_id: str) -> None:
        super().__init__(session, draft_id)
        self._list = self._fields = FittingList(*COLUMNS, id="fields")
        self._lines = OrderLines(can_focus=False, empty="Nothing ordered yet.")
        self._totals = TotalsPanel()
        self._lead_times: dict[DeliveryMode, str] = {}
        self._serving_stores: DeliveryCoverage | None = None
        self._placing = False
        self._rejection_text = ""

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
        return self.checkout.payment or self.session.checkout.known_payment_options[0]

    def on_mount(self) -> None:
        """Show the fields with the mark on placing, and ask behind how long it takes."""
        self.paint(self.view)
        self._list.move_to_key(PLACE_KEY)
        self._request_lead_time()
        self._request_serving_stores()

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
            PLACE_KEY: self.action_place,
        }
        if (action := actions.get(self._list.cursor_key or "")) is not None:
            action()

    def action_mode(self) -> None:
        """Pickup becomes delivery and the other way round; a delivery without an address asks for one."""
        delivers = self.checkout.mode is DeliveryMode.PICKUP
        self._change_checkout(
            replace(self.checkout, mode=DeliveryMode.DELIVERY if delivers else DeliveryMode.PICKUP)
        )
        self._request_lead_time()
        if delivers and self.checkout.address is None:
            self.action_address()

    def action_address(self) -> None:
        """Choose one of the customer's addresses, or type one."""
        customer = self.view.customer
        if customer is None or not customer.user_id:
            self._type_address_offline()
            return
        home = home_address(customer)

        async def read() -> None:
            found = await self.session.checkout.addresses(customer)
            if not self.is_active:
                return
            if not found and home is None:
                self._type_address(self.checkout.address or _new_address(customer))
            else:
                self.app.push_screen(address_dialog(found, self.checkout.address, home), chosen(found))

        def chosen(found: Sequence[Address]) -> Callable[[str | None], None]:
            def take(key: str | None) -> None:
                if key == HOME and home is not None:
                    self._type_address(home)
                elif key == NEW:
                    self._type_address(_new_address(customer))
                elif key is not None:
                    self._set_address(found[int(key)])

            return take

        self._start_reading(
            read, "Reading the customer's addresses.", offline_fallback=self._type_address_offline
        )

    def action_time(self) -> None:
        """As soon as possible, or one of the slots on offer."""

        async def read() -> None:
            delivery_slots = await self.session.checkout.delivery_slots(self.draft_id)
            if self.is_active:
                self.app.push_screen(
                    delivery_slot_dialog(delivery_slots, self.checkout.delivery_slot), chosen(delivery_slots)
                )

        def chosen(delivery_slots: Sequence["SlotAvailability"]) -> Callable[[str | None], None]:
            def take(key: str | None) -> None:
                if key is None:
                    return
                slot = next((o for o in delivery_slots if str(o.delivery_slot.starts_at) == key), None)
                if slot is not None and slot.is_full:
                    self.say(f"{slot.delivery_slot.label} takes no more orders.", MessageKind.WARN)
                else:
                    self._change_checkout(
                        replace(self.checkout, delivery_slot=slot.delivery_slot if slot else None)
                    )

            return take

        self._start_reading(read, "Reading the slots on offer.")

    def action_voucher(self) -> None:
        """Apply a voucher; an empty answer removes the one there is, be it one that nobody here applied."""
        unexpected_voucher = "" if self.checkout.voucher else self.view.unexpected_voucher.upper()

        def take(code: str | None) -> None:
            if code is None:
                return
            if unexpected_voucher and not code:
                # Only what was this order's once is its to remove.
                self._change_checkout(replace(self.checkout, voucher=unexpected_voucher))
            self._change_checkout(replace(self.checkout, voucher=code.upper()))

        value = self.checkout.voucher or unexpected_voucher
        self.app.push_screen(
            PromptScreen("Voucher code; empty removes it", value=value, select_value=True), take
        )

    def action_notes(self) -> None:
        """Notes for the ticket: no documented operation sends them."""

        def take(notes: str | None) -> None:
            if notes is not None:
                self._change_checkout(replace(self.checkout, notes=notes))

        self.app.push_screen(
            PromptScreen("Notes, printed on the ticket only", value=self.checkout.notes), take
        )

    def action_payment(self) -> None:
        """Choose a way to pay."""

        async def read() -> None:
            self._choose_payment(await self.session.checkout.payment_options(self.draft_id))

        known = self.session.checkout.known_payment_options
        self._start_reading(
            read, "Reading the ways to pay.", offline_fallback=lambda: self._choose_payment(known)
        )

    def _choose_payment(self, payments: Sequence[PaymentMethod]) -> None:
        def take(key: str | None) -> None:
            if key is not None:
                self._change_checkout(replace(self.checkout, payment=payments[int(key)], tendered=None))

        if self.is_active:
            self.app.push_screen(payment_dialog(payments, self.payment), take)

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
            self._change_checkout(replace(self.checkout, tendered=amount))

        total = self.view.currency.format_money(self.view.total)
        question = f"Cash given for {total}; empty for none"
        self.app.push_screen(PromptScreen(question, restrict=r"[0-9]{0,6}(\.[0-9]{0,3})?"), take)

    def _type_address(self, address: Address) -> None:
        def take(typed: Address | None) -> None:
            if typed is not None:
                self._set_address(typed)

        self.app.push_screen(AddressScreen(self.session, address, self._who), take)

    def _type_address_offline(self) -> None:
        """What is known here to begin with: where it was to go, else where the customer lives."""
        customer = self.view.customer
        suggested = home_address(customer) or _new_address(customer) if customer else Address("")
        self._type_address(self.checkout.address or suggested)

    def _set_address(self, address: Address) -> None:
        self._change_checkout(replace(self.checkout, address=address, mode=DeliveryMode.DELIVERY))
        self._request_serving_stores()

    # Placing

    def action_place(self) -> None:
        """Say in one sentence what is placed; one key confirms it."""
        if missing := missing_for_placement(self.view):
            self.say(missing, MessageKind.WARN)
            return
        quoted_total, shown_view = self.view.total, self.view

        def answered(yes: bool | None) -> None:
            if yes:
                self.run_worker(
                    partial(self._place, quoted_total, shown_view), name="place the order", group="place"
                )

        question = placement_question(self.view, payment=self.payment)
        delivers = self.checkout.mode is DeliveryMode.DELIVERY
        # The platform decides it all the same: an address may be found by other words than these.
        warnings = (
            (self._serving_text(),)
            if delivers and self._serving_stores and not self._serving_stores.includes_order_store
            else ()
        )
        self.app.push_screen(ConfirmScreen(question, *warnings, *self.view.rejection_messages), answered)

    async def _place(self, quoted_total: Decimal, shown_view: OrderView) -> None:
        if self._placing:
            return
        self._placing = True
        try:
            if self.checkout.payment is None:
                self._change_checkout(replace(self.checkout, payment=self.payment))
            await self.session.orders.place(self.draft_id, quoted_total, shown_view)
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
            self.session.orders.undo(self.draft_id)
            self.paint(self.view)
            self.say("The last change is taken back.", MessageKind.GOOD)
        else:
            self.say("Nothing was changed here. Esc leads back to the order.")

    def _change_checkout(self, checkout: Checkout) -> None:
        if checkout == self.checkout:
            return
        try:
            self.session.orders.change(self.draft_id, SetCheckout(checkout))
        except EditError as error:
            self.say(str(error), MessageKind.WARN)
        else:
            # What was said before may be about what was just changed.
            self.say("")
        self.paint(self.view)

    def _start_reading(
        self,
        read: Callable[[], Awaitable[None]],
        progress_text: str,
        *,
        offline_fallback: Callable[[], None] | None = None,
    ) -> None:
        """Ask the platform behind the screen; what to do instead without a line."""

        async def run_read() -> None:
            try:
                await read()
            except ServiceError as trouble:
                self.say(trouble.message, MessageKind.WARN)
                if trouble.offline and offline_fallback is not None and self.is_active:
                    offline_fallback()
            else:
                self.say("")

        self.say(progress_text)
        self.run_worker(run_read, name="ask for the checkout", group="ask", exclusive=True)

    def _request_lead_time(self) -> None:
        mode = self.checkout.mode
        if mode not in self._lead_times:
            self.run_worker(
                partial(self._load_lead_time, mode), name="how long", group="how long", exclusive=True
            )

    async def _load_lead_time(self, mode: DeliveryMode) -> None:
        try:
            self._lead_times[mode] = await self.session.checkout.estimated_time(mode, self.view.store)
        except ServiceError:
            # The time is a courtesy beside the field; the line's state is in the header.
            return
        self.paint(self.view)

    def _request_serving_stores(self) -> None:
        self._serving_stores = None
        if (address := self.checkout.address) is not None:
            self.run_worker(
                partial(self._load_serving_stores, address),
                name="who serves",
                group="who serves",
                exclusive=True,
            )

    async def _load_serving_stores(self, address: Address) -> None:
        try:
            self._serving_stores = await self.session.checkout.delivery_coverage(address, self.view.store)
        except ServiceError:
            # Placing checks it again; until then nothing is claimed.
            return
        self.paint(self.view)

    def _serving_text(self) -> str:
        if self._serving_stores is None:
            return ""
        if self._serving_stores.includes_order_store:
            return "This store delivers there."
        names = ", ".join(store.name for store in self._serving_stores.stores)
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
                lead_time=self._lead_times.get(view.draft.checkout.mode, ""),
                serving_text=self._serving_text(),
            )
        )
        self._lines.show(order_rows(view), currency=view.currency)
        self._totals.state = totals(view)
        self.show_header()
        rejections = " ".join(view.rejection_messages)
        if rejections:
            self.say(rejections, MessageKind.WARN)
        elif self._rejection_text and self.message == self._rejection_text:
            self.say("")
        self._rejection_text = rejections


def _new_address(customer: Customer) -> Address:
    return Address("", mobile=customer.mobile)
