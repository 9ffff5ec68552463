"""What an order that stopped has otherwise than the customer was told, in one list: accepted, or put off.

Opened from the placed screen and from the outbox. Nothing is placed from here without a key and a second one.
"""

from collections.abc import Awaitable, Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.draft import EditError, NameOrder, RemoveLine, SetCheckout
from console.ordering.money import ZERO
from console.services.events import ServiceError
from console.services.views import Aspect, OrderView
from screens.dialogs.confirm import ConfirmScreen
from screens.framework.commands import HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.list_navigation import ListNavigation
from screens.order_view.rows import totals
from screens.order_view.screen import OrderViewScreen
from screens.outbox.conflict_rows import (
    COLUMNS,
    ORDER_KEY,
    acceptance_blocker,
    call_back_name,
    current_total,
    open_unexpected_lines,
    placement_questions,
    removable_aspect,
    rows,
    total_texts,
    without_aspect,
)
from screens.outbox.rows import FINISHED_STATES
from screens.stock.order_availability import OrderAvailabilityScreen
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.text_rows import Span, Spans, TextRows, Tone, justify
from widgets.totals import breakdown_text

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    # Priority: while the list is empty it would take the key and do nothing.
    Command(
        "conflicts.place",
        "enter,f10,equals_sign",
        "place",
        "Place",
        "Accept all of it and place it at the new total",
        priority=True,
    ),
    Command("conflicts.accept", "a,exclamation_mark", "accept", "Accept", "Accept the marked difference"),
    Command("conflicts.remove", "x,f8,delete", "remove", "Out", "Take the marked line out"),
    Command("conflicts.open", "s,e", "open", "Other", "Open the order, to take something else instead"),
    Command("conflicts.move", "m", "move_store", "Move", "Which stores have all of it; move it to one"),
    Command("conflicts.call", "c", "call_back", "Call back", "Do not place it; park it to call the customer"),
    Command("conflicts.undo", "f7,u", "undo", "", "Take back the last change"),
    Command("conflicts.read_back", "quotation_mark", "read_back", "", "Read the order to the customer"),
    Command("conflicts.send", "f6", "retry", "", "Try again now, as the customer was told"),
    *navigation_commands("conflicts"),
    *HELP_COMMANDS,
    Command("conflicts.back", "escape,f12", "back", "Back", "Go back; what is not accepted stays as it is"),
)
NOTHING_SELECTED = "Nothing is marked."
NO_LINE_CONFLICTS = "No line differs. Enter places the order at the total below."


class ConflictTotals(TextRows):
    """What the customer was told above what it comes to now, the difference, and what it is made of."""

    DEFAULT_CSS = "ConflictTotals { height: 4; }"

    def __init__(self) -> None:
        super().__init__()
        self._total_texts: tuple[str, str, str] = ("", "", "")
        self._breakdown = ""

    def show(self, quoted_total: Decimal, view: OrderView) -> None:
        """Show both totals."""
        self._total_texts = total_texts(quoted_total, view)
        self._breakdown = breakdown_text(totals(view)) if current_total(view).is_confirmed else ""
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """All at the right edge, what the platform's total is made of on the left."""
        quoted_text, current_text, difference_text = self._total_texts
        width = self.size.width
        return (
            (),
            justify((), (Span(quoted_text), Span(" ")), width),
            justify((), (Span(current_text, Tone.STRONG), Span(" ")), width),
            justify(
                (Span(f"  {self._breakdown}", Tone.DIM),),
                (Span(difference_text, Tone.STRONG), Span(" ")),
                width,
            ),
        )


