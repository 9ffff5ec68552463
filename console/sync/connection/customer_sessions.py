"""Customer sessions: one token for each open order, started again whenever the platform ended it.

Tokens and the operator's password live in memory only.
"""

import asyncio
from dataclasses import dataclass

from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.customers.models import SessionToken
from console.api.errors import AccountLocked, MismatchedResponse, SignInRefused, WrongPassword
from console.operations import OPERATIONS_BY_NAME, Operation
from console.storage.drafts.draft_store import DraftHeader

SIGN_IN_AGAIN = "Sign out and in again to go on."


@dataclass(frozen=True, slots=True)
class OperatorCredentials:
    """The signed-in operator. Every new customer session needs the password."""

    operator_id: str
    password: SecretStr


class CustomerSessions:
    """Holds the access token of each draft."""

    def __init__(self, api: ApiClient, *, needs_token: bool) -> None:
        self._api = api
        self._needs_token = needs_token
        self._credentials: OperatorCredentials | None = None
        self._refusal: SignInRefused | None = None
        self._tokens: dict[str, SecretStr] = {}
        self._user_ids: dict[str, str] = {}
        # Eight orders sent at once must not try a changed password eight times.
        self._start_lock = asyncio.Lock()

    def sign_in(self, credentials: OperatorCredentials) -> None:
        """Start sessions as this operator from now on."""
        self._credentials = credentials
        self._refusal = None

    def sign_out(self) -> None:
        """Forget the password and every token."""
        self._credentials = None
        self._tokens.clear()

    def is_signed_in_for(self, header: DraftHeader) -> bool:
        """Return True if the operator that this draft is bound to is signed in."""
        return self._credentials is not None and self._credentials.operator_id == header.operator_id

    async def token(self, header: DraftHeader) -> tuple[SecretStr, bool]:
        """Return the draft's access token, and True if it is a new one.

        A walk-in order has an anonymous token (Get Access Token); a customer's is bound to customer,
        operator and location (Start Customer Session).

        Raises:
            MismatchedResponse: the platform gave a token that another draft has.
            PlatformError: connection or platform failed, or refused. A refused password is not tried again
                before the next sign-in: every try counts towards locking the account.
        """
        known = self._tokens.get(header.draft_id)
        if known is not None:
            return known, False
        started = await self._start(header)
        if started.access_token in self._tokens.values():
            # Two drafts would fill one cart.
            raise MismatchedResponse(operation=_operation(header), diagnostics="another draft's AccessToken")
        self._tokens[header.draft_id] = started.access_token
        self._user_ids[header.draft_id] = started.user_id
        return started.access_token, True

    def user_id(self, header: DraftHeader) -> str:
        """The account of an order of this session: the customer's, or a walk-in token's own."""
        return header.customer.user_id if header.customer else self._user_ids.get(header.draft_id, "")

    def existing_token(self, draft_id: str) -> SecretStr | None:
        """The draft's access token, ``None`` without a session here."""
        return self._tokens.get(draft_id)

    def expire(self, draft_id: str) -> None:
        """Forget a token that the platform does not accept any more."""
        self._tokens.pop(draft_id, None)

    def remove(self, draft_id: str) -> SecretStr | None:
        """Forget the session of a draft that is over. Returns its token, ``None`` without a session here."""
        self._user_ids.pop(draft_id, None)
        return self._tokens.pop(draft_id, None)

    async def log_out(self, token: SecretStr) -> None:
        """Log a customer out (Customer Logout).

        Raises:
            PlatformError: connection or platform failed, or refused.
        """
        await self._api.customers.logout(token=token)

    async def _start(self, header: DraftHeader) -> SessionToken:
        customers = self._api.customers
        if header.customer is None:
            return await customers.access_token()
        credentials = self._credentials
        if credentials is None or credentials.operator_id != header.operator_id:
            # The operator signed out while the order's task was on its way here.
            raise SignInRefused("The order's operator is not signed in.")
        self._check_refusal()
        anonymous = (await customers.access_token()).access_token if self._needs_token else None
        async with self._start_lock:
            self._check_refusal()
            try:
                return await customers.start_session(
                    user_name=header.customer.user_name,
                    operator_id=credentials.operator_id,
                    password=credentials.password,
                    location_id=header.location_id,
                    token=anonymous,
                    user_id=header.customer.user_id,
                )
            except (WrongPassword, AccountLocked) as refusal:
                self._refusal = refusal
                raise

    def _check_refusal(self) -> None:
        if self._refusal is not None:
            raise SignInRefused(f"{self._refusal.message} {SIGN_IN_AGAIN}") from self._refusal


def _operation(header: DraftHeader) -> Operation:
    """The operation that gives a draft its token."""
    name = "customers.access_token" if header.customer is None else "customers.start_session"
    return OPERATIONS_BY_NAME[name]
