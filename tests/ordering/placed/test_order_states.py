"""States of placed orders: every documented letter, a profile's own, and letters that nobody explains."""

import tomllib

import pytest

from console.config.profiles import OrderStateSettings, PropertySettings
from console.config.vocabulary_settings import to_vocabulary
from console.ordering.checkout import DeliveryMode
from console.ordering.placed.order_states import CANCELLED, FAILED, OrderState, OrderStates

STATES = OrderStates()


def facts(state: OrderState) -> tuple[str, bool, bool, bool]:
    return state.text, state.can_be_cancelled, not state.is_final, state.is_void


@pytest.mark.parametrize(
    ("letters", "text", "cancellable", "watched", "void"),
    [
        (("P", ""), "not paid yet", True, True, False),
        (("A", ""), "accepted", True, True, False),
        (("A", "IK"), "in the kitchen", True, True, False),
        (("A", "IP"), "in progress", True, True, False),
        (("A", "SE"), "received by the store", True, True, False),
        (("A", "FE"), "not received by the store", True, True, False),
        (("A", "RJ"), "rejected", True, True, True),
        (("P", "RJ"), "rejected", True, True, True),
        (("A", "EX"), "expired", True, True, True),
        (("S", ""), "on its way", False, True, False),
        (("S", "IK"), "on its way", False, True, False),
        (("W", ""), "waiting for collection", False, True, False),
        (("D", ""), "delivered", False, False, False),
        (("C", ""), "cancelled", False, False, True),
        (("C", "RJ"), "cancelled", False, False, True),
        (("F", ""), "failed", False, False, True),
        ((" a ", "rj"), "rejected", True, True, True),
        (("A", "SF"), "accepted (SF)", True, True, False),
        (("Q", ""), "Q", True, True, False),
        (("Q", "RJ"), "Q RJ", True, True, False),
        (("", ""), "unknown", True, True, False),
    ],
)
def test_letters_say_what_is_shown_cancelled_watched_and_void(
    letters: tuple[str, str], text: str, cancellable: bool, watched: bool, void: bool
) -> None:
    assert facts(STATES.state(*letters, DeliveryMode.DELIVERY)) == (text, cancellable, watched, void)


@pytest.mark.parametrize(
    ("letter", "text"), [("S", "ready to collect"), ("W", "ready to collect"), ("D", "collected")]
)
def test_order_to_be_collected_has_words_of_its_own(letter: str, text: str) -> None:
    assert STATES.state(letter, "", DeliveryMode.PICKUP).text == text


def test_failed_order_is_cancelled_in_the_history() -> None:
    assert STATES.state("F", "", DeliveryMode.PICKUP, in_history=True) == CANCELLED
    assert STATES.state("F", "", DeliveryMode.PICKUP) == FAILED


@pytest.mark.parametrize(("letters", "cancelled"), [("IC", True), ("ici", True), ("", False), ("PC", False)])
def test_line_is_cancelled_by_its_letters(letters: str, cancelled: bool) -> None:
    assert STATES.is_cancelled_line("", letters) is cancelled


OWN = OrderStateSettings.model_validate(
    tomllib.loads(
        """
        cancelled_lines = ["XX"]
        status.H = { text = "on hold" }
        status.D = { text = "handed over" }
        sub_status.RJ = { text = "refused by the kitchen" }
        sub_status.SF = { text = "refunded", phase = "cancelled" }
        sub_status.QC = { phase = "under-way" }
        """
    )
)


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        (("H", ""), ("on hold", True, True, False)),
        (("D", ""), ("handed over", False, False, False)),
        (("A", "RJ"), ("refused by the kitchen", True, True, True)),
        (("A", "SF"), ("refunded", False, False, True)),
        (("A", "QC"), ("QC", False, True, False)),
        (("A", "EX"), ("expired", True, True, True)),
    ],
)
def test_profile_explains_letters_ahead_of_the_documents(
    letters: tuple[str, str], expected: tuple[str, bool, bool, bool]
) -> None:
    states = to_vocabulary(OWN, PropertySettings()).states
    assert facts(states.state(*letters, DeliveryMode.PICKUP)) == expected
    assert states.is_cancelled_line("xx")
