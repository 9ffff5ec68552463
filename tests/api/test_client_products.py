"""Products, tags, categories and the store, by the service layer against the sandbox."""

from decimal import Decimal

import pytest

from console.api.carts.requests import CartItemRequest, WireDeliveryMode
from console.api.client import ApiClient
from console.api.errors import CartRefused, InvalidInput, NotFound
from console.api.products.requests import (
    MediaSet,
    ProductImage,
    ProductMedia,
    ProductUpdate,
    StockAndPrice,
    VariantUpdate,
)
from console.api.products.service import WireProductType
from console.api.products.tasks import TaskStatus
from console.sandbox.app import Sandbox
from console.sandbox.store import Store
from console.sandbox.switches import Switches

pytestmark = pytest.mark.anyio
HERE, HERE_CODE = 27299, "SALM"
GARLIC_BREAD, GARLIC_SKU = 13047603, "SD-GARLIC-BREAD"
PEPSI, PEPSI_CAN = 13047633, 9758597
SUPREME = 13047273


async def test_a_queued_update_is_followed_to_its_end(api: ApiClient) -> None:
    update = StockAndPrice(
        GARLIC_SKU, HERE_CODE, stock=8, quantity=1, web_price=Decimal("0.500"), mrp=Decimal("0.750")
    )

    queued = await api.products.update_stock_and_price(update)
    task = await api.products.task(task_id=queued.task_id)

    (stock,) = await api.products.stock_by_location(product_id=GARLIC_BREAD, location_id=HERE)
    prices = await api.products.sku_price(sku=GARLIC_SKU, location_code=HERE_CODE)
    assert (task.status, task.rows, task.validations) == (TaskStatus.COMPLETED, 1, ())
    assert (stock.inventory, stock.web_price, stock.mrp) == (8, Decimal("0.5"), Decimal("0.75"))
    assert [(price.quantity, price.web_price) for price in prices] == [(1, Decimal("0.5"))]


async def test_a_failed_update_says_why(api: ApiClient) -> None:
    queued = await api.products.update_stock_and_price(StockAndPrice("NOTHING", HERE_CODE, stock=1))
    task = await api.products.task_errors(task_id=queued.task_id)
    assert task.status is TaskStatus.FAILED
    assert task.validations == ("There is no product of SKU NOTHING",)


async def test_there_is_no_task_of_that_number(api: ApiClient) -> None:
    with pytest.raises(NotFound):
        await api.products.task(task_id=1)


async def test_information_of_a_product_and_of_a_variant(api: ApiClient, store: Store) -> None:
    brand = store.merchant.brand_id
    product = ProductUpdate("CU00357461", GARLIC_SKU, brand, "Garlic Loaf", short_description="Warm.")
    options = (("Size", "Can 330 ml"),)
    variant = VariantUpdate(
        "", "DR-PEPSI", brand, "Pepsi", is_available=False, variant_sku="DR-PEPSI-CAN330ML", options=options
    )

    for queued in (await api.products.update(product), await api.products.update_variant(variant)):
        task = await api.products.task_errors(task_id=queued.task_id)
        assert (task.status, task.validations) == (TaskStatus.COMPLETED, ())

    renamed = await api.products.information(product_id=GARLIC_BREAD, location_id=HERE)
    assert (renamed.title, renamed.short_description) == ("Garlic Loaf", "Warm.")
    assert PEPSI_CAN not in [v.variant_id for v in await api.products.variants(product_id=PEPSI)]


async def test_pictures_attributes_tags_and_reviews(api: ApiClient, store: Store) -> None:
    user_id = str(store.rows("SELECT user_id FROM customer")[0]["user_id"])
    tasks = [
        await api.products.attach_images([ProductMedia(GARLIC_SKU, MediaSet((ProductImage("loaf.jpg"),)))]),
        await api.products.update_attribute(attribute_id="CU00357461-001", value="3", sku=GARLIC_SKU),
        await api.products.add_tag(sku=GARLIC_SKU, tag="New", location_code=HERE_CODE),
    ]
    assert {(await api.products.task(task_id=t.task_id)).status for t in tasks} == {TaskStatus.COMPLETED}
    await api.products.add_review(user_id=user_id, sku=GARLIC_SKU, title="Good", message="Warm.")

    (content,) = await api.products.contents(product_id=GARLIC_BREAD)
    serves, _ = await api.products.attributes(product_id=GARLIC_BREAD)
    (detailed,) = await api.products.with_attributes(product_id=GARLIC_BREAD)
    tags = await api.products.tags_at_location(product_id=GARLIC_BREAD, location_id=HERE)
    (review,) = await api.products.reviews(sku=GARLIC_SKU)
    (comment,) = await api.products.comments(product_id=GARLIC_BREAD, post_id=0)
    assert content.large_image.endswith("/loaf.jpg")
    assert (serves.value, detailed.attributes[0].value, detailed.starts) == ("3", "3", None)
    assert [tag.name for tag in tags] == ["New", "bread"]
    assert (review.title, comment.message) == ("Good", "Warm.")


