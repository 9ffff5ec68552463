"""Options as words ask for them, names as they are written back, and the construct at the cursor."""

from decimal import Decimal

import pytest

from console.ordering.catalogue import Option, Variant
from console.ordering.quick_order.context import first_mistake
from console.ordering.quick_order.cursor_tracker import CursorTracker, PortionContext, WordContext
from console.ordering.quick_order.lexer import Token, TokenKind, tokenize
from console.ordering.quick_order.name_index import IndexEntry, NameIndex, option_term
from console.ordering.quick_order.parser import Mistake
from console.ordering.quick_order.product_phrase import ProductPhrase, choose_variant, variant_id_of
from console.ordering.quick_order.quoting import name_text, plain_title, value_text
from console.ordering.quick_order.resolver import LookupContext, may_be_quantity
from console.ordering.quick_order.variant_options import (
    VariantOptions,
    free_variant_options,
    matching_variants,
    option_terms_of,
    requested_values,
    variant_options_of,
)


def variant(number: int, **options: str) -> Variant:
    chosen = tuple(Option(name, value) for name, value in options.items())
    return Variant(number, 1, "", chosen, Decimal(number), Decimal(number))


LARGE_PAN, LARGE_THIN = variant(1, Crust="Pan", Size="Large"), variant(2, Crust="Thin", Size="Large")
SMALL_PAN = variant(3, Crust="Pan", Size="Small", Note="")
VARIANTS = (LARGE_PAN, LARGE_THIN, SMALL_PAN)
OPTIONS = variant_options_of(VARIANTS)
LARGE, SMALL = option_term("Size", "Large"), option_term("Size", "Small")
PAN, THIN = option_term("Crust", "Pan"), option_term("Crust", "Thin")


def narrowed(text: str, options: VariantOptions = OPTIONS) -> dict[str, list[str]] | None:
    found = options.narrow(tokenize(text))
    return None if found is None else {name: [one.value for one in values] for name, values in found.items()}


def test_options_are_those_with_a_value_sizes_first() -> None:
    assert OPTIONS.options == (("Size", (LARGE, SMALL)), ("Crust", (PAN, THIN)))
    assert option_terms_of(VARIANTS) == (PAN, LARGE, THIN, SMALL)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {}),
        ("large", {"Size": ["Large"]}),
        ("thin l", {"Crust": ["Thin"], "Size": ["Large"]}),
        ("l l", {"Size": ["Large"]}),
        ("small thin", None),
        ("large small", None),
        ("huge", None),
        ("large huge", None),
    ],
)
def test_words_ask_for_options_that_go_together(text: str, found: dict[str, list[str]] | None) -> None:
    assert narrowed(text) == found


def test_free_options_go_together_in_any_way() -> None:
    free = free_variant_options((LARGE, SMALL, PAN, THIN))
    assert narrowed("small thin", free) == {"Size": ["Small"], "Crust": ["Thin"]}
    assert narrowed("huge", free) is None


def test_best_matches_are_taken_and_equal_ones_all() -> None:
    packs = variant_options_of(
        [variant(n, Pack=name) for n, name in enumerate(("Can", "Can Large", "Candy"), 1)]
    )
    assert narrowed("can", packs) == {"Pack": ["Can"]}
    assert narrowed("ca", packs) == {"Pack": ["Can", "Can Large", "Candy"]}
    assert narrowed("ca large", packs) == {"Pack": ["Can Large"]}


def test_variants_match_all_that_was_asked_for() -> None:
    assert matching_variants(VARIANTS, {}) == VARIANTS
    assert matching_variants(VARIANTS, {"Size": (LARGE,)}) == (LARGE_PAN, LARGE_THIN)
    assert matching_variants(VARIANTS, {"Size": (LARGE, SMALL), "Crust": (PAN,)}) == (LARGE_PAN, SMALL_PAN)
    assert matching_variants(VARIANTS, {"Size": (SMALL,), "Crust": (THIN,)}) == ()


def test_requested_values_are_found_in_any_case() -> None:
    requested = {"Size": (LARGE,), "CRUST": (PAN,)}
    assert [requested_values(requested, name) for name in ("size", "Crust", "Pack")] == [(LARGE,), (PAN,), ()]


# The chosen variant


def phrase(variant_id: int = 0, **requested: tuple[object, ...]) -> ProductPhrase:
    return ProductPhrase(0, requested, 0, variant_id)  # type: ignore[arg-type]


def test_named_variant_is_chosen_whatever_is_asked_for() -> None:
    assert choose_variant(VARIANTS, phrase(3, Size=(LARGE,)), LARGE_PAN) == SMALL_PAN
    assert choose_variant(VARIANTS, phrase(99, Size=(SMALL,)), LARGE_PAN) == SMALL_PAN


