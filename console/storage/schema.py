"""Tables of the three files, as migrations: each runs once, and a released one never changes."""

from typing import Final

DRAFTS: Final = (
    """
    CREATE TABLE draft (
        draft_id TEXT PRIMARY KEY,
        profile TEXT NOT NULL,
        operator_id TEXT NOT NULL,
        operator_name TEXT NOT NULL,
        location_id INTEGER NOT NULL,
        customer TEXT,                   -- JSON; NULL for a walk-in order
        created_at REAL NOT NULL,        -- Unix seconds, as all times here
        name TEXT NOT NULL,
        sync TEXT NOT NULL DEFAULT '',   -- the engine's own record
        updated_at REAL NOT NULL,
        closed_at REAL,                  -- NULL while it is open
        closed_for TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX draft_open ON draft (profile, created_at) WHERE closed_at IS NULL;
    CREATE TABLE edit (
        draft_id TEXT NOT NULL REFERENCES draft ON DELETE CASCADE,
        seq INTEGER NOT NULL,            -- the edit's place in the draft, from 0, without gaps
        edit TEXT NOT NULL,              -- JSON
        PRIMARY KEY (draft_id, seq)
    ) WITHOUT ROWID;
    CREATE TABLE lease (
        draft_id TEXT PRIMARY KEY REFERENCES draft ON DELETE CASCADE,
        owner TEXT NOT NULL,             -- empty once it is released
        fence INTEGER NOT NULL,          -- grows with every owner, never shrinks
        expires_at REAL NOT NULL,
        seconds REAL NOT NULL            -- term it was last taken or renewed for
    ) WITHOUT ROWID;
    """,
    """
    -- The placement request as JSON, empty without one.
    ALTER TABLE draft ADD COLUMN wish TEXT NOT NULL DEFAULT '';
    -- The engine's own record about placing it.
    ALTER TABLE draft ADD COLUMN placing TEXT NOT NULL DEFAULT '';
    -- 1 from before Place Order is sent until its outcome is known.
    ALTER TABLE draft ADD COLUMN marked INTEGER NOT NULL DEFAULT 0;
    -- The platform's number, 0 until it is known.
    ALTER TABLE draft ADD COLUMN order_id INTEGER NOT NULL DEFAULT 0;
    CREATE UNIQUE INDEX draft_order ON draft (profile, order_id) WHERE order_id > 0;
    """,
    """
    ALTER TABLE draft RENAME COLUMN wish TO placement_request;
    ALTER TABLE draft RENAME COLUMN placing TO placement;
    ALTER TABLE draft RENAME COLUMN marked TO in_flight;
    ALTER TABLE draft RENAME COLUMN closed_for TO close_reason;
    """,
    """
    CREATE TABLE file_state (
        file_id TEXT PRIMARY KEY,        -- as in the tally
        commits INTEGER NOT NULL,        -- number of the last commit that concerned no draft
        checksum INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    -- Number of the last commit that concerned the draft.
    ALTER TABLE draft ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE draft ADD COLUMN edit_count INTEGER NOT NULL DEFAULT 0;
    UPDATE draft SET edit_count = (SELECT count(*) FROM edit WHERE edit.draft_id = draft.draft_id);
    -- What was lost of it, empty for a whole one.
    ALTER TABLE draft ADD COLUMN damage TEXT NOT NULL DEFAULT '';
    ALTER TABLE draft ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
    -- Revision of the draft when the edit was made: of two edits in one place, the first was undone.
    ALTER TABLE edit ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE edit ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
    """,
)
"""drafts.sqlite; open it with ``synchronous="FULL"``."""

