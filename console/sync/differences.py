"""What the platform made of an order, against what the operator wished: line by line, in words.

Pure; read by the desk for the order screen. Nothing is placed before these were shown.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from console.ordering.draft import Draft, Line
from console.ordering.money import Currency
from console.sync.cart import CartTotals, Configuration, ObservedCart
from console.sync.memory import Memory


class LineState(StrEnum):
    """How far a line has come."""

    WAITING = "waiting"
    """Not in the platform's cart yet."""
    CONFIRMED = "confirmed"
    """In the cart as wished."""
    DIFFERS = "differs"
    """In the cart, but not as wished."""
    REFUSED = "refused"
    """The platform does not take all of it."""


@dataclass(frozen=True, slots=True)
class LineFact:
    """What the platform has for one line. Prices are for one, ``None`` while nothing is confirmed."""

    line_id: str
    state: LineState
    quantity: int = 0
    unit_price: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class StrangeLine:
    """A line of the cart that nobody here added: shown, never removed unasked."""

    title: str
    options: str
    quantity: int
    unit_price: Decimal
    free: bool


@dataclass(frozen=True, slots=True)
class CartFacts:
    """The order as the platform has it. ``totals`` is ``None`` until the cart was seen."""

    lines: tuple[LineFact, ...] = ()
    strange: tuple[StrangeLine, ...] = ()
    totals: CartTotals | None = None
    settled: bool = False
    seen_at: float = 0.0

    @property
    def differences(self) -> int:
        """How many lines are not as wished, with those that nobody here added."""
        differing = (LineState.DIFFERS, LineState.REFUSED)
        return sum(fact.state in differing for fact in self.lines) + len(self.strange)


def facts(draft: Draft, cart: ObservedCart | None, memory: Memory, currency: Currency) -> CartFacts:
    """Hold the draft against the last look at the cart."""
    left = dict(memory.ours) if cart else {}
    lines: list[LineFact] = []
    for line in draft.lines:
        target = memory.target(Configuration.of(line.item))
        there = min(line.quantity, left.get(target, 0))
        left[target] = left.get(target, 0) - there
        lines.append(_fact(line, there, cart, memory, currency))
    strange = _strange(cart, memory) if cart else ()
    settled = cart is not None and all(fact.state is not LineState.WAITING for fact in lines)
    # What is ours in the cart beyond the draft has still to be taken out.
    settled = settled and not any(n > 0 for n in left.values())
    return CartFacts(
        tuple(lines), strange, cart.totals if cart else None, settled, cart.seen_at if cart else 0.0
    )


def _fact(line: Line, there: int, cart: ObservedCart | None, memory: Memory, currency: Currency) -> LineFact:
    wished = Configuration.of(line.item)
    target = memory.target(wished)
    found = cart.of(target)[0] if cart and there else None
    refusal = memory.refused.get(wished)
    if there < line.quantity and refusal and refusal.short:
        note = refusal.reason if not there else f"{there} of {line.quantity} taken: {refusal.reason}"
        return LineFact(line.line_id, LineState.REFUSED, there, found.unit_price if found else None, note)
    if not found or there < line.quantity:
        return LineFact(line.line_id, LineState.WAITING, there)
    notes: list[str] = []
    if target != wished and not _is_expansion(wished, target):
        notes.append(f"the platform put {found.title} {found.options}".rstrip() + " in its place")
    if currency.round(found.unit_price) != currency.round(line.item.unit_price):
        was, now = currency.figures(line.item.unit_price), currency.figures(found.unit_price)
        notes.append(f"price was {was}, is {now}")
    state = LineState.DIFFERS if notes else LineState.CONFIRMED
    return LineFact(line.line_id, state, there, found.unit_price, "; ".join(notes))


def _is_expansion(wished: Configuration, target: Configuration) -> bool:
    """A bundle ordered as the menu has it comes back with its children: that is no difference."""
    same = (wished.product_id, wished.variant_id) == (target.product_id, target.variant_id)
    return same and not wished.components


def _strange(cart: ObservedCart, memory: Memory) -> tuple[StrangeLine, ...]:
    ours = dict(memory.ours)
    strange: list[StrangeLine] = []
    for line in cart.lines:
        mine = 0 if line.free else min(line.quantity, ours.get(line.configuration, 0))
        ours[line.configuration] = ours.get(line.configuration, 0) - mine
        if line.quantity > mine:
            strange.append(
                StrangeLine(line.title, line.options, line.quantity - mine, line.unit_price, line.free)
            )
    return tuple(strange)
