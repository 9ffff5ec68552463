"""Recent customers, saved for as many days as the settings say."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.ordering.customer import Customer
from console.storage import schema
from console.storage.database import Database
from console.storage.errors import StorageError
from console.storage.people.recent_customers import DAY, RecentCustomerStore, matches_customer

pytestmark = pytest.mark.anyio

NOON = 1_700_000_000.0
TOM = Customer("u-1", "tom.j", "Tom", "Jacob", "+965 5000-1234", "tom@shop.example", groups=("Gold",))
ASHA = Customer("u-2", "asha", "Asha", "[red]x[/", "+919876543210", "Asha@Mail.example")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.sqlite"


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    async with await Database.open(file, migrations=schema.PEOPLE, synchronous="NORMAL") as database:
        yield database


@pytest.fixture
async def store(database: Database) -> RecentCustomerStore:
    store = RecentCustomerStore(database)
    await store.remember("Shop", TOM, now=NOON, days=30)
    await store.remember("Shop", ASHA, now=NOON + 60, days=30)
    return store


async def count(database: Database) -> int:
    return await database.run(
        lambda connection: connection.execute("SELECT count(*) FROM customer").fetchone()[0]
    )


def holds(folder: Path, text: bytes) -> bool:
    return any(text in file.read_bytes() for file in folder.iterdir())


@pytest.mark.parametrize("typed", ["tom", "jacob tom", "j tom", "00965 500", "(5000) 1234", "+965 5000"])
def test_customer_is_found_by_any_part_of_the_name_or_number(typed: str) -> None:
    assert matches_customer(TOM, typed)


@pytest.mark.parametrize("typed", ["ajmi", "al-ajmi", "alajmi", "jose", "JOSÉ AL"])
def test_name_put_together_is_found_by_its_parts(typed: str) -> None:
    assert matches_customer(Customer("u-3", "j@mail.example", "José", "Al-Ajmi"), typed)


@pytest.mark.parametrize("typed", ["om", "tom x", "+966 5000", ", "])
def test_other_text_finds_nobody(typed: str) -> None:
    assert not matches_customer(TOM, typed)


async def test_the_latest_comes_first(store: RecentCustomerStore) -> None:
    assert await store.recent("Shop", limit=9, now=NOON + 99, days=30) == [ASHA, TOM]
    assert await store.recent("Shop", limit=1, now=NOON + 99, days=30) == [ASHA]


async def test_one_served_again_comes_first_as_he_is_now(store: RecentCustomerStore) -> None:
    moved = replace(TOM, city="Hawally")
    await store.remember("Shop", moved, now=NOON + 90, days=30)
    assert await store.recent("Shop", limit=9, now=NOON + 99, days=30) == [moved, ASHA]


async def test_profiles_do_not_see_each_others_customers(store: RecentCustomerStore) -> None:
    assert await store.recent("Other", limit=9, now=NOON + 99, days=30) == []


async def test_whoever_was_served_longer_ago_is_deleted(
    store: RecentCustomerStore, database: Database
) -> None:
    assert await store.recent("Shop", limit=9, now=NOON + 30 * DAY + 30, days=30) == [ASHA]
    assert await count(database) == 1


async def test_with_0_days_nobody_is_saved(store: RecentCustomerStore, database: Database) -> None:
    await store.remember("Shop", TOM, now=NOON + 90, days=0)
    assert await count(database) == 0


async def test_a_clock_that_was_far_ahead_keeps_nobody_for_years(store: RecentCustomerStore) -> None:
    await store.remember("Shop", TOM, now=NOON + 5000 * DAY, days=30)
    assert await store.recent("Shop", limit=9, now=NOON + 99, days=30) == []


async def test_wiping_leaves_no_trace_in_the_files(store: RecentCustomerStore, file: Path) -> None:
    assert holds(file.parent, b"tom@shop.example")
    assert await store.wipe() == 2
    assert await store.recent("Shop", limit=9, now=NOON + 99, days=30) == []
    assert not holds(file.parent, b"tom@shop.example")


async def test_a_wipe_that_leaves_a_trace_in_the_log_says_so(
    store: RecentCustomerStore, database: Database, file: Path
) -> None:
    await database.run(lambda connection: connection.execute("PRAGMA busy_timeout = 0"))
    async with await Database.open(file, migrations=schema.PEOPLE, synchronous="NORMAL") as rival:
        await rival.run(lambda connection: connection.execute("BEGIN"))
        await rival.run(lambda connection: connection.execute("SELECT count(*) FROM customer").fetchone())
        with pytest.raises(StorageError, match="Close all other consoles and try again"):
            await store.wipe()
        await rival.run(lambda connection: connection.execute("ROLLBACK"))
    assert await store.wipe() == 0
    assert not holds(file.parent, b"tom@shop.example")


async def test_those_found_are_the_ones_that_fit(store: RecentCustomerStore) -> None:
    assert await store.find("Shop", "tom", limit=9, now=NOON + 99, days=30) == [TOM]
    assert await store.find("Shop", "a", limit=9, now=NOON + 99, days=30) == [ASHA]
    assert await store.find("Shop", "", limit=9, now=NOON + 99, days=30) == []


@pytest.mark.parametrize(
    "typed",
    [
        "1234",
        "50001",
        "05000 1234",
        "+965",
        "0",
        "\N{ARABIC-INDIC DIGIT FIVE}\N{ARABIC-INDIC DIGIT ZERO}\N{ARABIC-INDIC DIGIT ZERO}",
        "TOM",
        "jac",
        "jacob tom",
        "tom.j",
        "tom@",
        "@SHOP.example",
    ],
)
def test_search_reads_digits_as_mobile_at_sign_as_email(typed: str) -> None:
    """Digits mean the mobile, an at sign the email, and anything else the name."""
    assert matches_customer(TOM, typed)


@pytest.mark.parametrize("typed", ["", " ", "9876", "om", "tom asha", "@mail", "1234x"])
def test_anything_else_does_not_fit(typed: str) -> None:
    assert not matches_customer(TOM, typed)
