"""Finding products in the full-text index: what fits, what fits best, and what was meant by a slip.

Used by ``console.storage.catalogue.catalogue_store``, which runs these functions on its own thread.

Ranking costs time for each row that fits, and a short word fits in most of a large menu. So only a short
list is ranked; of a long one, what has every word in its title comes first, each part in the menu's order.
Codes are in no title: of a long list that fits a part of one, all is in the menu's order.
"""

import json
import sqlite3
from dataclasses import dataclass
from enum import Enum, auto

from console.ordering.catalogue import Category
from console.storage.catalogue import fts_query, typo_variants

MAX_RANKED = 400
"""Rows that are ranked within two milliseconds; a search counts up to them first."""
MAX_CORRECTIONS = 12
"""Words that one with a slip is taken for."""
LAST_CHARACTER = "\U0010ffff"

# A row number is in the menu's own order, and those of one menu are next to each other.
_SELECT_IN_ORDER = (
    "SELECT product_text.rowid, product_id FROM product_text JOIN product ON id = product_text.rowid"
    " WHERE product_text MATCH :query AND product_text.rowid BETWEEN :first AND :last"
    " AND profile = :profile AND location_id = :location_id"
    " AND (:category_id = '' OR category_id = :category_id)"
    " ORDER BY product_text.rowid LIMIT :limit"
)
# A title says more than the category that it shares with its neighbours.
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
    """The part of a menu that is searched; without a category it is all of it."""

    profile: str
    location_id: int
    category: Category | None = None


class _Ordering(Enum):
    """How a list that is too long to be ranked is put in order."""

    MENU = auto()
    """As the menu has it, and a short list likewise."""
    CODES = auto()
    """As the menu has it."""
    TITLES = auto()
    """What has it in the title first."""


def find_products(connection: sqlite3.Connection, scope: SearchScope, text: str, limit: int) -> list[int]:
    """The ids of the products that fit the text, best first; see ``CatalogueStore.search``."""
    typed_words = fts_query.typed_words(text)
    if not typed_words:
        return []
    order = _choose_ordering(typed_words)
    exact = [[fts_query.prefix_term(word)] for word in typed_words]
    found = _run_search(connection, scope, exact, limit, order)
    if found:
        return found
    corrections = [_corrections(connection, word) for word in typed_words]
    corrected = [begun or slips for begun, slips in corrections]
    if corrected != exact and (found := _run_search(connection, scope, corrected, limit, order)):
        return found
    # Each word is one of the menu's, and yet not the one that was meant.
    broadened = [[*begun, *slips] for begun, slips in corrections]
    return _run_search(connection, scope, broadened, limit, order) if broadened != corrected else []


def update_word_list(connection: sqlite3.Connection) -> None:
    """Note the words of every menu, for those who mistype them: call it after the index has changed."""
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
        # The name keeps the index from giving everything that is in other categories.
        name = fts_query.exact_term(fts_query.normalize_text(scope.category.name))
        query = f"({query}) AND {{category}} : {name}"
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
    # A product that is on the menu twice is found once.
    return list(dict.fromkeys(found.values()))[:limit]


def _corrections(connection: sqlite3.Connection, word: str) -> tuple[list[str], list[str]]:
    """The terms for a word as typed, none where nothing begins so, and for what it may be a slip of."""
    normalized = typo_variants.normalize(word)
    if len(normalized) < typo_variants.MIN_LENGTH or not fts_query.is_word(normalized):
        return [fts_query.prefix_term(word)], []
    prefix_terms = (
        [fts_query.prefix_term(word)] if _known_words(connection, [normalized], whole=False) else []
    )
    (letters,) = connection.execute("SELECT letters FROM alphabet").fetchone() or ("",)
    is_whole = len(normalized) < typo_variants.MIN_PREFIX_LENGTH
    variants = _known_words(connection, typo_variants.one_edit_variants(normalized, letters), whole=is_whole)
    term = fts_query.exact_term if is_whole else fts_query.prefix_term
    return prefix_terms, [term(other) for other in variants]


def _known_words(connection: sqlite3.Connection, candidates: list[str], *, whole: bool) -> list[str]:
    """Those of the candidates that a word of the menus is, or begins with."""
    values = {"candidates": json.dumps(candidates), "last": LAST_CHARACTER, "most": MAX_CORRECTIONS}
    return [value for (value,) in connection.execute(_SELECT_WORDS if whole else _SELECT_PREFIXES, values)]
