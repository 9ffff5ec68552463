"""Times as people say them: by the store's wall clock, with the day when it is not today."""

from datetime import timedelta

from console.ordering.store_time import StoreTime


def local_moment(at: float, now: float, store_time: StoreTime) -> str:
    """Word a Unix time as seen at another: ``at 21:40``, ``yesterday at 21:40``, ``on 26 Nov at 21:40``."""
    moment, today = store_time.at(at), store_time.at(now).date()
    clock = f"at {moment:%H:%M}"
    day = moment.date()
    if day == today:
        return clock
    if day == today - timedelta(days=1):
        return f"yesterday {clock}"
    year = "" if day.year == today.year else f" {day.year}"
    return f"on {day.day} {day:%b}{year} {clock}"
