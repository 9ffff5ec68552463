"""The sentences for the problems of an order: sync reports codes and data, operators read these words."""

from collections.abc import Callable

from console.api.orders.refusals import OrderRefusal
from console.ordering.draft import Portion
from console.ordering.money import Currency
from console.ordering.store_time import MACHINE_TIME, StoreTime
from console.services.orders.local_time import local_moment
from console.services.orders.refusal_texts import REFUSAL_TEXTS, refusal_sentences
from console.sync.cart.bundle_differences import PartChange, PartDifference
from console.sync.cart.differences import (
    LineComparison,
    LineDifference,
    LineStatus,
    MadeIntoDeal,
    PriceChanged,
    Substituted,
)
from console.sync.problems import (
    Aspect,
    CheckoutRejection,
    DifferenceCode,
    Problem,
    ProblemCode,
    Rejection,
    RejectionCode,
    UndecidedDifference,
)

REVIEW = "Review the order and place it again."

ASPECT_NAMES = {
    Aspect.ADDRESS: "Address",
    Aspect.DELIVERY_SLOT: "Slot",
    Aspect.VOUCHER: "Voucher",
    Aspect.VOUCHER_REMOVAL: "Voucher to remove",
}
_PORTION_NAMES = {Portion.WHOLE: "whole", Portion.LEFT: "left", Portion.RIGHT: "right"}


def problem_text(
    problem: Problem | None,
    currency: Currency,
    *,
    now: float = 0.0,
    store_time: StoreTime = MACHINE_TIME,
) -> str:
    """The sentence for a problem, empty for none. ``now`` is Unix time: a time of another day has its day."""
    if problem is None:
        return ""
    if problem.code is ProblemCode.REQUEST_OVERDUE:
        return f"Was to be placed {local_moment(problem.at, now, store_time)}."
    return f"{problem.reply} {_TEXTS[problem.code](problem, currency)}".strip()


def rejection_text(rejection: Rejection) -> str:
    """Why the platform rejected something, without saying what."""
    match rejection.code:
        case RejectionCode.REFUSED:
            return rejection.message or "The platform does not accept it."
        case RejectionCode.NOT_SHOWN:
            return "The platform reported success, but the cart does not show it."
        case RejectionCode.STORED_DIFFERENTLY:
            return f"The platform has it as {rejection.subject}."
        case RejectionCode.NO_DISCOUNT:
            return "It takes nothing off this order."
        case RejectionCode.UNEXPECTED_VOUCHER:
            return f"Voucher: {rejection.subject} was not applied here."
        case RejectionCode.MODE_NOT_CHANGED:
            return "Pickup/delivery: the platform cannot switch items already in the cart."


def checkout_rejection_text(rejected: CheckoutRejection) -> str:
    """What of the checkout was rejected, and why."""
    reason = rejection_text(rejected.rejection)
    return f"{ASPECT_NAMES[rejected.aspect]}: {reason}" if rejected.aspect else reason


def line_note(comparison: LineComparison, currency: Currency) -> str:
    """How a line differs from the platform's, empty where it does not."""
    differences = [line_difference_text(one, currency) for one in comparison.differences]
    if (rejection := comparison.rejection) is not None:
        reason = rejection_text(rejection)
        if comparison.unavailable:
            return f"not available any more: {reason}"
        if comparison.state is LineStatus.REJECTED and comparison.quantity:
            fewer = f"{comparison.quantity} of {comparison.requested} added: {reason}"
            return "; ".join((fewer, *differences)) if differences else fewer
        return reason
    return "; ".join(differences)


def line_difference_text(difference: LineDifference, currency: Currency) -> str:
    """One difference of a line, as a phrase."""
    match difference:
        case MadeIntoDeal(title):
            return f"the platform made the deal {title} of it"
        case Substituted(title, options):
            return f"the platform put {title} {options}".rstrip() + " in its place"
        case PriceChanged(was, now):
            old_price, new_price = currency.format_prices(was, now)
            return f"price was {old_price}, is {new_price}"
        case PartDifference():
            return _part_text(difference)


