"""Checkout: how the order reaches its customer and is paid, beside what the platform confirmed of it.

Every change is an edit of the draft; placing takes one key and one to confirm.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from console.ordering.checkout import Address, Checkout, DeliveryMode, PaymentMethod
from console.ordering.customer import Customer
from console.ordering.draft import DecideCheckout, SetCheckout
from console.ordering.number_input import parse_amount
from console.services.events import ServiceError
from console.services.unreadable_text import unreadable_text
from console.services.views import Aspect, OrderView
from screens.checkout.address_form import AddressScreen
from screens.checkout.commands import COMMANDS, LETTERS
from screens.checkout.dialogs import (
    ADDRESS_COLUMNS,
    PAYMENT_COLUMNS,
    SLOT_COLUMNS,
    TypedAddress,
    address_choices,
    current_slot,
    home_address,
    payment_choices,
    slot_choices,
)
from screens.checkout.rows import (
    COLUMNS,
    NOT_CHECKED,
    NOT_LISTED,
    OFFLINE_NOT_CHECKED,
    PLACE_KEY,
    is_cash,
    missing_for_placement,
    placement_question,
    rows,
    serving_text,
)
from screens.dialogs.confirm import ConfirmScreen
from screens.dialogs.prompt import PromptScreen
from screens.dialogs.select import choose
from screens.framework.commands import bindings
from screens.framework.work_once import work_once
from screens.order_view.decided import decided_sentences
from screens.order_view.rows import rows as order_rows
from screens.order_view.rows import totals
from screens.order_view.screen import OrderViewScreen
from screens.outbox.conflicts_screen import ConflictsScreen
from widgets.lists.fitting_list import FittingList
from widgets.lists.line_list import LineList
from widgets.lists.order_lines import OrderLines
from widgets.message_line import MessageKind
from widgets.totals import TotalsPanel

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession
    from console.services.orders.checkout import DeliveryCoverage, SlotAvailability

QUEUED = "queued"
ADDRESS_ADVICE = "a changes it, d makes it a pickup."
ASK = "ask"
"""Group of the workers that ask the operator: the last one asked counts."""


class CheckoutScreen(OrderViewScreen[str]):
    """Closes with ``QUEUED`` once the order is queued for placing, or with the id of an order to open.

    ``field`` is the letter of the field to begin with, and ``message`` says why; by default it is placing.
    """

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

    def __init__(
        self, session: "OperatorSession", draft_id: str, *, field: str = "", message: str = ""
    ) -> None:
        super().__init__(session, draft_id)
        self._first_field = field or PLACE_KEY
        self._first_message = message
        self._fields = self.navigated_list = FittingList(*COLUMNS, id="fields")
        self._lines = OrderLines(can_focus=False, empty="Nothing ordered yet.")
        self._totals = TotalsPanel()
        self._lead_times: dict[DeliveryMode, str] = {}
        self._serving_stores: DeliveryCoverage | None = None
        self._coverage_note = ""
        self._rejection_text = ""

    def body(self) -> Iterable[Widget]:
        """The fields on the left, the order as it stands on the right."""
        order = Vertical(self._lines, self._totals, id="order")
        yield Horizontal(self._fields, order, id="sides")

    @property
    def checkout(self) -> Checkout:
        """The checkout as it is now."""
        return self.view.draft.checkout

    @property
    def payment(self) -> PaymentMethod:
        """The payment: as chosen, else the first option."""
        return self.checkout.payment or self.session.checkout.known_payment_options[0]

    def on_mount(self) -> None:
        """Select the row that places, or the field to fix; read time and serving stores behind it."""
        self.paint(self.view)
        self._fields.move_to_key(self._first_field)
        if self._first_message:
            self.say(self._first_message, MessageKind.WARN)
        self._request_lead_time()
        self._request_serving_stores()

    # The fields

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Change the field on Enter."""
        event.stop()
        self.action_enter()

    def action_enter(self) -> None:
        """Change the selected field, or place."""
        actions: dict[str, Callable[[], object]] = {
            "d": self.action_mode,
            "a": self.action_address,
            "t": self.action_time,
            "v": self.action_voucher,
            "n": self.action_notes,
            "m": self.action_payment,
            "c": self.action_cash,
            PLACE_KEY: self.action_place,
        }
        if (action := actions.get(self._fields.cursor_key or "")) is not None:
            action()

    def action_mode(self) -> None:
        """Switch between pickup and delivery; a delivery without an address asks for one."""
        delivers = self.checkout.mode is DeliveryMode.PICKUP
        self._change_checkout(
            replace(self.checkout, mode=DeliveryMode.DELIVERY if delivers else DeliveryMode.PICKUP)
        )
        self._request_lead_time()
        if delivers and self.checkout.address is None:
            self.action_address()

    @work(exclusive=True, group=ASK)
    async def action_address(self) -> None:
        """Choose one of the customer's addresses, or type one."""
        customer = self.view.customer
        if customer is None or not customer.user_id:
            await self._type_address(self._suggested_address())
            return
        addresses: tuple[Address, ...] = ()
        with self.attempt(MessageKind.WARN, progress="Reading the customer's addresses.") as reading:
            addresses = await self.session.checkout.addresses(customer)
        if not reading.failed:
            await self._choose_address(customer, addresses)
        elif reading.is_offline:
            await self._type_address(self._suggested_address())

    async def _choose_address(self, customer: Customer, addresses: tuple[Address, ...]) -> None:
        note = unreadable_text(addresses, "address")
        home, empty = home_address(customer), Address("", mobile=customer.mobile)
        if not addresses and home is None and not note:
            await self._type_address(self.checkout.address or empty)
            return
        choices = address_choices(addresses, home=home, empty=empty)
        title = f"Deliver to. {note}" if note else "Deliver to"
        choice = await choose(self, title, ADDRESS_COLUMNS, choices, self.checkout.address)
        if choice is None:
            return
        match choice.value:
            case Address() as address if address.names_place:
                self._set_address(address)
            case Address() as address:
                await self._type_address(address)
            case TypedAddress(initial):
                await self._type_address(initial)

    async def _type_address(self, initial: Address) -> None:
        if (
            address := await self.ask(
                AddressScreen(self.session, initial, self.customer_name(), self.view.store)
            )
        ) is not None:
            self._set_address(address)

    def _suggested_address(self) -> Address:
        """Return the address to begin with offline: the order's, else the customer's own."""
        customer = self.view.customer
        own = home_address(customer) or Address("", mobile=customer.mobile) if customer else Address("")
        return self.checkout.address or own

    def _set_address(self, address: Address) -> None:
        self._change_checkout(replace(self.checkout, address=address, mode=DeliveryMode.DELIVERY))
        self._request_serving_stores()

    @work(exclusive=True, group=ASK)
    async def action_time(self) -> None:
        """Choose as soon as possible, or one of the delivery slots."""
        slots: tuple[SlotAvailability, ...] = ()
        with self.attempt(MessageKind.WARN, progress="Reading the delivery slots.") as reading:
            slots = await self.session.checkout.delivery_slots(self.draft_id)
        if reading.failed:
            return
        current = current_slot(slots, self.checkout.delivery_slot)
        title = f"When. {note}" if (note := unreadable_text(slots, "slot")) else "When"
        choice = await choose(self, title, SLOT_COLUMNS, slot_choices(slots), current)
        if choice is None:
            return
        if (slot := choice.value) is not None and slot.is_full:
            self.say(f"{slot.delivery_slot.label} is full.", MessageKind.WARN)
        else:
            self._change_checkout(replace(self.checkout, delivery_slot=slot.delivery_slot if slot else None))

    @work(exclusive=True, group=ASK)
    async def action_voucher(self) -> None:
        """Apply a voucher; an empty text removes the one in force, even one not applied here."""
        unexpected = "" if self.checkout.voucher else self.view.unexpected_voucher
        value = self.checkout.voucher or unexpected
        code = await self.ask(PromptScreen("Voucher code; empty removes it", value=value, select_value=True))
        if code is None:
            return
        if unexpected and not code:
            # Sync removes only a voucher that this order had at some time.
            self._change_checkout(replace(self.checkout, voucher=unexpected))
        self._change_checkout(replace(self.checkout, voucher=code.strip()))

    @work(exclusive=True, group=ASK)
    async def action_notes(self) -> None:
        """Type notes for the ticket: no documented operation sends them."""
        prompt = PromptScreen("Notes, printed on the ticket only", value=self.checkout.notes)
        if (notes := await self.ask(prompt)) is not None:
            self._change_checkout(replace(self.checkout, notes=notes))

    @work(exclusive=True, group=ASK)
    async def action_payment(self) -> None:
        """Choose how it is paid; offline among the payment options known here."""
        options: Sequence[PaymentMethod] = self.session.checkout.known_payment_options
        with self.attempt(MessageKind.WARN, progress="Reading the payment options.") as reading:
            options = await self.session.checkout.payment_options(self.draft_id)
        if reading.failed and not reading.is_offline:
            return
        choices = payment_choices(options)
        choice = await choose(self, "Payment", PAYMENT_COLUMNS, choices, self.payment)
        if choice is not None:
            self._change_checkout(replace(self.checkout, payment=choice.value, tendered=None))

    @work(exclusive=True, group=ASK)
    async def action_cash(self) -> None:
        """Enter the cash given; the change is computed."""
        if not is_cash(self.payment):
            self.say("Not paid in cash. m changes the payment.")
            return
        currency = self.view.currency

        def parse(text: str) -> Decimal | None:
            return parse_amount(text, currency) if text else None

        question = f"Cash given for {self.view.total_text}; empty for none"
        text = await self.ask(PromptScreen(question, parse=parse))
        if text is not None:
            self._change_checkout(replace(self.checkout, tendered=parse(text)))

    # Placing

    @work(exclusive=True, group=ASK)
    async def action_place(self) -> None:
        """Say what is placed and what was decided about it; one key confirms it.

        What differs in the cart is decided first, one by one.
        """
        if missing := missing_for_placement(self.view):
            self.say(missing, MessageKind.WARN)
            return
        if not await self._decide_differences():
            return
        shown_view = self.view
        question = placement_question(shown_view, payment=self.payment)
        serving = self._serving_text() if self.checkout.mode is DeliveryMode.DELIVERY else ""
        # A warning only: the platform decides, and it may find the address by other words.
        warnings = (serving,) if serving.startswith("!") and serving != OFFLINE_NOT_CHECKED else ()
        if await self.ask(ConfirmScreen(question, *decided_sentences(shown_view), *warnings)):
            self._place(shown_view)

    async def _decide_differences(self) -> bool:
        """Lead to what is not decided; return True once nothing is left."""
        while self.view.has_undecided:
            if any(rejected.aspect is Aspect.ADDRESS for rejected in self.view.rejected):
                # Only this screen changes an address.
                self.say(f"{' '.join(self.view.rejection_messages)} {ADDRESS_ADVICE}", MessageKind.WARN)
                return False
            conflicts = ConflictsScreen(self.session, self.draft_id, before_placing=True)
            if isinstance(draft_id := await self.ask(conflicts), str):
                self.close(draft_id)
                return False
            self.paint(self.view)
            if not conflicts.is_decided:
                return False
        return True

    @work_once("place")
    async def _place(self, shown_view: OrderView) -> None:
        with self.attempt():
            if self.checkout.payment is None:
                self._change_checkout(replace(self.checkout, payment=self.payment))
            await self.session.orders.place(self.draft_id, shown_view.total, shown_view)
            self.close(QUEUED)

    # The whole screen

    def action_undo(self) -> None:
        """Undo the last change of the checkout; lines are changed on the order screen."""
        edits = self.view.draft.edits
        if edits and isinstance(edits[-1], SetCheckout | DecideCheckout):
            self.session.orders.undo(self.draft_id)
            self.paint(self.view)
            self.say("Undone.", MessageKind.GOOD)
        else:
            self.say("Nothing to undo here. Esc goes back to the order.")

    def _change_checkout(self, checkout: Checkout) -> None:
        if checkout == self.checkout:
            return
        with self.attempt():
            self.session.orders.change(self.draft_id, SetCheckout(checkout))
            # The message may be about the value that was just changed.
            self.say("")
        self.paint(self.view)

    def _request_lead_time(self) -> None:
        if self.checkout.mode not in self._lead_times:
            self._load_lead_time(self.checkout.mode)

    @work(exclusive=True, group="lead time")
    async def _load_lead_time(self, mode: DeliveryMode) -> None:
        # A courtesy beside the field: the header says that the console is offline.
        with suppress(ServiceError):
            self._lead_times[mode] = await self.session.checkout.estimated_time(mode, self.view.store)
            self.paint(self.view)

    def _request_serving_stores(self) -> None:
        self._serving_stores, self._coverage_note = None, ""
        if (address := self.checkout.address) is not None:
            self._load_serving_stores(address)

    @work(exclusive=True, group="serving stores")
    async def _load_serving_stores(self, address: Address) -> None:
        # Placing checks it again; until then nothing is claimed.
        try:
            self._serving_stores = await self.session.checkout.delivery_coverage(address, self.view.store)
        except ServiceError as error:
            self._coverage_note = OFFLINE_NOT_CHECKED if error.offline else NOT_CHECKED
        else:
            self._coverage_note = NOT_LISTED
        self.paint(self.view)

    def _serving_text(self) -> str:
        return serving_text(self.checkout.address, self._serving_stores, self._coverage_note)

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
