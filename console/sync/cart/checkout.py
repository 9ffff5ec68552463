"""The checkout as wished against the cart as observed: the one thing still to be told it, or why it is not.

Pure and level-triggered, as ``reconcile`` is for the lines; used by ``settle`` once the lines are settled.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from console.ordering.checkout import Address, DeliveryMode, DeliverySlot
from console.ordering.draft import Draft, SetCheckout
from console.sync.cart.observed_cart import ObservedCart, ObservedCheckout

NOT_SHOWN = "The platform answered success, but the cart does not show it."


class Aspect(StrEnum):
    """What a cart is told besides its lines."""

    ADDRESS = "address"
    DELIVERY_SLOT = "slot"
    VOUCHER = "voucher"
    VOUCHER_REMOVAL = "no voucher"


@dataclass(frozen=True, slots=True)
class SetAddress:
    """Say where the order goes; the platform checks that the store delivers there."""

    address: Address


@dataclass(frozen=True, slots=True)
class SetDeliverySlot:
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


CheckoutChange = SetAddress | SetDeliverySlot | ApplyVoucher | RemoveVoucher
"""Each may be sent twice: the cart is the same after it."""


@dataclass(frozen=True, slots=True)
class RejectedChange:
    """The platform did not do this: ``wish`` says exactly what, ``reason`` why, in words."""

    fingerprint: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckoutLedger:
    """What sync remembers of telling one cart.

    ``address`` and ``slot`` are the latest that the cart has shown after they were sent; ``vouchers`` are
    codes that were ever sent for this order, in lower case: others are not ours to remove. ``lost`` is what
    was sent without an answer and may still land; ``declined`` holds for exactly that wish.
    """

    address: Address | None = None
    delivery_slot: DeliverySlot | None = None
    vouchers: tuple[str, ...] = ()
    pending: tuple[tuple[Aspect, str], ...] = ()
    rejected: Mapping[Aspect, RejectedChange] = field(default_factory=dict[Aspect, RejectedChange])


def next_checkout_change(draft: Draft, cart: ObservedCart, ledger: CheckoutLedger) -> CheckoutChange | None:
    """The one thing to tell the cart now; ``None`` where all is as wished, or what is not was declined.

    A cart without lines is told nothing: the platform has none before the first.
    """
    if draft.is_empty or not cart.lines:
        return None
    return next(
        (
            change
            for change in _unapplied_changes(draft, cart.checkout, ledger)
            if _may_be_sent(change, draft, cart, ledger)
        ),
        None,
    )


def record_pending(ledger: CheckoutLedger, change: CheckoutChange, fingerprint: str) -> CheckoutLedger:
    """What must be kept before it is sent: that it may land."""
    vouchers = ledger.vouchers
    if isinstance(change, ApplyVoucher) and normalize_code(change.code) not in vouchers:
        vouchers = (*vouchers, normalize_code(change.code))
    pending = tuple(dict.fromkeys((*ledger.pending, (aspect_of(change), fingerprint))))
    return replace(ledger, vouchers=vouchers, pending=pending)


def record_response(
    previous: CheckoutLedger,
    pending: CheckoutLedger,
    change: CheckoutChange,
    fingerprint: str,
    cart: ObservedCart,
) -> CheckoutLedger:
    """After the platform answered and the cart was looked at: it shows, or it was declined in silence.

    ``earlier`` is the memory from before it was sent.
    """
    ledger = replace(pending, pending=previous.pending)
    if not _is_applied(cart.checkout, change):
        return record_rejection(ledger, change, fingerprint, _mismatch_reason(cart.checkout, change))
    still_rejected = {
        aspect: rejection for aspect, rejection in ledger.rejected.items() if aspect is not aspect_of(change)
    }
    ledger = replace(ledger, rejected=still_rejected)
    match change:
        case SetAddress(address):
            return replace(ledger, address=address)
        case SetDeliverySlot(slot):
            return replace(ledger, delivery_slot=slot)
        case _:
            return ledger


def record_rejection(
    ledger: CheckoutLedger, change: CheckoutChange, fingerprint: str, reason: str
) -> CheckoutLedger:
    """After the platform refused it in words: it is not sent again for the same wish."""
    return replace(
        ledger, rejected={**ledger.rejected, aspect_of(change): RejectedChange(fingerprint, reason)}
    )


def fingerprint_of(change: CheckoutChange, draft: Draft, cart: ObservedCart) -> str:
    """What exactly is wished: a refusal of it holds until one of these is another."""
    match change:
        case SetAddress(address):
            return f"{draft.checkout.mode}|{address}"
        case SetDeliverySlot(slot):
            return str(slot)
        case ApplyVoucher(code):
            # A voucher may be for larger orders, or for another way to the customer.
            return f"{normalize_code(code)}|{draft.checkout.mode}|{cart.totals.products}"
        case RemoveVoucher(code):
            return normalize_code(code)


def aspect_of(change: CheckoutChange) -> Aspect:
    """What it is about."""
    match change:
        case SetAddress():
            return Aspect.ADDRESS
        case SetDeliverySlot():
            return Aspect.DELIVERY_SLOT
        case ApplyVoucher():
            return Aspect.VOUCHER
        case RemoveVoucher():
            return Aspect.VOUCHER_REMOVAL


@dataclass(frozen=True, slots=True)
class CheckoutRejection:
    """Something of the checkout that is not as wished and stays so. ``sentence`` says what, and why.

    ``aspect`` is ``None`` for what somebody else told the cart, such as the ``voucher`` of this code.
    """

    aspect: Aspect | None
    message: str
    voucher: str = ""


def checkout_rejections(
    draft: Draft, cart: ObservedCart, ledger: CheckoutLedger
) -> tuple[CheckoutRejection, ...]:
    """What of the checkout is not as wished and stays so."""
    if draft.is_empty or not cart.lines:
        return ()
    rejections = [
        _rejection(aspect_of(change), ledger.rejected[aspect_of(change)].reason)
        for change in _unapplied_changes(draft, cart.checkout, ledger)
        if not _may_be_sent(change, draft, cart, ledger)
    ]
    code = normalize_code(draft.checkout.voucher)
    if code and code in cart.checkout.vouchers and not cart.checkout.voucher_discount:
        rejections.append(_rejection(Aspect.VOUCHER, "It takes nothing off this order."))
    own_codes = _own_codes(draft, ledger)
    unexpected_codes = [other for other in cart.checkout.vouchers if other != code and other not in own_codes]
    name = _NAMES[Aspect.VOUCHER]
    rejections += [
        CheckoutRejection(None, f"{name}: Nobody here applied {other}.", voucher=other)
        for other in unexpected_codes
    ]
    return tuple(rejections)


def _rejection(aspect: Aspect, reason: str) -> CheckoutRejection:
    return CheckoutRejection(aspect, f"{_NAMES[aspect]}: {reason}")


def pending_change_conflicts(draft: Draft, cart: ObservedCart, ledger: CheckoutLedger) -> bool:
    """Whether something sent without an answer would, should it land now, undo what is wished."""
    checkout = draft.checkout
    harmless = {
        (aspect_of(change), fingerprint_of(change, draft, cart))
        for change in (
            *((SetAddress(checkout.address),) if checkout.address else ()),
            SetDeliverySlot(checkout.delivery_slot),
            ApplyVoucher(checkout.voucher),
        )
    }
    code = normalize_code(checkout.voucher)
    own_removals = {(Aspect.VOUCHER_REMOVAL, other) for other in _own_codes(draft, ledger) if other != code}
    return bool(set(ledger.pending) - harmless - own_removals)


def normalize_code(code: str) -> str:
    """A voucher's code, to be compared."""
    return code.strip().casefold()