def _part_text(part: PartDifference) -> str:
    name = ": ".join(part.path)
    match part.change:
        case PartChange.MISSING:
            return f"{name} is missing"
        case PartChange.ADDED:
            return f"{name} was added"
        case PartChange.PORTION:
            requested, actual = (_PORTION_NAMES[portion] for portion in part.portions)
            return f"{name} was {requested}, is {actual}"
        case PartChange.VARIANT:
            return f"{name} is {part.options}" if part.options else f"{name} has another variant"
        case PartChange.QUANTITY:
            requested_count, actual_count = part.quantities
            return f"{name} was {requested_count}, is {actual_count}"


def _checkout_text(problem: Problem, advice: str) -> str:
    reason = checkout_rejection_text(problem.checkout) if problem.checkout else ""
    return f"{reason} {advice}".strip()


def difference_text(difference: UndecidedDifference, currency: Currency) -> str:
    """A difference that is not decided, as a sentence."""
    subject, requested, in_cart = difference.subject, difference.requested, difference.in_cart
    match difference.code:
        case DifferenceCode.MISSING:
            text = f"{requested} {subject}: not available."
        case DifferenceCode.FEWER:
            text = f"{subject}: {in_cart} of {requested} are available."
        case DifferenceCode.OTHER_PRODUCT:
            text = f"{subject}: the platform put {difference.instead} in its place."
        case DifferenceCode.MADE_DEAL:
            text = f"{subject}: the platform made the deal {difference.instead} of it."
        case DifferenceCode.OTHER_PARTS:
            text = f"{subject} has other parts."
        case DifferenceCode.OTHER_PRICE:
            was, now = currency.format_number(difference.was), currency.format_number(difference.now)
            text = f"{subject}: price was {was}, is {now}."
        case DifferenceCode.UNEXPECTED:
            text = f"{in_cart} {subject}: not added here."
        case DifferenceCode.GIFT:
            text = f"{in_cart} {subject}: free, from the platform."
        case DifferenceCode.KEPT_GONE:
            text = f"{requested} {subject}: not in the cart any more."
    return text


def _undecided_text(problem: Problem, currency: Currency) -> str:
    first = difference_text(problem.difference, currency) if problem.difference else ""
    others = problem.counts[0] - 1
    more = f"And {others} more {'differs' if others == 1 else 'differ'}." if others > 0 else ""
    return " ".join(text for text in (first, more, REVIEW) if text)


def _total_text(problem: Problem, currency: Currency) -> str:
    was, now = currency.format_money(problem.was), currency.format_money(problem.now)
    fee_was, fee = problem.delivery_was, currency.format_money(problem.delivery_now)
    is_only_fee = problem.now - problem.was == problem.delivery_now - (fee_was or 0)
    if fee_was is None:
        change = f"Delivery is {fee}: the total is {now}."
        if not is_only_fee:
            change = f"The total was {was} plus delivery, is {now} with delivery {fee}."
    elif fee_was != problem.delivery_now:
        change = f"Delivery was {currency.format_money(fee_was)}, is {fee}: the total was {was}, is {now}."
    else:
        change = f"The total was {was}, is {now}."
    return f"{change} Tell the customer, and place it again."


def _shared_match_text(problem: Problem, currency: Currency) -> str:
    seen = ", ".join(part for part in (problem.message, currency.format_money(problem.now)) if part)
    return (
        f"Order {problem.subject} ({seen}) is just like this one."
        " Another console may have placed it. Is it this one?"
    )


def _fixed(text: str) -> Callable[[Problem, Currency], str]:
    return lambda _problem, _currency: text