CATALOGUE: Final = (
    """
    CREATE TABLE catalogue (
        profile TEXT NOT NULL,
        location_id INTEGER NOT NULL,
        seen_at REAL NOT NULL,
        PRIMARY KEY (profile, location_id)
    ) WITHOUT ROWID;
    CREATE TABLE product (
        id INTEGER PRIMARY KEY,          -- rowid in product_text
        profile TEXT NOT NULL,
        location_id INTEGER NOT NULL,
        product_id INTEGER NOT NULL,
        place INTEGER NOT NULL,          -- in the menu's own order
        product TEXT NOT NULL            -- JSON without the variants
    );
    -- Not unique: a menu may list a product in two categories.
    CREATE INDEX product_of_location ON product (profile, location_id, product_id);
    CREATE TABLE variants (
        profile TEXT NOT NULL,
        location_id INTEGER NOT NULL,
        product_id INTEGER NOT NULL,
        variants TEXT NOT NULL,          -- JSON
        seen_at REAL NOT NULL,
        PRIMARY KEY (profile, location_id, product_id)
    ) WITHOUT ROWID;
    CREATE TABLE stock (
        profile TEXT NOT NULL,
        product_id INTEGER NOT NULL,
        variant_id INTEGER NOT NULL,
        report TEXT NOT NULL,            -- JSON
        PRIMARY KEY (profile, product_id, variant_id)
    ) WITHOUT ROWID;
    -- Without Mn and Mc, Devanagari and vocalised Arabic would be split into single letters.
    CREATE VIRTUAL TABLE product_text USING fts5 (
        title, category, sku, barcode,
        prefix = '2 3 4',
        tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
    );
    """,
    """
    -- The rows of one menu are next to each other, in its own order.
    ALTER TABLE catalogue ADD COLUMN first_row INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE catalogue ADD COLUMN last_row INTEGER NOT NULL DEFAULT 9223372036854775807;
    ALTER TABLE product ADD COLUMN category_id TEXT NOT NULL DEFAULT '';
    UPDATE product SET category_id = coalesce(json_extract(product, '$.value.category_id'), '');
    CREATE VIRTUAL TABLE indexed_word USING fts5vocab (product_text, row);
    -- The words without digits, as the index spells them, for correcting typing errors.
    CREATE TABLE word (term TEXT PRIMARY KEY) WITHOUT ROWID;
    INSERT INTO word SELECT term FROM indexed_word WHERE term NOT GLOB '*[0-9]*';
    CREATE TABLE alphabet (letters TEXT NOT NULL);
    INSERT INTO alphabet VALUES ('abcdefghijklmnopqrstuvwxyz');  -- until the next menu
    -- A menu fetch in progress, page by page.
    CREATE TABLE fetched (
        profile TEXT NOT NULL,
        location_id INTEGER NOT NULL,
        step TEXT NOT NULL,
        page INTEGER NOT NULL,
        answer TEXT NOT NULL,            -- JSON
        seen_at REAL NOT NULL,
        PRIMARY KEY (profile, location_id, step, page)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE bundles (
        profile TEXT NOT NULL,
        location_id INTEGER NOT NULL,
        bundles TEXT NOT NULL,           -- JSON of all, as they share their toppings
        PRIMARY KEY (profile, location_id)
    ) WITHOUT ROWID;
    """,
    """
    -- Without the time: only that of the whole menu is shown.
    DROP TABLE variants;
    CREATE TABLE variants (
        profile TEXT NOT NULL,
        location_id INTEGER NOT NULL,
        product_id INTEGER NOT NULL,
        variants TEXT NOT NULL,          -- JSON
        PRIMARY KEY (profile, location_id, product_id)
    ) WITHOUT ROWID;
    ALTER TABLE fetched RENAME COLUMN answer TO content;
    """,
    """
    CREATE TABLE delivery_fee (
        profile TEXT NOT NULL,
        location_id INTEGER NOT NULL,
        area TEXT NOT NULL,              -- as an address names it, case folded; empty for pickup
        mode TEXT NOT NULL,
        fee TEXT NOT NULL,               -- JSON
        seen_at REAL NOT NULL,
        PRIMARY KEY (profile, location_id, area, mode)
    ) WITHOUT ROWID;
    """,
    """
    -- The platform's lists of delivery cities and areas.
    CREATE TABLE delivery_places (
        profile TEXT NOT NULL,
        scope TEXT NOT NULL,             -- all cities, or the areas of one store or city
        places TEXT NOT NULL,            -- JSON
        PRIMARY KEY (profile, scope)
    ) WITHOUT ROWID;
    """,
)
"""catalogue.sqlite; open it with ``synchronous="NORMAL"``, as all of it can be fetched again."""

PEOPLE: Final = (
    """
    CREATE TABLE customer (
        profile TEXT NOT NULL,
        user_id TEXT NOT NULL,
        customer TEXT NOT NULL,          -- JSON
        served_at REAL NOT NULL,
        PRIMARY KEY (profile, user_id)
    ) WITHOUT ROWID;
    CREATE TABLE operator (
        profile TEXT NOT NULL,
        user_name TEXT NOT NULL,         -- case folded
        operator TEXT NOT NULL,          -- JSON, with the locations
        salt BLOB NOT NULL,
        verifier BLOB NOT NULL,          -- scrypt; empty once it is used up or expired
        wrong INTEGER NOT NULL,          -- failed attempts since the last online sign-in
        signed_in_at REAL NOT NULL,
        PRIMARY KEY (profile, user_name)
    ) WITHOUT ROWID;
    """,
    # The hash takes more time from now on: the next online sign-in makes a new one.
    "UPDATE operator SET verifier = x'';",
    "ALTER TABLE operator RENAME COLUMN wrong TO failed_attempts;",
    """
    CREATE TABLE file_state (
        file_id TEXT PRIMARY KEY,        -- as in the tally
        commits INTEGER NOT NULL,        -- number of the last commit
        checksum INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    ALTER TABLE customer ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE operator ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
    """,
)
"""people.sqlite; open it with ``synchronous="NORMAL"``."""
