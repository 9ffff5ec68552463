"""The operator's service: signing in, with the line or without it.

Called by the sign-in screen through the door.
"""

from collections.abc import Awaitable, Callable

from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.customers.models import Agent
from console.api.errors import NotAuthorised, PlatformError
from console.config.settings import Settings
from console.ordering.customer import Operator
from console.ordering.stores import Location
from console.services.error_mapping import platform_errors, storage_errors
from console.services.events import Event, Notification, ServiceError, SignInResult
from console.services.stores.locations import LocationService
from console.storage.people.offline_sign_in import OfflineResult, OperatorStore
from console.sync.clock import Clock
from console.sync.connection.customer_sessions import CustomerSessions, OperatorCredentials
from console.sync.connection.monitor import ConnectionMonitor

MAX_CLOCK_OFFSET = 120
"""A clock that is this far off is why a signature is refused."""

_OFFLINE_MESSAGES = {
    OfflineResult.WRONG_PASSWORD: "The line is down, and this is not the password that signed in here last.",
    OfflineResult.UNKNOWN_OPERATOR: "The line is down, and this operator never signed in on this machine.",
    OfflineResult.EXPIRED: "The line is down, and the last sign-in on this machine is too long ago.",
    OfflineResult.TOO_MANY_ATTEMPTS: "The line is down, and the tries without it are used up until it is back.",
}


class SignInService:
    """Checks who signs in, and keeps the password in memory for as long as that operator works."""

    def __init__(
        self,
        *,
        api: ApiClient,
        monitor: ConnectionMonitor,
        operator_store: OperatorStore,
        sessions: CustomerSessions,
        locations: LocationService,
        profile: str,
        preferences: Callable[[], Settings],
        clock: Clock,
        remember_name: Callable[[str], Awaitable[None]],
        publish: Callable[[Event], None],
    ) -> None:
        self._api = api
        self._monitor = monitor
        self._operator_store = operator_store
        self._sessions = sessions
        self._locations = locations
        self._profile = profile
        self._preferences = preferences
        self._clock = clock
        self._remember_name = remember_name
        self._publish = publish
        self._password: SecretStr | None = None

    @property
    def _days(self) -> int:
        return self._preferences().offline_sign_in_days

    async def sign_in(self, user_name: str, password: str) -> SignInResult:
        """Check name and password (Agent Login), or with the line down against this machine's memory.

        The password is kept in memory until sign-out: every customer session needs it.

        Raises:
            ServiceError: a wrong password, a locked account, no line and no memory of this operator.
        """
        if not user_name.strip() or not password:
            raise ServiceError("An operator name and a password are needed.")
        secret = SecretStr(password)
        try:
            with platform_errors(self._monitor):
                agent = await self._api.customers.agent_login(user_name=user_name.strip(), password=secret)
        except ServiceError as trouble:
            if isinstance(trouble.__cause__, NotAuthorised) and (
                clock_problem := await self._clock_problem()
            ):
                raise ServiceError(clock_problem) from trouble
            if not trouble.offline:
                raise
            result = await self._sign_in_offline(user_name.strip(), password)
        else:
            result = await self._accept_agent(agent, user_name.strip(), password)
        self._password = secret
        try:
            await self._remember_name(user_name.strip())
        except ServiceError as trouble:
            # Not to offer a name tomorrow is no reason to keep anybody from working today.
            self._publish(Notification(trouble.message, is_error=True))
        return result

    def activate(self, operator: Operator) -> None:
        """Customers' sessions are this operator's from now on.

        Raises:
            RuntimeError: nobody's password was checked before.
        """
        if self._password is None:
            raise RuntimeError("somebody began to work before signing in")
        self._sessions.sign_in(OperatorCredentials(operator.operator_id, self._password))

    def sign_out(self) -> None:
        """Forget the password and every session's token."""
        self._password = None
        self._sessions.sign_out()

    async def _accept_agent(self, agent: Agent, user_name: str, password: str) -> SignInResult:
        operator = Operator(
            operator_id=agent.agent_id,
            user_name=user_name,
            name=f"{agent.first_name} {agent.last_name}".strip() or user_name,
            roles=tuple(role.name for role in agent.roles),
        )
        assigned = [Location(loc.location_id, loc.code, loc.name) for loc in agent.locations]
        locations = await self._locations.with_details(assigned)
        if not locations:
            raise ServiceError("This operator is not assigned to any store.")
        if self._days:
            with storage_errors():
                await self._operator_store.remember(
                    self._profile, operator, locations, password, now=self._clock.now(), days=self._days
                )
        return SignInResult(operator, locations, offline=False)

    async def _clock_problem(self) -> str:
        """What to say of this machine's clock where it is off, by the platform's TimeStamp; else nothing.

        Requests are signed with the time, so that a wrong clock looks like a wrong key.
        """
        try:
            platform_seconds = (await self._api.oauth.timestamp(single_attempt=True)).seconds
        except PlatformError:
            return ""
        offset = round(self._clock.now() - platform_seconds)
        if abs(offset) < MAX_CLOCK_OFFSET:
            return ""
        direction = "ahead of" if offset > 0 else "behind"
        return (
            f"This machine's clock is {abs(offset)} s {direction} the platform's. Set it, then sign in again."
        )

    async def _sign_in_offline(self, user_name: str, password: str) -> SignInResult:
        with storage_errors():
            checked = await self._operator_store.verify(
                self._profile, user_name, password, now=self._clock.now(), days=self._days
            )
        if checked.result is not OfflineResult.OK or checked.operator is None:
            raise ServiceError(_OFFLINE_MESSAGES[checked.result], offline=True)
        self._locations.remember(checked.locations)
        return SignInResult(checked.operator, checked.locations, offline=True)
