"""The sandbox's merchant: keys, operators, locations and rules, as the data files have them.

Loaded when the store opens; read by every handler.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from console.sandbox.datafile import DataError, Table, read
from console.sandbox.pricing.half_rules import HalfRule


@dataclass(frozen=True, slots=True)
class Location:
    """A store. ``zero`` and ``low`` are the share of the menu, per cent, that has run out or nearly so."""

    location_id: int
    code: str
    name: str
    address: str
    area: str
    city_code: str
    city: str
    state_code: str
    state: str
    pin: str
    pins: tuple[str, ...]
    phone: str
    latitude: float
    longitude: float
    zero: int
    low: int
    modes: tuple[str, ...]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Operator:
    """Someone who works for the merchant. ``password`` is for the demonstration sign-in only."""

    operator_id: str
    user_name: str
    password: str = field(repr=False)
    first_name: str
    last_name: str
    role_id: str
    role: str
    locations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A customer group. ``share`` is how many of a hundred customers are in it."""

    group_id: int
    name: str
    description: str
    share: int


@dataclass(frozen=True, slots=True)
class Payment:
    """A way to pay that a cart offers."""

    kind: str
    option: str
    gateway_id: str
    gateway_title: str


@dataclass(frozen=True, slots=True)
class Merchant:
    """The merchant. ``shipping`` is what an order costs on top, by delivery mode, in ``currency``."""

    merchant_id: str
    name: str
    brand: str
    brand_id: str
    currency: str
    digits: int
    half_rule: HalfRule
    default_location: int
    consumer_key: str
    consumer_secret: str = field(repr=False)
    auth_token: str = field(repr=False)
    shipping_mode_id: int
    shipping: Mapping[str, Decimal]
    payments: tuple[Payment, ...]
    operators: tuple[Operator, ...]
    groups: tuple[Group, ...]
    locations: tuple[Location, ...]
    fixed_stock: tuple[tuple[int, int, int, int], ...]

    def location(self, location_id: int) -> Location | None:
        """The location with this id, ``None`` where it is not the merchant's."""
        return next((place for place in self.locations if place.location_id == location_id), None)

    def operator(self, operator_id: str) -> Operator | None:
        """The operator with this id, in any case."""
        wanted = operator_id.casefold()
        return next((o for o in self.operators if o.operator_id.casefold() == wanted), None)


@cache
def load_merchant() -> Merchant:
    """The merchant of the data files.

    Raises:
        DataError: a file is not TOML, lacks a key, or names what is not there.
    """
    table, places, stock = read("merchant.toml"), read("locations.toml"), read("stock.toml")
    keys, shipping = table.table("keys"), table.table("shipping")
    locations = tuple(_location(place) for place in places.tables("location"))
    roles = {role.text("name"): role.text("id") for role in table.tables("role")}
    everywhere = tuple(location.location_id for location in locations)
    return Merchant(
        merchant_id=table.text("id"),
        name=table.text("name"),
        brand=table.text("brand"),
        brand_id=table.text("brand_id"),
        currency=table.text("currency"),
        digits=table.integer("digits"),
        half_rule=HalfRule(table.text("half_rule")),
        default_location=table.integer("default_location"),
        consumer_key=keys.text("consumer_key"),
        consumer_secret=keys.text("consumer_secret"),
        auth_token=keys.text("auth_token"),
        shipping_mode_id=shipping.integer("mode_id"),
        shipping={mode: shipping.amount(mode) for mode in ("H", "S")},
        payments=tuple(_payment(row) for row in table.tables("payment")),
        operators=tuple(_operator(row, roles, everywhere) for row in table.tables("operator")),
        groups=tuple(_group(row) for row in table.tables("group")),
        locations=locations,
        fixed_stock=tuple(
            (
                row.integer("location"),
                row.integer("product"),
                row.integer("variant", 0),
                row.integer("quantity"),
            )
            for row in stock.tables("stock")
        ),
    )


def _operator(row: Table, roles: Mapping[str, str], everywhere: tuple[int, ...]) -> Operator:
    role = row.text("role")
    locations = row.integers("locations") or everywhere
    if role not in roles or not set(locations) <= set(everywhere):
        raise DataError(f"{row.text('username')}: the role or a location is not the merchant's")
    return Operator(
        operator_id=row.text("id"),
        user_name=row.text("username"),
        password=row.text("password"),
        first_name=row.text("first_name"),
        last_name=row.text("last_name"),
        role_id=roles[role],
        role=role,
        locations=locations,
    )


def _payment(row: Table) -> Payment:
    return Payment(row.text("type"), row.text("option"), row.text("gateway_id"), row.text("gateway_title"))


def _group(row: Table) -> Group:
    return Group(row.integer("id"), row.text("name"), row.text("description"), row.integer("share"))


def _location(row: Table) -> Location:
    return Location(
        location_id=row.integer("id"),
        code=row.text("code"),
        name=row.text("name"),
        address=row.text("address"),
        area=row.text("area"),
        city_code=row.text("city_code"),
        city=row.text("city"),
        state_code=row.text("state_code"),
        state=row.text("state"),
        pin=row.text("pin"),
        pins=row.texts("pins"),
        phone=row.text("phone"),
        latitude=row.number("latitude"),
        longitude=row.number("longitude"),
        zero=row.integer("zero"),
        low=row.integer("low"),
        modes=row.texts("modes"),
        opens=row.text("opens"),
        closes=row.text("closes"),
    )
