"""Exceptions of the local storage. ``message`` is for the operator.

LocalError
 +- StorageError            the file cannot be opened, read or written
 |   +- NewerVersion        a newer version of the console has written it
 |   +- FileRebuilt         another program has destroyed the file, and a new one has what could be read
 +- UnreadableRecord        one record is damaged or of another version
 |   +- UnknownKind         a newer version of the console has written it
 +- DraftError              one draft cannot be used as requested
     +- NoSuchDraft         it was never saved here
     +- DraftClosed         it is placed or closed
     +- DraftBeingPlaced    it is on its way to the platform as an order
     +- PlacementOutdated   the draft or its quoted total has changed since
     +- OrderNumberTaken    another draft has that order's number
     +- EditConflict        another console has changed it in between
     +- CustomerHasAccount  its customer has an account by now
     +- LeaseLost           another console has taken it over
"""

from typing import ClassVar


class LocalError(Exception):
    """Base of the storage errors. ``diagnostics`` is for a log and holds no stored value."""

    default_message: ClassVar[str] = "This machine could not do this."

    def __init__(self, message: str = "", *, diagnostics: str = "") -> None:
        self.message = message or self.default_message
        """For the operator: what happened and what to do."""
        self.diagnostics = diagnostics
        super().__init__(self.message)


class StorageError(LocalError):
    """The file cannot be opened, read or written."""

    default_message = "The files on this machine cannot be read or written."


class NewerVersion(StorageError):
    """A newer version of the console has written the file."""

    default_message = "A newer version of the console was used here. Use that version."


class FileRebuilt(StorageError):
    """Another program has destroyed the file; a new one has what could be read, and nothing was written."""

    default_message = "Another program has changed a file of this console."


class UnreadableRecord(LocalError):
    """One record is damaged or of another version."""

    default_message = "A record on this machine cannot be read."


class UnknownKind(UnreadableRecord):
    """The record is of a kind that only a newer version of the console knows."""

    default_message = "This order has a change from a newer version of the console."


class DraftError(LocalError):
    """One draft cannot be used as requested; ``diagnostics`` is its id."""

    def __init__(self, draft_id: str) -> None:
        super().__init__(diagnostics=draft_id)


class NoSuchDraft(DraftError):
    """The draft was never saved here."""

    default_message = "That order is not on this machine."


class DraftClosed(DraftError):
    """The draft is placed or closed and takes no more edits."""

    default_message = "That order is closed and can no longer be changed."


class DraftBeingPlaced(DraftError):
    """The draft is being placed: until the outcome is known, it cannot be changed."""

    default_message = "That order is being placed and cannot be changed now."


class PlacementOutdated(DraftError):
    """The placement request was withdrawn or changed, or the draft was."""

    default_message = "That order changed before it could be placed. Review it."


class OrderNumberTaken(DraftError):
    """Another draft on this machine is already the order of that number."""

    default_message = "Another order on this machine has that number."


class EditConflict(DraftError):
    """Another console has changed the draft in between."""

    default_message = "That order was changed elsewhere. Open it again to see the changes."


class CustomerHasAccount(DraftError):
    """The draft's customer has an account by now and keeps the order."""

    default_message = "That customer has an account now and keeps the order."


class LeaseLost(DraftError):
    """Another console has taken over the draft; nothing was written."""

    default_message = "Another console has taken over this order."
