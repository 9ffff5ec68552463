"""A console that starts while another one saves takes nothing of that for damage."""

from pathlib import Path

import pytest

from console.storage import opening
from console.storage.drafts.draft_store import DraftHeader, DraftStore
from console.storage.safeguard.tally import TallyContent, read_tally
from tests.storage.damage import FILE, open_drafts

pytestmark = pytest.mark.anyio


def header(draft_id: str) -> DraftHeader:
    return DraftHeader(draft_id, "Shop", "op-1", "Ravi", 27299, None, 0.0, "")


async def test_order_begun_after_the_tally_was_read_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / FILE
    async with await open_drafts(file) as first:
        await DraftStore(first).create(header("D1"))
        before = read_tally(opening.tally_path(file))
        await DraftStore(first).create(header("D2"))
        readings = [before, before]

        def read(path: Path) -> TallyContent | None:
            return readings.pop() if readings else read_tally(path)

        monkeypatch.setattr(opening, "read_tally", read)
        async with await open_drafts(file) as second:
            assert second.notice == ""
            assert len(await DraftStore(second).open_drafts("Shop")) == 2
    assert readings == []
