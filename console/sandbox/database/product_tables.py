"""The tables of product changes: prices, information, tags, attributes, reviews, tasks.

Values without a row are as in the menu and the product data.
"""

import sqlite3

from console.sandbox.data.merchant import load_merchant
from console.sandbox.data.product_data import load_product_data

FIRST_TASK = 2718751
FIRST_POST = 28958

TABLES = """
CREATE TABLE price (
    location_id INTEGER NOT NULL, product_id INTEGER NOT NULL, variant_id INTEGER NOT NULL,
    quantity INTEGER NOT NULL, web_price TEXT NOT NULL, list_price TEXT NOT NULL, token_price TEXT NOT NULL,
    PRIMARY KEY (location_id, product_id, variant_id, quantity)
) STRICT, WITHOUT ROWID;
CREATE TABLE product_change (
    product_id INTEGER NOT NULL, variant_id INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (product_id, variant_id, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE tagged (
    tag TEXT NOT NULL, product_id INTEGER NOT NULL, location_id INTEGER NOT NULL, created REAL,
    PRIMARY KEY (tag, product_id, location_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tagged_product ON tagged (product_id, location_id);
CREATE TABLE offer (product_id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE attribute_value (
    product_id INTEGER NOT NULL, variant_id INTEGER NOT NULL, location_id INTEGER NOT NULL,
    attribute_id TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (product_id, variant_id, location_id, attribute_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE content (
    content_id INTEGER PRIMARY KEY, product_id INTEGER NOT NULL, variant_id INTEGER NOT NULL,
    kind TEXT NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE INDEX content_of_product ON content (product_id, content_id);
CREATE TABLE review (
    review_id INTEGER PRIMARY KEY, product_id INTEGER NOT NULL, user_id TEXT NOT NULL, title TEXT NOT NULL,
    message TEXT NOT NULL, live INTEGER NOT NULL, rating INTEGER NOT NULL, created REAL NOT NULL
) STRICT;
CREATE INDEX review_of_product ON review (product_id, review_id);
CREATE TABLE task (
    task_id INTEGER PRIMARY KEY, kind TEXT NOT NULL, rows INTEGER NOT NULL, payload TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'U', errors TEXT NOT NULL DEFAULT '',
    created REAL NOT NULL, updated REAL NOT NULL
) STRICT;
CREATE INDEX task_waiting ON task (created) WHERE status = 'U';
"""


def seed(db: sqlite3.Connection) -> None:
    """Insert the tags, offers and reviews of the product data into a new store that has its customers."""
    catalogue, locations = load_product_data(), load_merchant().locations
    db.executemany(
        "INSERT OR IGNORE INTO tagged VALUES (?, ?, ?, NULL)",
        [
            (tag.name, product_id, location.location_id)
            for tag in catalogue.tags.values()
            for product_id in tag.products
            for location in locations
        ],
    )
    db.executemany("INSERT INTO offer VALUES (?, ?)", catalogue.offers.items())
    db.executemany(
        "INSERT INTO review SELECT ?, ?, user_id, ?, ?, 1, ?, 0 FROM customer WHERE folded = ?",
        [
            (FIRST_POST + i, r.product_id, r.title, r.message, r.rating, r.customer)
            for i, r in enumerate(catalogue.reviews)
        ],
    )
