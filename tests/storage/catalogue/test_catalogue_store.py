"""The menu as last seen, and finding things on it."""

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.catalogue import Catalogue, Category, Option, Product, ProductType, Variant
from console.ordering.stores import Location, StockLevel, StockReport
from console.storage import formats, schema
from console.storage.catalogue.catalogue_store import CatalogueStore
from console.storage.catalogue.search import MAX_RANKED
from console.storage.database import Database

pytestmark = pytest.mark.anyio

NOON = 1_700_000_000.0
HERE = 27299
LARGE = Variant(31, 3, "PZ-MARG-L", (Option("Size", "Large"),), Decimal("4.500"), Decimal("5.000"), 8)


def product(product_id: int, title: str, **values: object) -> Product:
    plain = Product(product_id, title, f"SKU-{product_id}", "c1", "Food", Decimal("1.250"), Decimal("1.250"))
    return replace(plain, **values)


MENU = (
    product(1, "Cola Light", category="Drinks", barcode="5449000131805"),
    product(2, "Coffee", category="Drinks", stock=0, available=False),
    product(3, "Margherita Pizza", product_type=ProductType.BUNDLE, has_variants=True, variants=(LARGE,)),
    product(4, "Pizza Sauce", description="Hot", list_price=Decimal("2.000"), variants=()),
    product(5, 'Light "Cola" Pizza'),
    product(6, "सब्ज़ी पिज़्ज़ा"),
    product(7, "بيتزا خضار"),
    product(8, "Jalapeño Bites"),
)
CAKES = Category("c9", "Cakes", 1)
CATALOGUE = Catalogue(HERE, MENU, NOON)


async def opened(path: Path) -> Database:
    return await Database.open(path, migrations=schema.CATALOGUE, synchronous="NORMAL")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[CatalogueStore]:
    async with await opened(tmp_path / "catalogue.sqlite") as database:
        store = CatalogueStore(database)
        await store.save("Shop", CATALOGUE)
        yield store


async def test_a_menu_comes_back_as_it_was(store: CatalogueStore) -> None:
    assert await store.load("Shop", HERE) == CATALOGUE


async def search(
    store: CatalogueStore,
    profile: str,
    location_id: int,
    text: str,
    *,
    category: Category | None = None,
    limit: int = 50,
) -> list[int]:
    """The ids of what is found."""
    return list((await store.search(profile, location_id, text, category=category, limit=limit)).product_ids)


async def test_a_menu_never_seen_is_none(store: CatalogueStore) -> None:
    assert await store.load("Shop", 1) is None
    assert await store.load("Other", HERE) is None


async def test_a_new_menu_replaces_the_one_before_and_no_other(store: CatalogueStore) -> None:
    other = Catalogue(5, MENU[:2], NOON)
    await store.save("Shop", other)
    await store.save("Shop", Catalogue(HERE, MENU[3:4], NOON + 9))
    assert await store.load("Shop", HERE) == Catalogue(HERE, MENU[3:4], NOON + 9)
    assert await store.load("Shop", 5) == other
    assert await search(store, "Shop", HERE, "cola") == []
    assert await search(store, "Shop", 5, "cola") == [1]


async def test_variants_are_added_to_their_product(store: CatalogueStore) -> None:
    variant = Variant(11, 1, "COLA-CAN", (), Decimal("0.300"), Decimal("0.300"))
    await store.save_variants("Shop", HERE, 1, (variant,))
    catalogue = await store.load("Shop", HERE)
    assert catalogue is not None
    assert catalogue.products[0].variants == (variant,)


async def test_a_new_menu_without_variants_keeps_the_known_ones(store: CatalogueStore) -> None:
    await store.save("Shop", Catalogue(HERE, (replace(MENU[2], variants=None),), NOON + 9))
    catalogue = await store.load("Shop", HERE)
    assert catalogue is not None
    assert catalogue.products == (MENU[2],)
    assert await search(store, "Shop", HERE, "marg-l") == [3]


async def test_variants_of_a_product_that_left_the_menu_are_forgotten(store: CatalogueStore) -> None:
    await store.save("Shop", Catalogue(HERE, MENU[:1], NOON + 9))
    await store.save("Shop", Catalogue(HERE, (replace(MENU[2], variants=None),), NOON + 10))
    catalogue = await store.load("Shop", HERE)
    assert catalogue is not None
    assert catalogue.products[0].variants is None


async def test_a_product_that_is_on_the_menu_twice_is_found_once(store: CatalogueStore) -> None:
    menu = Catalogue(HERE, (MENU[0], replace(MENU[0], category="Deals")), NOON)
    await store.save("Shop", menu)
    assert await store.load("Shop", HERE) == menu
    assert await search(store, "Shop", HERE, "cola") == [1]


