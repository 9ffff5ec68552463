"""Keys typed ahead, as screens see them."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class KeyBuffer(Protocol):
    """An application that handles its keys one after the other."""

    @property
    def has_waiting_keys(self) -> bool:
        """Return True if keys wait behind the one that is being handled."""
        ...

    @property
    def key_typed_at(self) -> float:
        """When the key that is being handled was typed, by the monotonic clock."""
        ...

    def discard_waiting_keys(self) -> None:
        """Forget the keys that wait: they were typed for something that did not happen."""
        ...


def is_typed_after(app: object, moment: float) -> bool:
    """Return True if the key that is being handled was typed later than ``moment``."""
    return not isinstance(app, KeyBuffer) or app.key_typed_at > moment
