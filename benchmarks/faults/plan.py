"""What befalls one run of ``faults.py``, drawn from the run's own seed: faults, kills, jumps of the clock.

Read by the run and by its consoles; nothing here does anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

REFERENCE_FIELD, REFERENCE = 77, "ConsoleReference"
"""The order attribute that carries our reference, where the merchant has one."""

SETTLE_SECONDS = 2
"""After so many seconds nothing that was sent can take effect any more: twice ``LATE`` and some to spare."""
LATE_SECONDS = 0.6
"""So late is what is done although its connection died."""

CONSOLES = 2
"""So many consoles share the machine of a run."""
OPERATORS = ("layla@sandbox.example", "omar@sandbox.example")
PASSWORDS = {"layla@sandbox.example": "counter-1", "omar@sandbox.example": "counter-2"}

ORDERS_BEFORE_KILL = 12
"""After so many orders that its operator asked to be placed a console is killed, on the average."""
SOON_SECONDS, LATER_SECONDS = 0.4, 3.0
"""Seconds from the last of them to the kill, at most: half of the kills come soon."""
JUMPS_EVERY, EXPIRES_EVERY = 6.0, 15.0
"""Seconds between two jumps of a console's clock, and two expiries of all sessions; on the average."""
MAX_JUMP = 200.0
"""By so many seconds at most a clock is off: the platform takes no signature that is off by five minutes."""
SMALL_RUN = 50
"""Runs of fewer orders have more of everything."""
FORCED_KINDS = 2
"""So many kinds of faults strike such a run for sure, others with each seed: six runs meet all of them."""

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
}
"""How often each fault strikes a request about a cart, an order or a session."""
PLACING_FAULT_PROBABILITIES = {
    "drop-before": 0.006,
    "drop-after": 0.012,
    "drop-late": 0.012,
    "truncated": 0.006,
    "code": 0.004,
}
"""How often more it strikes the request that places an order, and the one that authorises it."""
SECONDS = {"drop-late": LATE_SECONDS, "slow-drip": 0.3, "latency": 0.15}


@dataclass(frozen=True, slots=True)
class RunPlan:
    """One run. ``operators`` has one name for each console; ``carts_are_customers`` says whose a cart is."""

    seed: int
    orders: int
    with_reference: bool
    operators: tuple[str, ...]
    carts_are_customers: bool

    @classmethod
    def from_seed(cls, seed: int, orders: int, *, with_reference: bool) -> "RunPlan":
        """The run of this seed."""
        random = Random(f"run {seed}")
        same = random.random() < 0.5
        operators = (OPERATORS[0], OPERATORS[0] if same else OPERATORS[1])
        return cls(seed, orders, with_reference, operators, random.random() < 0.5)

    @property
    def platform(self) -> str:
        """In words, for the account of what went wrong."""
        reference = "with a reference" if self.with_reference else "without a reference"
        owner = "customers' carts" if self.carts_are_customers else "sessions' carts"
        operators = "one operator" if len(set(self.operators)) == 1 else "two operators"
        return f"{reference}, {owner}, {operators}"

    @property
    def customers(self) -> int:
        """How many customers are served, most of them several times."""
        return min(60, max(12, self.orders // 4))

    def orders_before_kill(self, random: Random) -> int:
        """How many orders a console's operator asks to be placed before it is killed."""
        usual = 2 if self.orders < SMALL_RUN else ORDERS_BEFORE_KILL
        return 1 + int(random.expovariate(1 / usual))

    def faults(self) -> list[Mapping[str, object]]:
        """Every fault there is, as the sandbox's control endpoint takes them."""
        factor, rows = 1, list[Mapping[str, object]]()
        if self.orders < SMALL_RUN:
            factor, kinds = 3, list(FAULT_PROBABILITIES)
            first_kind = self.seed // 2 * FORCED_KINDS
            forced = (kinds[(first_kind + place) % len(kinds)] for place in range(FORCED_KINDS))
            rows = [{**_row("carts.*", kind, 1.0), "times": 1} for kind in forced]
        for pattern in ("orders.place", "orders.authorise"):
            rows += [
                _row(pattern, kind, chance * factor) for kind, chance in PLACING_FAULT_PROBABILITIES.items()
            ]
        for pattern in ("carts.*", "orders.*", "customers.*"):
            rows += [_row(pattern, kind, chance * factor) for kind, chance in FAULT_PROBABILITIES.items()]
        return rows

    def orders_of(self, console: int) -> int:
        """How many of the orders this console begins."""
        return self.orders // CONSOLES + (console < self.orders % CONSOLES)


def _row(pattern: str, kind: str, chance: float) -> Mapping[str, object]:
    seconds = SECONDS.get(kind, 0.0)
    # 1000 is what the platform says of itself when it fails; 1022 is a refusal of the cart as it is.
    code = 1022 if pattern == "orders.place" else 1000
    return {"pattern": pattern, "kind": kind, "probability": chance, "seconds": seconds, "code": code}
