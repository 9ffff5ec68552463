"""Which consoles are alive, with real processes that are really killed."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftHeader, DraftStore, Lease, LeaseLost
from console.storage.drafts.process_registry import ProcessRegistry, ProcessStatus

NOON = 1_700_000_000.0
HEADER = DraftHeader("D1", "Shop", "op-1", "Ravi", 27299, None, NOON, "")

CLAIM = """
import sys
from pathlib import Path
from console.storage.drafts.process_registry import ProcessRegistry
registry = ProcessRegistry(Path(sys.argv[1]))
print(registry.register(sys.argv[2]), flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process(folder: Path, owner: str) -> Iterator[subprocess.Popen[str]]:
    """A process that claims an owner and then does nothing."""
    command = [sys.executable, "-c", CLAIM, str(folder), owner]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_running_process_is_alive_and_a_killed_one_is_dead(tmp_path: Path) -> None:
    here = ProcessRegistry(tmp_path)
    with another_process(tmp_path, "other") as process:
        assert here.status("other") is ProcessStatus.ALIVE
        assert here.dead() == ()
        kill(process)
        assert here.status("other") is ProcessStatus.DEAD
        assert here.dead() == ("other",)


def test_asking_takes_nothing_from_the_one_who_lives(tmp_path: Path) -> None:
    with another_process(tmp_path, "other"):
        lives = {ProcessRegistry(tmp_path).status("other") for _ in range(5)}
        assert lives == {ProcessStatus.ALIVE}


def test_concurrent_checks_do_not_mistake_each_other(tmp_path: Path) -> None:
    """Two processes that ask at once do not take each other for the owner."""
    (tmp_path / "gone").touch()
    asking = os.open(tmp_path / "gone", os.O_RDONLY)
    fcntl.flock(asking, fcntl.LOCK_SH)
    assert ProcessRegistry(tmp_path).status("gone") is ProcessStatus.DEAD
    os.close(asking)


def test_clean_end_leaves_no_file_and_no_trace(tmp_path: Path) -> None:
    one, other = ProcessRegistry(tmp_path / "consoles"), ProcessRegistry(tmp_path / "consoles")
    assert one.register("one")
    assert other.status("one") is ProcessStatus.ALIVE
    one.release("one")
    assert list((tmp_path / "consoles").iterdir()) == []
    assert other.status("one") is ProcessStatus.UNKNOWN


def test_nobody_who_is_just_beginning_is_taken_for_dead(tmp_path: Path) -> None:
    (tmp_path / ".beginning").touch()
    assert ProcessRegistry(tmp_path).dead() == ()


def test_a_dead_ones_file_is_removed(tmp_path: Path) -> None:
    (tmp_path / "gone").touch()
    owners = ProcessRegistry(tmp_path)
    owners.remove("gone")
    assert owners.dead() == ()
    owners.remove("gone")


def test_releasing_what_was_never_claimed_is_no_fault(tmp_path: Path) -> None:
    ProcessRegistry(tmp_path).release("nobody")


def test_without_a_folder_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    owners = ProcessRegistry(tmp_path / "file")
    assert not owners.register("one")
    assert owners.status("one") is ProcessStatus.UNKNOWN
    assert owners.dead() == ()


def test_on_a_file_system_without_locks_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_handle: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", no_locks)
    owners = ProcessRegistry(tmp_path)
    assert not owners.register("one")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "other").touch()
    assert owners.status("other") is ProcessStatus.UNKNOWN


@pytest.mark.anyio
async def test_the_lease_of_a_killed_console_is_free_at_once(tmp_path: Path) -> None:
    owners = ProcessRegistry(tmp_path / "consoles")
    file = tmp_path / "drafts.sqlite"
    async with await Database.open(file, migrations=schema.DRAFTS, synchronous="FULL") as database:
        store = DraftStore(database, process_status=owners.status)
        await store.create(HEADER)
        with another_process(tmp_path / "consoles", "other") as process:
            assert await store.acquire("D1", "other", now=NOON, seconds=30)
            assert await store.acquire("D1", "one", now=NOON + 1, seconds=30) is None
            kill(process)
            assert await store.acquire("D1", "one", now=NOON + 1, seconds=30) == Lease("D1", "one", 2)


@pytest.mark.anyio
async def test_a_console_that_lives_keeps_its_lease_however_late_it_is(tmp_path: Path) -> None:
    owners = ProcessRegistry(tmp_path / "consoles")
    file = tmp_path / "drafts.sqlite"
    async with await Database.open(file, migrations=schema.DRAFTS, synchronous="FULL") as database:
        store = DraftStore(database, process_status=owners.status)
        await store.create(HEADER)
        with another_process(tmp_path / "consoles", "other"):
            assert await store.acquire("D1", "other", now=NOON, seconds=30)
            assert await store.acquire("D1", "one", now=NOON + 9000, seconds=30) is None


@pytest.mark.anyio
async def test_suspended_console_keeps_lease_and_dies_when_killed(
    tmp_path: Path,
) -> None:
    owners = ProcessRegistry(tmp_path / "consoles")
    file = tmp_path / "drafts.sqlite"
    async with await Database.open(file, migrations=schema.DRAFTS, synchronous="FULL") as database:
        store = DraftStore(database, process_status=owners.status)
        await store.create(HEADER)
        with another_process(tmp_path / "consoles", "other") as process:
            assert await store.acquire("D1", "other", now=NOON, seconds=30)
            process.send_signal(signal.SIGSTOP)
            assert await store.acquire("D1", "one", now=NOON + 90_000, seconds=30) is None
            kill(process)
            assert await store.acquire("D1", "one", now=NOON + 90_000, seconds=30) == Lease("D1", "one", 2)


@pytest.mark.anyio
async def test_suspended_process_without_locks_checks_before_writing(
    tmp_path: Path,
) -> None:
    """After a suspend without locks, the one that slept finds out before it writes."""
    file = tmp_path / "drafts.sqlite"
    async with await Database.open(file, migrations=schema.DRAFTS, synchronous="FULL") as database:
        store = DraftStore(database)
        await store.create(HEADER)
        slept = await store.acquire("D1", "slept", now=NOON, seconds=30)
        assert slept is not None
        awake = await store.acquire("D1", "awake", now=NOON + 7200, seconds=30)
        assert awake is not None
        # Its own clock may have stood still meanwhile: the number decides all the same.
        assert not await store.renew(slept, now=NOON + 1, seconds=30)
        with pytest.raises(LeaseLost):
            await store.save_sync("D1", slept.fence, "stale")
        await store.save_sync("D1", awake.fence, "fresh")


@pytest.mark.anyio
async def test_dead_consoles_leases_are_released_with_fence_void(tmp_path: Path) -> None:
    file = tmp_path / "drafts.sqlite"
    async with await Database.open(file, migrations=schema.DRAFTS, synchronous="FULL") as database:
        store = DraftStore(database)
        await store.create(HEADER)
        lease = await store.acquire("D1", "gone", now=NOON, seconds=30)
        assert lease is not None
        await store.release_all("gone")
        assert not await store.renew(lease, now=NOON, seconds=30)
        assert await store.acquire("D1", "one", now=NOON, seconds=30) == Lease("D1", "one", 2)
