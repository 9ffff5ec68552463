"""The door: one store profile opened, before anybody has signed in; it makes the desk for who does.

Opened by the application behind the first paint, since this is where the heavy imports are.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from random import SystemRandom

from console.api.errors import PlatformError, TimedOut, Unreachable
from console.api.service import Api
from console.desk.connection import CONSUMER_SECRET, Connected, endpoint
from console.desk.customers import CustomersDesk
from console.desk.desk import Desk
from console.desk.locations import LocationsDesk
from console.desk.menu import MenuDesk
from console.desk.operator import OperatorDesk
from console.desk.orders import OrdersDesk
from console.desk.stock import StockDesk
from console.desk.values import Change, Connection, ConnectionChange, Notice, SignInOffer
from console.desk.words import remembering
from console.local import schema
from console.local.catalogue import CatalogueStore
from console.local.database import Database, Migration, Synchronous
from console.local.drafts import DraftStore
from console.local.operators import OperatorStore
from console.local.people import PeopleStore
from console.local.ulid import new_ulid
from console.ordering.money import Currency
from console.ordering.store import Location
from console.paths import Paths
from console.profiles import CartOwner as ProfileCartOwner
from console.profiles import Kind, Profile
from console.secrets import SecretStore
from console.settings import Settings
from console.sync.engine import Engine
from console.sync.link import Link
from console.sync.rules import CartOwner, Rules
from console.sync.sessions import Sessions
from console.sync.status import OrderStatus
from console.sync.timer import MachineTimer, Timer

_OWNERS = {ProfileCartOwner.SESSION: CartOwner.TOKEN, ProfileCartOwner.CUSTOMER: CartOwner.CUSTOMER}

OpenBox = Callable[[Profile], Connected]
"""How the sandbox inside this program is reached; only the command line knows."""


class Door:
    """The active profile, connected. Make it with ``open``; it owns what has to be closed."""

    def __init__(
        self,
        *,
        settings: Settings,
        connected: Connected,
        api: Api,
        link: Link,
        drafts: DraftStore,
        catalogue: CatalogueStore,
        people: PeopleStore,
        operators: OperatorStore,
        remember_name: Callable[[str], Awaitable[None]],
        tell: Callable[[Change], None],
        timer: Timer,
        closing: AsyncExitStack,
    ) -> None:
        self._settings = settings
        self._api = api
        self._link = link
        self._drafts = drafts
        self._catalogue = catalogue
        self._people = people
        self._tell = tell
        self._timer = timer
        self._closing = closing
        self._random = SystemRandom()
        self._orders: OrdersDesk | None = None
        self._desk: Desk | None = None
        self.demo = connected.demo
        """How to sign in to the sandbox store, ``None`` for any other."""
        self._sessions = Sessions(api, needs_token=self.profile.session_needs_token)
        self._locations = LocationsDesk(api=api, link=link)
        self.operators = OperatorDesk(
            api=api,
            link=link,
            known=operators,
            sessions=self._sessions,
            locations=self._locations,
            settings=settings,
            timer=timer,
            remember_name=remember_name,
            tell=tell,
        )

    @classmethod
    async def open(
        cls,
        *,
        paths: Paths,
        settings: Settings,
        secrets: SecretStore,
        open_box: OpenBox,
        remember_name: Callable[[str], Awaitable[None]],
        tell: Callable[[Change], None],
    ) -> "Door":
        """Connect the active profile and open what this machine remembers.

        Raises:
            Trouble: the profile cannot be used, or this machine's files cannot.
        """
        profile, timer = settings.active, MachineTimer()
        async with AsyncExitStack() as stack:
            connected = await _connected(profile, secrets, open_box)
            stack.callback(connected.close)
            api = Api(connected.endpoint)
            stack.push_async_callback(api.aclose)
            link = Link(
                probe=api.oauth.timestamp,
                down=(Unreachable, TimedOut, PlatformError),
                timer=timer,
                report=lambda connection: tell(ConnectionChange(connection)),
            )
            stack.push_async_callback(link.close)
            with remembering():
                drafts = await _file(stack, paths.drafts_file, schema.DRAFTS, "FULL")
                catalogue = await _file(stack, paths.catalogue_file, schema.CATALOGUE, "NORMAL")
                people = await _file(stack, paths.people_file, schema.PEOPLE, "NORMAL")
            for file in (drafts, catalogue, people):
                if file.notice:
                    tell(Notice(file.notice, bad=True))
            return cls(
                settings=settings,
                connected=connected,
                api=api,
                link=link,
                drafts=DraftStore(drafts),
                catalogue=CatalogueStore(catalogue),
                people=PeopleStore(people),
                operators=OperatorStore(people),
                remember_name=remember_name,
                tell=tell,
                timer=timer,
                closing=stack.pop_all(),
            )

    @property
    def profile(self) -> Profile:
        """The store profile behind this door."""
        return self._settings.active

    @property
    def connection(self) -> Connection:
        """The line as last seen."""
        return self._link.state

    async def enter(self, offer: SignInOffer, location: Location) -> Desk:
        """Begin to work as this operator at this store.

        Raises:
            Trouble: what this machine remembers cannot be read.
        """
        self.operators.take(offer.operator)
        settings, currency = self._settings, Currency(self.profile.currency)
        engine = Engine(
            api=self._api,
            drafts=self._drafts,
            link=self._link,
            sessions=self._sessions,
            rules=Rules(
                currency=currency,
                cart_owner=_OWNERS[self.profile.cart_owner],
                settle_seconds=self.profile.settle_seconds,
            ),
            timer=self._timer,
            random=self._random,
            owner=new_ulid(self._timer.now, self._random.randbytes),
            report=self._heard,
            crash=_no_crash,
        )
        self._orders = OrdersDesk(
            drafts=self._drafts,
            engine=engine,
            profile=self.profile.name,
            operator=offer.operator,
            location=location,
            currency=currency,
            timer=self._timer,
            random=self._random,
            tell=self._tell,
        )
        desk = Desk(
            operator=offer.operator,
            location=location,
            currency=currency,
            customers=CustomersDesk(
                api=self._api,
                link=self._link,
                people=self._people,
                settings=settings,
                timer=self._timer,
                random=self._random,
            ),
            menu=MenuDesk(
                api=self._api,
                link=self._link,
                store=self._catalogue,
                profile=self.profile.name,
                location=location,
                currency=currency,
                timer=self._timer,
                tell=self._tell,
            ),
            stock=StockDesk(
                api=self._api,
                link=self._link,
                locations=self._locations,
                here=location,
                currency=currency,
                timer=self._timer,
            ),
            orders=self._orders,
            link=self._link,
            debounce_ms=settings.debounce_ms,
            sign_out=self._signed_out,
        )
        self._desk = desk
        await desk.begin()
        return desk

    async def close(self) -> None:
        """Sign out whoever works here and let go of everything."""
        if self._desk is not None:
            await self._desk.sign_out()
        await self._closing.aclose()

    async def _signed_out(self) -> None:
        self._orders = self._desk = None
        self.operators.sign_out()

    def _heard(self, status: OrderStatus) -> None:
        if self._orders is not None:
            self._orders.heard(status)


async def _file(
    stack: AsyncExitStack, path: Path, migrations: Sequence[Migration], synchronous: Synchronous
) -> Database:
    database = await Database.open(path, migrations=migrations, synchronous=synchronous)
    return await stack.enter_async_context(database)


async def _connected(profile: Profile, secrets: SecretStore, open_box: OpenBox) -> Connected:
    if profile.kind is Kind.SANDBOX:
        return await asyncio.to_thread(open_box, profile)
    return Connected(endpoint(profile, await secrets.get(profile.name, CONSUMER_SECRET)))


def _no_crash(_point: str) -> None:
    """A console that is used does not end itself; a test does."""
