"""Values that services publish while an operator works, light enough for the first paint."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console.sync.connection.monitor import ConnectionState

if TYPE_CHECKING:
    from console.ordering.customer import Operator
    from console.ordering.stores import Location

__all__ = [
    "ConnectionChanged",
    "ConnectionState",
    "DemoCredentials",
    "Event",
    "MenuProgress",
    "Notification",
    "OrderChanged",
    "PendingWork",
    "ServiceError",
    "SignInResult",
    "always",
]


class ServiceError(Exception):
    """An action failed; ``message`` is what the operator reads.

    ``offline`` means that the connection was the reason, so the same will work once it is back.
    """

    def __init__(self, message: str, *, offline: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.offline = offline


@dataclass(frozen=True, slots=True)
class SignInResult:
    """A checked operator and the stores to choose from.

    ``offline`` means that the password was checked on this machine. ``offline_reason`` says what has to be
    corrected before a request can leave; empty where waiting for the connection is enough.
    """

    operator: "Operator"
    locations: "tuple[Location, ...]"
    offline: bool
    offline_reason: str = ""


@dataclass(frozen=True, slots=True)
class DemoCredentials:
    """The sandbox store's sign-in: shown to everybody, worth nothing elsewhere."""

    user_name: str
    password: str


@dataclass(frozen=True, slots=True)
class PendingWork:
    """Work that the platform does not have yet: order lines, and orders queued for placing."""

    lines: int = 0
    orders: int = 0
    needs_attention: int = 0
    """Of the orders, those that are blocked until the operator acts."""

    @property
    def has_work(self) -> bool:
        """Return True if an operator who leaves must be warned."""
        return self.lines > 0 or self.orders > 0


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """The connection was lost or came back."""

    state: ConnectionState


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """An order, or the platform's record of it, has changed."""

    draft_id: str


@dataclass(frozen=True, slots=True)
class MenuProgress:
    """``done`` of ``total`` products are fetched.

    ``rate`` is products per second, 0 while unknown; ``label`` names what is being fetched. ``location_id``
    is the store whose menu it is, 0 for any.
    """

    done: int
    total: int
    rate: float = 0.0
    seconds_left: int | None = None
    label: str = "Menu"
    location_id: int = 0


def always() -> bool:
    """Return True: the condition of a message that tells what has happened, which stays true."""
    return True


@dataclass(frozen=True, slots=True)
class Notification:
    """A sentence for the operator; ``is_error`` if something failed.

    ``is_current`` tells whether the sentence still holds; a screen takes one away that does not.
    """

    message: str
    is_error: bool = False
    is_current: Callable[[], bool] = field(default=always, compare=False)


Event = ConnectionChanged | OrderChanged | MenuProgress | Notification
