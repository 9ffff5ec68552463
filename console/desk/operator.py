"""The operator's service: signing in, with the line or without it.

Called by the sign-in screen through the door.
"""

from collections.abc import Awaitable, Callable

from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.customers.models import Agent
from console.api.errors import NotAuthorised, PlatformError
from console.config.settings import Settings
from console.desk.changes import Change, Notice, SignInOffer, Trouble
from console.desk.locations import LocationsDesk
from console.desk.words import asking, remembering
from console.ordering.customer import Operator
from console.ordering.stores import Location
from console.storage.people.offline_sign_in import OfflineResult, OperatorStore
from console.sync.clock import Clock
from console.sync.connection.customer_sessions import CustomerSessions, OperatorCredentials
from console.sync.connection.monitor import ConnectionMonitor

CLOCK_SECONDS = 120
"""A clock that is this far off is why a signature is refused."""

_WITHOUT_A_LINE = {
    OfflineResult.WRONG_PASSWORD: "The line is down, and this is not the password that signed in here last.",
    OfflineResult.UNKNOWN_OPERATOR: "The line is down, and this operator never signed in on this machine.",
    OfflineResult.EXPIRED: "The line is down, and the last sign-in on this machine is too long ago.",
    OfflineResult.TOO_MANY_ATTEMPTS: "The line is down, and the tries without it are used up until it is back.",
}


class OperatorDesk:
    """Checks who signs in, and keeps the password in memory for as long as that operator works."""

    def __init__(
        self,
        *,
        api: ApiClient,
        link: ConnectionMonitor,
        known: OperatorStore,
        sessions: CustomerSessions,
        locations: LocationsDesk,
        profile: str,
        preferences: Callable[[], Settings],
        timer: Clock,
        remember_name: Callable[[str], Awaitable[None]],
        tell: Callable[[Change], None],
    ) -> None:
        self._api = api
        self._link = link
        self._known = known
        self._sessions = sessions
        self._locations = locations
        self._profile = profile
        self._preferences = preferences
        self._timer = timer
        self._remember_name = remember_name
        self._tell = tell
        self._password: SecretStr | None = None

    @property
    def _days(self) -> int:
        return self._preferences().offline_sign_in_days

    async def sign_in(self, user_name: str, password: str) -> SignInOffer:
        """Check name and password (Agent Login), or with the line down against this machine's memory.

        The password is kept in memory until sign-out: every customer session needs it.

        Raises:
            Trouble: a wrong password, a locked account, no line and no memory of this operator.
        """
        if not user_name.strip() or not password:
            raise Trouble("An operator name and a password are needed.")
        secret = SecretStr(password)
        try:
            with asking(self._link):
                agent = await self._api.customers.agent_login(user_name=user_name.strip(), password=secret)
        except Trouble as trouble:
            if isinstance(trouble.__cause__, NotAuthorised) and (clock := await self._clock_is_off()):
                raise Trouble(clock) from trouble
            if not trouble.offline:
                raise
            offer = await self._without_the_line(user_name.strip(), password)
        else:
            offer = await self._offer(agent, user_name.strip(), password)
        self._password = secret
        try:
            await self._remember_name(user_name.strip())
        except Trouble as trouble:
            # Not to offer a name tomorrow is no reason to keep anybody from working today.
            self._tell(Notice(trouble.sentence, bad=True))
        return offer

    def take(self, operator: Operator) -> None:
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

    async def _offer(self, agent: Agent, user_name: str, password: str) -> SignInOffer:
        operator = Operator(
            operator_id=agent.agent_id,
            user_name=user_name,
            name=f"{agent.first_name} {agent.last_name}".strip() or user_name,
            roles=tuple(role.name for role in agent.roles),
        )
        mine = [Location(loc.location_id, loc.code, loc.name) for loc in agent.locations]
        locations = await self._locations.described(mine)
        if not locations:
            raise Trouble("This operator is not assigned to any store.")
        if self._days:
            with remembering():
                await self._known.remember(
                    self._profile, operator, locations, password, now=self._timer.now(), days=self._days
                )
        return SignInOffer(operator, locations, offline=False)

    async def _clock_is_off(self) -> str:
        """What to say of this machine's clock where it is off, by the platform's TimeStamp; else nothing.

        Requests are signed with the time, so that a wrong clock looks like a wrong key.
        """
        try:
            there = (await self._api.oauth.timestamp(single_attempt=True)).seconds
        except PlatformError:
            return ""
        off = round(self._timer.now() - there)
        if abs(off) < CLOCK_SECONDS:
            return ""
        way = "ahead of" if off > 0 else "behind"
        return f"This machine's clock is {abs(off)} s {way} the platform's. Set it, then sign in again."

    async def _without_the_line(self, user_name: str, password: str) -> SignInOffer:
        with remembering():
            checked = await self._known.verify(
                self._profile, user_name, password, now=self._timer.now(), days=self._days
            )
        if checked.result is not OfflineResult.OK or checked.operator is None:
            raise Trouble(_WITHOUT_A_LINE[checked.result], offline=True)
        self._locations.remember(checked.locations)
        return SignInOffer(checked.operator, checked.locations, offline=True)
