"""What can go wrong with what this machine remembers, as exceptions an operator can act on.

Raised by every module of ``console.storage``; caught by sync and by the services, which show ``message``.

LocalError
 +- StorageError            the file cannot be opened, read or written
 |   +- NewerVersion        a newer version of the console has written it
 +- UnreadableRecord        one record is damaged or of another version
 |   +- UnknownKind         a newer version of the console has written it
 +- DraftError              one draft cannot be used as asked
     +- NoSuchDraft         it was never kept here
     +- DraftClosed         it is placed or put away
     +- DraftBeingPlaced    it is on its way to the platform as an order
     +- PlacementOutdated   the draft or its quoted total changed since
     +- OrderNumberTaken    another draft has that order's number
     +- EditConflict        another console has changed it in between
     +- CustomerHasAccount  its customer has an account by now
     +- LeaseLost           another console has taken it over
"""

from typing import ClassVar


class LocalError(Exception):
    """The base of them all. ``diagnostics`` is for a log: it holds nothing of what was kept."""

    default_message: ClassVar[str] = "This machine could not do this."

    def __init__(self, message: str = "", *, diagnostics: str = "") -> None:
        self.message = message or self.default_message
        """What an operator reads: what happened, and what to do."""
        self.diagnostics = diagnostics
        super().__init__(self.message)


class StorageError(LocalError):
    """The file cannot be opened, read or written."""

    default_message = "This machine's own files cannot be read or written."


class NewerVersion(StorageError):
    """A newer version of the console has written the file."""

    default_message = "A newer version of the console has been used here: use that one."


class UnreadableRecord(LocalError):
    """One record is damaged or of another version."""

    default_message = "A record on this machine cannot be read."


class UnknownKind(UnreadableRecord):
    """The record is of a kind that only a newer version of the console knows."""

    default_message = "This order has a change from a newer version of the console."


class DraftError(LocalError):
    """One draft cannot be used as asked; ``diagnostics`` is its id."""

    def __init__(self, draft_id: str) -> None:
        super().__init__(diagnostics=draft_id)


class NoSuchDraft(DraftError):
    """The draft was never kept here."""

    default_message = "That order is not on this machine."


class DraftClosed(DraftError):
    """The draft is placed or put away, and takes no more edits."""

    default_message = "That order is closed and can no longer be changed."


class DraftBeingPlaced(DraftError):
    """The draft is marked as being placed: until that is proved or disproved, it stays as it is."""

    default_message = "That order is being placed and cannot be changed now."


class PlacementOutdated(DraftError):
    """The wish to place it was taken back or changed, or the draft was."""

    default_message = "That order was changed before it could be placed: look at it again."


class OrderNumberTaken(DraftError):
    """Another draft of this machine has become the order of that number."""

    default_message = "That number is another order's of this machine."


class EditConflict(DraftError):
    """Another console has changed the draft in between."""

    default_message = "That order was changed elsewhere: open it again to see it as it is."


class CustomerHasAccount(DraftError):
    """The draft's customer has an account by now, and the order is theirs."""

    default_message = "That order's customer has an account by now: the order stays theirs."


class LeaseLost(DraftError):
    """Another console has taken the draft over; nothing was written."""

    default_message = "Another console has taken this order over."
