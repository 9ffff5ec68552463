"""What the desk tells while an operator works: who may sign in, what changed, what went wrong.

Plain values for the application and every screen, light enough for the first paint.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.sync.connection.monitor import ConnectionState

if TYPE_CHECKING:
    from console.ordering.customer import Operator
    from console.ordering.stores import Location

__all__ = [
    "Event",
    "ConnectionState",
    "ConnectionChanged",
    "DemoCredentials",
    "MenuProgress",
    "Notification",
    "OrderChanged",
    "SignInResult",
    "ServiceError",
    "PendingWork",
]


class ServiceError(Exception):
    """Something did not work; ``sentence`` is what the operator reads.

    ``offline`` says that it was the line, and the same will work once it is back.
    """

    def __init__(self, message: str, *, offline: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.offline = offline


@dataclass(frozen=True, slots=True)
class SignInResult:
    """An operator whose password was right, and the stores to choose from.

    ``offline`` says that this machine vouched for the password, because the line is down.
    """

    operator: "Operator"
    locations: "tuple[Location, ...]"
    offline: bool


@dataclass(frozen=True, slots=True)
class DemoCredentials:
    """How to sign in to the sandbox store; it is shown to everybody, and worth nothing elsewhere."""

    user_name: str
    password: str


@dataclass(frozen=True, slots=True)
class PendingWork:
    """What the platform does not have yet: so many lines, and orders that are to be placed and are not."""

    lines: int = 0
    orders: int = 0
    needs_attention: int = 0
    """How many of the orders go on only after the operator did something."""

    @property
    def has_work(self) -> bool:
        """Whether there is something that an operator who leaves must know of."""
        return self.lines > 0 or self.orders > 0


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """The line came or went."""

    state: ConnectionState


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """An order, or what the platform has of it, is not what it was."""

    draft_id: str


@dataclass(frozen=True, slots=True)
class MenuProgress:
    """The menu was loaded or loads; ``done`` of ``total`` products are there.

    ``rate`` is how many come a second, 0 where that is not known yet; ``label`` is what comes.
    """

    done: int
    total: int
    rate: float = 0.0
    seconds_left: int | None = None
    label: str = "Menu"


@dataclass(frozen=True, slots=True)
class Notification:
    """A sentence the operator should read; ``bad`` where something failed."""

    message: str
    is_error: bool = False


Event = ConnectionChanged | OrderChanged | MenuProgress | Notification
