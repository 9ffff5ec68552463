"""Words of the one-line order: folding, tokens and their places, and what may follow the cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.quick_order import Completion, interpret
from console.ordering.quick_order.lexer import TokenKind, fold, quote, split_words, tokenize
from console.ordering.quick_order.parser import parse
from tests.ordering.quick_order.quick_menu import quick_menu

MENU = quick_menu()
LINES = st.text(st.sampled_from('marglpcoke x500;,[]+-:/"#*12 é\u0301पي🍕'), max_size=40) | st.text(
    max_size=20
)


def completions(text: str, cursor: int | None = None) -> list[str]:
    found = interpret(text, MENU, len(text) if cursor is None else cursor).completions
    return [one.text for one in found]


def inserted(text: str, completion: Completion) -> str:
    return text[: completion.start] + completion.text + text[completion.end :]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_the_words_of_words_are_they(text: str) -> None:
    assert split_words(" ".join(split_words(text))) == split_words(text)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("BUY ONE GET ONE FREE- Medium", ("buy", "one", "get", "one", "free", "medium")),
        ("Bottle 2.25 l", ("bottle", "2.25", "l")),
        ("Crème Brûlée", ("creme", "brulee")),
        ("Straße", ("strasse",)),
        ("Mac & Cheese", ("mac", "cheese")),
        ("سَلَطة", ("سلطه",)),
        ("टिक्का", ("टिक्का",)),
        ("...", ()),
    ],
)
def test_words_of_a_title(title: str, words: tuple[str, ...]) -> None:
    assert split_words(title) == words


@given(LINES)
def test_tokens_stand_where_they_say(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert not text[end : token.start].strip()
        end = token.end
        if token.kind is TokenKind.WORD:
            assert text[token.start : token.end] == token.text
    assert not text[end:].strip()


@given(st.text())
def test_any_text_can_be_quoted(text: str) -> None:
    (token,) = tokenize(quote(text))
    assert (token.kind, token.text, token.is_closed) == (TokenKind.QUOTED, text, True)


def test_a_minus_within_a_word_is_part_of_it() -> None:
    assert [token.text for token in tokenize("7-up -onion")] == ["7-up", "-", "onion"]


def test_an_open_bracket_is_closed_by_the_end_of_the_line() -> None:
    first, second = parse("bogo [a, b; c")
    assert first.slots is not None
    assert [len(first.slots), second.words[0].text] == [2, "c"]


@given(LINES, st.integers(0, 40))
def test_any_text_has_a_meaning_or_a_mistake_in_it(text: str, cursor: int) -> None:
    reading = interpret(text, MENU, min(cursor, len(text)))
    assert reading.is_ready or reading.mistake or not reading.lines
    if reading.mistake:
        assert 0 <= reading.mistake.start <= reading.mistake.end <= len(text)
        assert reading.mistake.message.endswith(".")
    for one in reading.completions:
        assert 0 <= one.start <= one.end <= len(text)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("mar", ["margherita"]),
        ("2 l mar", ["margherita"]),
        ("chick", ["chicken supreme", "chicken wings"]),
        ("l marg +mu", ["mushrooms"]),
        ("marg +mush e", ["extra"]),
        ("marg +mush:", ["l", "r", "w"]),
        ("marg -", ["pizza sauce", "mozzarella", "onions"]),
        ("bogo [c", ["classic pepperoni", "chicken supreme", "classic"]),
        ("dip [", ["garlic dip", "ranch dip"]),
        ("coke ", ["can330ml", "bottle500ml", "bottle1l"]),
        ("marg/", ["margherita", "classic pepperoni", "chicken supreme", "veggie feast"]),
        ("", []),
        ("coke; ", []),
    ],
)
def test_what_may_follow(text: str, offered: list[str]) -> None:
    assert completions(text) == offered


def test_the_word_under_the_cursor_is_completed_not_the_last() -> None:
    assert completions("mar +mush; coke", cursor=3) == ["margherita"]


def test_a_completion_says_what_it_means() -> None:
    reading = interpret("marg +mu", MENU, 8)
    assert reading.completions == (Completion("mushrooms", "Mushrooms  KWD 0.400", 6, 8),)


@pytest.mark.parametrize(
    "text", ["mar", "2 chick", "bogo [c", "marg +o", "marg +mush e", "coke ", "marg/", "dip [r"]
)
def test_every_completion_is_read_without_a_mistake(text: str) -> None:
    found = interpret(text, MENU, len(text)).completions
    assert found
    for one in found:
        assert interpret(inserted(text, one), MENU).mistake is None, one


def test_synonyms_beside_the_cursor_are_replaced_together() -> None:
    """Words beside the cursor that name the same thing are replaced with it."""
    (one,) = interpret("2 chick su", MENU, 10).completions
    assert inserted("2 chick su", one) == "2 chicken supreme"
