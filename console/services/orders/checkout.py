"""The choices of a checkout: addresses, coverage, delivery slots, payment options."""

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import SecretStr

from console.api.carts.checkout_models import WireDeliverySlot as SlotRecord
from console.api.customers.addresses import ShippingAddress
from console.api.customers.requests import AddressDetails
from console.api.errors import NotFound
from console.api.stores.models import EtaRange
from console.api.transport.records import Records
from console.ordering.checkout import (
    Address,
    DeliveryMode,
    DeliverySlot,
    PaymentMethod,
    without_placeholder,
)
from console.ordering.customer import Customer
from console.ordering.phone_number import format_phone, stored_number
from console.ordering.store_time import StoreTime, read_clock
from console.ordering.stores import Location
from console.services.error_mapping import platform_errors
from console.services.events import ServiceError
from console.services.session_context import SessionContext
from console.services.stores.delivery_areas import DeliveryAreaService
from console.sync.connection.monitor import ConnectionState

CASH = PaymentMethod("COD", "COD", "0", "Cash")
"""Cash on delivery as the documents print it; offered while the platform's list is unknown."""
_SLOT_FAULT = "DeliverySlotDate: odd; StartTime: odd"


@dataclass(frozen=True, slots=True)
class SlotAvailability:
    """A delivery slot; ``capacity`` is its orders in total, 0 where the platform does not say."""

    delivery_slot: DeliverySlot
    capacity: int
    is_full: bool


@dataclass(frozen=True, slots=True)
class DeliveryCoverage:
    """The stores that deliver to an address."""

    includes_order_store: bool
    stores: tuple[Location, ...]


class CheckoutService:
    """Reads the choices of a checkout; choosing one is an edit of the draft."""

    def __init__(self, context: SessionContext, location: Location) -> None:
        self._api = context.api
        self._monitor = context.monitor
        self._locations = context.locations
        self._store_time = context.store_time
        self._customer_sessions = context.customer_sessions
        self._country = location.country
        self.delivery_areas = DeliveryAreaService(context)
        self._payment_options: tuple[PaymentMethod, ...] = (CASH,)

    @property
    def known_payment_options(self) -> tuple[PaymentMethod, ...]:
        """The payment options as last fetched; cash alone before that."""
        return self._payment_options

    async def payment_options(self, draft_id: str) -> tuple[PaymentMethod, ...]:
        """Fetch the payment options (Get Cart Payment Options).

        Raises:
            ServiceError: the platform is unreachable, or refused.
        """
        with platform_errors(self._monitor):
            found = await self._api.carts.payment_options(token=self._session_token(draft_id))
        if found:
            self._payment_options = tuple(
                PaymentMethod(
                    payment.option,
                    payment.kind,
                    payment.gateway_id,
                    _payment_title(payment.gateway_title or payment.option),
                )
                for payment in found
            )
        return self._payment_options

    async def delivery_slots(self, draft_id: str) -> Records[SlotAvailability]:
        """Fetch the delivery slots of the next days, full ones too (Get Delivery Slots).

        A slot whose day or time cannot be read is left out: what is chosen is what is sent.

        Raises:
            ServiceError: the platform is unreachable, or refused.
        """
        with platform_errors(self._monitor):
            days = await self._api.carts.slots(token=self._session_token(draft_id))
        faults = [*days.faults, *(fault for day in days for fault in day.slots.faults)]
        slots: list[SlotAvailability] = []
        for day in days:
            for record in day.slots:
                starts = slot_start(record, day.date, self._store_time)
                if starts is None:
                    faults.append(_SLOT_FAULT)
                else:
                    slots.append(_slot_availability(record, starts, self._store_time))
        return Records(sorted(slots, key=lambda slot: slot.delivery_slot.starts_at), faults)

    async def addresses(self, customer: Customer) -> Records[Address]:
        """Fetch the customer's addresses (Get Customer's Shipping Address).

        Raises:
            ServiceError: the platform is unreachable, or refused.
        """
        with platform_errors(self._monitor):
            found = await self._api.customers.addresses(user_id=customer.user_id)
        return found.map(lambda record: _to_address(record, self._country))

    async def save_address(self, customer: Customer, address: Address) -> Address:
        """Save an address of the customer, new or changed (Add/Update).

        Raises:
            ServiceError: the platform is unreachable, or refused.
        """
        with platform_errors(self._monitor):
            saved_id = await self._api.customers.save_address(
                address=AddressDetails(
                    user_id=customer.user_id,
                    first_name=address.first_name or customer.first_name,
                    last_name=address.last_name or customer.last_name,
                    address1=address.street,
                    address2=address.area,
                    address_id=int(address.address_id or 0),
                    state=address.state,
                    pin=address.pin,
                    country=address.country,
                    city=address.city_code,
                    phone=address.phone,
                    mobile=stored_number(address.mobile or customer.mobile, self._country),
                    email=address.email or customer.email,
                )
            )
        return replace(address, address_id=str(saved_id))

    async def delivery_coverage(self, address: Address, store: Location) -> DeliveryCoverage | None:
        """Find the stores that deliver to an address, by PIN code, else by listed area (Search Locations).

        Returns None where neither says it: a search for no place, or for one that the platform does not
        know, would find stores that do not deliver there.

        Raises:
            ServiceError: the platform is unreachable, or refused.
        """
        area = None if address.pin else await self.delivery_areas.find(address, store)
        if not address.pin and area is None:
            return None
        with platform_errors(self._monitor):
            if area is None:
                found = await self._api.locations.search(pin=address.pin)
            else:
                found = await self._api.locations.search(delivery_area_id=str(area.area_id))
        location_ids = {record.location_id for record in found}
        stores = tuple(store for store in await self._locations.all() if store.location_id in location_ids)
        return DeliveryCoverage(store.location_id in location_ids, stores)

    async def estimated_time(self, mode: DeliveryMode, store: Location) -> str:
        """Fetch how long an order takes, as ``30-45 min``; "" where the platform does not say (ETA).

        Raises:
            ServiceError: the platform is unreachable, or refused.
        """
        try:
            with platform_errors(self._monitor):
                eta = await self._api.locations.eta(location_code=store.code)
        except NotFound:
            return ""
        return _minutes_range(eta.home_delivery if mode is DeliveryMode.DELIVERY else eta.take_away)

    def _session_token(self, draft_id: str) -> SecretStr:
        token = self._customer_sessions.existing_token(draft_id)
        if token is None and self._monitor.state is ConnectionState.OFFLINE:
            raise ServiceError("Offline: only the platform knows this.", offline=True)
        if token is None:
            raise ServiceError("The order is not on the platform yet. Try again in a moment.", offline=True)
        return token


