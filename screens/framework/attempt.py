"""Run what a service may refuse, and show the refusal on the screen instead of raising it."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from console.ordering.draft import EditError
from console.services.events import ServiceError
from widgets.message_line import MessageKind

Say = Callable[[str, MessageKind], None]


class Attempt:
    """Context manager that shows a ServiceError or an EditError and ends the block.

    ``kind`` is how a ServiceError is shown; an EditError is always a warning. With ``progress`` the screen
    says so before the block, and clears it after a block without an error.
    """

    def __init__(self, say: Say, kind: MessageKind, progress: str) -> None:
        self._say = say
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
            self._say(self._progress, MessageKind.INFO)
        return self

    def __exit__(
        self, _type: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        match error:
            case ServiceError():
                self.error = error
                self._say(error.message, self._kind)
            case EditError():
                self.error = error
                self._say(str(error), MessageKind.WARN)
            case None if self._progress:
                self._say("", MessageKind.INFO)
            case _:
                pass
        return self.failed
