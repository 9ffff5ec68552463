"""Finding products in the full-text index: what fits, what fits best, and what was meant by a slip.

Used by ``console.local.catalogue``, which runs these functions on its own thread.

Ranking costs time for each row that fits, and a short word fits in most of a large menu. So only a short
list is ranked; of a long one, what has every word in its title comes first, each part in the menu's order.
Codes are in no title: of a long list that fits a part of one, all is in the menu's order.
"""

import json
import sqlite3
from dataclasses import dataclass
from enum import Enum, auto

from console.local import search_text, typos
from console.ordering.catalogue import Category

RANKED_AT_MOST = 400
"""Rows that are ranked within two milliseconds; a search counts up to them first."""
MEANT_AT_MOST = 12
"""Words that one with a slip is taken for."""
LAST = "\U0010ffff"

# A row number is in the menu's own order, and those of one menu are next to each other.
_IN_ORDER = (
    "SELECT product_text.rowid, product_id FROM product_text JOIN product ON id = product_text.rowid"
    " WHERE product_text MATCH :query AND product_text.rowid BETWEEN :first AND :last"
    " AND profile = :profile AND location_id = :location_id"
    " AND (:category_id = '' OR category_id = :category_id)"
    " ORDER BY product_text.rowid LIMIT :limit"
)
# A title says more than the category that it shares with its neighbours.
_BEST_FIRST = _IN_ORDER.replace(
    "ORDER BY product_text.rowid", "ORDER BY bm25(product_text, 8, 2, 4, 4), product_text.rowid"
)
_WORDS = (
    "SELECT value FROM json_each(:candidates) WHERE EXISTS (SELECT 1 FROM word WHERE term = value)"
    " ORDER BY key LIMIT :most"
)
_BEGINNINGS = _WORDS.replace("term = value", "term >= value AND term < value || :last")


@dataclass(frozen=True, slots=True)
class Where:
    """The part of a menu that is searched; without a category it is all of it."""

    profile: str
    location_id: int
    category: Category | None = None


class _Order(Enum):
    """How a list that is too long to be ranked is put in order."""

    MENU = auto()
    """As the menu has it, and a short list likewise."""
    CODES = auto()
    """As the menu has it."""
    TITLES = auto()
    """What has it in the title first."""


def find(connection: sqlite3.Connection, where: Where, text: str, limit: int) -> list[int]:
    """The ids of the products that fit the text, best first; see ``CatalogueStore.search``."""
    typed = search_text.words(text)
    if not typed:
        return []
    order = _order(typed)
    exact = [[search_text.begins(word)] for word in typed]
    found = _find(connection, where, exact, limit, order)
    if found:
        return found
    meant = [_meant(connection, word) for word in typed]
    unknown = [begun or slips for begun, slips in meant]
    if unknown != exact and (found := _find(connection, where, unknown, limit, order)):
        return found
    # Each word is one of the menu's, and yet not the one that was meant.
    anything = [[*begun, *slips] for begun, slips in meant]
    return _find(connection, where, anything, limit, order) if anything != unknown else []


def index_words(connection: sqlite3.Connection) -> None:
    """Note the words of every menu, for those who mistype them: call it after the index has changed."""
    connection.execute("DELETE FROM word")
    connection.execute("INSERT INTO word SELECT term FROM indexed_word WHERE term NOT GLOB '*[0-9]*'")
    terms = [term for (term,) in connection.execute("SELECT term FROM word")]
    connection.execute("DELETE FROM alphabet")
    connection.execute("INSERT INTO alphabet VALUES (?)", (typos.alphabet(terms),))


def _order(typed: list[str]) -> _Order:
    if not search_text.is_ranked(typed):
        return _Order.MENU
    return _Order.TITLES if all(map(search_text.is_word, typed)) else _Order.CODES


def _find(
    connection: sqlite3.Connection, where: Where, terms: list[list[str]], limit: int, order: _Order
) -> list[int]:
    span = connection.execute(
        "SELECT first_row, last_row FROM catalogue WHERE profile = ? AND location_id = ?",
        (where.profile, where.location_id),
    ).fetchone()
    if span is None or not all(terms):
        return []
    query = search_text.query(terms)
    if where.category is not None and search_text.words(where.category.name):
        # The name keeps the index from giving everything that is in other categories.
        name = search_text.exactly(search_text.folded(where.category.name))
        query = f"({query}) AND {{category}} : {name}"
    values: dict[str, str | int] = {
        "profile": where.profile,
        "location_id": where.location_id,
        "category_id": where.category.category_id if where.category else "",
        "first": span[0],
        "last": span[1],
    }

    def rows(select: str, wanted: str, most: int) -> dict[int, int]:
        return dict(connection.execute(select, values | {"query": wanted, "limit": most}).fetchall())

    found = rows(_IN_ORDER, query, limit if order is _Order.MENU else RANKED_AT_MOST)
    if order is not _Order.MENU and len(found) < RANKED_AT_MOST:
        found = rows(_BEST_FIRST, query, limit)
    elif order is _Order.TITLES:
        found = rows(_IN_ORDER, f"{{title}} : ({query})", limit) | found
    # A product that is on the menu twice is found once.
    return list(dict.fromkeys(found.values()))[:limit]


def _meant(connection: sqlite3.Connection, word: str) -> tuple[list[str], list[str]]:
    """The terms for a word as typed, none where nothing begins so, and for what it may be a slip of."""
    plain = typos.plain(word)
    if len(plain) < typos.FEWEST or not search_text.is_word(plain):
        return [search_text.begins(word)], []
    begun = [search_text.begins(word)] if _known(connection, [plain], whole=False) else []
    (letters,) = connection.execute("SELECT letters FROM alphabet").fetchone() or ("",)
    is_whole = len(plain) < typos.FEWEST_OF_A_BEGINNING
    known = _known(connection, typos.slips(plain, letters), whole=is_whole)
    term = search_text.exactly if is_whole else search_text.begins
    return begun, [term(other) for other in known]


def _known(connection: sqlite3.Connection, candidates: list[str], *, whole: bool) -> list[str]:
    """Those of the candidates that a word of the menus is, or begins with."""
    values = {"candidates": json.dumps(candidates), "last": LAST, "most": MEANT_AT_MOST}
    return [value for (value,) in connection.execute(_WORDS if whole else _BEGINNINGS, values)]
