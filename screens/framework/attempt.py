"""Run what a service may refuse, and show the refusal on the screen instead of raising it."""

from types import TracebackType
from typing import Protocol, Self

from console.ordering.edit_error import EditError
from console.services.events import ServiceError
from widgets.message_line import MessageKind


class MessageTarget(Protocol):
    """A screen with a message line."""

    @property
    def message(self) -> str:
        """The text on the message line."""
        ...

    def say(self, text: str, kind: MessageKind = MessageKind.INFO) -> None:
        """Show a text; an empty one clears the line."""
        ...


class Attempt:
    """Context manager that shows a ServiceError or an EditError and ends the block.

    ``kind`` is how a ServiceError is shown; an EditError is always a warning. ``progress`` is shown during
    the block and cleared after it, unless another message took its place.
    """

    def __init__(self, screen: MessageTarget, kind: MessageKind, progress: str) -> None:
        self._owner = screen
        self._kind = kind
        self._progress = progress
        self.error: ServiceError | EditError | None = None
        """The error that ended the block; None after a block that ran to its end."""

    @property
    def failed(self) -> bool:
        """Return True if an error ended the block."""
        return self.error is not None

    @property
    def is_offline(self) -> bool:
        """Return True if the block failed for want of a connection."""
        return isinstance(self.error, ServiceError) and self.error.offline

    def __enter__(self) -> Self:
        if self._progress:
            self._owner.say(self._progress)
        return self

    def __exit__(
        self, _type: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        match error:
            case ServiceError():
                self.error = error
                self._owner.say(error.message, self._kind)
            case EditError():
                self.error = error
                self._owner.say(str(error), MessageKind.WARN)
            case _ if self._progress and self._owner.message == self._progress:
                # A cancelled block, too: its progress must not stay.
                self._owner.say("")
            case _:
                pass
        return self.failed
