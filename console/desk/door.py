"""The door: one store profile opened, before anybody has signed in; it makes the desk for who does.

Opened by the application behind the first paint, since this is where the heavy imports are.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random, SystemRandom

from console.api.client import ApiClient
from console.api.errors import PlatformError, TimedOut, Unreachable
from console.api.transport.http import HttpPort
from console.audit import AuditTrail, AuditValue
from console.config.menu_supplement import Supplement
from console.config.paths import Paths
from console.config.profiles import Profile, ProfileKind
from console.config.secret_store import SecretStore
from console.config.settings import Settings
from console.desk.changes import (
    Change,
    ConnectionChange,
    ConnectionState,
    Notice,
    SignInOffer,
    Trouble,
)
from console.desk.composing import Means, desk_for
from console.desk.connection import CONSUMER_SECRET, Connected, endpoint
from console.desk.desk import Desk
from console.desk.files import Files, open_files
from console.desk.kept_tickets import SECONDS_A_DAY, forget_old_tickets
from console.desk.locations import LocationsDesk
from console.desk.operator import OperatorDesk
from console.desk.supplements import menu_supplement
from console.ordering.stores import Location
from console.storage.ulid import new_ulid
from console.sync.clock import Clock, SystemClock
from console.sync.connection.customer_sessions import CustomerSessions
from console.sync.connection.monitor import ConnectionMonitor
from console.sync.connection.monitored_port import MonitoredPort

PROBE_DEADLINE = 2.0
"""Seconds after which a line that does not answer a probe is still down."""

OpenBox = Callable[[Profile], Connected]
"""How the sandbox inside this program is reached; only the command line knows."""


class Door:
    """The active profile, connected. Make it with ``open``; it owns what has to be closed."""

    def __init__(
        self,
        *,
        settings: Settings,
        preferences: Callable[[], Settings],
        connected: Connected,
        api: ApiClient,
        link: ConnectionMonitor,
        files: Files,
        supplement: Supplement,
        audit: AuditTrail,
        tickets: Path,
        owner: str,
        remember_name: Callable[[str], Awaitable[None]],
        tell: Callable[[Change], None],
        timer: Clock,
        random: Random,
        closing: AsyncExitStack,
    ) -> None:
        self._audit = audit
        self._closing = closing
        self._desk: Desk | None = None
        self.demo = connected.demo
        """How to sign in to the sandbox store, ``None`` for any other."""
        self._means = Means(
            profile=settings.active_profile,
            preferences=preferences,
            api=api,
            link=link,
            files=files,
            sessions=CustomerSessions(api, needs_token=settings.active_profile.session_needs_token),
            locations=LocationsDesk(api=api, link=link),
            supplement=supplement,
            tickets=tickets,
            owner=owner,
            tell=tell,
            note=self._note,
            timer=timer,
            random=random,
        )
        self.operators = OperatorDesk(
            api=api,
            link=link,
            known=files.operators,
            sessions=self._means.sessions,
            locations=self._means.locations,
            profile=settings.active_profile.name,
            preferences=preferences,
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
        preferences: Callable[[], Settings] | None = None,
        timer: Clock | None = None,
    ) -> "Door":
        """Connect the active profile and open what this machine remembers.

        ``preferences`` gives the settings as they are at that moment, where they can be changed meanwhile;
        the profile stays that of ``settings``. ``timer`` takes the place of the machine's own.

        Raises:
            Trouble: the profile cannot be used, or this machine's files cannot.
        """
        profile, timer, random = settings.active_profile, timer or SystemClock(), SystemRandom()
        async with AsyncExitStack() as stack:
            connected = await _connected(profile, secrets, open_box)
            stack.callback(connected.close)
            link = ConnectionMonitor(
                probe=lambda: _answers(api),
                clock=timer,
                report=lambda connection: tell(ConnectionChange(connection)),
            )
            called = connected.endpoint
            carrier = HttpPort(app=called.app, connect_timeout=called.timeouts.connect)
            api = ApiClient(called, clock=timer.now, port=MonitoredPort(carrier, track=link.track))
            stack.push_async_callback(api.aclose)
            stack.push_async_callback(link.close)
            owner = new_ulid(timer.now, random.randbytes)
            days = settings.recent_customer_days
            files = await open_files(
                stack, paths, owner=owner, forget_before=timer.now() - days * SECONDS_A_DAY
            )
            for notice in (
                *files.notices,
                *await _without_old_tickets(paths.tickets_folder, timer.now(), days),
            ):
                tell(Notice(notice, bad=True))
            menu = await asyncio.to_thread(menu_supplement, profile, paths, connected.supplement)
            if menu.problem:
                tell(Notice(menu.problem, bad=True))
            return cls(
                settings=settings,
                preferences=preferences or (lambda: settings),
                connected=connected,
                api=api,
                link=link,
                files=files,
                supplement=menu.supplement,
                audit=AuditTrail(paths.audit_file, clock=timer.now),
                tickets=paths.tickets_folder,
                owner=owner,
                remember_name=remember_name,
                tell=tell,
                timer=timer,
                random=random,
                closing=stack.pop_all(),
            )

    @property
    def profile(self) -> Profile:
        """The store profile behind this door."""
        return self._means.profile

    @property
    def connection(self) -> ConnectionState:
        """The line as last seen."""
        return self._means.link.state

    async def enter(self, offer: SignInOffer, location: Location) -> Desk:
        """Begin to work as this operator at this store.

        Raises:
            Trouble: what this machine remembers cannot be read; the operator is signed out then.
        """
        self.operators.take(offer.operator)
        operator = offer.operator.user_name
        self._note("signed in", operator=operator, location=location.location_id, offline=offer.offline)
        desk = desk_for(self._means, offer, location, signed_out=self._signed_out)
        self._desk = desk
        try:
            await desk.begin()
        except Trouble:
            await desk.sign_out()
            raise
        return desk

    async def close(self) -> None:
        """Sign out whoever works here and let go of everything."""
        try:
            if self._desk is not None:
                await self._desk.sign_out()
        finally:
            await self._closing.aclose()

    def _note(self, event: str, /, **fields: AuditValue) -> None:
        """Add to the audit trail; that it cannot be written is told once, until it can be again."""
        told = self._audit.problem
        problem = self._audit.record(event, **fields)
        if problem and problem != told:
            self._means.tell(Notice(problem, bad=True))

    async def _signed_out(self) -> None:
        self._note("signed out")
        self._desk = None
        self.operators.sign_out()


async def _without_old_tickets(folder: Path, now: float, days: int) -> tuple[str, ...]:
    """Forget the tickets that were kept as long as customers are; what the operator must know about it."""
    try:
        await asyncio.to_thread(forget_old_tickets, folder, now=now, days=days)
    except OSError as error:
        return (f"Old tickets in {folder} cannot be deleted: {error.strerror or error}.",)
    return ()


async def _connected(profile: Profile, secrets: SecretStore, open_box: OpenBox) -> Connected:
    if profile.kind is ProfileKind.SANDBOX:
        return await asyncio.to_thread(open_box, profile)
    return Connected(endpoint(profile, await secrets.get(profile.name, CONSUMER_SECRET)))


async def _answers(api: ApiClient) -> bool:
    """Whether the platform answers at all, be it with a refusal."""
    try:
        async with asyncio.timeout(PROBE_DEADLINE):
            await api.oauth.timestamp(single_attempt=True)
    except (Unreachable, TimedOut, TimeoutError):
        return False
    except PlatformError:
        return True
    return True
