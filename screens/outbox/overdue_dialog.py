"""The question about an order that was to be placed too long ago: place it now, or take it back."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.services.views import OrderView
from screens.dialogs.confirm import DialogText
from screens.framework.commands import BACK, Command, bindings, hints
from screens.framework.console_screen import OperatorScreen
from screens.framework.modal_screen import DialogScreen
from screens.order_view.decided import decided_sentences
from widgets.key_bar import KeyBar
from widgets.message_line import MessageKind


class OverdueAnswer(StrEnum):
    """What the operator says about an overdue order."""

    PLACE_NOW = "place now"
    TAKE_BACK = "take back"


COMMANDS = (
    Command("overdue.place", "enter,p", "place_now", "Place now", "Place it now, at the same total"),
    Command("overdue.take_back", "x,f8,delete", "take_back", "Take back", "Make it a draft again"),
    BACK,
)


def overdue_sentences(view: OrderView) -> tuple[str, ...]:
    """Return when it was to be placed, and what placing it now means."""
    quoted_total = view.placement.quoted_total
    money = "" if quoted_total is None else f" at {view.currency.format_money(quoted_total)}"
    question = f"Place it now for {view.customer_name}{money}?"
    return (f"{view.placement_message} {question}", *decided_sentences(view))


class OverdueScreen(DialogScreen[OverdueAnswer]):
    """Escape leaves the order stopped as it is."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    DEFAULT_CSS = """
    OverdueScreen > .box {
        width: 70;
        padding: 1 2;
        & DialogText { margin-bottom: 1; }
    }
    """

    def __init__(self, view: OrderView) -> None:
        super().__init__()
        self._sentences = overdue_sentences(view)

    def dialog_body(self) -> Iterable[Widget]:
        """Return the question and its keys."""
        yield DialogText(self._sentences)
        yield KeyBar(hints(COMMANDS))

    def action_place_now(self) -> None:
        """Close with the answer that places it."""
        self.close(OverdueAnswer.PLACE_NOW)

    def action_take_back(self) -> None:
        """Close with the answer that makes it a draft again."""
        self.close(OverdueAnswer.TAKE_BACK)


async def ask_overdue(screen: OperatorScreen[Any], draft_id: str) -> None:
    """Ask over ``screen`` what becomes of an overdue order, and do it; only in a worker."""
    orders, quoted_total = screen.session.orders, screen.session.orders.view(draft_id).placement.quoted_total
    answer = await screen.ask(OverdueScreen(orders.view(draft_id)))
    with screen.attempt(MessageKind.WARN):
        match answer:
            case OverdueAnswer.PLACE_NOW if quoted_total is not None:
                await orders.place(draft_id, quoted_total)
            case OverdueAnswer.TAKE_BACK:
                await screen.session.placement.withdraw(draft_id)
            case _:
                pass
