"""Values in customer requests: third-party profiles, addresses, and the documents' enumerations."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import SecretStr

from console.api.transport.encoding import Encodable


class SearchType(StrEnum):
    """Search key for customers (Search Customers, parameter SearchType)."""

    CREATED = "CreateDate"
    USER_NAME = "UserName"


class ResetType(StrEnum):
    """Kind of proof for a password reset (Validate Reset Request, parameter Resettype)."""

    MOBILE = "mobile"
    """The one-time password sent to the mobile number."""
    EMAIL = "email"
    """The reset id in the link sent to the e-mail address."""


class Gender(StrEnum):
    """A customer's gender as a third party reports it (parameter gender)."""

    MALE = "M"
    FEMALE = "F"


class Provider(StrEnum):
    """Third parties that the asynchronous login supports (parameter provider)."""

    GOOGLE = "google"
    FACEBOOK = "facebook"


class AddressType(StrEnum):
    """Kinds of address in the documents (Add/Update Shipping Address, parameter addressType)."""

    HOME = "Home Address"
    OFFICE = "Office"


@dataclass(frozen=True, slots=True)
class ThirdPartyProfile:
    """A customer as a third party reports them. An empty field is not sent.

    ``email`` or ``login_id`` names the account. ``provider`` is the third party's name; the asynchronous
    login takes those of ``Provider``, with ``token``, which the provider issued for this login.
    """

    provider: str
    profile_id: str
    email: str = ""
    login_id: str = ""
    first_name: str = ""
    last_name: str = ""
    gender: Gender | None = None
    mobile: str = ""
    subscribe_to_offers: bool = False
    token: SecretStr | None = None

    def to_wire(self) -> dict[str, Encodable]:
        """Return the filled fields under the names of the sample request."""
        fields: dict[str, Encodable] = {
            "provider": self.provider,
            "profileId": self.profile_id,
            "email": self.email,
            "MobileNo": self.mobile,
            "FirstName": self.first_name,
            "LastName": self.last_name,
            "gender": self.gender,
            "loginId": self.login_id,
            "Token": self.token,
            "subscribeToOffers": "true" if self.subscribe_to_offers else "false",
        }
        return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True, slots=True)
class AddressDetails:
    """A shipping address to add or change.

    ``address_id`` 0 adds one. ``state``, ``city`` and ``country`` are the platform's codes; ``mobile`` and
    ``phone`` have the country's code before a hyphen.
    """

    user_id: str
    first_name: str
    last_name: str
    address1: str
    address_id: int = 0
    address2: str = ""
    state: str = ""
    pin: str = ""
    country: str = ""
    city: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    kind: AddressType = AddressType.HOME

    def to_wire(self) -> dict[str, Encodable]:
        """Return all fields under the names of the sample request, the id as text."""
        return {
            "shippingaddressid": str(self.address_id),
            "userId": self.user_id,
            "firstname": self.first_name,
            "lastname": self.last_name,
            "address1": self.address1,
            "address2": self.address2,
            "state": self.state,
            "pin": self.pin,
            "countrycode": self.country,
            "citycode": self.city,
            "phoneno": self.phone,
            "mobileno": self.mobile,
            "email": self.email,
            "AddressType": self.kind,
        }
