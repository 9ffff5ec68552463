"""The Customer resource: operators signing in, customers, and the sessions that bind both to a location.

Used by the desk and by sync.
"""

from datetime import date

from pydantic import SecretStr

from console.api.customer_addresses import CustomerAddresses
from console.api.customer_login import CustomerLogin
from console.api.customer_models import (
    Agent,
    Customer,
    CustomerCount,
    CustomerDetails,
    SavedCartItem,
    StoreOperator,
    Token,
    Validity,
)
from console.api.customer_requests import SearchType
from console.api.errors import SessionExpired
from console.api.forms import Sendable

_DAY = "%Y/%m/%d"


class Customers(CustomerLogin, CustomerAddresses):
    """Operations of the resource Customer. Each raises ``PlatformError``; what else is said there."""

    async def agent_login(self, *, user_name: str, password: SecretStr) -> Agent:
        """Agent Login: the operator behind a name and a password. Starts no session.

        Raises:
            WrongPassword: the password is wrong.
            AccountLocked: there were too many attempts.
            SignInRefused: no such operator, or one who may not sign in yet or any more.
        """
        answer = await self._ask("customers.agent_login", data={"username": user_name, "password": password})
        return answer.one(Agent)

    async def access_token(self) -> Token:
        """Get Access Token: a session that is nobody's, for a walk-in or as a step to a customer's."""
        answer = await self._ask("customers.access_token")
        return answer.one(Token)

    async def start_session(
        self,
        *,
        user_name: str,
        operator_id: str,
        password: SecretStr,
        location_id: int,
        token: SecretStr | None = None,
    ) -> Token:
        """Start Customer Session: bind a customer, an operator and a location to a new token.

        ``password`` is the operator's; ``token`` is of ``access_token``, for platforms that want one.

        Raises:
            WrongPassword: the operator's password is wrong.
            NotFound: there is no such customer.
        """
        answer = await self._ask(
            "customers.start_session",
            data={
                "username": user_name,
                "operatorid": operator_id,
                "password": password,
                "locationid": str(location_id),
            },
            token=token,
        )
        return answer.one(Token)

    async def logout(self, *, token: SecretStr) -> None:
        """Customer Logout: end the session of a token."""
        await self._ask("customers.logout", token=token)

    async def validate_token(self, *, token: SecretStr) -> bool:
        """Validate Access Token: whether the session of a token is still alive."""
        try:
            answer = await self._ask("customers.validate_token", path={"accesstoken": token})
        except SessionExpired:
            return False
        return answer.whole(Validity).is_alive

    async def search(self, *, user_name: str = "", mobile: str = "", email: str = "") -> tuple[Customer, ...]:
        """Search Customers: those whose user name, mobile number or e-mail contains what is given.

        Raises:
            ValueError: nothing to search for.
        """
        wanted = {"UserName": user_name, "mobile": mobile, "email": email}
        given: dict[str, Sendable] = {name: value for name, value in wanted.items() if value}
        if not given:
            raise ValueError("a search needs a user name, a mobile number or an e-mail")
        answer = await self._ask("customers.search", data={"customerSearch": given})
        return await answer.many(Customer)

    async def search_by_date(self, *, first: date, last: date) -> tuple[Customer, ...]:
        """Search Customers, by CreateDate: those created from ``first`` to ``last``, both included.

        The days are those of the platform's own clock.
        """
        wanted = {
            "SearchType": SearchType.CREATED,
            "FromDate": first.strftime(_DAY),
            "ToDate": last.strftime(_DAY),
        }
        answer = await self._ask("customers.search", data={"customerSearch": wanted})
        return await answer.many(Customer)

    async def all(self) -> tuple[Customer, ...]:
        """Get All Customers, those deactivated included. A large merchant's do not fit into one answer."""
        answer = await self._find("customers.all")
        return await answer.many(Customer)

    async def count(self) -> int:
        """Get Customer Count: how many are registered with the merchant."""
        answer = await self._ask("customers.count")
        return answer.whole(CustomerCount).count

    async def details(self, *, user_id: str) -> Customer:
        """Get Customer Details.

        Raises:
            NotFound: there is no such customer.
        """
        answer = await self._ask("customers.details", path={"UserId": user_id})
        return answer.one(Customer)

    async def create(self, *, details: CustomerDetails, password: SecretStr) -> Customer:
        """Create Customer Account, under ``details.user_name``.

        Raises:
            InvalidInput: the user name is taken, or the platform does not accept a detail; it says which.
        """
        data = {**details.wire(), "merchantId": self._transport.merchant_id, "Password": password}
        answer = await self._ask("customers.create", data={"customer": data})
        return answer.one(Customer)

    async def update(self, *, user_id: str, details: CustomerDetails, token: SecretStr) -> None:
        """Update Customer Details: change what is filled in ``details``.

        Raises:
            InvalidInput: the platform does not accept a detail.
        """
        data = {"UserId": user_id, "merchantId": self._transport.merchant_id, **details.wire()}
        await self._ask("customers.update", data={"customer": data}, token=token)

    async def update_attributes(
        self, *, user_id: str, attribute_id: int, value: str, token: SecretStr
    ) -> None:
        """Update Profile Attributes (Custom Fields): set one attribute that the merchant has defined.

        Raises:
            NotFound: there is no such customer.
            InvalidInput: the merchant has no such attribute, or the value is not accepted.
        """
        attribute = {"ProfileAttributeId": str(attribute_id), "ProfileAttributeValue": value}
        profile: Sendable = {"UserId": user_id, "ProfileAttributes": {"ProfileAttribute": attribute}}
        await self._ask("customers.update_attributes", data={"UserProfile": profile}, token=token)

    async def activate(self, *, user_id: str) -> None:
        """Activate User Account: let a customer sign in again.

        Raises:
            NotFound: there is no such customer.
        """
        await self._ask("customers.activate", path={"UserId": user_id})

    async def deactivate(self, *, user_id: str) -> None:
        """Deactivate User Account: stop a customer from signing in.

        Raises:
            NotFound: there is no such customer.
        """
        await self._ask("customers.deactivate", path={"UserId": user_id})

    async def saved_cart(self, *, user_id: str) -> tuple[SavedCartItem, ...]:
        """Get Saved Cart Items: what the cart held that the customer left behind last."""
        answer = await self._find("customers.saved_cart", path={"UserId": user_id})
        return await answer.many(SavedCartItem)

    async def store_operators(self, *, role_id: str, location_id: int = 0) -> tuple[StoreOperator, ...]:
        """Get Store Operators: those of a role at one location, or with 0 at any.

        Raises:
            InvalidInput: the merchant has no such location.
        """
        path = {"locationId": location_id, "roleid": role_id}
        answer = await self._find("customers.store_operators", path=path)
        return await answer.many(StoreOperator)
