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
    "Change",
    "ConnectionState",
    "ConnectionChange",
    "DemoSignIn",
    "MenuChange",
    "Notice",
    "OrderChange",
    "SignInOffer",
    "Trouble",
    "Unsent",
]


class Trouble(Exception):
    """Something did not work; ``sentence`` is what the operator reads.

    ``offline`` says that it was the line, and the same will work once it is back.
    """

    def __init__(self, sentence: str, *, offline: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.offline = offline


@dataclass(frozen=True, slots=True)
class SignInOffer:
    """An operator whose password was right, and the stores to choose from.

    ``offline`` says that this machine vouched for the password, because the line is down.
    """

    operator: "Operator"
    locations: "tuple[Location, ...]"
    offline: bool


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """How to sign in to the sandbox store; it is shown to everybody, and worth nothing elsewhere."""

    user_name: str
    password: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """What the platform does not have yet: so many lines, and orders that are to be placed and are not."""

    lines: int = 0
    orders: int = 0
    needing: int = 0
    """How many of the orders go on only after the operator did something."""

    @property
    def is_anything(self) -> bool:
        """Whether there is something that an operator who leaves must know of."""
        return self.lines > 0 or self.orders > 0


@dataclass(frozen=True, slots=True)
class ConnectionChange:
    """The line came or went."""

    connection: ConnectionState


@dataclass(frozen=True, slots=True)
class OrderChange:
    """An order, or what the platform has of it, is not what it was."""

    draft_id: str


@dataclass(frozen=True, slots=True)
class MenuChange:
    """The menu was loaded or loads; ``done`` of ``total`` products are there.

    ``rate`` is how many come a second, 0 where that is not known yet; ``label`` is what comes.
    """

    done: int
    total: int
    rate: float = 0.0
    seconds_left: int | None = None
    label: str = "Menu"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence the operator should read; ``bad`` where something failed."""

    sentence: str
    bad: bool = False


Change = ConnectionChange | OrderChange | MenuChange | Notice
