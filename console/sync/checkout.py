"""The checkout as wished against the cart as observed: the one thing still to be told it, or why it is not.

Pure and level-triggered, as ``reconcile`` is for the lines; used by ``settle`` once the lines are settled.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from console.ordering.checkout import Address, DeliveryMode, DeliverySlot
from console.ordering.draft import Draft, SetCheckout
from console.sync.cart import ObservedCart, ObservedCheckout

NOT_SHOWN = "The platform answered success, but the cart does not show it."


class Aspect(StrEnum):
    """What a cart is told besides its lines."""

    ADDRESS = "address"
    SLOT = "slot"
    VOUCHER = "voucher"
    NO_VOUCHER = "no voucher"


@dataclass(frozen=True, slots=True)
class SetAddress:
    """Say where the order goes; the platform checks that the store delivers there."""

    address: Address


@dataclass(frozen=True, slots=True)
class SetSlot:
    """Say when; ``None`` is as soon as possible."""

    slot: DeliverySlot | None


@dataclass(frozen=True, slots=True)
class ApplyVoucher:
    """Have a voucher count for the order."""

    code: str


@dataclass(frozen=True, slots=True)
class RemoveVoucher:
    """Have a voucher that was applied for this order count no more."""

    code: str


Telling = SetAddress | SetSlot | ApplyVoucher | RemoveVoucher
"""Each may be sent twice: the cart is the same after it."""


@dataclass(frozen=True, slots=True)
class Declined:
    """The platform did not do this: ``wish`` says exactly what, ``reason`` why, in words."""

    wish: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckoutMemory:
    """What sync remembers of telling one cart.

    ``address`` and ``slot`` are the latest that the cart has shown after they were sent; ``vouchers`` are
    codes that were ever sent for this order, in lower case: others are not ours to remove. ``lost`` is what
    was sent without an answer and may still land; ``declined`` holds for exactly that wish.
    """

    address: Address | None = None
    slot: DeliverySlot | None = None
    vouchers: tuple[str, ...] = ()
    lost: tuple[tuple[Aspect, str], ...] = ()
    declined: Mapping[Aspect, Declined] = field(default_factory=dict[Aspect, Declined])


def next_telling(draft: Draft, cart: ObservedCart, memory: CheckoutMemory) -> Telling | None:
    """The one thing to tell the cart now; ``None`` where all is as wished, or what is not was declined.

    A cart without lines is told nothing: the platform has none before the first.
    """
    if draft.is_empty or not cart.lines:
        return None
    return next(
        (
            telling
            for telling in _differing(draft, cart.checkout, memory)
            if _open(telling, draft, cart, memory)
        ),
        None,
    )


def before(memory: CheckoutMemory, telling: Telling, wish: str) -> CheckoutMemory:
    """What must be kept before it is sent: that it may land."""
    vouchers = memory.vouchers
    if isinstance(telling, ApplyVoucher) and folded(telling.code) not in vouchers:
        vouchers = (*vouchers, folded(telling.code))
    lost = tuple(dict.fromkeys((*memory.lost, (aspect_of(telling), wish))))
    return replace(memory, vouchers=vouchers, lost=lost)


def answered(
    earlier: CheckoutMemory, sending: CheckoutMemory, telling: Telling, wish: str, cart: ObservedCart
) -> CheckoutMemory:
    """After the platform answered and the cart was looked at: it shows, or it was declined in silence.

    ``earlier`` is the memory from before it was sent.
    """
    memory = replace(sending, lost=earlier.lost)
    if not _shows(cart.checkout, telling):
        return declined(memory, telling, wish, _otherwise(cart.checkout, telling))
    kept = {aspect: one for aspect, one in memory.declined.items() if aspect is not aspect_of(telling)}
    memory = replace(memory, declined=kept)
    match telling:
        case SetAddress(address):
            return replace(memory, address=address)
        case SetSlot(slot):
            return replace(memory, slot=slot)
        case _:
            return memory


def declined(memory: CheckoutMemory, telling: Telling, wish: str, reason: str) -> CheckoutMemory:
    """After the platform refused it in words: it is not sent again for the same wish."""
    return replace(memory, declined={**memory.declined, aspect_of(telling): Declined(wish, reason)})


def wish_of(telling: Telling, draft: Draft, cart: ObservedCart) -> str:
    """What exactly is wished: a refusal of it holds until one of these is another."""
    match telling:
        case SetAddress(address):
            return f"{draft.checkout.mode}|{address}"
        case SetSlot(slot):
            return str(slot)
        case ApplyVoucher(code):
            # A voucher may be for larger orders, or for another way to the customer.
            return f"{folded(code)}|{draft.checkout.mode}|{cart.totals.products}"
        case RemoveVoucher(code):
            return folded(code)


def aspect_of(telling: Telling) -> Aspect:
    """What it is about."""
    match telling:
        case SetAddress():
            return Aspect.ADDRESS
        case SetSlot():
            return Aspect.SLOT
        case ApplyVoucher():
            return Aspect.VOUCHER
        case RemoveVoucher():
            return Aspect.NO_VOUCHER


@dataclass(frozen=True, slots=True)
class Refused:
    """Something of the checkout that is not as wished and stays so. ``sentence`` says what, and why.

    ``aspect`` is ``None`` for what somebody else told the cart, such as the ``voucher`` of this code.
    """

    aspect: Aspect | None
    sentence: str
    voucher: str = ""


def refusals(draft: Draft, cart: ObservedCart, memory: CheckoutMemory) -> tuple[Refused, ...]:
    """What of the checkout is not as wished and stays so."""
    if draft.is_empty or not cart.lines:
        return ()
    refused = [
        _refused(aspect_of(telling), memory.declined[aspect_of(telling)].reason)
        for telling in _differing(draft, cart.checkout, memory)
        if not _open(telling, draft, cart, memory)
    ]
    code = folded(draft.checkout.voucher)
    if code and code in cart.checkout.vouchers and not cart.checkout.voucher_discount:
        refused.append(_refused(Aspect.VOUCHER, "It takes nothing off this order."))
    ours = _ours(draft, memory)
    strangers = [other for other in cart.checkout.vouchers if other != code and other not in ours]
    name = _NAMES[Aspect.VOUCHER]
    refused += [Refused(None, f"{name}: Nobody here applied {other}.", voucher=other) for other in strangers]
    return tuple(refused)


def _refused(aspect: Aspect, reason: str) -> Refused:
    return Refused(aspect, f"{_NAMES[aspect]}: {reason}")


def may_land_otherwise(draft: Draft, cart: ObservedCart, memory: CheckoutMemory) -> bool:
    """Whether something sent without an answer would, should it land now, undo what is wished."""
    wish = draft.checkout
    harmless = {
        (aspect_of(telling), wish_of(telling, draft, cart))
        for telling in (
            *((SetAddress(wish.address),) if wish.address else ()),
            SetSlot(wish.delivery_slot),
            ApplyVoucher(wish.voucher),
        )
    }
    code = folded(wish.voucher)
    removed = {(Aspect.NO_VOUCHER, other) for other in _ours(draft, memory) if other != code}
    return bool(set(memory.lost) - harmless - removed)


def folded(code: str) -> str:
    """A voucher's code, to be compared."""
    return code.strip().casefold()


