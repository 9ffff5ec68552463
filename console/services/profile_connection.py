"""The connected profile: API client, storage and monitor; starts operators' sessions.

Importing this module is slow; the application does it behind the first paint.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from random import SystemRandom

from console.api.client import ApiClient
from console.api.errors import PlatformError, TimedOut, Unreachable
from console.api.transport.endpoint import Endpoint
from console.api.transport.http import HttpPort
from console.audit import AuditTrail, ReportingRecorder
from console.config.menu_supplement import Supplement
from console.config.profiles import Profile, ProfileKind
from console.config.secret_store import SecretStore
from console.config.vocabulary_settings import to_vocabulary
from console.ordering.currency_codes import currency_problem
from console.ordering.stores import Location
from console.services.catalogue.supplement import load_menu_supplement
from console.services.endpoint_factory import CONSUMER_SECRET, ResolvedEndpoint, build_endpoint
from console.services.error_mapping import local_errors, storage_errors
from console.services.events import ConnectionChanged, Event, Notification, ServiceError, SignInResult
from console.services.operator_session import OperatorSession
from console.services.people.sign_in import SignInService
from console.services.session_context import SessionContext
from console.services.session_factory import build_session
from console.services.settings import SettingsService
from console.services.storage import open_storage
from console.services.stores.locations import LocationService
from console.services.tickets.files import SECONDS_PER_DAY, delete_old_tickets
from console.storage.ulid import new_ulid
from console.sync.clock import Clock, SystemClock
from console.sync.connection.customer_sessions import CustomerSessions
from console.sync.connection.monitor import ConnectionMonitor, ProbeResult
from console.sync.connection.monitored_port import MonitoredPort

PROBE_CONNECT_SECONDS = 1.5
"""Seconds after which a probe without a connection means offline."""

OpenSandbox = Callable[[Profile], ResolvedEndpoint]
"""Opens the sandbox inside this program; only the command line knows how."""


class ProfileConnection:
    """The active profile, connected. Make it with ``open``; it owns what has to be closed."""

    def __init__(
        self,
        context: SessionContext,
        sign_in_service: SignInService,
        resolved_endpoint: ResolvedEndpoint,
        exit_stack: AsyncExitStack,
    ) -> None:
        self.context = context
        self.sign_in_service = sign_in_service
        self.demo_credentials = resolved_endpoint.demo_credentials
        """The sandbox store's sign-in, None for any other."""
        self._exit_stack = exit_stack
        self._session: OperatorSession | None = None

    @classmethod
    async def open(
        cls,
        settings: SettingsService,
        profile: Profile,
        *,
        open_sandbox: OpenSandbox,
        publish: Callable[[Event], None],
        clock: Clock | None = None,
    ) -> "ProfileConnection":
        """Connect a profile and open this machine's storage. ``clock`` replaces the machine's own.

        Raises:
            ServiceError: the profile or this machine's files cannot be used.
        """
        clock, random, paths = clock or SystemClock(), SystemRandom(), settings.paths
        async with AsyncExitStack() as stack:
            resolved_endpoint = await _resolve_endpoint(profile, settings.secrets, open_sandbox)
            stack.callback(resolved_endpoint.close)
            api, monitor = _connect_api(stack, resolved_endpoint.endpoint, publish, clock)
            owner = new_ulid(clock.now, random.randbytes)
            days = settings.settings.recent_customer_days
            storage = await open_storage(
                stack,
                paths,
                owner=owner,
                forget_before=clock.now() - days * SECONDS_PER_DAY,
                report=lambda problem: publish(Notification(problem, is_error=True)),
            )
            supplement, supplement_problem = await _load_supplement(
                settings, profile, resolved_endpoint.supplement
            )
            currency_notice = await asyncio.to_thread(_currency_notice, profile)
            ticket_problem = await _delete_old_tickets(paths.tickets_folder, clock.now(), days)
            for warning in filter(
                None, (*storage.warnings, ticket_problem, supplement_problem, currency_notice)
            ):
                publish(Notification(warning, is_error=True))
            context = SessionContext(
                profile=profile,
                preferences=lambda: settings.settings,
                api=api,
                monitor=monitor,
                storage=storage,
                customer_sessions=CustomerSessions(api, needs_token=profile.cart.session_needs_token),
                locations=LocationService(api=api, monitor=monitor),
                supplement=supplement,
                vocabulary=to_vocabulary(profile.order_states, profile.properties),
                tickets_folder=paths.tickets_folder,
                owner=owner,
                publish=publish,
                audit=ReportingRecorder(
                    AuditTrail(paths.audit_file, clock=clock.now),
                    report=lambda problem, lasts: publish(
                        Notification(problem, is_error=True, is_current=lasts)
                    ),
                ),
                clock=clock,
                random=random,
            )
            sign_in_service = SignInService(context, remember_name=settings.remember_operator)
            return cls(context, sign_in_service, resolved_endpoint, stack.pop_all())

    async def start_session(self, sign_in: SignInResult, location: Location) -> OperatorSession:
        """Start an operator's session at a store.

        Raises:
            ServiceError: this machine's files cannot be read; the operator is signed out then.
        """
        self.sign_in_service.activate(sign_in.operator)
        self.context.audit(
            "signed in",
            operator=sign_in.operator.user_name,
            location=location.location_id,
            offline=sign_in.offline,
        )
        session = build_session(self.context, sign_in.operator, location, on_signed_out=self._on_signed_out)
        self._session = session
        try:
            await session.begin()
        except ServiceError:
            await session.sign_out()
            raise
        return session

    async def close(self) -> None:
        """Sign out and close everything.

        Raises:
            ServiceError: a file could not be written or closed; everything else is closed then.
        """
        with local_errors(), storage_errors():
            try:
                if self._session is not None:
                    await self._session.sign_out()
            finally:
                await self._exit_stack.aclose()

    async def _on_signed_out(self) -> None:
        self.context.audit("signed out")
        self._session = None
        self.sign_in_service.sign_out()


