"""Customers and operators, independent of the wire format."""

from dataclasses import dataclass

from console.ordering.phone_number import dialled_digits, same_number


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer. ``mobile`` is as the platform has it; ``groups`` is ``None`` until read.

    ``address`` is the account's, on one line; ``area`` and ``pin`` say which store delivers there, and
    ``city_code`` and ``state`` are the platform's codes.

    ``user_id`` is empty for a customer who was entered offline and has no account yet. ``creation_uncertain``
    means that an account was requested, but the response was lost.
    """

    user_id: str
    user_name: str
    first_name: str = ""
    last_name: str = ""
    mobile: str = ""
    email: str = ""
    address: str = ""
    city: str = ""
    area: str = ""
    pin: str = ""
    city_code: str = ""
    state: str = ""
    groups: tuple[str, ...] | None = None
    creation_uncertain: bool = False

    @property
    def has_account(self) -> bool:
        """Return True if the platform is known to have this customer."""
        return bool(self.user_id)

    @property
    def name(self) -> str:
        """The full name, or the user name if there is none."""
        return f"{self.first_name} {self.last_name}".strip() or self.user_name

    def has_same_name(self, other: "Customer") -> bool:
        """Return True if the full names are one name; a first name alone may be a relative's."""
        mine, theirs = (one.name.casefold().split() for one in (self, other))
        return mine == theirs

    def has_similar_name(self, other: "Customer") -> bool:
        """Return True if one name is the other, or a part of it such as the first name."""
        mine, theirs = (set(one.name.casefold().split()) for one in (self, other))
        return mine <= theirs or theirs <= mine

    def is_same_person(self, other: "Customer") -> bool:
        """Return True for one account, or without accounts for one number or user name."""
        if self.user_id and other.user_id:
            return self.user_id == other.user_id
        if dialled_digits(self.mobile) and dialled_digits(other.mobile):
            return same_number(self.mobile, other.mobile)
        return self.user_name == other.user_name


@dataclass(frozen=True, slots=True)
class Operator:
    """A store operator who has signed in. ``roles`` are the platform's role names."""

    operator_id: str
    user_name: str
    name: str
    roles: tuple[str, ...] = ()
