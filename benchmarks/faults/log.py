"""What a simulated operator saw, written down durably by the console's process: the other half of the proof.

Written by ``fault_worker.py``, read by ``fault_check.py``.
"""

import hashlib
import json
import os
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from console.ordering.draft import Edit
from console.storage.drafts.edit_format import edit_to_text


def digest(edits: tuple[Edit, ...]) -> str:
    """A short text that only these edits have."""
    return hashlib.sha256("\n".join(map(edit_to_text, edits)).encode()).hexdigest()[:16]


class OperatorLogWriter:
    """Appends events to a file; each is durable when the call returns."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def _write(self, **event: object) -> None:
        os.write(self._handle, (json.dumps(event) + "\n").encode())
        os.fsync(self._handle)

    def write_begun(self, draft_id: str) -> None:
        """An order was begun."""
        self._write(event="begun", draft=draft_id)

    def write_saved(self, draft_id: str, edits: tuple[Edit, ...]) -> None:
        """The screen said that these edits are saved."""
        self._write(event="saved", draft=draft_id, edits=len(edits), digest=digest(edits))

    def write_parked(self, draft_id: str) -> None:
        """The order is not to be placed."""
        self._write(event="parked", draft=draft_id)

    def write_fixed(self, draft_id: str, why: str) -> None:
        """A line was taken out of the order or its cart, because of this."""
        self._write(event="mended", draft=draft_id, why=why)

    def write_quoted(self, draft_id: str, total: Decimal) -> None:
        """The customer is told this total, and the key is about to be pressed."""
        self._write(event="tells", draft=draft_id, total=str(total))

    def write_requested(self, draft_id: str) -> None:
        """It was durably asked to be placed, at the total that was told last."""
        self._write(event="asked", draft=draft_id)

    def write_withdrawn(self, draft_id: str) -> None:
        """The wish to place it is about to be taken back."""
        self._write(event="withdrawn", draft=draft_id)

    def write_placed(self, draft_id: str, order_id: int) -> None:
        """The screen said that it is placed, under this number."""
        self._write(event="placed", draft=draft_id, order=order_id)

    def write_resolution(self, draft_id: str, what: str, order_id: int) -> None:
        """The operator is about to say what became of it; the number is 0 where it is no order."""
        self._write(event="decided", draft=draft_id, what=what, order=order_id)

    def write_unfinished(self, draft_id: str, *, undecided: bool, why: str, total: Decimal | None) -> None:
        """It is not placed and nothing is done for it any more; ``why`` is what the screen said.

        ``total`` is the platform's on the screen, ``None`` where it had none.
        """
        shown = "" if total is None else str(total)
        self._write(event="rests", draft=draft_id, undecided=undecided, why=why, total=shown)


@dataclass(slots=True)
class OperatorLog:
    """All that was seen of the orders of a machine, by any of its consoles."""

    begun: list[str] = field(default_factory=list[str])
    saved: dict[str, dict[int, str]] = field(default_factory=dict[str, dict[int, str]])
    parked: set[str] = field(default_factory=set[str])
    quoted_totals: dict[str, list[Decimal]] = field(default_factory=dict[str, list[Decimal]])
    """The total at which each was last durably asked to be placed, then those that were told after."""
    requested: set[str] = field(default_factory=set[str])
    withdrawn: set[str] = field(default_factory=set[str])
    placed: dict[str, set[int]] = field(default_factory=dict[str, set[int]])
    resolutions: dict[str, list[tuple[str, int]]] = field(default_factory=dict[str, list[tuple[str, int]]])
    fix_reasons: list[str] = field(default_factory=list[str])
    shown_totals: dict[str, Decimal] = field(default_factory=dict[str, Decimal])
    """The platform's total on the screen of an order that was not placed in the end."""
    unfinished: dict[str, tuple[bool, str]] = field(default_factory=dict[str, tuple[bool, str]])

    @classmethod
    def read(cls, *paths: Path) -> "OperatorLog":
        """What these logs have; a last line that was cut off by a kill was not seen."""
        log = cls()
        for path in paths:
            for line in path.read_text().splitlines(keepends=True) if path.exists() else ():
                if line.endswith("}\n"):
                    log.add_event(json.loads(line))
        return log

    def add_event(self, event: dict[str, str | int]) -> None:
        """Add one event."""
        draft = str(event["draft"])
        match event["event"]:
            case "begun":
                self.begun.append(draft)
            case "saved":
                self.saved.setdefault(draft, {})[int(event["edits"])] = str(event["digest"])
            case "parked":
                self.parked.add(draft)
            case "decided":
                self.resolutions.setdefault(draft, []).append((str(event["what"]), int(event["order"])))
            case "mended":
                self.fix_reasons.append(str(event["why"]))
            case "tells":
                self.quoted_totals.setdefault(draft, []).append(Decimal(str(event["total"])))
            case "asked":
                self.requested.add(draft)
                self.quoted_totals[draft] = self.quoted_totals[draft][-1:]
            case "withdrawn":
                self.withdrawn.add(draft)
            case "placed":
                self.placed.setdefault(draft, set()).add(int(event["order"]))
            case _:
                self.unfinished[draft] = (bool(event["undecided"]), str(event["why"]))
                if shown := str(event["total"]):
                    self.shown_totals[draft] = Decimal(shown)
