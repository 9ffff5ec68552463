"""What the platform made of an order, against what the operator wished: line by line, in words.

Pure; read by the desk for the order screen. Nothing is placed before these were shown.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from console.ordering.draft import Draft, DraftLine, OrderItem, Resolution
from console.ordering.money import Currency
from console.sync.cart import CartTotals, Configuration, ObservedCart
from console.sync.checkout import CheckoutMemory, Refused, next_telling, refusals
from console.sync.memory import Memory
from console.sync.parts import as_item, part_notes
from console.sync.reconcile import kept, rulings, wanted, wishes

NOTHING_TOLD = CheckoutMemory()
STUCK = "Pickup or delivery: The platform does not give back what went in for the other."


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
    """What the platform has for one line. Prices are for one, ``None`` while nothing is confirmed.

    ``item`` is what is in the cart for it, ``None`` where nothing is. ``otherwise`` is true where more than
    the price differs. ``gone`` is true where it is in the cart and cannot be had any more.
    """

    line_id: str
    state: LineState
    quantity: int = 0
    unit_price: Decimal | None = None
    note: str = ""
    item: OrderItem | None = None
    otherwise: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class StrangeLine:
    """A line of the cart that nobody here added, or that the platform would not give back.

    It is shown, and never removed unasked.
    """

    title: str
    options: str
    quantity: int
    unit_price: Decimal
    free: bool
    item: OrderItem
    ruling: Resolution | None = None
    cause: str = ""
    """The promotion that gives a free one, where the platform names it."""

    @property
    def is_open(self) -> bool:
        """Whether the operator has still to say what becomes of it; what is given free needs no word."""
        return not self.free and self.ruling is None


@dataclass(frozen=True, slots=True)
class SuggestedDeal:
    """A deal that the platform would put in the place of a line, by the deal's product id."""

    line_id: str
    product_id: int


@dataclass(frozen=True, slots=True)
class CartFacts:
    """The order as the platform has it. ``totals`` is ``None`` until the cart was seen."""

    lines: tuple[LineFact, ...] = ()
    strange: tuple[StrangeLine, ...] = ()
    totals: CartTotals | None = None
    settled: bool = False
    seen_at: float = 0.0
    refused: tuple[Refused, ...] = ()
    """What the platform does not take of the checkout."""
    suggested: tuple[SuggestedDeal, ...] = ()

    @property
    def refusals(self) -> tuple[str, ...]:
        """The same, a sentence each."""
        return tuple(refused.sentence for refused in self.refused)

    @property
    def unsent(self) -> int:
        """How many lines the platform does not have yet."""
        return sum(fact.state is LineState.WAITING for fact in self.lines)

    @property
    def differences(self) -> int:
        """How many lines are not as wished, with those that nobody here added and nobody ruled on."""
        differing = (LineState.DIFFERS, LineState.REFUSED)
        return sum(fact.state in differing for fact in self.lines) + sum(
            line.is_open for line in self.strange
        )


def facts(
    draft: Draft,
    cart: ObservedCart | None,
    memory: Memory,
    currency: Currency,
    checkout: CheckoutMemory = NOTHING_TOLD,
) -> CartFacts:
    """Hold the draft against the last look at the cart."""
    left = _given(draft, memory) if cart else {}
    wished = wishes(draft)
    lines: list[LineFact] = []
    for line in draft.lines:
        target = memory.target(Configuration.of(line.item))
        there = min(line.quantity, left.get(target, 0))
        left[target] = left.get(target, 0) - there
        lines.append(_fact(line, there, cart, memory, currency, wished=wished[Configuration.of(line.item)]))
    strange = _strange(cart, _given(draft, memory), rulings(draft)) if cart else ()
    settled = cart is not None and all(fact.state is not LineState.WAITING for fact in lines)
    # What is ours in the cart beyond the draft has still to be taken out.
    settled = settled and not any(n > 0 for n in left.values())
    if cart is None:
        return CartFacts(tuple(lines))
    otherwise = memory.went_otherwise(draft.checkout.mode)
    stuck = otherwise and any(refusal.short for refusal in memory.kept.values())
    settled = settled and (not otherwise or stuck) and next_telling(draft, cart, checkout) is None
    refused = ((Refused(None, STUCK),) if stuck else ()) + refusals(draft, cart, checkout)
    suggested = _suggested(draft, cart, memory)
    return CartFacts(tuple(lines), strange, cart.totals, settled, cart.seen_at, refused, suggested)


