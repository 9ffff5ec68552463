"""The tables of checkout and orders."""

TABLES = """
CREATE TABLE checkout (
    cart_id INTEGER PRIMARY KEY REFERENCES cart, vouchers TEXT NOT NULL, slot_id INTEGER NOT NULL,
    demanded REAL NOT NULL, shipping_mode INTEGER NOT NULL, bill TEXT NOT NULL, ship TEXT NOT NULL,
    attributes TEXT NOT NULL
) STRICT;
CREATE TABLE placed_order (
    order_id INTEGER PRIMARY KEY, user_id TEXT NOT NULL, operator_id TEXT NOT NULL,
    location_id INTEGER NOT NULL, mode TEXT NOT NULL, placed_at REAL NOT NULL, authorised_at REAL,
    cancelled_at REAL, slot_id INTEGER NOT NULL, slot_day TEXT NOT NULL, reference TEXT NOT NULL DEFAULT '',
    record TEXT NOT NULL
) STRICT;
CREATE INDEX order_of_user ON placed_order (user_id, order_id);
CREATE INDEX order_in_slot ON placed_order (location_id, slot_id, slot_day);
CREATE TABLE order_line (
    line_id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES placed_order,
    location_id INTEGER NOT NULL, quantity INTEGER NOT NULL, cancelled INTEGER NOT NULL DEFAULT 0,
    unit_price TEXT NOT NULL, free INTEGER NOT NULL, part TEXT NOT NULL, rows TEXT NOT NULL
) STRICT;
CREATE INDEX line_of_order ON order_line (order_id, line_id);
CREATE TABLE order_log (
    log_id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES placed_order, logged_at REAL NOT NULL,
    operator_id TEXT NOT NULL, action TEXT NOT NULL, message TEXT NOT NULL, line_id INTEGER NOT NULL,
    before INTEGER NOT NULL, after INTEGER NOT NULL
) STRICT;
CREATE INDEX log_of_order ON order_log (order_id, log_id);
CREATE TABLE voucher_use (
    voucher TEXT NOT NULL, user_id TEXT NOT NULL, order_id INTEGER NOT NULL,
    PRIMARY KEY (voucher, order_id)
) STRICT, WITHOUT ROWID;
"""
