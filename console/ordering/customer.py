"""Customers and operators as the console needs them.

Filled by the desk; shown by the customer and session screens.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Customer:
    """A registered customer. ``mobile`` is as the platform has it; ``groups`` is ``None`` until read."""

    user_id: str
    user_name: str
    first_name: str = ""
    last_name: str = ""
    mobile: str = ""
    email: str = ""
    address: str = ""
    city: str = ""
    groups: tuple[str, ...] | None = None

    @property
    def name(self) -> str:
        """The name people would say, or the user name where none is kept."""
        return f"{self.first_name} {self.last_name}".strip() or self.user_name


@dataclass(frozen=True, slots=True)
class Operator:
    """A store operator who has signed in. ``roles`` are the platform's names of them."""

    operator_id: str
    user_name: str
    name: str
    roles: tuple[str, ...] = ()
