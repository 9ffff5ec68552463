"""Tokens and entries of the one-line order, with the places where each begins and ends."""

import pytest

from console.ordering.quick_order.lexer import (
    TokenKind,
    is_decimal_point,
    is_letter,
    quote,
    split_words,
    squash,
    tokenize,
)
from console.ordering.quick_order.parser import MAX_DEPTH, Entry, Mistake, ToppingChange, parse

W, Q, N = TokenKind.WORD, TokenKind.QUOTED, TokenKind.NUMBER_SIGN
K = TokenKind


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("2 marg", [(W, "2", 0, 1), (W, "marg", 2, 6)]),
        ("3*coke", [(W, "3*", 0, 2), (W, "coke", 2, 6)]),
        ("3x*coke", [(W, "3x*coke", 0, 7)]),
        ("*", [(W, "*", 0, 1)]),
        ("7-up", [(W, "7-up", 0, 4)]),
        ("a#b #13.7", [(W, "a#b", 0, 3), (N, "13.7", 4, 9)]),
        ("#", [(N, "", 0, 1)]),
        ('"a ""b"" c"d', [(Q, 'a "b" c', 0, 11), (W, "d", 11, 12)]),
        ('""', [(Q, "", 0, 2)]),
        ("a+b:", [(W, "a", 0, 1), (K.PLUS, "+", 1, 2), (W, "b", 2, 3), (K.COLON, ":", 3, 4)]),
        (" -x ", [(K.MINUS, "-", 1, 2), (W, "x", 2, 3)]),
        ("a;[b,c]/d", [
            (W, "a", 0, 1), (K.SEMICOLON, ";", 1, 2), (K.OPEN, "[", 2, 3), (W, "b", 3, 4),
            (K.COMMA, ",", 4, 5),
            (W, "c", 5, 6), (K.CLOSE, "]", 6, 7), (K.SLASH, "/", 7, 8), (W, "d", 8, 9),
        ]),
        ('a"b"', [(W, "a", 0, 1), (Q, "b", 1, 4)]),
        ("", []),
    ],
)  # fmt: skip
def test_text_is_cut_into_tokens(text: str, tokens: list[tuple[TokenKind, str, int, int]]) -> None:
    found = tokenize(text)
    assert [(token.kind, token.text, token.start, token.end) for token in found] == tokens
    assert all(token.is_closed for token in found)


@pytest.mark.parametrize(("text", "content"), [('"ab', "ab"), ('"', ""), ('"ab""', 'ab"')])
def test_open_quote_goes_to_the_end(text: str, content: str) -> None:
    (token,) = tokenize(text)
    assert (token.kind, token.text, token.start, token.end, token.is_closed) == (
        Q,
        content,
        0,
        len(text),
        False,
    )


def test_quotes_within_a_quote_are_doubled() -> None:
    assert quote('say "hi"') == '"say ""hi"""'


@pytest.mark.parametrize(
    ("text", "is_point"),
    [("2.5", True), (".5a", False), ("2.", False), ("a.5", False), ("2.a", False), ("2,5", False)],
)
def test_point_belongs_to_a_number_between_digits(text: str, *, is_point: bool) -> None:
    assert is_decimal_point(text, text.index("." if "." in text else ",")) is is_point


def test_letters_are_letters_digits_marks_and_emoji() -> None:
    assert all(map(is_letter, "aZ9\u0301\u0940🍕\ue000🏻"))
    assert not any(map(is_letter, " .-_/&"))


def test_words_are_joined_without_signs() -> None:
    assert (squash("500 ml"), squash("Mac & Cheese 2.5"), squash("...")) == ("500ml", "maccheese2.5", "")
    assert split_words("(a) b-c") == ("a", "b", "c")


# Entries


def entry(text: str) -> Entry:
    (found,) = parse(text)
    return found


def texts(found: Entry) -> tuple[list[str], list[str] | None]:
    second = None if found.second_half is None else [token.text for token in found.second_half]
    return [token.text for token in found.words], second


def change(found: ToppingChange) -> tuple[bool, list[str], str | None, int, int]:
    portion = found.portion.text if found.portion else None
    return found.is_addition, [token.text for token in found.words], portion, found.start, found.end