# Search


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cola", {1, 5}),
        ("COL", {1, 5}),
        ("light cola", {1, 5}),
        ("piz marg", {3}),
        ("drinks col", {1}),
        ("sku-2", {2}),
        ("54490001", {1}),
        ("pz-marg", {3}),
        ("jalapeno", {8}),
        ("jalapen\u0303o", {8}),
        ("पिज़", {6}),
        ("خضار", {7}),
        ("tea", set[int]()),
        ("izz", set[int]()),
    ],
)
async def test_every_word_must_begin_a_word_of_the_product(
    store: CatalogueStore, typed: str, found: set[int]
) -> None:
    assert set(await search(store, "Shop", HERE, typed)) == found


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Sarımsaklı Ekmek", "sarimsakli"),
        ("İzmir Köfte", "izmir kofte"),
        ("Sarımsaklı Ekmek", "SARIMSAKLI"),
        ("Smørrebrød", "smorrebrod"),
        ("Łosoś", "losos"),
        ("Straße", "strasse"),
        ("أرز بالدجاجة", "ارز بالدجاجه"),
        ("كبدة", "کبده"),
    ],
)
async def test_word_is_found_by_the_letters_that_people_type_for_its_own(
    store: CatalogueStore, title: str, typed: str
) -> None:
    await store.save("Shop", Catalogue(HERE, (product(1, title),), NOON))
    for text in (typed, title, title.upper()):
        found = await store.search("Shop", HERE, text)
        assert (found.product_ids, found.is_guess) == ((1,), False)


async def test_the_title_counts_more_than_the_category(store: CatalogueStore) -> None:
    menu = (product(1, "Water", category="Pizza"), product(2, "Pizza", category="Food"))
    await store.save("Shop", Catalogue(HERE, menu, NOON))
    assert await search(store, "Shop", HERE, "pizza") == [2, 1]


async def test_one_letter_comes_in_the_menus_order(store: CatalogueStore) -> None:
    assert await search(store, "Shop", HERE, "c") == [1, 2, 5]


async def test_no_more_are_found_than_asked_for(store: CatalogueStore) -> None:
    assert len(await search(store, "Shop", HERE, "s", limit=2)) == 2


@pytest.mark.parametrize("typed", ["", "   ", "-", '"', "* ( ) :", "\0"])
async def test_text_without_a_letter_finds_nothing(store: CatalogueStore, typed: str) -> None:
    assert await search(store, "Shop", HERE, typed) == []


@pytest.mark.parametrize("typed", ['"cola"', "cola*", "(cola)", "cola -", "cola\0"])
async def test_punctuation_around_a_word_does_not_matter(store: CatalogueStore, typed: str) -> None:
    assert set(await search(store, "Shop", HERE, typed)) == {1, 5}


@pytest.mark.parametrize(
    "typed", ["NOT cola", "cola OR tea", "NEAR(cola light)", "title:cola", "cola AND light"]
)
async def test_what_the_index_would_read_as_an_order_is_only_words(store: CatalogueStore, typed: str) -> None:
    assert await search(store, "Shop", HERE, typed) == []


@given(typed=st.text(max_size=20))
async def test_nothing_that_can_be_typed_is_an_error(
    typed: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "any-search.sqlite"
    async with await opened(file) as database:
        assert await search(CatalogueStore(database), "Shop", HERE, typed) == []


# Typing errors


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("clola", {1, 5}),
        ("ocla", {1, 5}),
        ("cla", {1, 5}),
        ("cooa", {1, 5}),
        ("colla", {1, 5}),
        ("margehr", {3}),
        ("pizzza marhgerita", {3}),
        ("jalapńo", {8}),
        ("بيتزه خضار", {7}),
        ("drinsk lihgt", {1}),
    ],
)
async def test_each_word_may_have_one_typing_error(
    store: CatalogueStore, typed: str, found: set[int]
) -> None:
    assert set(await search(store, "Shop", HERE, typed)) == found


@pytest.mark.parametrize("typed", ["clloaa", "sku-22", "54490002", "cl", "pizza pepsi", "ssu-2"])
async def test_two_errors_in_a_word_or_one_in_a_code_find_nothing(store: CatalogueStore, typed: str) -> None:
    assert await search(store, "Shop", HERE, typed) == []


async def test_typed_text_is_searched_literally_if_it_matches(store: CatalogueStore) -> None:
    menu = (product(1, "Pasta"), product(2, "Paste"), product(3, "Paste of Dates"))
    await store.save("Shop", Catalogue(HERE, menu, NOON))
    assert await search(store, "Shop", HERE, "pasta") == [1]
    assert await search(store, "Shop", HERE, "pasta dates") == [3]


