"""Reconcile for the checkout: compare it with the observed cart and pick the one change still to send.

Pure and level-triggered, as ``reconcile`` is for the lines. Its turn comes once the lines are in sync.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from console.ordering.checkout import Address, DeliveryMode, DeliverySlot
from console.ordering.draft import DecideCheckout, Draft, SetCheckout
from console.sync.cart.observed_cart import ObservedCart, ObservedCheckout
from console.sync.problems import Aspect, CheckoutRejection, Rejection, RejectionCode


@dataclass(frozen=True, slots=True)
class SetAddress:
    """Set the delivery address; the platform checks that the store delivers there."""

    address: Address


@dataclass(frozen=True, slots=True)
class SetDeliverySlot:
    """Set the delivery slot; ``None`` is as soon as possible."""

    slot: DeliverySlot | None


@dataclass(frozen=True, slots=True)
class ApplyVoucher:
    """Apply a voucher to the order."""

    code: str


@dataclass(frozen=True, slots=True)
class RemoveVoucher:
    """Remove a voucher that was applied for this order."""

    code: str


CheckoutChange = SetAddress | SetDeliverySlot | ApplyVoucher | RemoveVoucher
"""Each is idempotent: sent twice, the cart is the same."""


@dataclass(frozen=True, slots=True)
class RejectedChange:
    """A change that the platform rejected; ``fingerprint`` identifies exactly what was requested."""

    fingerprint: str
    reason: Rejection


@dataclass(frozen=True, slots=True)
class CheckoutLedger:
    """What was sent of the checkout, and what came of it.

    ``address`` and ``delivery_slot`` are the latest that the cart has shown after they were sent;
    ``vouchers`` are codes that were ever sent for this order, normalized: others are not ours to remove.
    ``pending`` changes had no response and may still land; a rejection holds for exactly its fingerprint.
    """

    address: Address | None = None
    delivery_slot: DeliverySlot | None = None
    vouchers: tuple[str, ...] = ()
    pending: tuple[tuple[Aspect, str], ...] = ()
    rejected: Mapping[Aspect, RejectedChange] = field(default_factory=dict[Aspect, RejectedChange])


def next_checkout_change(draft: Draft, cart: ObservedCart, ledger: CheckoutLedger) -> CheckoutChange | None:
    """The one change to send now; ``None`` where everything is applied or rejected.

    A cart without lines gets no change: the platform has no cart before the first line.
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
    """Before a change is sent: record that it may land."""
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
    """After the response: the cart shows the change, or the platform ignored it, which is a rejection.

    ``previous`` is the ledger from before the change was sent.
    """
    ledger = replace(pending, pending=previous.pending)
    if not _is_applied(cart.checkout, change):
        return record_rejection(ledger, change, fingerprint, _mismatch(cart.checkout, change))
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


def shows_change(echo: ObservedCart, before: ObservedCart, change: CheckoutChange) -> bool:
    """Return True if an echo is the cart of before with the change; else the cart has to be read."""
    return echo.complete and echo.counts() == before.counts() and _is_applied(echo.checkout, change)


def record_rejection(
    ledger: CheckoutLedger, change: CheckoutChange, fingerprint: str, reason: Rejection
) -> CheckoutLedger:
    """After a rejection: the same request is not sent again."""
    return replace(
        ledger, rejected={**ledger.rejected, aspect_of(change): RejectedChange(fingerprint, reason)}
    )


def fingerprint_of(change: CheckoutChange, draft: Draft, cart: ObservedCart) -> str:
    """Identify exactly what a change requests: a rejection of it holds until one of these parts differs."""
    match change:
        case SetAddress(address):
            return f"{draft.checkout.mode}|{address}"
        case SetDeliverySlot(slot):
            return str(slot)
        case ApplyVoucher(code):
            # A voucher may be valid for larger orders only, for another delivery mode, or in capitals only.
            return f"{code.strip()}|{draft.checkout.mode}|{cart.totals.products}"
        case RemoveVoucher(code):
            return normalize_code(code)


