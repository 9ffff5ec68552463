"""Ask at the other home whether an order is theirs, as two operators do by telephone."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from console.sync.placement.state import PlacementStage
from console.sync.placement.state_codec import placement_from_text


@dataclass(frozen=True, slots=True)
class OtherHome:
    """The drafts of the other home, and a folder where either of them writes which order it takes."""

    drafts_file: Path
    claims: Path

    def is_placing_for(self, user_id: str) -> bool:
        """Return True if they wait for a response about the same customer: they know more in a moment."""
        return any(
            placement is not None
            and placement.stage is PlacementStage.SENT
            and placement.user_id.casefold() == user_id.casefold()
            for placement in map(placement_from_text, self._column("placement"))
        )

    def has(self, order_id: int) -> bool:
        """Return True if the order is one of theirs."""
        return order_id in {int(number) for number in self._column("order_id")}

    def claim(self, order_id: int, draft_id: str) -> bool:
        """Take an order for a draft; return False if it was taken for another one."""
        path = self.claims / str(order_id)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text() == draft_id
        with os.fdopen(handle, "w") as file:
            file.write(draft_id)
        return True

    def _column(self, name: str) -> list[str]:
        if not self.drafts_file.exists():
            return []
        connection = sqlite3.connect(f"file:{self.drafts_file}?mode=ro", uri=True, timeout=20)
        try:
            # The name is one of the two above.
            return [str(row[0]) for row in connection.execute(f"SELECT {name} FROM draft")]  # noqa: S608
        finally:
            connection.close()
