"""The sentences for refusals of Place Order, and the way out of each: the screen and the key that fix it.

docs/refusals.md is the same table; a test holds it to this one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from console.api.orders.refusals import OrderRefusal
from console.sync.problems import StatedRefusal

PRINTED_WORDS = frozenset({"", "min/max/both", "failed products", "deliveryslotnotinstoretime"})
"""Words that the documents print for every refusal of a kind, in lower case: they tell nothing."""
MAX_WORDS = 80
"""Letters of the platform's own words in a sentence."""


class FixedAt(StrEnum):
    """The screen where a refused order is fixed."""

    CHECKOUT = "checkout"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class RefusalText:
    """``sentence`` can be said to a customer; ``advice`` names the keys of the screen where it is fixed.

    ``field`` is the letter of the field at checkout to begin with, empty where it is fixed in the order. With
    ``may_move``, another store may take the order.
    """

    sentence: str
    advice: str
    field: str = ""
    may_move: bool = False

    @property
    def fixed_at(self) -> FixedAt:
        """The screen where it is fixed."""
        return FixedAt.CHECKOUT if self.field else FixedAt.ORDER


_OTHER_ADDRESS = "a changes the address, d makes it a pickup."
_OTHER_MODE = "d switches between pickup and delivery."
_OTHER_PAYMENT = "m chooses another payment."
_NO_VOUCHER = "v changes or removes the voucher."
_OTHER_LINES = "change or remove it."

REFUSAL_TEXTS = {
    OrderRefusal.MOBILE_NUMBER: RefusalText(
        "The mobile number is not valid for this payment.",
        "m chooses another payment, a corrects the number.",
        "m",
    ),
    OrderRefusal.DELIVERY_AREA: RefusalText(
        "The store does not deliver to this area.", _OTHER_ADDRESS, "a", may_move=True
    ),
    OrderRefusal.DELIVERY_MODE: RefusalText(
        "The store does not take this order as pickup or delivery, as chosen.",
        _OTHER_MODE,
        "d",
        may_move=True,
    ),
    OrderRefusal.DISCOUNT_VOUCHER: RefusalText("The voucher does not apply to this order.", _NO_VOUCHER, "v"),
    OrderRefusal.GIFT_VOUCHER: RefusalText(
        "The gift voucher does not apply to this order.", _NO_VOUCHER, "v"
    ),
    OrderRefusal.PAYMENT_TRANSACTION: RefusalText(
        "The payment does not match the order.", _OTHER_PAYMENT, "m"
    ),
    OrderRefusal.ORDER_AMOUNT: RefusalText(
        "The total is outside the store's limits.", "add or remove items."
    ),
    OrderRefusal.PAYMENT_DETAILS: RefusalText("A detail of the payment is missing.", _OTHER_PAYMENT, "m"),
    OrderRefusal.SEVERAL_PAYMENTS: RefusalText(
        "This payment cannot be combined with another one.", _OTHER_PAYMENT, "m"
    ),
    OrderRefusal.PAYMENT_COUNTRY: RefusalText(
        "This payment is not possible in this country.", _OTHER_PAYMENT, "m"
    ),
    OrderRefusal.PIN_CODE: RefusalText(
        "The store does not deliver to this PIN code.", _OTHER_ADDRESS, "a", may_move=True
    ),
    OrderRefusal.SHIPPING_MODE: RefusalText(
        "Something in the order is not sold as pickup or delivery, as chosen.", _OTHER_MODE, "d"
    ),
    OrderRefusal.ADDRESS: RefusalText("The delivery address is not complete.", _OTHER_ADDRESS, "a"),
    OrderRefusal.SHIPPING_PROFILE: RefusalText(
        "The store has no delivery for this order.", "d makes it a pickup, a changes the address.", "d"
    ),
    OrderRefusal.ORDER_QUANTITY: RefusalText(
        "More of an item than one order may have.", "lower its quantity."
    ),
    OrderRefusal.OUT_OF_STOCK: RefusalText(
        "Something in the order is out of stock.", _OTHER_LINES, may_move=True
    ),
    OrderRefusal.STORE_HOURS: RefusalText(
        "The store is closed at the chosen time.", "t chooses another time.", "t", may_move=True
    ),
    OrderRefusal.OTHER: RefusalText("The platform refused the order.", "change what it names."),
}
"""The sentence and the way out of each refusal."""

_AMOUNT_SENTENCES = {
    "min": "The total is below the least that the store takes.",
    "max": "The total is above the most that the store takes.",
}


def refusal_sentence(stated: StatedRefusal) -> str:
    """The sentence for a refusal, with the platform's own words where they say more."""
    words = stated.words.strip()
    if stated.refusal is OrderRefusal.ORDER_AMOUNT and words.casefold() in _AMOUNT_SENTENCES:
        return _AMOUNT_SENTENCES[words.casefold()]
    is_known_amount = stated.refusal is OrderRefusal.ORDER_AMOUNT and words.casefold() == "both"
    sentence = REFUSAL_TEXTS[stated.refusal].sentence
    if words.casefold() in PRINTED_WORDS or is_known_amount:
        words = stated.validator
    if not words:
        return sentence
    cut = words if len(words) <= MAX_WORDS else f"{words[: MAX_WORDS - 1].rstrip()}…"
    return f"{sentence} It says: {cut.rstrip('.')}."


def refusal_sentences(refusals: Iterable[StatedRefusal]) -> str:
    """The sentences for several refusals of one order, each once."""
    return " ".join(dict.fromkeys(map(refusal_sentence, refusals)))


OPENING_KEYS = {FixedAt.CHECKOUT: "k opens the checkout:", FixedAt.ORDER: "s opens the order:"}
"""The key of the conflicts screen that leads to where a refusal is fixed."""
MOVE = "m shows other stores."


def way_out_text(refusal: OrderRefusal) -> str:
    """The keys that lead out of a refusal, beginning on the conflicts screen."""
    way = REFUSAL_TEXTS[refusal]
    return f"{OPENING_KEYS[way.fixed_at]} {way.advice}{f' {MOVE}' if way.may_move else ''}"


def way_out(stated: StatedRefusal) -> RefusalText:
    """The way out of a refusal."""
    return REFUSAL_TEXTS[stated.refusal]
