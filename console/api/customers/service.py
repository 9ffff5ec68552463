"""The Customer resource: operators signing in, customers, and the sessions that bind both to a location."""

from collections import deque
from datetime import date

from pydantic import SecretStr

from console.api.customers.addresses import CustomerAddresses
from console.api.customers.login import CustomerLogin
from console.api.customers.models import (
    Agent,
    CustomerAccountDetails,
    CustomerCount,
    SavedCartItem,
    SessionToken,
    SessionValidity,
    StoreOperator,
    WireCustomer,
)
from console.api.customers.requests import SearchType
from console.api.errors import MismatchedResponse, SessionExpired
from console.api.transport.encoding import Encodable
from console.api.transport.records import Records
from console.api.transport.resource import ApiResponse
from console.api.transport.transport import Transport
from console.operations import OPERATIONS_BY_NAME

_DATE_FORMAT = "%Y/%m/%d"
MAX_ANONYMOUS_TOKENS = 100
"""The latest anonymous tokens that are remembered: none of them may be issued again."""


class Customers(CustomerLogin, CustomerAddresses):
    """Operations of the resource Customer. Each raises ``PlatformError``."""

    def __init__(self, transport: Transport, token: SecretStr | None = None) -> None:
        super().__init__(transport, token)
        self._anonymous_tokens: deque[SecretStr] = deque(maxlen=MAX_ANONYMOUS_TOKENS)

    async def agent_login(self, *, user_name: str, password: SecretStr) -> Agent:
        """Agent Login: the operator with this name and password. Starts no session.

        Raises:
            WrongPassword: the password is wrong.
            AccountLocked: there were too many attempts.
            SignInRefused: there is no such operator, or they may not sign in.
        """
        response = await self._call(
            "customers.agent_login", data={"username": user_name, "password": password}
        )
        return await response.parse_record(Agent)

    async def access_token(self) -> SessionToken:
        """Get Access Token: an anonymous session, for a walk-in or as a step to a customer's."""
        response = await self._call("customers.access_token")
        issued = await response.parse_record(SessionToken)
        self._require_new_token(response, issued)
        self._anonymous_tokens.append(issued.access_token)
        return issued

    async def start_session(
        self,
        *,
        user_name: str,
        operator_id: str,
        password: SecretStr,
        location_id: int,
        token: SecretStr | None = None,
        user_id: str = "",
    ) -> SessionToken:
        """Start Customer Session: bind a customer, an operator and a location to a new token.

        ``password`` is the operator's; ``token`` is of ``access_token``, for platforms that require one.
        ``user_id`` is the customer's, where it is known.

        Raises:
            MismatchedResponse: the session is another customer's, or its token an anonymous one.
            WrongPassword: the operator's password is wrong.
            NotFound: there is no such customer.
        """
        operation = OPERATIONS_BY_NAME["customers.start_session"]
        data: dict[str, Encodable] = {
            "username": user_name,
            "operatorid": operator_id,
            "password": password,
            "locationid": str(location_id),
        }
        # Not by ``_call``, which wants a token: some platforms start a session without one.
        fields = await self._transport.call(operation, data=data, token=token)
        response = ApiResponse(operation, fields)
        started = await response.parse_record(SessionToken)
        response.require_same("UserId", asked=user_id, answered=started.user_id)
        self._require_new_token(response, started)
        return started

    async def logout(self, *, token: SecretStr | None = None) -> None:
        """Customer Logout: end the session of a token."""
        await self._call("customers.logout", token=token)

    async def validate_token(self, *, token: SecretStr | None = None) -> bool:
        """Validate Access Token: return True if the session of a token is still alive."""
        path = {"accesstoken": self._session_token(token)}
        try:
            response = await self._call("customers.validate_token", path=path)
        except SessionExpired:
            return False
        return response.parse_body(SessionValidity).is_alive

    async def search(
        self, *, user_name: str = "", mobile: str = "", email: str = ""
    ) -> Records[WireCustomer]:
        """Search Customers by part of a user name, mobile number or e-mail.

        Raises:
            ValueError: there is nothing to search for.
        """
        criteria = {"UserName": user_name, "mobile": mobile, "email": email}
        filled: dict[str, Encodable] = {name: value for name, value in criteria.items() if value}
        if not filled:
            raise ValueError("a search needs a user name, a mobile number or an e-mail")
        response = await self._call("customers.search", data={"customerSearch": filled})
        return await response.parse_records(WireCustomer)

    async def search_by_date(self, *, first_day: date, last_day: date) -> Records[WireCustomer]:
        """Search Customers, by CreateDate: created from ``first_day`` to ``last_day``, inclusive.

        The days are those of the platform's own clock.
        """
        criteria = {
            "SearchType": SearchType.CREATED,
            "FromDate": first_day.strftime(_DATE_FORMAT),
            "ToDate": last_day.strftime(_DATE_FORMAT),
        }
        response = await self._call("customers.search", data={"customerSearch": criteria})
        return await response.parse_records(WireCustomer)

    async def all(self) -> Records[WireCustomer]:
        """Get All Customers, deactivated ones included. A large merchant's do not fit into one response."""
        response = await self._call_or_empty("customers.all")
        return await response.parse_records(WireCustomer)

    async def count(self) -> int:
        """Get Customer Count: how many are registered with the merchant."""
        response = await self._call("customers.count")
        return response.parse_body(CustomerCount).count

    async def details(self, *, user_id: str) -> WireCustomer:
        """Get Customer Details.

        Raises:
            NotFound: there is no such customer.
        """
        response = await self._call("customers.details", path={"UserId": user_id})
        customer = await response.parse_record(WireCustomer)
        response.require_same("UserId", asked=user_id, answered=customer.user_id)
        return customer

    async def create(self, *, details: CustomerAccountDetails, password: SecretStr) -> WireCustomer:
        """Create Customer Account, under ``details.user_name``.

        Raises:
            InvalidInput: the user name is taken, or the platform does not accept a detail; it says which.
        """
        data = {**details.to_wire(), "merchantId": self._transport.merchant_id, "Password": password}
        response = await self._call("customers.create", data={"customer": data})
        customer = await response.parse_record(WireCustomer)
        response.require_same("UserName", asked=details.user_name, answered=customer.user_name)
        return customer

    async def update(
        self, *, user_id: str, details: CustomerAccountDetails, token: SecretStr | None = None
    ) -> None:
        """Update Customer Details: change the filled fields of ``details``.

        Raises:
            InvalidInput: the platform does not accept a detail.
        """
        data = {"UserId": user_id, "merchantId": self._transport.merchant_id, **details.to_wire()}
        await self._call("customers.update", data={"customer": data}, token=token)

    async def update_attributes(
        self, *, user_id: str, attribute_id: int, value: str, token: SecretStr | None = None
    ) -> None:
        """Update Profile Attributes (Custom Fields): set one attribute that the merchant has defined.

        Raises:
            NotFound: there is no such customer.
            InvalidInput: the merchant has no such attribute, or the value is not accepted.
        """
        attribute = {"ProfileAttributeId": str(attribute_id), "ProfileAttributeValue": value}
        profile: Encodable = {"UserId": user_id, "ProfileAttributes": {"ProfileAttribute": attribute}}
        await self._call("customers.update_attributes", data={"UserProfile": profile}, token=token)

    async def activate(self, *, user_id: str) -> None:
        """Activate User Account: let a customer sign in again.

        Raises:
            NotFound: there is no such customer.
        """
        await self._call("customers.activate", path={"UserId": user_id})

    async def deactivate(self, *, user_id: str) -> None:
        """Deactivate User Account: stop a customer from signing in.

        Raises:
            NotFound: there is no such customer.
        """
        await self._call("customers.deactivate", path={"UserId": user_id})

    async def saved_cart(self, *, user_id: str) -> Records[SavedCartItem]:
        """Get Saved Cart Items: the contents of the cart that the customer left behind last."""
        response = await self._call_or_empty("customers.saved_cart", path={"UserId": user_id})
        return await response.parse_records(SavedCartItem)

    async def store_operators(self, *, role_id: str, location_id: int = 0) -> Records[StoreOperator]:
        """Get Store Operators of a role, at one location or, with 0, at any.

        Raises:
            InvalidInput: the merchant has no such location.
        """
        path = {"locationId": location_id, "roleid": role_id}
        response = await self._call_or_empty("customers.store_operators", path=path)
        return await response.parse_records(StoreOperator)

    def _require_new_token(self, response: ApiResponse, issued: SessionToken) -> None:
        """Require that a token is not an anonymous one that was issued before, to whomever."""
        if issued.access_token in self._anonymous_tokens:
            raise MismatchedResponse(
                operation=response.operation, diagnostics="AccessToken was issued to another request"
            )