async def test_a_tag_comes_and_goes(api: ApiClient) -> None:
    count = await api.tags.count()
    queued = await api.products.add_tag(sku=GARLIC_SKU, tag="Discounted")
    await api.products.task(task_id=queued.task_id)
    assert (await api.tags.details(tag="Discounted")).description == "Cheaper than usual"
    assert len(await api.tags.all()) == await api.tags.count() == count + 1
    assert [p.product_id for p in await api.products.by_tag(tag="Discounted")] == [GARLIC_BREAD]

    await api.products.remove_tag(sku=GARLIC_SKU, tag="Discounted", location_id=HERE)

    assert await api.products.by_tag_and_location(tag="Discounted", location_id=HERE) == ()
    assert [tag.name for tag in await api.products.tags(product_id=GARLIC_BREAD)] == ["Discounted", "bread"]


async def test_stock_is_set(api: ApiClient) -> None:
    await api.products.set_stock(sku=GARLIC_SKU, inventory=4)
    await api.products.set_stock_at_location(sku=GARLIC_SKU, location_code="HAWL", inventory=5)
    rows = await api.products.stock_by_location(product_id=GARLIC_BREAD)
    assert {row.inventory for row in rows if row.location_id in (HERE, 22612)} == {4, 5}
    with pytest.raises(NotFound):
        await api.products.set_stock(sku="NOTHING", inventory=4)
    with pytest.raises(InvalidInput):
        await api.products.set_stock(sku=GARLIC_SKU, inventory=-1)


async def test_what_else_there_is_to_offer(api: ApiClient) -> None:
    similar = await api.products.similar(product_id=GARLIC_BREAD)
    dearer = await api.products.upsell(product_id=GARLIC_BREAD)
    featured = await api.products.featured()
    pizzas = await api.products.by_type(category_id="CU00357451", product_type=WireProductType.BUNDLE)
    assert {product.product_id for product in dearer} <= {product.product_id for product in similar}
    assert SUPREME in [product.product_id for product in featured]
    assert SUPREME in [product.product_id for product in pizzas]


async def test_bundle_items_have_groups_where_the_platform_sends_them(
    api: ApiClient, sandbox: Sandbox
) -> None:
    plain = await api.products.bundle_items(product_id=SUPREME)
    sandbox.state.switches.current = Switches(group_data=True)
    default, nothing = (
        await api.products.bundle_items(product_id=SUPREME, only_default=True),
        await api.products.bundle_items(product_id=GARLIC_BREAD),
    )
    assert {item.group_id for item in plain.items} == {0}
    base = default.items[0]
    assert (base.group_id, base.minimum, base.maximum, base.free) == (13127, 1, 1, 0)
    assert nothing.items == ()


async def test_serviceability(api: ApiClient) -> None:
    served = await api.products.serviceable(product_id=GARLIC_BREAD, pin="22001", location_id=HERE)
    elsewhere = await api.products.serviceable(product_id=GARLIC_BREAD, pin="1", location_id=HERE)
    assert (served.is_serviceable, served.prepaid, served.postpaid) == (True, True, True)
    assert not elsewhere.is_serviceable


async def test_tier_prices_and_parents(api: ApiClient, store: Store) -> None:
    user_id = str(store.rows("SELECT user_id FROM customer")[0]["user_id"])
    tiers = await api.products.tier_prices(user_id=user_id, product_id=13047659, location_id=HERE)
    parents = await api.products.parents(variant_ids=[PEPSI_CAN])
    assert [(tier.quantity, tier.web_price) for tier in tiers][1:] == [
        (10, Decimal("0.85")),
        (20, Decimal("0.8")),
    ]
    assert [variant.product_id for variant in parents] == [PEPSI]


async def test_offers_are_removed(api: ApiClient, store: Store) -> None:
    await api.products.remove_offer_text()
    assert store.rows("SELECT * FROM offer") == []


async def test_categories_and_the_store(api: ApiClient) -> None:
    category = await api.categories.information(category_id="CU00357465")
    (size,) = await api.categories.variant_properties(category_id=category.category_id)
    store = await api.store.information()
    states = await api.store.states(country_code=store.country_code)
    cities = await api.store.cities(state_code=store.state_code)
    assert (category.name, size.name) == ("Drinks", "Size")
    assert store.state_code in [state.code for state in states]
    assert store.city_id in [str(city.city_id) for city in cities]
    assert store.country_code in [country.code for country in await api.store.countries()]
    assert await api.store.states(country_code="XX") == ()


async def test_a_variant_that_is_not_available_is_refused_by_the_cart(api: ApiClient, store: Store) -> None:
    brand = store.merchant.brand_id
    options = (("Size", "Can 330 ml"),)
    off = VariantUpdate(
        "", "DR-PEPSI", brand, "Pepsi", is_available=False, variant_sku="DR-PEPSI-CAN330ML", options=options
    )
    queued = await api.products.update_variant(off)
    await api.products.task(task_id=queued.task_id)
    with pytest.raises(CartRefused):
        await _add(api, PEPSI, PEPSI_CAN)


async def _add(api: ApiClient, product_id: int, variant_id: int) -> None:
    token = (await api.customers.access_token()).access_token
    item = CartItemRequest(product_id=product_id, variant_id=variant_id, location_id=HERE)
    await api.carts.add_items(token=token, items=[item], delivery_mode=WireDeliveryMode.DELIVERY)
