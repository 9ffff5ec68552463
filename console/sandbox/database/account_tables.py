"""The tables of accounts: wrong passwords, one-time passwords, resets, and customers' addresses."""

TABLES = """
CREATE TABLE attempt (
    account TEXT PRIMARY KEY, wrong INTEGER NOT NULL, wrong_at REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE otp (
    otp_token TEXT PRIMARY KEY, purpose TEXT NOT NULL, user_name TEXT NOT NULL, mobile TEXT NOT NULL,
    code TEXT NOT NULL, expires_at REAL NOT NULL, wrong INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE reset (
    reset_id TEXT PRIMARY KEY, user_id TEXT NOT NULL UNIQUE, link TEXT NOT NULL, expires_at REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE address (
    address_id INTEGER PRIMARY KEY, user_id TEXT NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE INDEX address_of_user ON address (user_id, address_id);
"""

LATER_TABLES = """
CREATE TABLE IF NOT EXISTS provider_profile (
    provider TEXT NOT NULL, profile_id TEXT NOT NULL, user_id TEXT NOT NULL,
    PRIMARY KEY (provider, profile_id)
) STRICT, WITHOUT ROWID;
"""
"""Tables that an older store does not have; they are created when it is opened."""
