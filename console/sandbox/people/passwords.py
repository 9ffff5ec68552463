"""Passwords of operators and customers: check, wrong attempts, lock and change.

A wrong attempt is replied and not raised, so that its count is saved.
"""

from console.sandbox.database.schema import hash_password, verify_password
from console.sandbox.requests import Call
from console.sandbox.responses import Code, RefusalError, Reply, refusal_reply

MAX_ATTEMPTS = 5
LOCK_SECONDS = 15 * 60
MIN_LENGTH = 6
"""Minimum length by the merchant's policy for customers."""


def password_refusal(call: Call, *, account: str, password: str, password_hash: str) -> Reply | None:
    """Return the refusal of a wrong password or a locked account, ``None`` if the password is right.

    An account without a ``password_hash`` accepts no password.
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
    """Refuse a locked account, for logins without a password.

    Raises:
        RefusalError: 1032, there were too many wrong passwords recently.
    """
    if _failed_attempts(call, account) >= MAX_ATTEMPTS:
        raise RefusalError(Code.LOCKED)


def clear_attempts(call: Call, account: str) -> None:
    """Forget the wrong attempts."""
    call.store.run("DELETE FROM attempt WHERE account = ?", account)


def validate_password(password: str) -> str:
    """Validate a new password.

    Raises:
        RefusalError: 1040, the merchant's policy does not accept it.
    """
    if len(password) < MIN_LENGTH:
        raise RefusalError(Code.INVALID_PASSWORD, f"A password has at least {MIN_LENGTH} characters")
    return password


def set_password(call: Call, user_id: str, password: str) -> None:
    """Set a customer's password, and forget wrong attempts at the old one."""
    password_hash = hash_password(validate_password(password), salt=user_id)
    call.store.run("UPDATE customer SET password = ? WHERE user_id = ?", password_hash, user_id)
    clear_attempts(call, user_id)


def _failed_attempts(call: Call, account: str) -> int:
    """Return the number of wrong attempts; an expired lock starts again at zero."""
    row = call.store.row("SELECT wrong, wrong_at FROM attempt WHERE account = ?", account)
    if row is None:
        return 0
    wrong = int(row["wrong"])
    lock_expired = wrong >= MAX_ATTEMPTS and call.now - float(row["wrong_at"]) >= LOCK_SECONDS
    return 0 if lock_expired else wrong