def test_words_before_and_behind_a_slash_are_two_recipes() -> None:
    assert texts(entry("2 marg / chick sup")) == (["2", "marg"], ["chick", "sup"])
    assert texts(entry("marg/")) == (["marg"], [])
    assert texts(entry("marg")) == (["marg"], None)


def test_changes_have_their_words_and_portion() -> None:
    found = entry("marg +olive x:l -on 2  +mu")
    assert [change(one) for one in found.changes] == [
        (True, ["olive", "x"], "l", 5, 15),
        (False, ["on", "2"], None, 16, 21),
        (True, ["mu"], None, 23, 26),
    ]
    assert (found.start, found.end, found.next_start, found.words_end) == (0, 26, 26, 5)


def test_words_behind_a_portion_belong_to_the_change() -> None:
    (found,) = entry("+olive:r x").changes
    assert change(found) == (True, ["olive", "x"], "r", 0, 10)


def test_portion_may_be_missing_yet() -> None:
    (found,) = entry("+olive: -on").changes[:1]
    assert found.portion is not None
    assert (found.portion.text, found.portion.start, found.portion.end) == ("", 7, 7)


def test_slots_are_parted_by_commas() -> None:
    found = entry("bogo [marg, , sup +x]")
    assert found.slots is not None
    assert [texts(slot)[0] for slot in found.slots] == [["marg"], [], ["sup"]]
    assert [(slot.start, slot.end, slot.next_start) for slot in found.slots] == [
        (6, 10, 10),
        (12, 12, 12),
        (14, 20, 20),
    ]
    assert [slot.is_empty for slot in found.slots] == [False, True, False]
    assert (found.words_end, found.end) == (5, 21)


def test_lines_are_parted_by_semicolons() -> None:
    assert [(one.start, one.end, one.next_start) for one in parse("a ; b")] == [(0, 1, 2), (4, 5, 5)]
    assert [one.is_empty for one in parse(";")] == [True, True]


@pytest.mark.parametrize("text", ["a", "/", "+", "[", ":"])
def test_entry_with_any_token_is_not_empty(text: str) -> None:
    assert not entry(text).is_empty


def test_empty_text_is_one_empty_entry() -> None:
    assert entry("").is_empty
    assert (entry("  ").start, entry("  ").end) == (2, 2)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("a/b/c", Mistake(3, 4, "A slash can be here once only.")),
        ("a [b] [c]", Mistake(6, 7, "Brackets can be here once only.")),
        ("+a:l:r", Mistake(4, 5, "A colon can be here once only.")),
        ("+a:l:r b", Mistake(4, 5, "A colon can be here once only.")),
        ("a:l", Mistake(1, 2, "A colon follows a topping: +olives:l.")),
        ("a, b", Mistake(1, 2, "A comma separates the slots of a deal, a semicolon the lines.")),
        ("a]", Mistake(1, 2, "No bracket is open here.")),
        ('a "b', Mistake(2, 4, "This quote is not closed yet.", ('"',))),
        ('a +"b', Mistake(3, 5, "This quote is not closed yet.", ('"',))),
        ("a [b:l, c]", Mistake(4, 5, "A colon follows a topping: +olives:l.")),
        ("a] b, c", Mistake(1, 2, "No bracket is open here.")),
        ("a [b, c:]", Mistake(7, 8, "A colon follows a topping: +olives:l.")),
    ],
)
def test_first_mistake_against_the_grammar_is_placed(text: str, mistake: Mistake) -> None:
    assert entry(text).mistake == mistake


def test_first_portion_and_first_brackets_count() -> None:
    found = entry("+a:l:r [b] [c]")
    assert found.changes[0].portion is not None
    assert found.changes[0].portion.text == "l"
    assert found.slots is not None
    assert [texts(slot)[0] for slot in found.slots] == [["b"]]


def test_brackets_end_somewhere() -> None:
    def depth(found: Entry) -> int:
        return 1 + max(map(depth, found.slots)) if found.slots else 0

    assert depth(entry("[" * MAX_DEPTH)) == MAX_DEPTH
    too_deep = entry("[" * (MAX_DEPTH + 1))
    assert depth(too_deep) == MAX_DEPTH
    assert too_deep.mistake == Mistake(MAX_DEPTH, MAX_DEPTH + 1, "Too many brackets within brackets.")
