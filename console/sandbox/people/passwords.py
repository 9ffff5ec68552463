"""Passwords of operators and customers: checked, counted where wrong, locked after too many, set anew.

Used by every handler that asks for a password. A wrong try is answered and not raised, so that it is kept.
"""

from console.sandbox.database.schema import hash_password, verify_password
from console.sandbox.requests import Call
from console.sandbox.responses import Code, RefusalError, Reply, refusal_reply

MAX_ATTEMPTS = 5
LOCK_SECONDS = 15 * 60
MIN_LENGTH = 6
"""The merchant's policy for customers."""


def password_refusal(call: Call, *, account: str, password: str, password_hash: str) -> Reply | None:
    """The refusal where the password is wrong or the account locked, ``None`` where all is well.

    An account that has no ``password_hash`` accepts no password.
    """
    attempts = _failed_attempts(call, account)
    if attempts >= MAX_ATTEMPTS:
        return refusal_reply(Code.LOCKED)
    if password_hash and verify_password(password, salt=account, password_hash=password_hash):
        clear_attempts(call, account)
        return None
    call.store.run("INSERT OR REPLACE INTO attempt VALUES (?, ?, ?)", account, attempts + 1, call.now)
    return refusal_reply(Code.INVALID_PASSWORD)


def check_lock(call: Call, account: str) -> None:
    """Refuse a locked account, for ways to sign in that ask for no password.

    Raises:
        RefusalError: 1032, there were too many wrong passwords a short while ago.
    """
    if _failed_attempts(call, account) >= MAX_ATTEMPTS:
        raise RefusalError(Code.LOCKED)


def clear_attempts(call: Call, account: str) -> None:
    """Forget the wrong tries."""
    call.store.run("DELETE FROM attempt WHERE account = ?", account)


def validate_password(password: str) -> str:
    """A password to be set.

    Raises:
        RefusalError: 1040, the merchant's policy does not accept it.
    """
    if len(password) < MIN_LENGTH:
        raise RefusalError(Code.INVALID_PASSWORD, f"A password has at least {MIN_LENGTH} characters")
    return password


def set_password(call: Call, user_id: str, password: str) -> None:
    """Set a customer's password; wrong tries at the old one are forgotten."""
    password_hash = hash_password(validate_password(password), salt=user_id)
    call.store.run("UPDATE customer SET password = ? WHERE user_id = ?", password_hash, user_id)
    clear_attempts(call, user_id)


def _failed_attempts(call: Call, account: str) -> int:
    """How many wrong tries count: a lock that is over begins at none."""
    row = call.store.row("SELECT wrong, wrong_at FROM attempt WHERE account = ?", account)
    if row is None:
        return 0
    wrong = int(row["wrong"])
    over = wrong >= MAX_ATTEMPTS and call.now - float(row["wrong_at"]) >= LOCK_SECONDS
    return 0 if over else wrong
