"""Plain text for printers, in cells: what is removed, where it is cut, and where it wraps."""

import pytest

from console.ordering.plain_text import align_ends, cell_width, clean, pad, truncate, wrap

WIDE = "麻婆豆腐"
"""Four characters of two cells."""
ACCENTED = "cafe\u0301"
"""Five characters of four cells."""


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain text", "plain text"),
        ("a\tb\nc\x85d\u2028e\u2029f\u00a0g", "a b c d e f g"),
        ("bell\x07 \x1b[31m", "bell? ?[31m"),
        ("zero\u200bwidth \u202ereversed", "zerowidth reversed"),
        ("\ue000\u0378\ud800é", "???é"),
        ("قهوة 麻婆", "قهوة 麻婆"),
    ],
)
def test_what_a_device_would_obey_is_removed(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), (WIDE, 8), (ACCENTED, 4), ("\uff21", 2), ("a\u20dd", 1), ("", 0)]
)
def test_width_is_counted_in_cells(text: str, width: int) -> None:
    assert cell_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "beginning"),
    [
        ("abc", 3, "abc"),
        ("abc", 2, "ab"),
        ("abc", 0, ""),
        (WIDE, 5, "麻婆"),
        (WIDE, 4, "麻婆"),
        (ACCENTED + "s", 4, ACCENTED),
    ],
)
def test_text_is_cut_at_a_whole_character(text: str, width: int, beginning: str) -> None:
    assert truncate(text, width) == beginning


def test_text_is_filled_or_cut_to_its_cells() -> None:
    assert [pad("ab", 4), pad("abcdef", 4), pad("麻婆豆", 5), pad("a\nb", 4)] == [
        "ab  ",
        "abcd",
        "麻婆 ",
        "a b ",
    ]


@pytest.mark.parametrize(
    ("left", "right", "width", "row"),
    [
        ("Bread", "0.750", 12, "Bread  0.750"),
        ("Garlic Bread", "0.750", 12, "Garlic 0.750"),
        ("麻婆", "1", 6, "麻婆 1"),
        ("Bread", "123456", 6, "123456"),
        ("Bread", "1234567", 6, "123456"),
        ("Bread", "12345", 6, " 12345"),
        ("a\nb", "c\nd", 9, "a b   c d"),
    ],
)
def test_ends_are_aligned_and_only_the_left_is_cut(left: str, right: str, width: int, row: str) -> None:
    assert align_ends(left, right, width) == row


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 6, ["one", "two", "three"]),
        ("abcdefgh ij", 3, ["abc", "def", "gh", "ij"]),
        ("a abcdef", 3, ["a", "abc", "def"]),
        ("abcdef a", 3, ["abc", "def", "a"]),
        ("abcd a", 3, ["abc", "d a"]),
        (WIDE, 5, ["麻婆", "豆腐"]),
        (WIDE, 1, ["麻", "婆", "豆", "腐"]),
        ("a\n\nb", 9, ["a b"]),
        ("", 9, []),
        ("   ", 9, []),
    ],
)
def test_text_wraps_at_words_and_breaks_long_ones(text: str, width: int, rows: list[str]) -> None:
    assert wrap(text, width) == rows


def test_indent_takes_its_room_of_every_row() -> None:
    assert wrap("one two three", 9, "  ") == ["  one two", "  three"]
    assert wrap("one", 3, "    ") == ["    on", "    e"]
