"""A cart that behaves like the documents' platform at its worst, for the pure rules of reconcile."""

import random
from dataclasses import dataclass, field, replace
from decimal import Decimal

from console.sync.cart.observed_cart import CartLine, CartTotals, Configuration, ObservedCart
from console.sync.cart.reconcile import AddCartLine, RemoveCartLine, SetCartLineQuantity, Write

NO_TOTALS = CartTotals("KWD", Decimal(0), Decimal(0), Decimal(0), Decimal(0), Decimal(0))


@dataclass
class FakeCart:
    """Lines of a configuration and a quantity; every observation gives new keys."""

    seed: int
    merge: bool = True
    split: bool = False
    substitute: dict[int, int] = field(default_factory=dict)
    expand: frozenset[int] = frozenset()
    rejected: frozenset[int] = frozenset()
    lines: list[tuple[Configuration, int]] = field(default_factory=list)
    observations: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def observe(self) -> ObservedCart:
        self.observations += 1
        visible = list(self.lines)
        self.random.shuffle(visible)
        lines = tuple(
            CartLine(f"{self.observations}-{n}", configuration, quantity, "title", "", Decimal(1))
            for n, (configuration, quantity) in enumerate(visible)
        )
        self.keys = {line.key: (line.configuration, line.quantity) for line in lines}
        return ObservedCart(lines, NO_TOTALS)

    def write(self, write: Write) -> None:
        match write:
            case AddCartLine(configuration=configuration, quantity=quantity):
                if configuration.product_id not in self.rejected:
                    self.add_quantity(self.as_stored(configuration), quantity)
            case SetCartLineQuantity(key=key, quantity=quantity):
                configuration, _ = self.remove_line(key)
                self.add_quantity(configuration, quantity)
            case RemoveCartLine(key=key):
                self.remove_line(key)

    def as_stored(self, requested: Configuration) -> Configuration:
        product_id = self.substitute.get(requested.product_id, requested.product_id)
        stored = replace(requested, product_id=product_id)
        if product_id in self.expand and not stored.components:
            return replace(stored, components=(Configuration(9000 + product_id, 1),))
        return stored

    def remove_line(self, key: str) -> tuple[Configuration, int]:
        line = self.keys[key]
        self.lines.remove(line)
        return line

    def add_quantity(self, configuration: Configuration, quantity: int) -> None:
        if self.merge:
            quantity += sum(n for c, n in self.lines if c == configuration)
            self.lines = [(c, n) for c, n in self.lines if c != configuration]
        if self.split and quantity > 1:
            first = self.random.randint(1, quantity - 1)
            self.lines += [(configuration, first), (configuration, quantity - first)]
        else:
            self.lines.append((configuration, quantity))

    def counts(self) -> dict[Configuration, int]:
        counts: dict[Configuration, int] = {}
        for configuration, quantity in self.lines:
            counts[configuration] = counts.get(configuration, 0) + quantity
        return counts
