"""Times as people say them: the wall clock of this machine, with the day when it is not today."""

from datetime import datetime, timedelta


def local_moment(at: float, now: float) -> str:
    """Word a Unix time as seen at another: ``at 21:40``, ``yesterday at 21:40``, ``on 26 Nov at 21:40``."""
    moment, today = _local(at), _local(now).date()
    clock = f"at {moment:%H:%M}"
    day = moment.date()
    if day == today:
        return clock
    if day == today - timedelta(days=1):
        return f"yesterday {clock}"
    year = "" if day.year == today.year else f" {day.year}"
    return f"on {day.day} {day:%b}{year} {clock}"


def _local(at: float) -> datetime:
    return datetime.fromtimestamp(at).astimezone()
