"""``store-console forget people``: what it wipes, and what it leaves."""

import asyncio
from pathlib import Path

import pytest

from console.cli import main
from console.config.paths import HOME_VARIABLE, Paths
from console.ordering.customer import Customer, Operator
from console.storage import schema
from console.storage.database import Database
from console.storage.people.offline_sign_in import OfflineResult, OperatorStore
from console.storage.people.recent_customers import RecentCustomerStore

NOON = 1_700_000_000.0
TOM = Customer("u-1", "tom@shop.example", "Tom", "Jacob", "+965 5000 1234", "tom@shop.example")
RAVI = Operator("op-1", "ravi", "Ravi K", ())


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    return Paths.from_environment()


async def served_and_signed_in(paths: Paths) -> None:
    async with await _opened(paths) as database:
        await RecentCustomerStore(database).remember("Shop", TOM, now=NOON, days=30)
        await OperatorStore(database).remember("Shop", RAVI, (), "secret", now=NOON, days=7)


async def may_sign_in(paths: Paths) -> bool:
    async with await _opened(paths) as database:
        tried = await OperatorStore(database).verify("Shop", "ravi", "secret", now=NOON + 1, days=7)
    return tried.result is OfflineResult.OK


async def _opened(paths: Paths) -> Database:
    return await Database.open(paths.people_file, migrations=schema.PEOPLE, synchronous="NORMAL")


def traces(paths: Paths) -> list[str]:
    return [file.name for file in paths.data.iterdir() if b"tom@shop.example" in file.read_bytes()]


def test_customers_are_wiped_and_operators_stay(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(served_and_signed_in(paths))
    assert traces(paths)
    assert main(["forget", "people"]) == 0
    assert capsys.readouterr().out == "1 recent customer is erased.\n"
    assert traces(paths) == []
    assert asyncio.run(may_sign_in(paths))


def test_operators_are_wiped_where_that_is_asked(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(served_and_signed_in(paths))
    assert main(["forget", "people", "--operators"]) == 0
    assert "1 operator is erased: the next sign-in must be online." in capsys.readouterr().out
    assert not asyncio.run(may_sign_in(paths))


def test_a_copy_of_a_damaged_file_goes_too(paths: Paths) -> None:
    asyncio.run(served_and_signed_in(paths))
    whole = paths.people_file.read_bytes()
    paths.people_file.write_bytes(b"no database" + whole)
    assert main(["forget", "people"]) == 0
    assert traces(paths) == []


def test_where_nobody_is_remembered_no_file_is_made(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forget", "people"]) == 0
    assert capsys.readouterr().out == "No customers are saved on this machine.\n"
    assert not paths.people_file.exists()


def test_what_cannot_be_wiped_is_said(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    paths.people_file.mkdir(parents=True)
    assert main(["forget", "people"]) == 1
    assert "people.sqlite cannot be erased: Is a directory" in capsys.readouterr().err


def test_forget_removes_saved_tickets_and_keeps_other_files(
    paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(served_and_signed_in(paths))
    paths.tickets_folder.mkdir()
    for name in ("7400001-customer.txt", "7400001-kitchen-duplicate.txt", "notes.txt"):
        (paths.tickets_folder / name).write_text("Tom Jacob")
    assert main(["forget", "people"]) == 0
    assert capsys.readouterr().out == "1 recent customer is erased. 2 saved tickets are deleted.\n"
    assert [file.name for file in paths.tickets_folder.iterdir()] == ["notes.txt"]


def test_tickets_that_cannot_be_deleted_are_reported(
    paths: Paths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied", str(file))

    paths.tickets_folder.mkdir(parents=True)
    (paths.tickets_folder / "7400001-customer.txt").touch()
    monkeypatch.setattr(Path, "unlink", refuse)
    assert main(["forget", "people"]) == 1
    assert "cannot be deleted: Permission denied." in capsys.readouterr().err
