"""The one-line order as it is spoken: no onion, extra cheese, with, two halves, kinds, notes, corrections."""

import pytest

from console.ordering.quick_order import interpret
from tests.ordering.quick_order.quick_menu import quick_menu

MENU = quick_menu()


@pytest.mark.parametrize(
    ("spoken", "signs"),
    [
        ("marg no onion", "marg -onion"),
        ("marg without onion", "marg -onion"),
        ("marg NO ONION", "marg -onion"),
        ("marg extra mush", "marg +mush x"),
        ("marg light mush", "marg +mush lt"),
        ("marg with extra mush", "marg +mush x"),
        ("marg extra cheese", "marg +mozz x"),
        ("marg no cheese", "marg -mozz"),
        ("marg with olives and mush", "marg +olives +mush"),
        ("marg no onion and mozz", "marg -onion -mozz"),
        ("marg with olives and no onion", "marg +olives -onion"),
        ("marg +olive:l no onion", "marg +olive:l -onion"),
        ("half marg half pepp", "marg/pepp"),
        ("2 l half marg half pepp", "2 l marg/pepp"),
        ("marg half pepp", "marg/pepp"),
        ("half marg and half pepp", "marg/pepp"),
        ("half marg / half pepp", "marg/pepp"),
        ("half marg half pepp no onion", "marg/pepp -onion"),
        ("half marg extra mush half pepp with olives", "marg/pepp +mush x:l +olives:r"),
        ("bogo with sup and pepp", "bogo [sup, pepp]"),
        ("bogo [sup no olives, extra mush]", "bogo [sup -olives, +mush x]"),
        ("bogo deal", "bogo"),
        ("2 marg pizza", "2 marg"),
    ],
)
def test_spoken_words_mean_their_signs(spoken: str, signs: str) -> None:
    reading, expected = interpret(spoken, MENU), interpret(signs, MENU)
    assert expected.is_ready
    assert reading.mistake is None
    assert [line.item for line in reading.lines] == [line.item for line in expected.lines]
    assert reading.total == expected.total


@pytest.mark.parametrize(
    ("text", "underlined", "message"),
    [
        ("half marg", "half marg", "Say what is on the right half."),
        ("marg no", "no", "Say what to take off."),
        ("marg with", "with", "Say what to put on."),
        ("marg no zzz", "zzz", "Nothing here is called zzz."),
        ("no onion", "no onion", "Say what."),
        ("coke with ice", "with ice", "Coke cannot be changed: it has no parts."),
    ],
)
def test_a_spoken_line_that_is_not_complete_says_what_is_missing(
    text: str, underlined: str, message: str
) -> None:
    mistake = interpret(text, MENU).mistake
    assert mistake is not None
    assert (text[mistake.start : mistake.end], mistake.message) == (underlined, message)


@pytest.mark.parametrize(
    ("text", "description", "note"),
    [
        ("marg -mush", "1 Medium Classic Margherita, note: no Mushrooms", "1 Margherita: no Mushrooms"),
        (
            "2 l marg no mush no jala",
            "2 Large Classic Margherita, note: no Mushrooms, no Jalapeño",
            "2 Margherita: no Mushrooms, no Jalapeño",
        ),
        (
            "marg/pepp -onion:r",
            "1 Medium Classic Margherita, left: Onions, right: Beef Pepperoni,"
            " note: no Onions on the right half",
            "1 Margherita: no Onions on the right half",
        ),
        ("coke no ice", "1 Coke, Can 330 ml, note: no ice", "1 Coke: no ice"),
        (
            "bogo [marg -olive]",
            "1 BOGO Medium, note: Margherita no Sliced Black Olives",
            "1 BOGO Medium: Margherita no Sliced Black Olives",
        ),
        ("marg -onion", "1 Medium Classic Margherita, no Onions", ""),
    ],
)
def test_what_is_not_there_anyway_is_a_note(text: str, description: str, note: str) -> None:
    reading = interpret(text, MENU)
    assert reading.is_ready
    (line,) = reading.lines
    assert line.description == description
    assert line.order_note == note


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("margerita", "margherita"),
        ("2 l margerita no onion", "2 l margherita no onion"),
        ("marg +mushrom", "marg +mushrooms"),
        ("marg no onoin", "marg no onions"),
        ("chick", "chicken supreme"),
        ('"coke', '"coke"'),
    ],
)
def test_tab_takes_the_correction_that_a_mistake_offers(typed: str, corrected: str) -> None:
    reading = interpret(typed, MENU, len(typed))
    assert reading.mistake is not None
    first = reading.completions[0]
    assert typed[: first.start] + first.text + typed[first.end :] == corrected
    assert interpret(corrected, MENU).is_ready


@pytest.mark.parametrize("typed", ["bogo [-]", "1000 coke", "marg +zzz", "zzz"])
def test_nothing_is_offered_that_would_mean_something_else(typed: str) -> None:
    assert interpret(typed, MENU, len(typed)).completions == ()


@pytest.mark.parametrize(
    ("typed", "signs"),
    [("marg؛ coke", "marg; coke"), ("bogo [sup، pepp]", "bogo [sup, pepp]"), ("٢ coke", "2 coke")],
)
def test_arabic_signs_and_digits_are_the_same(typed: str, signs: str) -> None:
    reading = interpret(typed, MENU)
    assert [(line.quantity, line.item) for line in reading.lines] == [
        (line.quantity, line.item) for line in interpret(signs, MENU).lines
    ]
