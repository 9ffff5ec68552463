"""The order screen as its parts see it."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Protocol, TypeVar

from textual.screen import Screen

from console.ordering.draft import Edit
from console.services.views import OrderView
from widgets.message_line import MessageKind

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

Answer = TypeVar("Answer")


class OrderEditor(Protocol):
    """Shows one draft, changes it, and asks the operator."""

    session: "OperatorSession"
    draft_id: str
    shown_view: OrderView
    """The order as it was painted: a decision is about what was seen."""

    @property
    def view(self) -> OrderView:
        """The current order."""
        ...

    def apply_edit(self, edit: Edit) -> bool:
        """Change and repaint the order; show why and return False if the edit is invalid."""
        ...

    def paint(self, view: OrderView) -> None:
        """Show the order."""
        ...

    def say(self, text: str, kind: MessageKind = MessageKind.INFO) -> None:
        """Show a message."""
        ...

    async def ask(self, screen: Screen[Answer]) -> Answer | None:
        """Show a dialog and wait for its result; only in a worker."""
        ...

    def run_worker(
        self, work: Callable[[], Coroutine[None, None, None]], *, name: str, group: str, exclusive: bool
    ) -> object:
        """Run a coroutine in the background, as long as the screen is open."""
        ...
