"""The sentence for records of a list that the console cannot read: how many, and which fields are odd."""

from collections.abc import Iterable

from console.api.transport.records import Records

MAX_FIELDS = 2
"""Fields that are named: enough to tell the platform's support."""


def unreadable_text(found: tuple[object, ...], noun: str) -> str:
    """Return ``1 order could not be read (TotalAmount).`` or ""; ``noun`` is in the singular."""
    return faults_text(found.faults, noun) if isinstance(found, Records) else ""


def faults_text(faults: Iterable[str], noun: str) -> str:
    """Return the sentence for these faults, "" without one."""
    texts = tuple(faults)
    if not texts:
        return ""
    places = (place for fault in texts for place in _places(fault))
    fields = tuple(dict.fromkeys(places))[:MAX_FIELDS]
    named = f" ({', '.join(fields)})" if fields else ""
    count = f"1 {noun}" if len(texts) == 1 else f"{len(texts)} {_plural(noun)}"
    return f"{count} could not be read{named}."


def _places(fault: str) -> Iterable[str]:
    for part in fault.split("; "):
        if field := part.partition(":")[0].rpartition(".")[2]:
            yield field


def _plural(noun: str) -> str:
    return f"{noun}es" if noun.endswith("s") else f"{noun}s"