def aspect_of(change: CheckoutChange) -> Aspect:
    """The part of the checkout that a change is about."""
    match change:
        case SetAddress():
            return Aspect.ADDRESS
        case SetDeliverySlot():
            return Aspect.DELIVERY_SLOT
        case ApplyVoucher():
            return Aspect.VOUCHER
        case RemoveVoucher():
            return Aspect.VOUCHER_REMOVAL


def checkout_rejections(
    draft: Draft, cart: ObservedCart, ledger: CheckoutLedger
) -> tuple[CheckoutRejection, ...]:
    """The parts of the checkout that are not as requested and stay so."""
    if draft.is_empty or not cart.lines:
        return ()
    rejections = [
        CheckoutRejection(
            aspect_of(change),
            ledger.rejected[aspect_of(change)].reason,
            subject=change.code if isinstance(change, RemoveVoucher) else "",
        )
        for change in _unapplied_changes(draft, cart.checkout, ledger)
        if not _may_be_sent(change, draft, cart, ledger)
    ]
    code = normalize_code(draft.checkout.voucher)
    if code and _has_voucher(cart.checkout, code) and not cart.checkout.voucher_discount:
        rejections.append(CheckoutRejection(Aspect.VOUCHER, Rejection(RejectionCode.NO_DISCOUNT)))
    own_codes = _own_codes(draft, ledger)
    unexpected_codes = [
        other for other in cart.checkout.vouchers if normalize_code(other) not in {code, *own_codes}
    ]
    rejections += [
        CheckoutRejection(None, Rejection(RejectionCode.UNEXPECTED_VOUCHER, subject=other))
        for other in unexpected_codes
    ]
    return tuple(rejections)


def pending_change_conflicts(draft: Draft, cart: ObservedCart, ledger: CheckoutLedger) -> bool:
    """Return True if a pending change would undo the checkout, should it land now."""
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
    """Normalize a voucher's code, to compare it: it is sent and shown as typed, or as the cart has it."""
    return code.strip().casefold()


def _has_voucher(observed: ObservedCheckout, code: str) -> bool:
    return normalize_code(code) in map(normalize_code, observed.vouchers)


def _own_codes(draft: Draft, ledger: CheckoutLedger) -> frozenset[str]:
    """Codes that are this order's to remove: those sent for it, and those it had at any time.

    So a voucher that another session applied can be removed by entering it here and deleting it again.
    """
    requested = {
        normalize_code(edit.checkout.voucher)
        for edit in draft.edits
        if isinstance(edit, SetCheckout | DecideCheckout)
    }
    return frozenset((*ledger.vouchers, *(requested - {""})))


def _unapplied_changes(
    draft: Draft, observed: ObservedCheckout, ledger: CheckoutLedger
) -> list[CheckoutChange]:
    checkout = draft.checkout
    code, own_codes = normalize_code(checkout.voucher), _own_codes(draft, ledger)
    changes: list[CheckoutChange] = [
        RemoveVoucher(other) for other in observed.vouchers if normalize_code(other) in own_codes - {code}
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
    if code and not _has_voucher(observed, code):
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
                # An area that is not echoed may be set; another address's must not stay.
                and (not observed.area or _same_text(observed.area, address.area))
                and (not address.city_code or _same_text(observed.city, address.city_code))
                and _same_text(observed.pin, address.pin)
            )
        case SetDeliverySlot(slot):
            return observed.slot_id == (slot.slot_id if slot else 0)
        case ApplyVoucher(code):
            return _has_voucher(observed, code)
        case RemoveVoucher(code):
            return not _has_voucher(observed, code)


def _mismatch(observed: ObservedCheckout, change: CheckoutChange) -> Rejection:
    """Why a change that the platform accepted counts as rejected: the cart shows something else."""
    if isinstance(change, SetAddress) and observed.street:
        parts = (observed.street, observed.area, observed.city, observed.pin)
        return Rejection(RejectionCode.STORED_DIFFERENTLY, subject=", ".join(part for part in parts if part))
    return Rejection(RejectionCode.NOT_SHOWN)


def _same_text(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()