_TEXTS: dict[ProblemCode, Callable[[Problem, Currency], str]] = {
    ProblemCode.OFFLINE: _fixed("Offline: saved here, will be sent automatically."),
    ProblemCode.SEARCH_POSTPONED: _fixed("Offline: searched for once the connection is back."),
    ProblemCode.SYNC_FAULT: _fixed("A fault of this program stopped sending. Saved; F6 tries again."),
    ProblemCode.STATE_CORRUPTED: _fixed("The sync record of this order is damaged: shown, not sent."),
    ProblemCode.LEASED_ELSEWHERE: _fixed("Open in another console on this machine. Close it there."),
    ProblemCode.RESPONSE_LOST: _fixed("A response was lost. The cart is read again before sending."),
    ProblemCode.CART_INCOMPLETE: _fixed("The platform's cart has parts missing. Nothing is sent."),
    ProblemCode.LOCAL_ERROR: lambda problem, _: problem.message,
    ProblemCode.PLATFORM_ERROR: lambda problem, _: problem.message,
    ProblemCode.ACCOUNT_REFUSED: lambda problem, _: (
        f"No account was created for {problem.subject}. {problem.message}"
    ),
    ProblemCode.ACCOUNT_AMBIGUOUS: lambda problem, _: (
        f"{problem.counts[0]} customers have the number {problem.subject}. Reassign the order."
    ),
    ProblemCode.ACCOUNT_TAKEN: lambda problem, _: (
        f"{problem.subject} is in the account of {problem.message}. Reassign the order."
    ),
    ProblemCode.EMPTY_ORDER: _fixed("There is nothing in this order."),
    ProblemCode.NO_PAYMENT: _fixed("Choose how the order is paid, then place it."),
    ProblemCode.NO_ADDRESS: _fixed("Enter the delivery address, then place it."),
    ProblemCode.NO_AREA: _fixed("Enter the area or the PIN code of the address, then place it."),
    ProblemCode.DRAFT_CHANGED: _fixed(f"The order changed after you placed it. {REVIEW}"),
    ProblemCode.NOT_IN_SYNC: _fixed("The platform's cart does not match the order yet."),
    ProblemCode.CHECKOUT_REJECTED: lambda problem, _: _checkout_text(problem, REVIEW),
    ProblemCode.ADDRESS_REJECTED: lambda problem, _: _checkout_text(
        problem, "Change the address, or make it a pickup, and place it again."
    ),
    ProblemCode.UNDECIDED_DIFFERENCES: _undecided_text,
    ProblemCode.TOTAL_CHANGED: _total_text,
    ProblemCode.ORDER_REFUSED: lambda problem, _: (
        refusal_sentences(problem.refusals) or REFUSAL_TEXTS[OrderRefusal.OTHER].sentence
    ),
    ProblemCode.DUPLICATE_REFERENCE: _fixed(
        "Two orders on the platform carry this order's reference. Cancel one, then choose the other."
    ),
    ProblemCode.SEARCH_REFUSED: lambda problem, _: (
        f"The platform does not show what became of this order. {problem.message} Was it placed?"
    ),
    ProblemCode.SEARCH_INCOMPLETE: _fixed("There are too many orders to search through. Was it placed?"),
    ProblemCode.SEVERAL_MATCHES: lambda problem, _: (
        f"{problem.counts[0]} orders on the platform could be this one. Which is it?"
    ),
    ProblemCode.ONE_MATCH: _fixed(
        "One order on the platform could be this one, or one just like it. Is it this one?"
    ),
    ProblemCode.SHARED_MATCH: _shared_match_text,
    ProblemCode.OWNER_UNPROVED: _fixed(
        "No such order was found, but the platform did not say whose cart it was. Was it placed?"
    ),
    ProblemCode.RESPONSE_MISMATCHED: _fixed("The platform answered for another customer. Tried again."),
    ProblemCode.NO_MATCH: lambda problem, _: (
        f"No such order was found within {problem.counts[0]} s after its response was lost. Was it placed?"
    ),
    ProblemCode.UNPAID: lambda problem, _: (
        f"Order {problem.subject} is on the platform, and its payment was not taken. {problem.message}"
        " What became of it?"
    ),
}
