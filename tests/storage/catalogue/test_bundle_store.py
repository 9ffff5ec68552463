"""Bundles as text, and saved for offline use."""

import json
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.catalogue import Option, ProductType, Variant
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem, BundleSource
from console.storage import schema
from console.storage.catalogue.bundle_format import bundles_from_text, bundles_to_text
from console.storage.catalogue.bundle_store import BundleStore
from console.storage.database import Database
from console.storage.errors import UnreadableRecord

TEXTS = st.text(max_size=8)
IDS = st.integers(-(2**70), 2**70)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False)
OPTIONS = st.lists(st.builds(Option, TEXTS, TEXTS), max_size=2).map(tuple)
VARIANTS = st.builds(Variant, IDS, IDS, TEXTS, OPTIONS, AMOUNTS, AMOUNTS, st.none() | IDS)
ITEMS = st.builds(
    BundleItem,
    product_id=IDS,
    title=TEXTS,
    variants=st.lists(VARIANTS, max_size=2).map(tuple),
    quantity=IDS,
    variant_id=IDS,
    included=st.none() | AMOUNTS,
    price=AMOUNTS,
    base_prices=st.dictionaries(TEXTS, AMOUNTS, max_size=2),
    extra=AMOUNTS,
    is_bundle=st.booleans(),
    whole_only=st.booleans(),
)
SOME_ITEMS = st.lists(ITEMS, max_size=2).map(tuple)
GROUPS = st.builds(BundleGroup, IDS, TEXTS, SOME_ITEMS, IDS, st.none() | IDS, IDS, st.booleans())
BUNDLES = st.builds(
    Bundle,
    product_id=IDS,
    title=TEXTS,
    groups=st.lists(GROUPS, max_size=2).map(tuple),
    product_type=st.sampled_from(ProductType),
    price=AMOUNTS,
    floor=AMOUNTS,
    source=st.sampled_from(BundleSource),
    unplaced=SOME_ITEMS,
)
REGULAR = Variant(31, 3, "ON-R", (Option("Size", "Medium"),), Decimal("0.400"), Decimal("0.500"))
ONIONS = BundleItem(3, "Onions", (REGULAR,))
PIZZA = Bundle(1, "Supreme", (BundleGroup(12, "Vegetables", (ONIONS,)),), unplaced=(ONIONS,))


@given(st.lists(BUNDLES, max_size=2).map(tuple))
def test_every_bundle_comes_back_as_it_was(bundles: tuple[Bundle, ...]) -> None:
    text = bundles_to_text(bundles)
    back = bundles_from_text(text)
    assert back == bundles
    assert repr(back) == repr(bundles), "every digit of an amount counts, trailing zeros too"
    assert text.isascii()


def test_the_variants_of_a_topping_are_written_once() -> None:
    assert bundles_to_text([PIZZA, PIZZA]).count('"variant_id":31') == 1


@pytest.mark.parametrize("key", ["variant_sets", "bundles", "item_sets"])
def test_text_without_its_parts_is_reported(key: str) -> None:
    record = json.loads(bundles_to_text([PIZZA]))
    del record["value"][key]
    with pytest.raises(UnreadableRecord):
        bundles_from_text(json.dumps(record))


@pytest.mark.parametrize(("key", "value"), [("source", "rumour"), ("product_type", "Z"), ("price", "NaN")])
def test_bundle_of_no_known_kind_is_reported(key: str, value: str) -> None:
    record = json.loads(bundles_to_text([PIZZA]))
    record["value"]["bundles"][0][key] = value
    with pytest.raises(UnreadableRecord):
        bundles_from_text(json.dumps(record))


def test_item_with_lost_variants_is_reported() -> None:
    record = json.loads(bundles_to_text([PIZZA]))
    record["value"]["variant_sets"].clear()
    with pytest.raises(UnreadableRecord):
        bundles_from_text(json.dumps(record))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[BundleStore]:
    file = tmp_path / "catalogue.sqlite"
    async with await Database.open(file, migrations=schema.CATALOGUE, synchronous="NORMAL") as database:
        yield BundleStore(database)


@pytest.mark.anyio
async def test_each_location_of_each_profile_has_its_own(store: BundleStore) -> None:
    await store.save("mine", 7, [PIZZA])
    await store.save("mine", 7, [PIZZA, PIZZA])
    assert await store.load("mine", 7) == (PIZZA, PIZZA)
    assert await store.load("mine", 8) == ()
    assert await store.load("yours", 7) == ()
