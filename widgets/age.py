"""How old what is shown is, in words, and whether that is too old to be trusted.

Used wherever prices and stock as last seen are shown.
"""

from datetime import datetime

STALE_SECONDS = 15 * 60.0
"""Beyond this age, prices and stock are shown as no longer certain."""
_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0


def is_stale(age: float | None) -> bool:
    """Whether something read so many seconds ago may be another by now; never read, it is nothing yet."""
    return age is not None and age > STALE_SECONDS


def age_text(age: float) -> str:
    """``25 min old``, ``3 h old``, ``2 days old``."""
    if age < 2 * _HOUR:
        return f"{int(age / _MINUTE)} min old"
    if age < 2 * _DAY:
        return f"{int(age / _HOUR)} h old"
    return f"{int(age / _DAY)} days old"


def as_of(seen_at: float, age: float) -> str:
    """``As of 14:05``, with the day where that is not today's; once it is stale, a sign and the age."""
    at = datetime.fromtimestamp(seen_at).astimezone()
    today = datetime.fromtimestamp(seen_at + age).astimezone().date()
    text = f"As of {at:%H:%M}" if at.date() == today else f"As of {at:%d %b %H:%M}"
    return f"! {text}, {age_text(age)}" if is_stale(age) else text
