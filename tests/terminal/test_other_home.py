"""The simulated operators of two homes take each order of the platform once."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.faults.other_home import OtherHome
from console.sync.placement.state import Placement, PlacementStage
from console.sync.placement.state_codec import placement_to_text


@pytest.fixture
def other(tmp_path: Path) -> OtherHome:
    (tmp_path / "claims").mkdir()
    with closing(sqlite3.connect(tmp_path / "drafts.sqlite")) as database, database:
        database.execute("CREATE TABLE draft (order_id INTEGER, placement TEXT)")
        sent = placement_to_text(Placement(PlacementStage.SENT, "D1", Decimal(1), user_id="U1"))
        asked = placement_to_text(Placement(PlacementStage.NEEDS_DECISION, "D2", Decimal(1), user_id="U2"))
        database.executemany("INSERT INTO draft VALUES (?, ?)", [(7, ""), (0, sent), (0, asked)])
    return OtherHome(tmp_path / "drafts.sqlite", tmp_path / "claims")


def test_order_is_claimed_once(other: OtherHome) -> None:
    assert other.claim(9, "D1")
    assert not other.claim(9, "D2")
    assert other.claim(9, "D1")


def test_order_of_the_other_home_is_known(other: OtherHome) -> None:
    assert (other.has(7), other.has(9)) == (True, False)


def test_other_home_is_placing_while_a_response_is_missing(other: OtherHome) -> None:
    assert [other.is_placing_for(user_id) for user_id in ("u1", "U2", "U3")] == [True, False, False]


def test_home_without_drafts_has_nothing(tmp_path: Path) -> None:
    other = OtherHome(tmp_path / "none.sqlite", tmp_path)
    assert (other.has(7), other.is_placing_for("U1")) == (False, False)