def test_variant_most_like_the_default_is_chosen() -> None:
    assert choose_variant(VARIANTS, phrase(), LARGE_THIN) == LARGE_THIN
    assert choose_variant(VARIANTS, phrase(Size=(LARGE,)), SMALL_PAN) == LARGE_PAN
    assert choose_variant(VARIANTS[::-1], phrase(Size=(LARGE,)), SMALL_PAN) == LARGE_PAN
    assert choose_variant(VARIANTS, phrase(Size=(LARGE,)), None) == LARGE_PAN
    assert choose_variant(VARIANTS, phrase(Size=(SMALL,), Crust=(THIN,)), LARGE_PAN) is None
    assert choose_variant(VARIANTS, phrase(Size=(SMALL,), Crust=(THIN,)), None) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("#10.1002", 1002), ("coke #10.7", 7), ("#10", 0), ("10.5", 0), ("#10.x #11.5", 5), ("", 0)],
)
def test_variant_is_named_behind_a_number_sign_and_a_point(text: str, number: int) -> None:
    assert variant_id_of(tokenize(text)) == number


@pytest.mark.parametrize(
    ("text", "may"),
    [("3", True), ("999", True), ("1000", False), ("3x", True), ("X3", True), ("3*", True), ("x", False),
     ("3xx", False), ("2.5", False), ('"3"', False), ("٣", True), ("٣*", True)],
)  # fmt: skip
def test_quantity_has_up_to_three_digits(text: str, *, may: bool) -> None:
    (token,) = tokenize(text)
    assert may_be_quantity(token) is may


# Names as they are written back


ENTRIES = [
    IndexEntry(10, "Cheesy Bread"),
    IndexEntry(11, "Crème Brûlée"),
    IndexEntry(12, "Twin"),
    IndexEntry(13, "Twin"),
    IndexEntry(14, "..."),
    IndexEntry(15, "3"),
]
LOOKUP = LookupContext(NameIndex(ENTRIES), lambda _place: VariantOptions(), lambda _place: "")


def test_name_is_plain_words_else_quoted_else_its_number() -> None:
    names = [name_text(place, LOOKUP) for place in range(len(ENTRIES))]
    assert names == ["cheesy bread", "crème brûlée", "#12", "#13", '"..."', "3"]


def test_value_is_one_word_else_quoted() -> None:
    assert value_text(option_term("Pack", "Bottle 500 ml")) == "bottle500ml"
    assert value_text(option_term("Pack", "2.25")) == "2.25"
    assert value_text(option_term("Pack", "...")) == '"..."'


def test_title_is_typed_in_lower_case_without_signs() -> None:
    assert plain_title("BUY 1, GET 2.5 Free!") == "buy 1 get 2.5 free"
    assert plain_title("Crème Brûlée") == "crème brûlée"
    assert plain_title("Mac & Cheese (XL)") == "mac cheese xl"


# The cursor and the first mistake


@pytest.mark.parametrize(
    ("cursor", "is_there"), [(1, False), (2, True), (5, True), (6, False), (None, False)]
)
def test_words_are_noted_from_their_start_to_their_end(cursor: int | None, *, is_there: bool) -> None:
    tracker = CursorTracker(cursor)
    tracker.track_words(2, 5, (), LOOKUP)
    expected = WordContext(cursor, (), LOOKUP) if cursor is not None and is_there else None
    assert tracker.context == expected


@pytest.mark.parametrize(
    ("cursor", "is_there"), [(1, False), (2, True), (4, True), (5, False), (None, False)]
)
def test_portion_is_noted_from_its_start_to_its_end(cursor: int | None, *, is_there: bool) -> None:
    token = Token(TokenKind.WORD, "le", 2, 4)
    tracker = CursorTracker(cursor)
    tracker.track_portion(token)
    assert tracker.context == (PortionContext(token) if is_there else None)


def test_innermost_construct_is_noted_last() -> None:
    tracker = CursorTracker(3)
    tracker.track_words(0, 9, tokenize("a"), LOOKUP)
    tracker.track_words(2, 4, tokenize("b"), LOOKUP)
    tracker.track_words(5, 9, tokenize("c"), LOOKUP)
    assert tracker.context == WordContext(3, tokenize("b"), LOOKUP)


def test_mistake_that_comes_first_in_the_text_counts() -> None:
    early, late = Mistake(1, 2, "Early."), Mistake(5, 6, "Late.")
    assert first_mistake(late, None, early) == early
    assert first_mistake(early, Mistake(1, 9, "Same place.")) == early
    assert first_mistake(None, None) is None
