"""The store's own time: one clock on every screen and in every request, whatever zone this machine is in."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_DATE = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", re.ASCII)
_MONTH_NAME = re.compile(r"(?<!\d)(\d{1,2})[- ]([A-Za-z]{3,9})[-, ]+(\d{4}|\d{2})(?!\d)", re.ASCII)
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?![\d:])\s*([AaPp]\.?[Mm]\.?)?", re.ASCII
)
_OFFSET = re.compile(r"([+-])(0\d|1[0-4]):([0-5]\d)", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NEVER = 1900
"""The platform's dates of this year and before mean none."""
_ZONE_LEAD = timedelta(days=1)
"""A store's clock is at most fourteen hours ahead of any other."""


@dataclass(frozen=True, slots=True)
class StoreTime:
    """The zone of a store, and the order of day and month there.

    ``zone`` is an IANA name such as ``Asia/Kuwait``, or an offset such as ``+03:00``, and empty for this
    machine's. Wall time is a ``datetime`` without a zone: what the store's clock shows.
    """

    zone: str = ""
    day_first: bool = False

    def at(self, seconds: float) -> datetime:
        """Return the store's time, with its zone, at a Unix time."""
        return datetime.fromtimestamp(seconds, self._tzinfo).astimezone(self._tzinfo)

    def wall(self, moment: datetime) -> datetime:
        """Return the wall time of a moment that the platform gave; without a zone, it is wall time already.

        Where the store's zone is not known, an offset that the platform gives is taken for the store's.
        """
        if moment.tzinfo is not None and (self.zone or not moment.utcoffset()):
            moment = moment.astimezone(self._tzinfo)
        return moment.replace(tzinfo=None)

    def seconds(self, wall: datetime) -> float:
        """Return the Unix time of a wall time."""
        return wall.replace(tzinfo=self._tzinfo).timestamp()

    def dates(self, value: datetime | str | None) -> tuple[date, ...]:
        """Read a date in any printed form: in the store's order of day and month first, then in the other."""
        if isinstance(value, datetime):
            return (self.wall(value).date(),)
        text = value or ""
        if found := _YEAR_FIRST.search(text):
            readings = [(found[1], found[2], found[3])]
        elif found := _MONTH_NAME.search(text):
            name = found[2][:3].lower()
            readings = [(found[3], str(_MONTHS.index(name) + 1), found[1])] if name in _MONTHS else []
        elif found := _DATE.search(text) or _DIGITS.fullmatch(text.strip()):
            readings = [(found[3], found[1], found[2]), (found[3], found[2], found[1])]
            if self.day_first:
                readings.reverse()
        else:
            readings = []
        dates = (_date(year, int(month), int(day)) for year, month, day in readings)
        return tuple(dict.fromkeys(day for day in dates if day is not None))

    def read(self, value: datetime | str | None, *, now: float) -> datetime | None:
        """Return the wall time of a past moment as the platform wrote it, ``None`` if it cannot be read.

        Where a text can be read in both orders of day and month, the first that is not in the future counts.
        """
        if isinstance(value, datetime):
            return self.wall(value)
        days = self.dates(value)
        latest = (self.at(now) + _ZONE_LEAD).date()
        day = next((day for day in days if day <= latest), days[0] if days else None)
        return None if day is None else datetime.combine(day, read_clock(value or "") or time())

    @property
    def _tzinfo(self) -> tzinfo | None:
        return find_zone(self.zone) if self.zone else None


MACHINE_TIME = StoreTime()
"""The clock of a store in this machine's zone."""


def find_zone(name: str) -> tzinfo:
    """Return the zone of an IANA name or of an offset such as ``+03:00``.

    Raises:
        ValueError: it is neither, or this machine has no data of it.
    """
    if found := _OFFSET.fullmatch(name):
        offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(-offset if found[1] == "-" else offset)
    try:
        return ZoneInfo(name)
    except (OSError, LookupError, ValueError) as error:
        raise ValueError("must be a time zone such as Asia/Kuwait, or an offset such as +03:00") from error


def read_clock(text: str) -> time | None:
    """Return the first time of day in a text, such as ``16:30:00`` or ``01:45 PM``."""
    found = _CLOCK.search(text)
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[4][0] in "Pp" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _date(year: str, month: int, day: int) -> date | None:
    try:
        found = date(int(year if len(year) == 4 else f"20{year}"), month, day)
    except ValueError:
        return None
    return found if found.year > _NEVER else None