def _given(draft: Draft, memory: Memory) -> dict[Configuration, int]:
    """What is in the cart for this draft, without what the platform would not give back."""
    goal = wanted(draft, memory)
    return {target: ours - kept(memory, target, goal[target]) for target, ours in memory.ours.items()}


def _fact(
    line: DraftLine, there: int, cart: ObservedCart | None, memory: Memory, currency: Currency, *, wished: int
) -> LineFact:
    """``wished`` is how many of the line's configuration the whole draft wishes for."""
    configuration = Configuration.of(line.item)
    target = memory.target(configuration)
    found = cart.of(target)[0] if cart and there else None
    refusal = memory.refused.get(configuration)
    if there < line.quantity and refusal and refusal.wished == wished and refusal.short:
        note = refusal.reason if not there else f"{there} of {line.quantity} taken: {refusal.reason}"
        price, item = (found.unit_price, as_item(found)) if found else (None, None)
        return LineFact(line.line_id, LineState.REFUSED, there, price, note, item)
    if not found or there < line.quantity:
        return LineFact(line.line_id, LineState.WAITING, there)
    if reason := _gone(target, cart):
        note = f"cannot be had any more: {reason}"
        return LineFact(line.line_id, LineState.REFUSED, 0, found.unit_price, note, gone=True)
    notes: list[str] = []
    if _is_deal(configuration, target, cart):
        notes.append(f"the platform made the deal {found.title} of it")
    elif (target.product_id, target.variant_id) != (configuration.product_id, configuration.variant_id):
        notes.append(f"the platform put {found.title} {found.options}".rstrip() + " in its place")
    else:
        notes += part_notes(line.item, found)
    otherwise = bool(notes)
    if currency.round(found.unit_price) != currency.round(line.item.unit_price):
        was, now = currency.format_number(line.item.unit_price), currency.format_number(found.unit_price)
        notes.append(f"price was {was}, is {now}")
    state = LineState.DIFFERS if notes else LineState.CONFIRMED
    note = "; ".join(notes)
    return LineFact(line.line_id, state, there, found.unit_price, note, as_item(found), otherwise)


def _gone(target: Configuration, cart: ObservedCart | None) -> str:
    """Why what is in the cart cannot be had any more, empty while it can."""
    said = cart.gone if cart else ()
    return next(
        (
            reason
            for product_id, variant_id, reason in said
            if product_id == target.product_id and variant_id in (0, target.variant_id)
        ),
        "",
    )


def _is_deal(wished: Configuration, target: Configuration, cart: ObservedCart | None) -> bool:
    return cart is not None and (wished.product_id, target.product_id) in cart.deals


def _suggested(draft: Draft, cart: ObservedCart, memory: Memory) -> tuple[SuggestedDeal, ...]:
    """Found by what a line is called in the cart; nothing is suggested in the place of what others added."""
    called = [(line.line_id, memory.target(Configuration.of(line.item)).product_id) for line in draft.lines]
    return tuple(
        SuggestedDeal(line_id, deal_id)
        for line_id, product_id in called
        for single, deal_id in cart.suggested
        if single == product_id
    )


def _strange(
    cart: ObservedCart, ours: dict[Configuration, int], ruled: dict[Configuration, Resolution]
) -> tuple[StrangeLine, ...]:
    strange: list[StrangeLine] = []
    for line in cart.lines:
        mine = 0 if line.free else min(line.quantity, ours.get(line.configuration, 0))
        ours[line.configuration] = ours.get(line.configuration, 0) - mine
        if line.quantity > mine:
            strange.append(
                StrangeLine(
                    title=line.title,
                    options=line.options,
                    quantity=line.quantity - mine,
                    unit_price=line.unit_price,
                    free=line.free,
                    item=as_item(line),
                    ruling=ruled.get(line.configuration),
                    cause=line.cause,
                )
            )
    return tuple(strange)
