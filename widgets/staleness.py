"""The age of shown prices and stock in words, and when they are too old to trust."""

from console.ordering.store_time import StoreTime

STALE_SECONDS = 15 * 60.0
"""Seconds after which prices and stock are shown as uncertain."""
_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0


def is_stale(age_seconds: float | None) -> bool:
    """Return True if a value of this age may have changed; ``None``, never read, is not stale."""
    return age_seconds is not None and age_seconds > STALE_SECONDS


def age_text(age_seconds: float) -> str:
    """``25 min old``, ``3 h old``, ``2 days old``."""
    if age_seconds < 2 * _HOUR:
        return f"{int(age_seconds / _MINUTE)} min old"
    if age_seconds < 2 * _DAY:
        return f"{int(age_seconds / _HOUR)} h old"
    return f"{int(age_seconds / _DAY)} days old"


def as_of_text(observed_at: float, age_seconds: float, store_time: StoreTime) -> str:
    """``As of 14:05`` by the store's clock, with the day if not today; once stale with ``!`` and age."""
    at, today = store_time.at(observed_at), store_time.at(observed_at + age_seconds).date()
    text = f"As of {at:%H:%M}" if at.date() == today else f"As of {at:%d %b %H:%M}"
    return f"! {text}, {age_text(age_seconds)}" if is_stale(age_seconds) else text