_NAMES = {
    Aspect.ADDRESS: "Address",
    Aspect.SLOT: "Slot",
    Aspect.VOUCHER: "Voucher",
    Aspect.NO_VOUCHER: "Voucher to be removed",
}


def _ours(draft: Draft, memory: CheckoutMemory) -> frozenset[str]:
    """Codes that are this order's to remove: those sent for it, and what it wished at any time.

    So a voucher that somebody else applied is taken up by wishing it, and taken out by wishing it no more.
    """
    wished = {folded(edit.checkout.voucher) for edit in draft.edits if isinstance(edit, SetCheckout)}
    return frozenset((*memory.vouchers, *(wished - {""})))


def _differing(draft: Draft, there: ObservedCheckout, memory: CheckoutMemory) -> list[Telling]:
    wish = draft.checkout
    code, ours = folded(wish.voucher), _ours(draft, memory)
    tellings: list[Telling] = [
        RemoveVoucher(other) for other in there.vouchers if other != code and other in ours
    ]
    if wish.mode is DeliveryMode.DELIVERY and wish.address is not None:
        telling = SetAddress(wish.address)
        if memory.address != wish.address or not _shows(there, telling):
            tellings.append(telling)
    slot = SetSlot(wish.delivery_slot)
    if not _shows(there, slot) or (wish.delivery_slot is not None and memory.slot != wish.delivery_slot):
        tellings.append(slot)
    if code and code not in there.vouchers:
        tellings.append(ApplyVoucher(wish.voucher.strip()))
    return tellings


def _open(telling: Telling, draft: Draft, cart: ObservedCart, memory: CheckoutMemory) -> bool:
    refusal = memory.declined.get(aspect_of(telling))
    return refusal is None or refusal.wish != wish_of(telling, draft, cart)


def _shows(there: ObservedCheckout, telling: Telling) -> bool:
    match telling:
        case SetAddress(address):
            return (
                _same(there.street, address.street)
                # An area that is not echoed may be there; another address's must not stay.
                and (not there.area or _same(there.area, address.area))
                and (not address.city_code or _same(there.city, address.city_code))
                and _same(there.pin, address.pin)
            )
        case SetSlot(slot):
            return there.slot_id == (slot.slot_id if slot else 0)
        case ApplyVoucher(code):
            return folded(code) in there.vouchers
        case RemoveVoucher(code):
            return folded(code) not in there.vouchers


def _otherwise(there: ObservedCheckout, telling: Telling) -> str:
    if isinstance(telling, SetAddress) and there.street:
        has = ", ".join(part for part in (there.street, there.area, there.city, there.pin) if part)
        return f"The platform has it as {has}."
    return NOT_SHOWN


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()
