"""Durable log of the events a simulated operator saw on the screen or caused by a key.

The console's process writes it; the check compares it with the saved drafts and the platform's record.
"""

import hashlib
import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from console.ordering.draft import Edit
from console.storage.drafts.edit_format import edit_to_text


def digest(edits: tuple[Edit, ...]) -> str:
    """Return a short digest of the edits."""
    return hashlib.sha256("\n".join(map(edit_to_text, edits)).encode()).hexdigest()[:16]


class OperatorLogWriter:
    """Appends events to a file; each is durable when the call returns."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def _write(self, **event: object) -> None:
        # By the machine's own clock, which no run sets: the store's requests are compared by it.
        os.write(self._handle, (json.dumps({**event, "at": time.time()}) + "\n").encode())
        os.fsync(self._handle)

    def write_begun(self, draft_id: str) -> None:
        """Log that an order was begun."""
        self._write(event="begun", draft=draft_id)

    def write_saved(self, draft_id: str, edits: tuple[Edit, ...]) -> None:
        """Log that the screen showed these edits as saved."""
        self._write(event="saved", draft=draft_id, edits=len(edits), digest=digest(edits))

    def write_parked(self, draft_id: str) -> None:
        """Log that the operator parked the order."""
        self._write(event="parked", draft=draft_id)

    def write_fixed(self, draft_id: str, reason: str) -> None:
        """Log what the operator decided about a difference, and its reason."""
        self._write(event="fixed", draft=draft_id, reason=reason)

    def write_quoted(self, draft_id: str, total: Decimal) -> None:
        """Log the total quoted to the customer, before the operator requests placement."""
        self._write(event="quoted", draft=draft_id, total=str(total))

    def write_requested(self, draft_id: str) -> None:
        """Log that placement at the last quoted total was requested and saved."""
        self._write(event="requested", draft=draft_id)

    def write_withdrawn(self, draft_id: str) -> None:
        """Log that the operator is about to withdraw the placement request."""
        self._write(event="withdrawn", draft=draft_id)

    def write_placed(self, draft_id: str, order_id: int) -> None:
        """Log that the screen showed the order as placed, with its number."""
        self._write(event="placed", draft=draft_id, order=order_id)

    def write_refused(self, draft_id: str, refusals: Sequence[str]) -> None:
        """Log that the screen showed the order as refused, and what for."""
        self._write(event="refused", draft=draft_id, reason=", ".join(refusals))

    def write_asked(self, draft_id: str, user_id: str) -> None:
        """Log that the screen asks what became of an order; ``user_id`` is empty for a walk-in."""
        self._write(event="asked", draft=draft_id, user=user_id)

    def write_resolution(self, draft_id: str, decision: str, order_id: int, *, cause: str) -> None:
        """Log the decision that the operator is about to make; ``order_id`` is 0 if it is no order.

        ``cause`` is the code of the question.
        """
        self._write(event="resolved", draft=draft_id, decision=decision, order=order_id, cause=cause)

    def write_unfinished(self, draft_id: str, *, undecided: bool, reason: str, total: Decimal | None) -> None:
        """Log an order that is not placed at the end of the run, with the message on the screen.

        ``total`` is the platform's total on the screen, ``None`` if it showed none.
        """
        shown = "" if total is None else str(total)
        self._write(event="unfinished", draft=draft_id, undecided=undecided, reason=reason, total=shown)


@dataclass(frozen=True, slots=True)
class Question:
    """A question what became of an order: of whom, when it was quoted last, and when it was asked.

    Times are Unix seconds by the machine's clock; ``user_id`` is empty for a walk-in.
    """

    draft_id: str
    user_id: str
    quoted_at: float
    asked_at: float


@dataclass(slots=True)
class OperatorLog:
    """Logged events of all consoles of a machine, by draft id."""

    begun: list[str] = field(default_factory=list[str])
    saved: dict[str, dict[int, str]] = field(default_factory=dict[str, dict[int, str]])
    parked: set[str] = field(default_factory=set[str])
    quoted_totals: dict[str, list[Decimal]] = field(default_factory=dict[str, list[Decimal]])
    """The total of the last saved placement request, then the totals quoted after it."""
    requested: set[str] = field(default_factory=set[str])
    withdrawn: set[str] = field(default_factory=set[str])
    placed: dict[str, set[int]] = field(default_factory=dict[str, set[int]])
    resolutions: dict[str, list[tuple[str, int]]] = field(default_factory=dict[str, list[tuple[str, int]]])
    question_causes: list[str] = field(default_factory=list[str])
    """Why operators were asked what became of an order."""
    fix_reasons: list[str] = field(default_factory=list[str])
    """What operators decided about differences, each with its reason."""
    shown_totals: dict[str, Decimal] = field(default_factory=dict[str, Decimal])
    """The platform's total on the screen for an order that is not placed at the end."""
    unfinished: dict[str, tuple[bool, str]] = field(default_factory=dict[str, tuple[bool, str]])
    refusals: list[str] = field(default_factory=list[str])
    """What the screens showed orders as refused for."""
    questions: list[Question] = field(default_factory=list[Question])
    """Every time that a screen asked what became of an order."""
    quoted_at: dict[str, float] = field(default_factory=dict[str, float])
    """When an order was quoted last, in Unix seconds."""

    @classmethod
    def read(cls, *paths: Path) -> "OperatorLog":
        """Read logs; a last line cut off by a kill is ignored."""
        log = cls()
        for path in paths:
            for line in path.read_text().splitlines(keepends=True) if path.exists() else ():
                if line.endswith("}\n"):
                    log.add_event(json.loads(line))
        return log

    def add_event(self, event: dict[str, str | int | float]) -> None:
        """Add one event."""
        draft, at = str(event["draft"]), float(event.get("at", 0.0))
        match event["event"]:
            case "begun":
                self.begun.append(draft)
            case "saved":
                self.saved.setdefault(draft, {})[int(event["edits"])] = str(event["digest"])
            case "parked":
                self.parked.add(draft)
            case "resolved":
                self.resolutions.setdefault(draft, []).append((str(event["decision"]), int(event["order"])))
                self.question_causes.append(str(event.get("cause", "")))
            case "fixed":
                self.fix_reasons.append(str(event["reason"]))
            case "quoted":
                self.quoted_at[draft] = at
                self.quoted_totals.setdefault(draft, []).append(Decimal(str(event["total"])))
            case "requested":
                self.requested.add(draft)
                self.quoted_totals[draft] = self.quoted_totals[draft][-1:]
            case "withdrawn":
                self.withdrawn.add(draft)
            case "placed":
                self.placed.setdefault(draft, set()).add(int(event["order"]))
            case "refused" | "asked":
                self._add_stop(draft, event, at)
            case _:
                self.unfinished[draft] = (bool(event["undecided"]), str(event["reason"]))
                if shown := str(event["total"]):
                    self.shown_totals[draft] = Decimal(shown)

    def _add_stop(self, draft: str, event: dict[str, str | int | float], at: float) -> None:
        """Add an order that the screen showed as refused, or asked about."""
        if event["event"] == "refused":
            self.refusals += str(event["reason"]).split(", ")
        else:
            quoted_at = self.quoted_at.get(draft, 0.0)
            self.questions.append(Question(draft, str(event["user"]), quoted_at, at))