def _connect_api(
    stack: AsyncExitStack, endpoint: Endpoint, publish: Callable[[Event], None], clock: Clock
) -> tuple[ApiClient, ConnectionMonitor]:
    """Build the client and the monitor that watches its requests and probes with it."""

    def probe(seconds: float) -> Awaitable[ProbeResult]:
        return _probe(probing_api, seconds)

    monitor = ConnectionMonitor(
        probe=probe,
        clock=clock,
        report=lambda state: publish(ConnectionChanged(state)),
    )
    http_port = HttpPort(app=endpoint.app, connect_timeout=endpoint.timeouts.connect)
    api = ApiClient(endpoint, clock=clock.now, port=MonitoredPort(http_port, track=monitor.track))
    stack.push_async_callback(api.aclose)
    probing_api = api
    if endpoint.app is None:
        # A connection of its own for each probe: a kept one cannot tell a slow platform from a dead line.
        probing_port = HttpPort(connect_timeout=PROBE_CONNECT_SECONDS, keep_alive=False)
        probing_api = ApiClient(endpoint, clock=clock.now, port=probing_port)
        stack.push_async_callback(probing_api.aclose)
    stack.push_async_callback(monitor.close)
    return api, monitor


async def _load_supplement(
    settings: SettingsService, profile: Profile, fallback: str
) -> tuple[Supplement, str]:
    loaded = await asyncio.to_thread(load_menu_supplement, profile, settings.paths, fallback)
    return loaded.supplement, loaded.problem


def _currency_notice(profile: Profile) -> str:
    """Say that the profile's currency has no digits of its own; "" if it has.

    It reads the list of currencies, so that no amount has to wait for it.
    """
    problem = currency_problem(profile.pricing.currency)
    return f"{problem} Amounts have two digits; F9 changes the currency." if problem else ""


async def _delete_old_tickets(folder: Path, now: float, days: int) -> str:
    """Delete tickets saved for as long as customers are; return the problem, or ""."""
    try:
        await asyncio.to_thread(delete_old_tickets, folder, now=now, days=days)
    except OSError as error:
        return f"Old tickets in {folder} cannot be deleted: {error.strerror or error}."
    return ""


async def _resolve_endpoint(
    profile: Profile, secrets: SecretStore, open_sandbox: OpenSandbox
) -> ResolvedEndpoint:
    if profile.kind is ProfileKind.SANDBOX:
        return await asyncio.to_thread(open_sandbox, profile)
    return ResolvedEndpoint(build_endpoint(profile, await secrets.get(profile.name, CONSUMER_SECRET)))


async def _probe(api: ApiClient, seconds: float) -> ProbeResult:
    """Ask the platform for its time: any response will do, be it a refusal."""
    try:
        async with asyncio.timeout(seconds):
            await api.oauth.timestamp(single_attempt=True)
    except TimeoutError:
        return ProbeResult.SILENT
    except TimedOut as error:
        return ProbeResult.SILENT if error.sent else ProbeResult.UNREACHABLE
    except Unreachable:
        return ProbeResult.UNREACHABLE
    except PlatformError:
        return ProbeResult.RESPONDED
    return ProbeResult.RESPONDED
