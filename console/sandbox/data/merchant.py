"""The sandbox's merchant: keys, operators, locations and rules, as in the data files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from console.sandbox.data.data_loader import DataError, TomlTable, load_data_file
from console.sandbox.menu.half_rule import SandboxHalfRule
from console.sandbox.pricing.delivery_fees import DeliveryFees


@dataclass(frozen=True, slots=True)
class MerchantLocation:
    """A store. The percentages are shares of the menu that are sold out or nearly so."""

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
    sold_out_percent: int
    low_stock_percent: int
    modes: tuple[str, ...]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class MerchantOperator:
    """An operator of the merchant. ``password`` is for the demonstration sign-in only."""

    operator_id: str
    user_name: str
    password: str = field(repr=False)
    first_name: str
    last_name: str
    role_id: str
    role: str
    locations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MerchantGroup:
    """A customer group. ``member_percent`` is the share of customers in it."""

    group_id: int
    name: str
    description: str
    member_percent: int


@dataclass(frozen=True, slots=True)
class MerchantPayment:
    """A payment option of a cart."""

    kind: str
    option: str
    gateway_id: str
    gateway_title: str


@dataclass(frozen=True, slots=True)
class OrderLimits:
    """The least and the greatest total of an order, in the merchant's currency."""

    least: Decimal
    greatest: Decimal


@dataclass(frozen=True, slots=True)
class Merchant:
    """The merchant. Its delivery charges are in ``currency``; it ships to ``country``, by its code."""

    merchant_id: str
    name: str
    brand: str
    brand_id: str
    currency: str
    digits: int
    half_rule: SandboxHalfRule
    default_location: int
    consumer_key: str
    consumer_secret: str = field(repr=False)
    auth_token: str = field(repr=False)
    shipping_mode_id: int
    delivery_fees: DeliveryFees
    payments: tuple[MerchantPayment, ...]
    operators: tuple[MerchantOperator, ...]
    groups: tuple[MerchantGroup, ...]
    locations: tuple[MerchantLocation, ...]
    fixed_stock: tuple[tuple[int, int, int, int], ...]
    country: str
    order_limits: OrderLimits

    def location(self, location_id: int) -> MerchantLocation | None:
        """The location with this id, ``None`` if it is not the merchant's."""
        return next((location for location in self.locations if location.location_id == location_id), None)

    def operator(self, operator_id: str) -> MerchantOperator | None:
        """The operator with this id, in any case."""
        folded = operator_id.casefold()
        return next((o for o in self.operators if o.operator_id.casefold() == folded), None)


@cache
def load_merchant() -> Merchant:
    """Load the merchant of the data files.

    Raises:
        DataError: a file is not TOML, lacks a key, or names what is not there.
    """
    table, location_table, stock = (
        load_data_file("merchant.toml"),
        load_data_file("locations.toml"),
        load_data_file("stock.toml"),
    )
    keys, shipping, limits = table.table("keys"), table.table("shipping"), table.table("order_limits")
    locations = tuple(_location(place) for place in location_table.tables("location"))
    roles = {role.text("name"): role.text("id") for role in table.tables("role")}
    all_locations = tuple(location.location_id for location in locations)
    return Merchant(
        merchant_id=table.text("id"),
        name=table.text("name"),
        brand=table.text("brand"),
        brand_id=table.text("brand_id"),
        currency=table.text("currency"),
        digits=table.integer("digits"),
        half_rule=SandboxHalfRule(table.text("half_rule")),
        default_location=table.integer("default_location"),
        consumer_key=keys.text("consumer_key"),
        consumer_secret=keys.text("consumer_secret"),
        auth_token=keys.text("auth_token"),
        shipping_mode_id=shipping.integer("mode_id"),
        delivery_fees=_delivery_fees(shipping),
        payments=tuple(_payment(row) for row in table.tables("payment")),
        operators=tuple(_operator(row, roles, all_locations) for row in table.tables("operator")),
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
        country=table.text("country"),
        order_limits=OrderLimits(limits.amount("least"), limits.amount("greatest")),
    )


def _operator(row: TomlTable, roles: Mapping[str, str], all_locations: tuple[int, ...]) -> MerchantOperator:
    role = row.text("role")
    locations = row.integers("locations") or all_locations
    if role not in roles or not set(locations) <= set(all_locations):
        raise DataError(f"{row.text('username')}: the role or a location is not the merchant's")
    return MerchantOperator(
        operator_id=row.text("id"),
        user_name=row.text("username"),
        password=row.text("password"),
        first_name=row.text("first_name"),
        last_name=row.text("last_name"),
        role_id=roles[role],
        role=role,
        locations=locations,
    )


def _delivery_fees(table: TomlTable) -> DeliveryFees:
    return DeliveryFees(
        by_mode={mode: table.amount(mode) for mode in ("H", "S")},
        by_area={
            (row.integer("location"), row.text("area").casefold()): row.amount("charge")
            for row in table.tables("area")
        },
        free_from=table.amount("free_from"),
    )


def _payment(row: TomlTable) -> MerchantPayment:
    return MerchantPayment(
        row.text("type"), row.text("option"), row.text("gateway_id"), row.text("gateway_title")
    )


def _group(row: TomlTable) -> MerchantGroup:
    return MerchantGroup(row.integer("id"), row.text("name"), row.text("description"), row.integer("share"))


def _location(row: TomlTable) -> MerchantLocation:
    return MerchantLocation(
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
        sold_out_percent=row.integer("zero"),
        low_stock_percent=row.integer("low"),
        modes=row.texts("modes"),
        opens=row.text("opens"),
        closes=row.text("closes"),
    )
