"""Search in the full-text index: exact matches, their order, and typing errors.

The functions run on the thread of the catalogue store.

Ranking takes time for each matching row, and a short word matches most of a large menu. So only a short list
is ranked. In a long one, products with every word in their title come first, each part in the menu's order.
Codes are not in titles: a long list that matches a part of a code is in the menu's order.
"""

import json
import sqlite3
from dataclasses import dataclass
from enum import Enum, auto

from console.ordering.catalogue import Category
from console.storage.catalogue import fts_query, typo_variants

MAX_RANKED = 400
"""Rows that can be ranked within two milliseconds; a search counts up to this first."""
MAX_CORRECTIONS = 12
"""Corrections that are tried for a mistyped word."""
LAST_CHARACTER = "\U0010ffff"

# Row numbers follow the menu's own order, and the rows of one menu are contiguous.
_SELECT_IN_ORDER = (
    "SELECT product_text.rowid, product_id FROM product_text JOIN product ON id = product_text.rowid"
    " WHERE product_text MATCH :query AND product_text.rowid BETWEEN :first AND :last"
    " AND profile = :profile AND location_id = :location_id"
    " AND (:category_id = '' OR category_id = :category_id)"
    " ORDER BY product_text.rowid LIMIT :limit"
)
# The title weighs more than the category, which it shares with its neighbours.
_SELECT_BEST_FIRST = _SELECT_IN_ORDER.replace(
    "ORDER BY product_text.rowid", "ORDER BY bm25(product_text, 8, 2, 4, 4), product_text.rowid"
)
_SELECT_WORDS = (
    "SELECT value FROM json_each(:candidates) WHERE EXISTS (SELECT 1 FROM word WHERE term = value)"
    " ORDER BY key LIMIT :most"
)
_SELECT_PREFIXES = _SELECT_WORDS.replace("term = value", "term >= value AND term < value || :last")


@dataclass(frozen=True, slots=True)
class SearchScope:
    """The part of a menu to search; all of it without a category."""

    profile: str
    location_id: int
    category: Category | None = None


@dataclass(frozen=True, slots=True)
class FoundProducts:
    """Ids of products, best first. ``is_guess`` if they match only with a word of the text corrected."""

    product_ids: tuple[int, ...] = ()
    is_guess: bool = False


class _Ordering(Enum):
    """The order of a list that is too long to be ranked."""

    MENU = auto()
    """The menu's order, for a short list too."""
    CODES = auto()
    """The menu's order."""
    TITLES = auto()
    """Matches in the title first."""


def find_products(connection: sqlite3.Connection, scope: SearchScope, text: str, limit: int) -> FoundProducts:
    """Find the matching products, best first; see ``CatalogueStore.search``."""
    typed_words = fts_query.typed_words(text)
    if not typed_words:
        return FoundProducts()
    order = _choose_ordering(typed_words)
    exact = [_prefix_terms(word) for word in typed_words]
    found = _run_search(connection, scope, exact, limit, order)
    if found:
        return FoundProducts(tuple(found))
    corrections = [_corrections(connection, word) for word in typed_words]
    corrected = [prefixes or variants for prefixes, variants in corrections]
    if corrected != exact and (found := _run_search(connection, scope, corrected, limit, order)):
        return FoundProducts(tuple(found), is_guess=True)
    # Each word is on the menu, but one may be a typing error for another.
    broadened = [[*prefixes, *variants] for prefixes, variants in corrections]
    found = _run_search(connection, scope, broadened, limit, order) if broadened != corrected else []
    return FoundProducts(tuple(found), is_guess=bool(found))


def update_word_list(connection: sqlite3.Connection) -> None:
    """Rebuild the list of words that corrections are taken from, after the index has changed."""
    connection.execute("DELETE FROM word")
    connection.execute("INSERT INTO word SELECT term FROM indexed_word WHERE term NOT GLOB '*[0-9]*'")
    terms = [term for (term,) in connection.execute("SELECT term FROM word")]
    connection.execute("DELETE FROM alphabet")
    connection.execute("INSERT INTO alphabet VALUES (?)", (typo_variants.alphabet(terms),))


def _choose_ordering(typed_words: list[str]) -> _Ordering:
    if not fts_query.is_ranked(typed_words):
        return _Ordering.MENU
    return _Ordering.TITLES if all(map(fts_query.is_word, typed_words)) else _Ordering.CODES


def _run_search(
    connection: sqlite3.Connection, scope: SearchScope, terms: list[list[str]], limit: int, order: _Ordering
) -> list[int]:
    span = connection.execute(
        "SELECT first_row, last_row FROM catalogue WHERE profile = ? AND location_id = ?",
        (scope.profile, scope.location_id),
    ).fetchone()
    if span is None or not all(terms):
        return []
    query = fts_query.match_query(terms)
    if scope.category is not None and fts_query.typed_words(scope.category.name):
        # The name keeps the index from returning everything in other categories.
        names = fts_query.spellings(fts_query.normalize_text(scope.category.name))
        query = f"({query}) AND {{category}} : ({' OR '.join(map(fts_query.exact_term, names))})"
    values: dict[str, str | int] = {
        "profile": scope.profile,
        "location_id": scope.location_id,
        "category_id": scope.category.category_id if scope.category else "",
        "first": span[0],
        "last": span[1],
    }

    def rows(select: str, match: str, row_limit: int) -> dict[int, int]:
        return dict(connection.execute(select, values | {"query": match, "limit": row_limit}).fetchall())

    found = rows(_SELECT_IN_ORDER, query, limit if order is _Ordering.MENU else MAX_RANKED)
    if order is not _Ordering.MENU and len(found) < MAX_RANKED:
        found = rows(_SELECT_BEST_FIRST, query, limit)
    elif order is _Ordering.TITLES:
        found = rows(_SELECT_IN_ORDER, f"{{title}} : ({query})", limit) | found
    # A product may be on the menu twice.
    return list(dict.fromkeys(found.values()))[:limit]


def _corrections(connection: sqlite3.Connection, word: str) -> tuple[list[str], list[str]]:
    """The prefix terms of a typed word, empty if no word begins so, and the terms of its corrections."""
    normalized = typo_variants.normalize(fts_query.indexed_text(word))
    if len(normalized) < typo_variants.MIN_LENGTH or not fts_query.is_word(normalized):
        return _prefix_terms(word), []
    prefix_terms = _prefix_terms(word) if _known_words(connection, [normalized], whole=False) else []
    (letters,) = connection.execute("SELECT letters FROM alphabet").fetchone() or ("",)
    is_whole = len(normalized) < typo_variants.MIN_PREFIX_LENGTH
    variants = _known_words(connection, typo_variants.one_edit_variants(normalized, letters), whole=is_whole)
    term = fts_query.exact_term if is_whole else fts_query.prefix_term
    return prefix_terms, [term(other) for other in variants]


def _prefix_terms(word: str) -> list[str]:
    return list(map(fts_query.prefix_term, fts_query.spellings(word)))


def _known_words(connection: sqlite3.Connection, candidates: list[str], *, whole: bool) -> list[str]:
    """The candidates that are a word of the menus, or the beginning of one."""
    values = {"candidates": json.dumps(candidates), "last": LAST_CHARACTER, "most": MAX_CORRECTIONS}
    return [value for (value,) in connection.execute(_SELECT_WORDS if whole else _SELECT_PREFIXES, values)]
