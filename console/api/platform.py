"""The API layer as a library: a platform, and sessions that carry their own token.

``docs/library.md`` shows its use. The resources are those of the console itself.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Self

from pydantic import SecretStr

from console.api.carts.service import Carts
from console.api.client import ApiClient
from console.api.customers.models import SessionToken
from console.api.customers.service import Customers
from console.api.errors import PlatformError
from console.api.orders.service import Orders
from console.api.transport.auth import OAuth1
from console.api.transport.encoding import Encodable
from console.api.transport.endpoint import Endpoint, Timeouts
from console.api.transport.transport import PathValue, Transport
from console.api.transport.wire_types import JSON
from console.operations import find_operation


def connect(
    base_url: str,
    *,
    merchant_id: str,
    key: str,
    secret: str | SecretStr,
    language: str = "en",
    timeouts: Timeouts | None = None,
    allow_plain_http: bool = False,
) -> "Platform":
    """Return a platform to use with ``async with``; nothing is sent before its first call.

    ``base_url`` is the documents' ``{host}``. Requests are signed with OAuth 1.0a; for another way of
    authenticating, or another signature, make a ``Platform`` of an ``Endpoint``.

    Raises:
        ValueError: a value cannot be used; the text is a sentence that says which. Plain http is refused
            except to this machine, unless ``allow_plain_http`` is true.
    """
    return Platform(
        Endpoint(
            base_url,
            merchant_id,
            OAuth1(key, _as_secret(secret).get_secret_value()),
            language=language,
            timeouts=timeouts or Timeouts(),
            allow_plain_http=allow_plain_http,
        )
    )


class _CallsByName:
    """Calls by the name of an operation, with a session's token where there is one."""

    transport: Transport
    _own_token: SecretStr | None = None

    async def call(
        self,
        name: str,
        *,
        path: Mapping[str, PathValue] | None = None,
        query: Mapping[str, PathValue] | None = None,
        headers: Mapping[str, PathValue] | None = None,
        data: Encodable = None,
    ) -> Mapping[str, JSON]:
        """Send one operation by its name in the table, and return the whole response.

        ``path`` fills the documented path, without the merchant's id; ``data`` is the JSON payload or the
        fields of the form. Numbers of the response that are not whole are ``Decimal``.

        Raises:
            LookupError: there is no such operation; the text has the nearest names.
            ValueError: the arguments do not fit the operation.
        """
        operation = find_operation(name)
        token = self._own_token if operation.session else None
        return await self.transport.call(
            operation, path=path, query=query, headers=headers, data=data, token=token
        )


class Platform(ApiClient, _CallsByName):
    """A platform: its resources, such as ``products``, and sessions. Every call raises ``PlatformError``.

    Leaving ``async with`` releases connections and threads.
    """

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    @asynccontextmanager
    async def session(
        self, *, customer: str, operator: str, password: str | SecretStr, location_id: int
    ) -> AsyncGenerator["Session"]:
        """Start the session of a customer at a location, and log it out at the end of ``async with``.

        ``customer`` and ``operator`` are user names; ``password`` is the operator's.

        Raises:
            SignInRefused: the operator may not sign in.
            NotFound: there is no such customer.
        """
        secret = _as_secret(password)
        agent = await self.customers.agent_login(user_name=operator, password=secret)
        anonymous = await self.customers.access_token()
        started = await self.customers.start_session(
            user_name=customer,
            operator_id=agent.agent_id,
            password=secret,
            location_id=location_id,
            token=anonymous.access_token,
        )
        async with self._logged_out(started) as session:
            yield session

    @asynccontextmanager
    async def walk_in(self) -> AsyncGenerator["Session"]:
        """Start a session without a customer, and log it out at the end of ``async with``."""
        async with self._logged_out(await self.customers.access_token()) as session:
            yield session

    def resume(self, token: str | SecretStr, *, user_id: str = "") -> "Session":
        """Return a session that was started elsewhere; it stays open."""
        return Session(self.transport, _as_secret(token), user_id=user_id)

    @asynccontextmanager
    async def _logged_out(self, started: SessionToken) -> AsyncGenerator["Session"]:
        session = Session(self.transport, started.access_token, user_id=started.user_id)
        try:
            yield session
        finally:
            # A session that is over already, or out of reach, ends by itself.
            with suppress(PlatformError):
                await session.customers.logout()


class Session(_CallsByName):
    """A session of a customer or a walk-in: the resources that act in it, each with its token."""

    def __init__(self, transport: Transport, token: SecretStr, *, user_id: str = "") -> None:
        self.transport = transport
        self.token = self._own_token = token
        self.user_id = user_id
        """The customer's id, or that of an account that the platform generated for a walk-in."""
        self.carts = Carts(transport, token)
        self.customers = Customers(transport, token)
        self.orders = Orders(transport, token)


def _as_secret(text: str | SecretStr) -> SecretStr:
    return text if isinstance(text, SecretStr) else SecretStr(text)
