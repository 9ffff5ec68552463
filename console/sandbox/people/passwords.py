"""Passwords of operators and customers: checked, counted where wrong, locked after too many, set anew.

Used by every handler that asks for a password. A wrong try is answered and not raised, so that it is kept.
"""

from console.sandbox.answers import Answer, Code, RefusalError, refused
from console.sandbox.requests import Call
from console.sandbox.schema import hashed, matches

MAX_WRONG = 5
LOCK_SECONDS = 15 * 60
MIN_LENGTH = 6
"""The merchant's policy for customers."""


def refusal(call: Call, *, account: str, password: str, kept: str) -> Answer | None:
    """The refusal where the password is wrong or the account locked, ``None`` where all is well.

    ``kept`` is the hash; an account that has none accepts no password.
    """
    wrong = _wrong(call, account)
    if wrong >= MAX_WRONG:
        return refused(Code.LOCKED)
    if kept and matches(password, salt=account, kept=kept):
        forgive(call, account)
        return None
    call.store.run("INSERT OR REPLACE INTO attempt VALUES (?, ?, ?)", account, wrong + 1, call.now)
    return refused(Code.INVALID_PASSWORD)


def check_lock(call: Call, account: str) -> None:
    """Refuse a locked account, for ways to sign in that ask for no password.

    Raises:
        RefusalError: 1032, there were too many wrong passwords a short while ago.
    """
    if _wrong(call, account) >= MAX_WRONG:
        raise RefusalError(Code.LOCKED)


def forgive(call: Call, account: str) -> None:
    """Forget the wrong tries."""
    call.store.run("DELETE FROM attempt WHERE account = ?", account)


def checked_new(password: str) -> str:
    """A password to be set.

    Raises:
        RefusalError: 1040, the merchant's policy does not accept it.
    """
    if len(password) < MIN_LENGTH:
        raise RefusalError(Code.INVALID_PASSWORD, f"A password has at least {MIN_LENGTH} characters")
    return password


def set_new(call: Call, user_id: str, password: str) -> None:
    """Set a customer's password; wrong tries at the old one are forgotten."""
    kept = hashed(checked_new(password), salt=user_id)
    call.store.run("UPDATE customer SET password = ? WHERE user_id = ?", kept, user_id)
    forgive(call, user_id)


def _wrong(call: Call, account: str) -> int:
    """How many wrong tries count: a lock that is over begins at none."""
    row = call.store.row("SELECT wrong, wrong_at FROM attempt WHERE account = ?", account)
    if row is None:
        return 0
    wrong = int(row["wrong"])
    over = wrong >= MAX_WRONG and call.now - float(row["wrong_at"]) >= LOCK_SECONDS
    return 0 if over else wrong
