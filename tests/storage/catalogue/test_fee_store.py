"""Delivery fees on this machine: back after a restart, bounded in number, a damaged one left out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from console.ordering.checkout import DeliveryMode
from console.ordering.pricing.delivery_fee import FeeArea, ObservedFee
from console.storage import schema
from console.storage.catalogue.fee_store import MAX_FEES, DeliveryFeeStore
from console.storage.database import Database

pytestmark = pytest.mark.anyio

SALMIYA = FeeArea(27299, "salmiya", DeliveryMode.DELIVERY)
FEE = ObservedFee(Decimal("0.500"), Decimal("5.250"), 1000.5, Decimal("30.000"))


@asynccontextmanager
async def opened(file: Path) -> AsyncIterator[Database]:
    async with await Database.open(file, migrations=schema.CATALOGUE, synchronous="NORMAL") as database:
        yield database


async def test_fee_is_back_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    async with opened(file) as database:
        store = DeliveryFeeStore(database)
        await store.save("shop", SALMIYA, ObservedFee(Decimal(1), Decimal(1), 1.0))
        await store.save("shop", SALMIYA, FEE)
        await store.save("other", SALMIYA, ObservedFee(Decimal(9), Decimal(9), 9.0))
    async with opened(file) as database:
        assert await DeliveryFeeStore(database).load("shop") == {SALMIYA: FEE}


async def test_fees_beyond_the_bound_are_the_oldest_and_forgotten(tmp_path: Path) -> None:
    async with await Database.open(
        tmp_path / "catalogue.sqlite", migrations=schema.CATALOGUE, synchronous="NORMAL"
    ) as database:
        store = DeliveryFeeStore(database)
        areas = [FeeArea(1, f"area {number}", DeliveryMode.DELIVERY) for number in range(MAX_FEES + 2)]
        for time, area in enumerate(areas):
            await store.save("shop", area, ObservedFee(Decimal(1), Decimal(1), float(time)))
        assert (await store.load("shop")).keys() == set(areas[2:])


@pytest.mark.parametrize(
    ("column", "value"), [("fee", "{}"), ("fee", '{"version": 7, "value": null}'), ("mode", "?")]
)
async def test_damaged_fee_costs_itself_alone(tmp_path: Path, column: str, value: str) -> None:
    async with await Database.open(
        tmp_path / "catalogue.sqlite", migrations=schema.CATALOGUE, synchronous="NORMAL"
    ) as database:
        store = DeliveryFeeStore(database)
        pickup = FeeArea(27299, "", DeliveryMode.PICKUP)
        await store.save("shop", SALMIYA, FEE)
        await store.save("shop", pickup, FEE)
        change = f"UPDATE delivery_fee SET {column} = ? WHERE area = ?"  # noqa: S608 (of this test's own)
        await database.write(lambda connection: connection.execute(change, (value, "salmiya")))
        assert await store.load("shop") == {pickup: FEE}