_NAMES = {
    Aspect.ADDRESS: "Address",
    Aspect.DELIVERY_SLOT: "Slot",
    Aspect.VOUCHER: "Voucher",
    Aspect.VOUCHER_REMOVAL: "Voucher to be removed",
}


def _own_codes(draft: Draft, ledger: CheckoutLedger) -> frozenset[str]:
    """Codes that are this order's to remove: those sent for it, and what it wished at any time.

    So a voucher that somebody else applied is taken up by wishing it, and taken out by wishing it no more.
    """
    requested = {
        normalize_code(edit.checkout.voucher) for edit in draft.edits if isinstance(edit, SetCheckout)
    }
    return frozenset((*ledger.vouchers, *(requested - {""})))


def _unapplied_changes(
    draft: Draft, observed: ObservedCheckout, ledger: CheckoutLedger
) -> list[CheckoutChange]:
    checkout = draft.checkout
    code, own_codes = normalize_code(checkout.voucher), _own_codes(draft, ledger)
    changes: list[CheckoutChange] = [
        RemoveVoucher(other) for other in observed.vouchers if other != code and other in own_codes
    ]
    if checkout.mode is DeliveryMode.DELIVERY and checkout.address is not None:
        change = SetAddress(checkout.address)
        if ledger.address != checkout.address or not _is_applied(observed, change):
            changes.append(change)
    slot = SetDeliverySlot(checkout.delivery_slot)
    if not _is_applied(observed, slot) or (
        checkout.delivery_slot is not None and ledger.delivery_slot != checkout.delivery_slot
    ):
        changes.append(slot)
    if code and code not in observed.vouchers:
        changes.append(ApplyVoucher(checkout.voucher.strip()))
    return changes


def _may_be_sent(change: CheckoutChange, draft: Draft, cart: ObservedCart, ledger: CheckoutLedger) -> bool:
    rejection = ledger.rejected.get(aspect_of(change))
    return rejection is None or rejection.fingerprint != fingerprint_of(change, draft, cart)


def _is_applied(observed: ObservedCheckout, change: CheckoutChange) -> bool:
    match change:
        case SetAddress(address):
            return (
                _same_text(observed.street, address.street)
                # An area that is not echoed may be there; another address's must not stay.
                and (not observed.area or _same_text(observed.area, address.area))
                and (not address.city_code or _same_text(observed.city, address.city_code))
                and _same_text(observed.pin, address.pin)
            )
        case SetDeliverySlot(slot):
            return observed.slot_id == (slot.slot_id if slot else 0)
        case ApplyVoucher(code):
            return normalize_code(code) in observed.vouchers
        case RemoveVoucher(code):
            return normalize_code(code) not in observed.vouchers


def _mismatch_reason(observed: ObservedCheckout, change: CheckoutChange) -> str:
    if isinstance(change, SetAddress) and observed.street:
        has = ", ".join(
            part for part in (observed.street, observed.area, observed.city, observed.pin) if part
        )
        return f"The platform has it as {has}."
    return NOT_SHOWN


def _same_text(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()
