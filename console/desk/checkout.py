"""The checkout's service: addresses, who delivers there, slots and ways to pay, as the platform offers them.

Called by the checkout screen; the wish itself is an edit of the draft, made through the orders' service.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pydantic import SecretStr

from console.api.carts.checkout_models import WireDeliverySlot as SlotRecord
from console.api.client import ApiClient
from console.api.customers.addresses import ShippingAddress
from console.api.customers.requests import AddressDetails
from console.api.errors import NotFound
from console.api.stores.models import EtaRange
from console.desk.changes import Trouble
from console.desk.locations import LocationsDesk
from console.desk.words import asking
from console.ordering.checkout import Address, DeliveryMode, DeliverySlot, PaymentMethod
from console.ordering.customer import Customer
from console.ordering.stores import Location
from console.sync.connection.monitor import ConnectionMonitor, ConnectionState

CASH = PaymentMethod("COD", "COD", "0", "Cash")
"""How the documents print paying at the door; offered where the platform's own list is not known."""
DAY = "%m/%d/%Y"


@dataclass(frozen=True, slots=True)
class OfferedSlot:
    """A slot with what it takes: ``capacity`` orders altogether, 0 where that is not said."""

    slot: DeliverySlot
    capacity: int
    is_full: bool


@dataclass(frozen=True, slots=True)
class Serving:
    """Who delivers to an address: whether the order's store does, ``here``, and every store that does."""

    here: bool
    stores: tuple[Location, ...]


class CheckoutDesk:
    """What an order can be told before it is placed.

    ``token`` gives an order's access token, ``None`` while its session has not begun on the platform.
    """

    def __init__(
        self,
        *,
        api: ApiClient,
        link: ConnectionMonitor,
        locations: LocationsDesk,
        token: Callable[[str], SecretStr | None],
    ) -> None:
        self._api = api
        self._link = link
        self._locations = locations
        self._token = token
        self._payments: tuple[PaymentMethod, ...] = (CASH,)

    @property
    def payments_known(self) -> tuple[PaymentMethod, ...]:
        """The ways to pay as last seen; cash alone before the platform was asked."""
        return self._payments

    async def payments(self, draft_id: str) -> tuple[PaymentMethod, ...]:
        """The ways to pay (Get Cart Payment Options).

        Raises:
            Trouble: the platform is not there, or refused.
        """
        with asking(self._link):
            found = await self._api.carts.payment_options(token=self._session(draft_id))
        if found:
            self._payments = tuple(
                PaymentMethod(one.option, one.kind, one.gateway_id, _title(one.gateway_title or one.option))
                for one in found
            )
        return self._payments

    async def slots(self, draft_id: str) -> tuple[OfferedSlot, ...]:
        """The delivery slots of the next days, full ones too, the earliest first (Get Delivery Slots).

        Raises:
            Trouble: the platform is not there, or refused.
        """
        with asking(self._link):
            days = await self._api.carts.slots(token=self._session(draft_id))
        offered = [_offered(record) for day in days for record in day.slots]
        return tuple(sorted(offered, key=lambda slot: slot.slot.starts_at))

    async def addresses(self, customer: Customer) -> tuple[Address, ...]:
        """The customer's addresses (Get Customer's Shipping Address).

        Raises:
            Trouble: the platform is not there, or refused.
        """
        with asking(self._link):
            found = await self._api.customers.addresses(user_id=customer.user_id)
        return tuple(_address(record) for record in found)

    async def save_address(self, customer: Customer, address: Address) -> Address:
        """Keep an address with the customer, as a new one or in place of the one it was (Add/Update).

        Raises:
            Trouble: the platform is not there, or refused.
        """
        with asking(self._link):
            kept = await self._api.customers.save_address(
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
                    mobile=address.mobile or customer.mobile,
                    email=address.email or customer.email,
                )
            )
        return replace(address, address_id=str(kept))

    async def serving(self, address: Address, store: Location) -> Serving:
        """Which stores deliver to an address, this one among them or not: by its PIN code, else by its
        area (Search Locations).

        Raises:
            Trouble: the platform is not there, or refused.
        """
        with asking(self._link):
            if address.pin:
                found = await self._api.locations.search(pin=address.pin)
            else:
                found = await self._api.locations.search(delivery_area=address.area or address.city)
        serving = {record.location_id for record in found}
        stores = tuple(store for store in await self._locations.all() if store.location_id in serving)
        return Serving(store.location_id in serving, stores)

    async def how_long(self, mode: DeliveryMode, store: Location) -> str:
        """How long an order takes at a store, as ``30-45 min``; empty where the platform does not say (ETA).

        Raises:
            Trouble: the platform is not there, or refused.
        """
        try:
            with asking(self._link):
                eta = await self._api.locations.eta(location_code=store.code)
        except NotFound:
            return ""
        return _span(eta.home_delivery if mode is DeliveryMode.DELIVERY else eta.take_away)

    def _session(self, draft_id: str) -> SecretStr:
        token = self._token(draft_id)
        if token is None and self._link.state is ConnectionState.OFFLINE:
            raise Trouble("The line is down: the platform tells this only with the line.", offline=True)
        if token is None:
            raise Trouble("The platform does not have this order yet. Try again in a moment.", offline=True)
        return token


def _title(title: str) -> str:
    # What is called cash before the platform was asked keeps that name.
    return CASH.title if title == CASH.option else title


def _span(eta: EtaRange | None) -> str:
    return f"{eta.start}-{eta.end} min" if eta and eta.end else ""


def _offered(record: SlotRecord) -> OfferedSlot:
    date = datetime.strptime(record.date, DAY).replace(tzinfo=UTC)
    starts = record.starts if isinstance(record.starts, datetime) else date
    moment = datetime.combine(date, starts.timetz())
    label = f"{moment:%a} {moment.day} {moment:%b}, {record.label or f'{moment:%H:%M}'}"
    return OfferedSlot(
        DeliverySlot(record.slot_id, label, moment.timestamp()),
        int(record.capacity),
        is_full=record.is_disabled,
    )


def _address(record: ShippingAddress) -> Address:
    return Address(
        street=record.address1,
        area=record.address2,
        city=record.city_name or record.other_city,
        pin=record.pin,
        state=record.state,
        country=record.country,
        city_code=record.city,
        first_name=record.first_name,
        last_name=record.last_name,
        mobile=record.mobile,
        phone=record.phone,
        email=record.email,
        address_id=str(record.address_id),
    )
