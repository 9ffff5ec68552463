"""Delivery slots: those on offer at a location for the next days, and their bookings.

Days and times are the merchant's.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from console.sandbox.data.fulfilment_data import SlotWindow
from console.sandbox.requests import Call
from console.sandbox.responses import MERCHANT_TIME, Code, RefusalError, merchant_datetime

DATE_FORMATS = ("%m-%d-%Y %H:%M:%S", "%m-%d-%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y")
"""Formats of a time or a day in a request, month before day."""
PLAUSIBLE_YEARS = range(1900, 2100)
"""A date of another year is an error."""


@dataclass(frozen=True, slots=True)
class DaySlot:
    """A slot on one day. ``is_open`` is true if it still takes an order."""

    slot_id: int
    day: date
    window: SlotWindow
    is_open: bool

    @property
    def starts(self) -> datetime:
        """Start of the slot."""
        return datetime.combine(self.day, time(), MERCHANT_TIME) + timedelta(minutes=self.window.starts)

    @property
    def ends(self) -> datetime:
        """End of the slot."""
        return datetime.combine(self.day, time(), MERCHANT_TIME) + timedelta(minutes=self.window.ends)


def slots_on(call: Call, location_id: int, day: date) -> list[DaySlot]:
    """Return the slots of a day at a location, the earliest first."""
    slots: list[DaySlot] = []
    for window in call.store.fulfilment.windows:
        slot_id = window.slot_id_on(day.weekday())
        slot = DaySlot(slot_id, day, window, is_open=True)
        late = call.now > slot.starts.timestamp() - window.lead_minutes * 60
        full = (
            slot_id in call.switches.full_slots or _count_orders(call, location_id, slot) >= window.capacity
        )
        slots.append(DaySlot(slot_id, day, window, is_open=not (late or full)))
    return slots


def offered_days(call: Call) -> list[date]:
    """Return the days that slots are on offer for, today first."""
    today = merchant_datetime(call.now).date()
    return [today + timedelta(days=days_ahead) for days_ahead in range(call.store.fulfilment.slot_days)]


def require_open_slot(call: Call, location_id: int, slot_id: int, moment: datetime) -> DaySlot:
    """Return the open slot of a day.

    Raises:
        RefusalError: 1044, it is not on offer on that day, begins too soon, or is full.
    """
    day = moment.date()
    if day not in offered_days(call):
        raise RefusalError(Code.INVALID_SLOT)
    for slot in slots_on(call, location_id, day):
        if slot.slot_id == slot_id and slot.is_open:
            return slot
    raise RefusalError(Code.INVALID_SLOT)


def parse_date(text: str, formats: tuple[str, ...] = DATE_FORMATS) -> datetime:
    """Parse a day, with or without a time, in the merchant's time.

    Raises:
        RefusalError: 1016, it is none.
    """
    for layout in formats:
        try:
            parsed = datetime.strptime(text, layout).replace(tzinfo=MERCHANT_TIME)
        except ValueError:
            continue
        if parsed.year in PLAUSIBLE_YEARS:
            return parsed
    raise RefusalError(Code.INVALID_INPUT, "A date is not in a documented format")


def _count_orders(call: Call, location_id: int, slot: DaySlot) -> int:
    row = call.store.row(
        "SELECT count(*) AS n FROM placed_order WHERE location_id = ? AND slot_id = ? AND slot_day = ?"
        " AND cancelled_at IS NULL",
        location_id,
        slot.slot_id,
        slot.day.isoformat(),
    )
    return 0 if row is None else int(row["n"])
