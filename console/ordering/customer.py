"""Customers and operators as the console needs them.

Filled by the desk; shown by the customer and session screens.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer. ``mobile`` is as the platform has it; ``groups`` is ``None`` until read.

    ``user_id`` is empty for one who was made offline and has no account yet; ``creation_uncertain`` says
    that one was asked for all the same, and the answer lost.
    """

    user_id: str
    user_name: str
    first_name: str = ""
    last_name: str = ""
    mobile: str = ""
    email: str = ""
    address: str = ""
    city: str = ""
    groups: tuple[str, ...] | None = None
    creation_uncertain: bool = False

    @property
    def has_account(self) -> bool:
        """Whether the platform is known to have this customer."""
        return bool(self.user_id)

    @property
    def name(self) -> str:
        """The name people would say, or the user name where none is kept."""
        return f"{self.first_name} {self.last_name}".strip() or self.user_name

    def is_same_person(self, other: "Customer") -> bool:
        """Whether both are one person: one account, or where one has none yet, one number or name."""
        if self.user_id and other.user_id:
            return self.user_id == other.user_id
        mine, theirs = phone_digits(self.mobile), phone_digits(other.mobile)
        if mine and theirs:
            # The country's code may not have been typed.
            return mine.endswith(theirs) or theirs.endswith(mine)
        return self.user_name == other.user_name


@dataclass(frozen=True, slots=True)
class Operator:
    """A store operator who has signed in. ``roles`` are the platform's names of them."""

    operator_id: str
    user_name: str
    name: str
    roles: tuple[str, ...] = ()


def phone_digits(text: str) -> str:
    """The digits of a typed number, empty where anything but a number was typed."""
    bare = text.strip().removeprefix("+").replace(" ", "").replace("-", "")
    return bare if bare.isdigit() else ""
