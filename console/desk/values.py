"""What passes between the screens and the desk: plain values, light enough for the first paint.

Made by the desk's services, shown by the screens.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from console.ordering.customer import Customer, Operator
from console.ordering.draft import Draft, Item, Line
from console.ordering.money import Currency
from console.ordering.store import Location
from console.sync.cart import CartTotals
from console.sync.checkout import Aspect, Refused
from console.sync.differences import LineFact, LineState, StrangeLine, SuggestedDeal
from console.sync.link import Connection
from console.sync.placing_state import Candidate, Decision, ItIs, LeaveIt, PlaceAgain
from console.sync.refused_order import RefusedFor
from console.sync.status import Activity, PlacingState, PlacingView

__all__ = [
    "Activity",
    "Aspect",
    "Candidate",
    "CartTotals",
    "Change",
    "Connection",
    "ConnectionChange",
    "DealOffer",
    "Decision",
    "DemoSignIn",
    "ItIs",
    "LeaveIt",
    "LineFact",
    "LineState",
    "MenuChange",
    "NewCustomer",
    "Notice",
    "OrderChange",
    "OrderView",
    "PlaceAgain",
    "PlacingState",
    "PlacingView",
    "Refused",
    "RefusedFor",
    "SignInOffer",
    "StrangeLine",
    "SuggestedDeal",
    "Trouble",
    "Unsent",
    "WaitingOrder",
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

    operator: Operator
    locations: tuple[Location, ...]
    offline: bool


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """How to sign in to the sandbox store; it is shown to everybody, and worth nothing elsewhere."""

    user_name: str
    password: str


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A customer to be created, as typed."""

    first_name: str
    last_name: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as a screen shows it: the wish, the estimate, and what the platform has.

    ``store`` is where it is ordered. ``facts`` has one entry for each of the draft's lines, in their
    order; ``unsent`` is how many of them the platform does not have yet. ``saved`` is true once every edit is
    durable on this machine. ``problem`` is a sentence, empty while all is well. ``refused`` is what the
    platform does not take of the checkout: address, slot, voucher. ``suggested`` are deals that it would put
    in the place of lines.
    """

    draft_id: str
    store: Location
    customer: Customer | None
    created_at: float
    draft: Draft
    currency: Currency
    estimate: Decimal
    facts: tuple[LineFact, ...]
    strange: tuple[StrangeLine, ...]
    totals: CartTotals | None
    unsent: int
    differences: int
    activity: Activity
    problem: str
    saved: bool
    refused: tuple[Refused, ...] = ()
    placing: PlacingView = field(default_factory=PlacingView)
    suggested: tuple[SuggestedDeal, ...] = ()

    @property
    def refusals(self) -> tuple[str, ...]:
        """What is refused of the checkout, a sentence each."""
        return tuple(refused.sentence for refused in self.refused)

    @property
    def strange_voucher(self) -> str:
        """The code of a voucher that counts for it and that nobody here applied; empty for none."""
        return next((refused.voucher for refused in self.refused if refused.voucher), "")

    @property
    def who(self) -> str:
        """Whom the order is for."""
        return self.customer.name if self.customer else "Walk-in"

    @property
    def pending(self) -> bool:
        """Whether the platform's cart is not yet known to equal the draft."""
        return self.unsent > 0 or not self.saved or self.activity is not Activity.IDLE

    @property
    def is_confirmed(self) -> bool:
        """Whether the platform gave the total of the order as it is now."""
        return self.totals is not None and not self.pending

    @property
    def total(self) -> Decimal:
        """The platform's total; until that is there what the customer was told, else the estimate.

        While an order is on its way, and after its answer was lost, no cart says what it costs.
        """
        if self.totals is not None and self.is_confirmed:
            return self.totals.total
        return self.estimate if self.placing.told is None else self.placing.told


@dataclass(frozen=True, slots=True)
class DealOffer:
    """A deal that the platform suggests: ``item`` is the deal as on the menu, in the place of ``line``."""

    line: Line
    item: Item


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
class WaitingOrder:
    """Another operator's order on this machine that is not placed yet, and may be adopted."""

    draft_id: str
    operator: str
    who: str
    created_at: float
    lines: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class ConnectionChange:
    """The line came or went."""

    connection: Connection


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
