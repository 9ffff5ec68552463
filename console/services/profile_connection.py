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
from console.ordering.stores import Location
from console.services.catalogue.supplement import load_menu_supplement
from console.services.endpoint_factory import CONSUMER_SECRET, ResolvedEndpoint, build_endpoint
from console.services.events import (
    ConnectionChanged,
    ConnectionState,
    Event,
    Notification,
    ServiceError,
    SignInResult,
)
from console.services.operator_session import OperatorSession
from console.services.people.sign_in import SignInService
from console.services.session_factory import SessionDependencies, build_session
from console.services.storage import Storage, open_storage
from console.services.stores.locations import LocationService
from console.services.tickets.files import SECONDS_PER_DAY, delete_old_tickets
from console.storage.ulid import new_ulid
from console.sync.clock import Clock, SystemClock
from console.sync.connection.customer_sessions import CustomerSessions
from console.sync.connection.monitor import ConnectionMonitor
from console.sync.connection.monitored_port import MonitoredPort

PROBE_DEADLINE = 2.0
"""Seconds after which a line that does not answer a probe is still down."""

OpenSandbox = Callable[[Profile], ResolvedEndpoint]
"""How the sandbox inside this program is reached; only the command line knows."""


class ProfileConnection:
    """The active profile, connected. Make it with ``open``; it owns what has to be closed."""

    def __init__(
        self,
        *,
        settings: Settings,
        preferences: Callable[[], Settings],
        resolved_endpoint: ResolvedEndpoint,
        api: ApiClient,
        monitor: ConnectionMonitor,
        storage: Storage,
        supplement: Supplement,
        audit: AuditTrail,
        tickets: Path,
        owner: str,
        remember_name: Callable[[str], Awaitable[None]],
        publish: Callable[[Event], None],
        clock: Clock,
        random: Random,
        exit_stack: AsyncExitStack,
    ) -> None:
        self._audit = audit
        self._exit_stack = exit_stack
        self._session: OperatorSession | None = None
        self.demo_credentials = resolved_endpoint.demo_credentials
        """How to sign in to the sandbox store, ``None`` for any other."""
        self._dependencies = SessionDependencies(
            profile=settings.active_profile,
            preferences=preferences,
            api=api,
            monitor=monitor,
            storage=storage,
            sessions=CustomerSessions(api, needs_token=settings.active_profile.session_needs_token),
            locations=LocationService(api=api, monitor=monitor),
            supplement=supplement,
            tickets=tickets,
            owner=owner,
            publish=publish,
            note=self._note,
            clock=clock,
            random=random,
        )
        self.sign_in_service = SignInService(
            api=api,
            monitor=monitor,
            operator_store=storage.operators,
            sessions=self._dependencies.sessions,
            locations=self._dependencies.locations,
            profile=settings.active_profile.name,
            preferences=preferences,
            clock=clock,
            remember_name=remember_name,
            publish=publish,
        )

    @classmethod
    async def open(
        cls,
        *,
        paths: Paths,
        settings: Settings,
        secrets: SecretStore,
        open_sandbox: OpenSandbox,
        remember_name: Callable[[str], Awaitable[None]],
        publish: Callable[[Event], None],
        preferences: Callable[[], Settings] | None = None,
        clock: Clock | None = None,
    ) -> "ProfileConnection":
        """Connect the active profile and open what this machine remembers.

        ``preferences`` gives the settings as they are at that moment, where they can be changed meanwhile;
        the profile stays that of ``settings``. ``timer`` takes the place of the machine's own.

        Raises:
            ServiceError: the profile cannot be used, or this machine's files cannot.
        """
        profile, clock, random = settings.active_profile, clock or SystemClock(), SystemRandom()
        async with AsyncExitStack() as stack:
            resolved_endpoint = await _resolve_endpoint(profile, secrets, open_sandbox)
            stack.callback(resolved_endpoint.close)
            monitor = ConnectionMonitor(
                probe=lambda: _is_reachable(api),
                clock=clock,
                report=lambda connection: publish(ConnectionChanged(connection)),
            )
            endpoint = resolved_endpoint.endpoint
            http_port = HttpPort(app=endpoint.app, connect_timeout=endpoint.timeouts.connect)
            api = ApiClient(endpoint, clock=clock.now, port=MonitoredPort(http_port, track=monitor.track))
            stack.push_async_callback(api.aclose)
            stack.push_async_callback(monitor.close)
            owner = new_ulid(clock.now, random.randbytes)
            days = settings.recent_customer_days
            storage = await open_storage(
                stack, paths, owner=owner, forget_before=clock.now() - days * SECONDS_PER_DAY
            )
            for warning in (
                *storage.warnings,
                *await _delete_old_tickets(paths.tickets_folder, clock.now(), days),
            ):
                publish(Notification(warning, is_error=True))
            loaded_supplement = await asyncio.to_thread(
                load_menu_supplement, profile, paths, resolved_endpoint.supplement
            )
            if loaded_supplement.problem:
                publish(Notification(loaded_supplement.problem, is_error=True))
            return cls(
                settings=settings,
                preferences=preferences or (lambda: settings),
                resolved_endpoint=resolved_endpoint,
                api=api,
                monitor=monitor,
                storage=storage,
                supplement=loaded_supplement.supplement,
                audit=AuditTrail(paths.audit_file, clock=clock.now),
                tickets=paths.tickets_folder,
                owner=owner,
                remember_name=remember_name,
                publish=publish,
                clock=clock,
                random=random,
                exit_stack=stack.pop_all(),
            )

    @property
    def profile(self) -> Profile:
        """The store profile behind this door."""
        return self._dependencies.profile

    @property
    def connection_state(self) -> ConnectionState:
        """The line as last seen."""
        return self._dependencies.monitor.state

    async def start_session(self, sign_in: SignInResult, location: Location) -> OperatorSession:
        """Begin to work as this operator at this store.

        Raises:
            ServiceError: what this machine remembers cannot be read; the operator is signed out then.
        """
        self.sign_in_service.activate(sign_in.operator)
        operator = sign_in.operator.user_name
        self._note("signed in", operator=operator, location=location.location_id, offline=sign_in.offline)
        session = build_session(self._dependencies, sign_in, location, on_signed_out=self._on_signed_out)
        self._session = session
        try:
            await session.begin()
        except ServiceError:
            await session.sign_out()
            raise
        return session

    async def close(self) -> None:
        """Sign out whoever works here and let go of everything."""
        try:
            if self._session is not None:
                await self._session.sign_out()
        finally:
            await self._exit_stack.aclose()

    def _note(self, event: str, /, **fields: AuditValue) -> None:
        """Add to the audit trail; that it cannot be written is told once, until it can be again."""
        previous_problem = self._audit.problem
        problem = self._audit.record(event, **fields)
        if problem and problem != previous_problem:
            self._dependencies.publish(Notification(problem, is_error=True))

    async def _on_signed_out(self) -> None:
        self._note("signed out")
        self._session = None
        self.sign_in_service.sign_out()


async def _delete_old_tickets(folder: Path, now: float, days: int) -> tuple[str, ...]:
    """Forget the tickets that were kept as long as customers are; what the operator must know about it."""
    try:
        await asyncio.to_thread(delete_old_tickets, folder, now=now, days=days)
    except OSError as error:
        return (f"Old tickets in {folder} cannot be deleted: {error.strerror or error}.",)
    return ()


async def _resolve_endpoint(
    profile: Profile, secrets: SecretStore, open_sandbox: OpenSandbox
) -> ResolvedEndpoint:
    if profile.kind is ProfileKind.SANDBOX:
        return await asyncio.to_thread(open_sandbox, profile)
    return ResolvedEndpoint(build_endpoint(profile, await secrets.get(profile.name, CONSUMER_SECRET)))


async def _is_reachable(api: ApiClient) -> bool:
    """Whether the platform answers at all, be it with a refusal."""
    try:
        async with asyncio.timeout(PROBE_DEADLINE):
            await api.oauth.timestamp(single_attempt=True)
    except (Unreachable, TimedOut, TimeoutError):
        return False
    except PlatformError:
        return True
    return True
