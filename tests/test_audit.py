"""The audit trail."""

import json
import os
import stat
from decimal import Decimal
from pathlib import Path

import pytest

from console.audit import MAX_TEXT_LENGTH, AuditTrail

NOON = 1_700_000_000.0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "audit.jsonl"


def trail(file: Path, **options: int) -> AuditTrail:
    return AuditTrail(file, clock=lambda: NOON, **options)


def entries(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_record_says_what_happened_and_when(file: Path) -> None:
    assert trail(file).record("order placed", operator="asha", total=Decimal("5.650"), lines=3) is None
    assert entries(file) == [
        {
            "at": "2023-11-14T22:13:20.000+00:00",
            "event": "order placed",
            "operator": "asha",
            "total": "5.650",
            "lines": 3,
        }
    ]


def test_records_are_only_ever_added(file: Path) -> None:
    trail(file).record("first")
    trail(file).record("second")
    assert [entry["event"] for entry in entries(file)] == ["first", "second"]


def test_the_trail_is_for_its_owner_only(file: Path) -> None:
    trail(file).record("first")
    assert [stat.S_IMODE(each.stat().st_mode) for each in (file, file.parent)] == [0o600, 0o700]


def test_control_characters_in_the_trail_have_no_effect(file: Path) -> None:
    hostile = "a\x1b[2J\n\x7f\x9b\u202eb\ud800"
    trail(file).record("customer", name=hostile)
    line = file.read_text().removesuffix("\n")
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["name"] == hostile


def test_a_long_text_is_cut(file: Path) -> None:
    trail(file).record("customer", name="a" * 10_000)
    (entry,) = entries(file)
    assert entry["name"] == "a" * (MAX_TEXT_LENGTH - 1) + "…"


@pytest.mark.parametrize(
    "name", ["password", "Pass_Word", "consumer_secret", "accesstoken", "oauth_signature", "at"]
)
def test_a_field_that_may_hold_a_secret_is_refused(file: Path, name: str) -> None:
    with pytest.raises(ValueError, match="does not belong"):
        trail(file).record("sign in", **{name: "x"})
    assert not file.exists()


def test_too_many_fields_are_refused(file: Path) -> None:
    with pytest.raises(ValueError, match="at most"):
        trail(file).record("sign in", **{f"field{number}": number for number in range(31)})


def test_a_full_trail_is_renamed_once_and_the_older_one_dropped(file: Path) -> None:
    audit = trail(file, rotate_at=200)
    for number in range(20):
        audit.record("event", number=number)
    old = file.with_name("audit.jsonl.1")
    assert sorted(file.parent.iterdir()) == [file, old]
    assert [entry["number"] for entry in entries(old) + entries(file)] == [16, 17, 18, 19]
    assert max(old.stat().st_size, file.stat().st_size) <= 200


def test_what_cannot_be_written_is_said_and_not_raised(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("")
    audit = trail(tmp_path / "logs" / "audit.jsonl")
    problem = audit.record("order placed")
    assert problem is not None
    assert problem.startswith("The audit trail")
    assert audit.problem == problem


def test_the_problem_is_gone_once_a_record_is_written(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("")
    audit = trail(tmp_path / "logs" / "audit.jsonl")
    audit.record("first")
    (tmp_path / "logs").unlink()
    assert audit.record("second") is None
    assert audit.problem is None


def test_half_a_line_is_taken_back(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = trail(file)
    audit.record("first")
    whole = os.write

    def half(handle: int, line: bytes) -> int:
        return whole(handle, line[:5])

    monkeypatch.setattr("os.write", half)
    assert "bytes were written" in str(audit.record("second"))
    monkeypatch.undo()
    audit.record("third")
    assert [entry["event"] for entry in entries(file)] == ["first", "third"]
