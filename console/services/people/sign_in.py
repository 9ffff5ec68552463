"""Sign-in of operators, online or offline."""

from collections.abc import Awaitable, Callable

from pydantic import SecretStr

from console.api.customers.models import Agent
from console.api.errors import NotAuthorised, PlatformError, SetupProblem
from console.ordering.customer import Operator
from console.ordering.stores import Location
from console.services.error_mapping import platform_errors, storage_errors
from console.services.events import Notification, ServiceError, SignInResult
from console.services.session_context import SessionContext
from console.services.unreadable_text import unreadable_text
from console.storage.people.offline_sign_in import OfflineResult
from console.sync.connection.customer_sessions import OperatorCredentials

MAX_CLOCK_OFFSET = 120
"""Seconds of clock offset that explain a refused signature."""

_OFFLINE_MESSAGES = {
    OfflineResult.WRONG_PASSWORD: "Offline: not the password of the last sign-in here.",
    OfflineResult.UNKNOWN_OPERATOR: "Offline: this operator never signed in on this machine.",
    OfflineResult.EXPIRED: "Offline: the last sign-in on this machine is too long ago.",
    OfflineResult.TOO_MANY_ATTEMPTS: "Offline: too many attempts. Sign in once online again.",
}


class SignInService:
    """Checks who signs in, and holds the password in memory until sign-out."""

    def __init__(self, context: SessionContext, *, remember_name: Callable[[str], Awaitable[None]]) -> None:
        """``remember_name`` saves the user name that the next sign-in offers."""
        self._api = context.api
        self._monitor = context.monitor
        self._operator_store = context.storage.operators
        self._customer_sessions = context.customer_sessions
        self._locations = context.locations
        self._profile = context.profile.name
        self._preferences = context.preferences
        self._clock = context.clock
        self._publish = context.publish
        self._remember_name = remember_name
        self._password: SecretStr | None = None

    @property
    def _days(self) -> int:
        return self._preferences().offline_sign_in_days

    async def sign_in(self, user_name: str, password: str) -> SignInResult:
        """Check name and password (Agent Login); offline, against the last sign-in on this machine.

        The password is held in memory until sign-out: every customer session needs it.

        Raises:
            ServiceError: a wrong password, a locked account, or offline without an earlier sign-in.
        """
        if not user_name.strip() or not password:
            raise ServiceError("Enter an operator name and a password.")
        secret = SecretStr(password)
        try:
            with platform_errors(self._monitor):
                agent = await self._api.customers.agent_login(user_name=user_name.strip(), password=secret)
        except ServiceError as error:
            if isinstance(error.__cause__, NotAuthorised) and (clock_problem := await self._clock_problem()):
                raise ServiceError(clock_problem) from error
            if not error.offline:
                raise
            reason = error.message if isinstance(error.__cause__, SetupProblem) else ""
            result = await self._sign_in_offline(user_name.strip(), password, reason)
        else:
            result = await self._accept_agent(agent, user_name.strip(), password)
        self._password = secret
        try:
            await self._remember_name(user_name.strip())
        except ServiceError as error:
            # The name only prefills the next sign-in: a failure must not end this one.
            self._publish(Notification(error.message, is_error=True))
        return result

    def activate(self, operator: Operator) -> None:
        """Start customers' sessions as this operator from now on.

        Raises:
            RuntimeError: no password was checked before.
        """
        if self._password is None:
            raise RuntimeError("activate() was called before sign_in()")
        self._customer_sessions.sign_in(OperatorCredentials(operator.operator_id, self._password))

    def sign_out(self) -> None:
        """Forget the password and every session's token."""
        self._password = None
        self._customer_sessions.sign_out()

    async def _accept_agent(self, agent: Agent, user_name: str, password: str) -> SignInResult:
        operator = Operator(
            operator_id=agent.agent_id,
            user_name=user_name,
            name=f"{agent.first_name} {agent.last_name}".strip() or user_name,
            roles=tuple(role.name for role in agent.roles),
        )
        assigned = [Location(loc.location_id, loc.code, loc.name) for loc in agent.locations]
        locations = await self._locations.with_details(assigned)
        if unreadable := unreadable_text(agent.locations, "store"):
            self._publish(Notification(unreadable))
        if not locations:
            raise ServiceError("This operator is not assigned to any store.")
        if self._days:
            with storage_errors():
                await self._operator_store.remember(
                    self._profile, operator, locations, password, now=self._clock.now(), days=self._days
                )
        return SignInResult(operator, locations, offline=False)

    async def _clock_problem(self) -> str:
        """Compare this machine's clock with the platform's TimeStamp; return a sentence, or "".

        Requests are signed with the time, so a wrong clock looks like a wrong key.
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

    async def _sign_in_offline(self, user_name: str, password: str, reason: str) -> SignInResult:
        """Check the password on this machine; ``reason`` says why no request can leave, or is empty."""
        with storage_errors():
            checked = await self._operator_store.verify(
                self._profile, user_name, password, now=self._clock.now(), days=self._days
            )
        if checked.result is not OfflineResult.OK or checked.operator is None:
            message = _OFFLINE_MESSAGES[checked.result]
            if reason and checked.result in (OfflineResult.UNKNOWN_OPERATOR, OfflineResult.EXPIRED):
                message = reason
            raise ServiceError(message, offline=True)
        self._locations.remember(checked.locations)
        return SignInResult(checked.operator, checked.locations, offline=True, offline_reason=reason)