def _payment_title(title: str) -> str:
    # Cash keeps the name it has before the platform is asked.
    return CASH.title if title == CASH.option else title


def _minutes_range(eta: EtaRange | None) -> str:
    return f"{eta.start}-{eta.end} min" if eta and eta.end else ""


def slot_start(
    record: SlotRecord, list_date: datetime | str | None, store_time: StoreTime
) -> datetime | None:
    """Return the wall time at which a slot begins, ``None`` if its day or its time cannot be read.

    ``list_date`` is the day of the list that the slot is in, for a slot without a readable one.
    """
    days = store_time.dates(record.date) or store_time.dates(list_date)
    if isinstance(record.starts, datetime):
        clock = store_time.wall(record.starts).time()
    else:
        clock = read_clock(record.starts or "") or read_clock(record.label)
    return datetime.combine(days[0], clock) if days and clock is not None else None


def _slot_availability(record: SlotRecord, starts: datetime, store_time: StoreTime) -> SlotAvailability:
    label = f"{starts:%a} {starts.day} {starts:%b}, {record.label or f'{starts:%H:%M}'}"
    return SlotAvailability(
        DeliverySlot(record.slot_id, label, store_time.seconds(starts)),
        int(record.capacity or 0),
        is_full=record.is_disabled,
    )


def _to_address(record: ShippingAddress, country: str) -> Address:
    return Address(
        street=record.address1,
        area=without_placeholder(record.address2),
        city=record.city_name or record.other_city,
        pin=without_placeholder(record.pin),
        state=record.state,
        country=record.country,
        city_code=record.city,
        first_name=record.first_name,
        last_name=record.last_name,
        mobile=format_phone(record.mobile, country),
        phone=record.phone,
        email=record.email,
        address_id=str(record.address_id),
    )