@pytest.mark.parametrize(
    ("typed", "is_guess"), [("cola", False), ("col light", False), ("clola", True), ("cola ligth", True)]
)
async def test_what_needs_a_correction_is_a_guess(store: CatalogueStore, typed: str, is_guess: bool) -> None:
    found = await store.search("Shop", HERE, typed)
    assert found.product_ids
    assert found.is_guess is is_guess


async def test_only_words_that_are_on_the_menu_now_are_meant(store: CatalogueStore) -> None:
    await store.save("Shop", Catalogue(HERE, (product(1, "Kunafa"),), NOON))
    assert await search(store, "Shop", HERE, "clola") == []
    assert await search(store, "Shop", HERE, "kuanfa") == [1]


# A part of the menu, and a large one


async def test_category_is_searched_alone_however_large_the_rest(
    store: CatalogueStore,
) -> None:
    menu = (
        *(product(number, f"Cola {number}") for number in range(1, 9)),
        product(9, "Cola Cake", category_id="c9", category="Cakes"),
    )
    await store.save("Shop", Catalogue(HERE, menu, NOON))
    assert await search(store, "Shop", HERE, "cola", category=CAKES, limit=2) == [9]


async def test_of_a_long_list_what_has_it_in_the_title_comes_first(store: CatalogueStore) -> None:
    many = MAX_RANKED
    menu = (
        *(product(number, f"Dish {number}", category="Pizza") for number in range(many)),
        product(many, "Pizza"),
    )
    await store.save("Shop", Catalogue(HERE, menu, NOON))
    assert await search(store, "Shop", HERE, "pizza", limit=3) == [many, 0, 1]


async def test_two_stores_do_not_find_each_others_products(store: CatalogueStore) -> None:
    await store.save("Shop", Catalogue(5, MENU[:1], NOON))
    await store.save("Shop", Catalogue(HERE, MENU[4:5], NOON))
    assert await search(store, "Shop", 5, "cola") == [1]
    assert await search(store, "Shop", HERE, "cola") == [5]


async def test_a_file_of_an_earlier_version_is_searched_as_before(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    async with await Database.open(file, migrations=schema.CATALOGUE[:1], synchronous="NORMAL") as old:
        await old.write(_as_before)
    async with await opened(file) as database:
        store = CatalogueStore(database)
        assert await search(store, "Shop", HERE, "cola") == [1]
        assert await search(store, "Shop", HERE, "clola", category=Category("c1", "Drinks", 1)) == [1]


def _as_before(connection: sqlite3.Connection) -> None:
    text = formats.PRODUCT.dump(MENU[0])
    connection.execute("INSERT INTO catalogue VALUES ('Shop', ?, ?)", (HERE, NOON))
    connection.execute("INSERT INTO product VALUES (7, 'Shop', ?, 1, 0, ?)", (HERE, text))
    connection.execute("INSERT INTO product_text (rowid, title, category) VALUES (7, 'Cola Light', 'Drinks')")


# Stock


async def test_a_stock_report_comes_back_with_the_time_it_was_seen(store: CatalogueStore) -> None:
    location = Location(HERE, "S1", "Salmiya", "Kuwait", latitude=29.33, longitude=48.07)
    levels = (
        StockLevel(location, 4, Decimal("1.250")),
        StockLevel(replace(location, location_id=2), 0, None),
    )
    report = StockReport(1, 0, levels, NOON)
    await store.save_stock("Shop", report)
    assert await store.load_stock("Shop", 1) == report
    assert await store.load_stock("Shop", 1, 11) is None


TEXTS = st.text(max_size=8)
IDS = st.integers(-(2**40), 2**40)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False)
VARIANTS = st.builds(
    Variant,
    *(IDS, IDS, TEXTS, st.lists(st.builds(Option, TEXTS, TEXTS), max_size=3).map(tuple), AMOUNTS, AMOUNTS),
    st.none() | IDS,
)
PRODUCTS = st.builds(
    Product,
    *(
        IDS,
        TEXTS,
        TEXTS,
        TEXTS,
        TEXTS,
        AMOUNTS,
        AMOUNTS,
        st.sampled_from(ProductType),
        st.booleans(),
        st.none(),
    ),
    *(st.booleans(), st.none() | IDS, TEXTS, TEXTS),
)


@given(PRODUCTS, st.lists(VARIANTS, max_size=3).map(tuple))
def test_every_product_and_variant_comes_back_as_it_was(
    saved: Product, variants: tuple[Variant, ...]
) -> None:
    known = formats.VARIANTS.load(formats.VARIANTS.dump(variants))
    assert known == variants
    assert formats.PRODUCT.load(formats.PRODUCT.dump(saved)) == saved
