"""Plan of one run, drawn from its seed: operators, faults, kills and clock jumps."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from benchmarks.faults.oddities import Oddities
from console.sandbox.switches import PlacingRefusal

REFERENCE_FIELD, REFERENCE = 77, "ConsoleReference"
"""Id and name of the order attribute that carries the reference, if the merchant has one."""

SETTLE_SECONDS = 2
"""Seconds after which no request can still take effect: more than twice ``LATE_SECONDS``."""
LATE_SECONDS = 0.6
"""Delay of a request that takes effect after its connection has failed."""

CONSOLES = 2
"""Consoles of a run, in one home or in two."""
OPERATORS = ("layla@sandbox.example", "omar@sandbox.example")
PASSWORDS = {"layla@sandbox.example": "counter-1", "omar@sandbox.example": "counter-2"}

ORDERS_BEFORE_KILL = 20
"""Mean number of requested orders before a console is killed."""
SOON_SECONDS, LATER_SECONDS = 0.4, 3.0
"""Maximum seconds from the last requested order to the kill, each used for half of the kills."""
JUMPS_EVERY, EXPIRES_EVERY = 6.0, 15.0
"""Mean seconds between two jumps of a console's clock, and between two expiries of all sessions."""
MAX_JUMP = 200.0
"""Maximum clock error in seconds. The platform rejects a signature that is five minutes off."""
SMALL_RUN = 50
"""Runs with fewer orders have more faults and kills per order."""
REFUSAL_PROBABILITY = 0.08
"""Probability of each printed refusal for a request to place an order, until it has struck once."""
FORCED_REFUSALS = 3
"""Refusals certain to strike a small run; six runs with one reference setting cover all."""
FORCED_KINDS = 2
"""Kinds of faults certain to strike a small run; six runs with one reference setting cover all."""

FAULT_PROBABILITIES = {
    "drop-before": 0.004,
    "drop-after": 0.004,
    "drop-late": 0.004,
    "status-500": 0.003,
    "status-429": 0.003,
    "session-expired": 0.004,
    "truncated": 0.003,
    "not-json": 0.003,
    "slow-drip": 0.004,
    "code": 0.002,
    "latency": 0.02,
    "repeated": 0.01,
}
"""Probability of each fault for a request about a cart, an order or a session."""
PLACING_FAULT_PROBABILITIES = {
    "drop-before": 0.006,
    "drop-after": 0.012,
    "drop-late": 0.012,
    "truncated": 0.006,
    "code": 0.004,
    "invalid-order": 0.01,
    "repeated": 0.02,
}
"""Additional probability for the requests that place and authorise an order."""
EXTRA_LINE_PROBABILITY = 0.01
"""Probability that somebody else adds a line to the cart, for each line that is added."""
SECONDS = {"drop-late": LATE_SECONDS, "slow-drip": 0.3, "latency": 0.15, "repeated": 0.02}


@dataclass(frozen=True, slots=True)
class RunPlan:
    """Plan of one run. ``operators`` has one name per console.

    ``carts_are_customers`` is True if a cart belongs to its customer, not to the session. With ``two_homes``
    each console has files of its own, and neither knows of the other's orders. With ``maps_reference`` the
    platform finds orders by our reference.
    """

    seed: int
    orders: int
    with_reference: bool
    operators: tuple[str, ...]
    carts_are_customers: bool
    two_homes: bool = False
    maps_reference: bool = False

    @classmethod
    def from_seed(cls, seed: int, orders: int, *, with_reference: bool) -> "RunPlan":
        """Draw the plan from a seed."""
        random = Random(f"run {seed}")
        same = random.random() < 0.5
        operators = (OPERATORS[0], OPERATORS[0] if same else OPERATORS[1])
        return cls(
            seed,
            orders,
            with_reference,
            operators,
            carts_are_customers=random.random() < 0.5,
            two_homes=random.random() < 0.5,
            maps_reference=random.random() < 0.5,
        )

    @property
    def platform(self) -> str:
        """Description of the platform for the report."""
        reference = "with a reference" if self.with_reference else "without a reference"
        owner = "customers' carts" if self.carts_are_customers else "sessions' carts"
        operators = "one operator" if len(set(self.operators)) == 1 else "two operators"
        homes = "two homes" if self.two_homes else "one home"
        return f"{reference}, {owner}, {operators}, {homes}"

    @property
    def oddities(self) -> Oddities:
        """What the platform makes of some products."""
        return Oddities.from_seed(self.seed)

    def home_of(self, console: int) -> int:
        """Return the number of a console's home."""
        return console if self.two_homes else 0

    @property
    def homes(self) -> int:
        """Number of homes."""
        return CONSOLES if self.two_homes else 1

    @property
    def customers(self) -> int:
        """Number of customers, most of whom order several times."""
        return min(60, max(12, self.orders // 4))

    def orders_before_kill(self, random: Random) -> int:
        """Draw the number of requested orders before a console is killed."""
        mean = 2 if self.orders < SMALL_RUN else ORDERS_BEFORE_KILL
        return 1 + int(random.expovariate(1 / mean))

    def faults(self) -> list[Mapping[str, object]]:
        """Return rules for all kinds of faults, in the format of the sandbox's control endpoint."""
        factor, rows = 1, list[Mapping[str, object]]()
        if self.orders < SMALL_RUN:
            factor, kinds = 3, list(FAULT_PROBABILITIES)
            first_kind = self.seed // 2 * FORCED_KINDS
            forced = (kinds[(first_kind + place) % len(kinds)] for place in range(FORCED_KINDS))
            rows = [{**_row("carts.*", kind, 1.0), "times": 1} for kind in forced]
        rows += self._refusals()
        extra_line = _row("carts.add_items", "extra-line", EXTRA_LINE_PROBABILITY * factor)
        rows += [{**extra_line, "code": self.oddities.extra}]
        for pattern in ("orders.place", "orders.authorise"):
            rows += [
                _row(pattern, kind, chance * factor) for kind, chance in PLACING_FAULT_PROBABILITIES.items()
            ]
        for pattern in ("carts.*", "orders.*", "customers.*"):
            rows += [_row(pattern, kind, chance * factor) for kind, chance in FAULT_PROBABILITIES.items()]
        return rows

    def _refusals(self) -> list[Mapping[str, object]]:
        """Return a rule for each printed refusal, or in a small run for those that are certain to strike."""
        refusals, chance = list(PlacingRefusal), REFUSAL_PROBABILITY
        if self.orders < SMALL_RUN:
            first = self.seed // 2 * FORCED_REFUSALS
            refusals = [refusals[(first + place) % len(refusals)] for place in range(FORCED_REFUSALS)]
            chance = 1.0
        row = {**_row("orders.place", "invalid-order", chance), "times": 1}
        return [{**row, "refusal": refusal.value} for refusal in refusals]

    def orders_of(self, console: int) -> int:
        """Return the number of orders that a console begins."""
        return self.orders // CONSOLES + (console < self.orders % CONSOLES)


def _row(pattern: str, kind: str, chance: float) -> Mapping[str, object]:
    seconds = SECONDS.get(kind, 0.0)
    # Code 1000 is a failure of the platform, 1022 a rejection of the cart.
    code = 1022 if pattern == "orders.place" else 1000
    return {"pattern": pattern, "kind": kind, "probability": chance, "seconds": seconds, "code": code}
