"""How well a typed word matches a name or an option, one grade a test."""

import pytest

from console.ordering.quick_order.lexer import Token, tokenize
from console.ordering.quick_order.name_index import IndexEntry, NameIndex, is_number, option_term

SUPREME = IndexEntry(13, "Chicken Supreme Feast", ("sku-13",))


def words(text: str) -> tuple[Token, ...]:
    return tokenize(text)


def word(text: str) -> Token:
    (token,) = tokenize(text)
    return token


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("sku-13", 0),
        ("SKU-13", 0),
        ("#13", 0),
        ("#13.99", 0),
        ('"chicken supreme feast"', 0),
        ("chickensupremefeast", 0),
        ("chicken", 1),
        ("supreme", 2),
        ("feast", 2),
        ("chick", 3),
        ("chickensup", 3),
        ("sup", 4),
        ("supremef", 4),
        ("sku-1", None),
        ("#1", None),
        ('"chicken"', None),
        ("wings", None),
        ("...", None),
    ],
)
def test_one_word_is_ranked(text: str, rank: int | None) -> None:
    assert SUPREME.rank(words(text)) == rank


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("chicken supreme feast", 0),
        ("chickensupreme feast", 0),
        ("chicken supreme", 1),
        ("supreme feast", 2),
        ("supreme chicken", 2),
        ("chick sup", 3),
        ("chicken sup", 3),
        ("chickensu preme", 3),
        ("sup chick", 4),
        ("sup fea", 4),
        ("sup sup", None),
        ("chicken chicken", None),
        ("chicken supreme feast feast", None),
        ("chicken wings", None),
        ('chicken "supreme"', None),
        ("#13 chicken", None),
        ("chicken ...", None),
    ],
)
def test_several_words_are_ranked_together(text: str, rank: int | None) -> None:
    assert SUPREME.rank(words(text)) == rank


def test_words_are_matched_with_different_words_of_the_name() -> None:
    """The first word could be either: it is the one that leaves the other for the second word."""
    twice = IndexEntry(1, "Cheddar Cheese")
    assert twice.rank(words("che chee")) == 3
    assert twice.rank(words("che ched")) == 4
    assert twice.rank(words("cheese ched")) == 4
    assert twice.rank(words("ched chedd")) is None


def test_name_without_letters_matches_its_code_only() -> None:
    odd = IndexEntry(7, "...")
    assert (odd.rank(words("a")), odd.rank(words("#7")), odd.rank(words('"..."'))) == (None, 0, 0)


# Options


LARGE = option_term("Size", "Extra Large")
BOTTLE = option_term("Pack", "Bottle 500ml 2.25")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("extralarge", 0),
        ("el", 0),
        ("xl", 0),
        ('"Extra LARGE"', 0),
        ("ex", 1),
        ("extral", 1),
        ("large", 2),
        ("l", 2),
        ("small", None),
        ("x", None),
        ('"extra"', None),
        ("#1", None),
        ("...", None),
    ],
)
def test_word_is_graded_as_an_option(text: str, level: int | None) -> None:
    assert LARGE.match_level(word(text)) == level


@pytest.mark.parametrize(
    ("text", "level"), [("2.25", 0), ("500", 2), ("50", None), ("2", None), ("500ml", 2), ("b", 1)]
)
def test_number_is_a_whole_number_of_the_option(text: str, level: int | None) -> None:
    assert BOTTLE.match_level(word(text)) == level


def test_abbreviation_and_the_fewest_letters_of_an_option() -> None:
    mega = option_term("Strength", "Mega", ("x",), 2)
    assert [mega.match_level(word(text)) for text in ("x", "m", "me", "mega")] == [0, None, 1, 0]
    assert option_term("Strength", "Mega").match_level(word("x")) is None
    assert option_term("Strength", "Mega").match_level(word("m")) == 1
    assert option_term("Strength", "Extra").match_level(word("x")) == 0


def test_option_without_letters_matches_itself_quoted() -> None:
    odd = option_term("Size", "...")
    assert (odd.match_level(word('"..."')), odd.match_level(word("a"))) == (0, None)


def test_usual_abbreviations_are_initials_of_several_words() -> None:
    assert LARGE.abbreviations == ("el", "xl")
    assert option_term("Size", "Family Feast").abbreviations == ("ff",)
    assert option_term("Size", "Large").abbreviations == ()
    assert LARGE.keys == ("extralarge", "large")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("3", True), ("2.25", True), ("3x", False), ("٣", True), ('"3"', False), ("3.", False)],
)
def test_number_is_digits_with_at_most_a_point(text: str, *, is_one: bool) -> None:
    assert is_number(word(text)) is is_one


# The index


CAN = option_term("Pack", "Can")
INDEX = NameIndex(
    [
        IndexEntry(10, "Coke", ("c-1",), (CAN, option_term("Pack", "Bottle"))),
        IndexEntry(11, "Coconut Cake", ("c-1", "c-2"), (CAN,)),
        IndexEntry(12, "Coke", (), ()),
    ]
)


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("co", 0b111),
        ("coke", 0b101),
        ("cake", 0b010),
        ("coconutca", 0b010),
        ("c-1", 0b011),
        ("c-2", 0b010),
        ("#10", 0b001),
        ("#12.7", 0b100),
        ('"coke"', 0b101),
        ('"c-1"', 0b011),
        ("#1", 0),
        ("tea", 0),
        ("...", 0),
    ],
)
def test_names_are_found_as_a_set(text: str, mask: int) -> None:
    assert INDEX.matching_names(word(text)) == mask


@pytest.mark.parametrize(("text", "mask"), [("can", 0b011), ("bot", 0b001), ("jar", 0)])
def test_options_are_found_as_a_set(text: str, mask: int) -> None:
    assert INDEX.matching_options(word(text)) == mask


def test_set_has_its_positions_and_options() -> None:
    assert (INDEX.all_mask, list(INDEX.positions(0b101)), list(INDEX.positions(0))) == (0b111, [0, 2], [])
    assert [term.value for term in INDEX.option_terms(0b010)] == ["Can"]
    assert [term.value for term in INDEX.option_terms(0b001)] == ["Can", "Bottle"]
    assert list(INDEX.option_terms(0b100)) == []


@pytest.mark.parametrize(
    ("text", "mask"), [("cokr", 0b101), ("cor", 0b111), ("cx", 0), ("coconx", 0b010), ("xyz", 0)]
)
def test_nearest_share_the_longest_beginning_of_two_letters(text: str, mask: int) -> None:
    assert INDEX.nearest(word(text)) == mask
