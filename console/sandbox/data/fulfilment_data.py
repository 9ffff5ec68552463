"""Fulfilment data of the merchant: slots, areas, delivery times, order stages, reason codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from console.sandbox.data.data_loader import DataError, TomlTable, load_data_file

WEEKDAY_STEP = 2


@dataclass(frozen=True, slots=True)
class SlotWindow:
    """A delivery slot of a day. ``starts`` and ``ends`` are in minutes of the day.

    ``slot_id`` is Monday's; ``capacity`` is the number of orders that one location takes for it.
    """

    slot_id: int
    starts: int
    ends: int
    capacity: int
    lead_minutes: int

    def slot_id_on(self, weekday: int) -> int:
        """The id of the slot on a weekday, 0 for Monday."""
        return self.slot_id + WEEKDAY_STEP * weekday


@dataclass(frozen=True, slots=True)
class DeliveryAreaData:
    """A delivery area, and the locations that serve it."""

    area_id: int
    name: str
    code: str
    city_id: int
    city: str
    locations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FulfilmentPace:
    """Seconds from authorisation until an order is confirmed, shipped and delivered."""

    seconds_to_confirmed: int
    seconds_to_shipped: int
    seconds_to_delivered: int


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """All fulfilment data. ``eta`` is the range in minutes by delivery mode."""

    slot_days: int
    windows: tuple[SlotWindow, ...]
    areas: tuple[DeliveryAreaData, ...]
    eta: Mapping[str, tuple[int, int]]
    pace: FulfilmentPace
    first_order_id: int
    shipping_modes: Mapping[int, bool]
    payment_codes: Mapping[str, str]
    attributes: Mapping[str, str]
    """The order attributes that the merchant has configured, each with the name that an order returns."""
    cancel_reasons: Mapping[str, str]
    location_reasons: Mapping[str, str]


@cache
def load_fulfilment() -> Fulfilment:
    """Load the fulfilment data of the data files.

    Raises:
        DataError: a file is not TOML, lacks a key, or has a value that makes no sense.
    """
    slots, areas, orders = (
        load_data_file("slots.toml"),
        load_data_file("areas.toml"),
        load_data_file("orders.toml"),
    )
    eta = areas.table("eta")
    return Fulfilment(
        slot_days=slots.integer("days"),
        windows=tuple(_window(row) for row in slots.tables("slot")),
        areas=tuple(_area(row) for row in areas.tables("area")),
        eta={name: _range(eta, name) for name in ("home", "pickup", "takeaway")},
        pace=FulfilmentPace(
            orders.integer("confirmed"), orders.integer("shipped"), orders.integer("delivered")
        ),
        first_order_id=orders.integer("first_order"),
        shipping_modes={
            row.integer("id"): row.flag("pickup", default=False) for row in orders.tables("shipping_mode")
        },
        payment_codes=_texts(orders.table("payment_codes")),
        attributes={
            row.text("name"): row.text("returned_as", row.text("name")) for row in orders.tables("attribute")
        },
        cancel_reasons=_texts(orders.table("cancel_reasons")),
        location_reasons=_texts(orders.table("location_reasons")),
    )


def _window(row: TomlTable) -> SlotWindow:
    return SlotWindow(
        slot_id=row.integer("id"),
        starts=_minutes(row.text("starts")),
        ends=_minutes(row.text("ends")),
        capacity=row.integer("capacity"),
        lead_minutes=row.integer("lead"),
    )


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    if not (hours.isdigit() and minutes.isdigit()):
        raise DataError(f"slots.toml: {text} is not a time of day such as 10:00")
    return int(hours) * 60 + int(minutes)


def _area(row: TomlTable) -> DeliveryAreaData:
    return DeliveryAreaData(
        area_id=row.integer("id"),
        name=row.text("name"),
        code=row.text("code"),
        city_id=row.integer("city_id"),
        city=row.text("city"),
        locations=row.integers("locations"),
    )


def _range(table: TomlTable, name: str) -> tuple[int, int]:
    first, last = table.integers(name)
    return first, last


def _texts(table: TomlTable) -> dict[str, str]:
    return {key: table.text(key) for key in table.keys}