class ConflictsScreen(ListNavigation, OrderViewScreen[str | None]):
    """Answers with the order's id where it is to be opened, ``None`` where it is placed or left as it is."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "What differs"
    AUTO_FOCUS = "LineList"

    def __init__(self, session: "OperatorSession", draft_id: str) -> None:
        super().__init__(session, draft_id)
        self._quoted_total = self.view.placement.quoted_total or ZERO
        self._initial_edit_count = len(self.view.draft.edits)
        self._list = LineList(*COLUMNS, leading=2, empty=NO_LINE_CONFLICTS)
        self._totals = ConflictTotals()
        self._busy = False

    def body(self) -> Iterable[Widget]:
        """The list, the totals beneath."""
        yield self._list
        yield self._totals

    def on_mount(self) -> None:
        """Show what differs."""
        self.paint(self.view)
        advice = acceptance_blocker(self.view) or "Enter accepts all of it as it is now."
        self.say(f"It is not placed. {advice}", MessageKind.WARN)

    def paint(self, view: OrderView) -> None:
        """Show what differs by now."""
        self._list.set_rows(rows(view))
        self._totals.show(self._quoted_total, view)
        self.show_header()
        if view.placement.state in FINISHED_STATES:
            self.say("It is placed by now.")

    # All of it

    def action_place(self) -> None:
        """Say in one sentence what is placed; one key confirms it."""
        view = self.view
        if view.placement.state in FINISHED_STATES:
            self.say("It is placed by now.")
            return
        if blocker := acceptance_blocker(view):
            self.say(blocker, MessageKind.WARN)
            return
        total = current_total(view).amount

        def answered(yes: bool | None) -> None:
            if yes:
                self._start_work(lambda: self._place(total, view))

        self.app.push_screen(ConfirmScreen(*placement_questions(self._quoted_total, view)), answered)

    async def _place(self, total: Decimal, shown_view: OrderView) -> None:
        changes = [
            self._acceptance_of(shown_view, row.key) for row in rows(shown_view) if row.key != ORDER_KEY
        ]
        if changes:
            await self._withdraw_placement()
        for change in changes:
            change()
        await self.session.orders.place(self.draft_id, total, shown_view)
        self.close()

    def action_call_back(self) -> None:
        """Take back the wish to place it and park it under a name that says what is to be done."""

        async def park() -> None:
            await self._withdraw_placement()
            name = call_back_name(self.view)
            if self.view.draft.name != name:
                self.session.orders.change(self.draft_id, NameOrder(name))
            self.close()

        self._start_work(park)

    def action_open(self) -> None:
        """Open the order, where something else can be taken in its place."""

        async def open_order() -> None:
            await self._withdraw_placement()
            self.close(self.draft_id)

        self._start_work(open_order)

    def action_move_store(self) -> None:
        """Which stores have all of it; moved to one, it is opened there, at its prices."""

        def after_move(draft_id: str | None) -> None:
            if draft_id is not None:
                self.close(draft_id)
            else:
                self.paint(self.view)

        self.app.push_screen(OrderAvailabilityScreen(self.session, self.draft_id), after_move)

    # One of them

    def action_accept(self) -> None:
        """Have the marked one as the platform has it."""
        view, key = self.view, self._list.cursor_key
        if key is None:
            self.say(NOTHING_SELECTED)
        elif key == ORDER_KEY:
            self.say("That cannot be accepted. s opens the order, c parks it to call back.")
        elif key.startswith("checkout") and removable_aspect(view, key) is None:
            self.say("That cannot be accepted here. s opens the order.")
        else:
            self._apply_change(self._acceptance_of(view, key), "Accepted as the platform has it.")

    def action_remove(self) -> None:
        """Take the marked line out, or have what nobody here added taken out of the cart."""
        view, key = self.view, self._list.cursor_key
        unexpected = open_unexpected_lines(view).get(key or "")
        line = view.draft.line(key) if key is not None else None
        if unexpected is not None:
            self._apply_change(
                lambda: self.session.orders.remove_unexpected(self.draft_id, unexpected), "Taken out."
            )
        elif line is None:
            self.say("No line is marked.")
        else:
            edit = RemoveLine(line.line_id)
            self._apply_change(lambda: bool(self.session.orders.change(self.draft_id, edit)), "Taken out.")

    def action_undo(self) -> None:
        """Take back what was accepted or taken out here, the last first."""
        if len(self.view.draft.edits) > self._initial_edit_count and self.view.placement.quoted_total is None:
            self.paint(self.session.orders.undo(self.draft_id))
            self.say("The last change is taken back.", MessageKind.GOOD)
        else:
            self.say("Nothing was changed here.")

    def _acceptance_of(self, view: OrderView, key: str) -> Callable[[], bool]:
        """What accepts a row; made before anything else is changed, which gives other rows other keys."""
        orders, draft_id = self.session.orders, self.draft_id
        unexpected, aspect = open_unexpected_lines(view).get(key), removable_aspect(view, key)
        if unexpected is not None:
            return lambda: orders.keep_unexpected(draft_id, unexpected)
        if aspect is not None:
            return lambda: self._remove_aspect(aspect)
        if key.startswith("checkout"):
            return lambda: False
        return lambda: orders.accept_line(draft_id, key)

    def _remove_aspect(self, aspect: Aspect) -> bool:
        checkout = without_aspect(self.view.draft.checkout, aspect)
        return bool(self.session.orders.change(self.draft_id, SetCheckout(checkout)))

    def _apply_change(self, change: Callable[[], bool], text: str) -> None:
        async def change_and_show() -> None:
            await self._withdraw_placement()
            change()
            self.paint(self.view)
            self.say(f"{text} F7 takes it back. Enter places the order.", MessageKind.GOOD)

        self._start_work(change_and_show)

    async def _withdraw_placement(self) -> None:
        """An order that is to be placed takes no change: the wish is taken back; Enter makes it anew."""
        if self.view.placement.quoted_total is not None:
            await self.session.placement.withdraw(self.draft_id)

    def _start_work(self, work: Callable[[], Awaitable[None]]) -> None:
        if not self._busy:
            self._busy = True
            self.run_worker(self._run_work(work), name="what differs", group="conflicts")

    async def _run_work(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.WARN)
        except EditError as error:
            self.say(str(error), MessageKind.WARN)
        finally:
            self._busy = False
