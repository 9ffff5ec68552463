"""What pizzas and deals may be made of: from the platform, the menu supplement or an echo."""

from decimal import Decimal

import pytest

from console.ordering.catalogue import ProductType
from console.ordering.configuration import default_configuration
from console.ordering.configuration.bundle import Bundle, BundleItem, BundleSource, option_value
from console.ordering.pricing.estimate import estimate_bundle
from tests.services.catalogue.fetched_bundles import (
    BOGOF,
    LUNCH_BREAK,
    SUPREME,
    session_with_bundles,
    use_only_source,
)
from tests.services.connections import operator_session
from tests.shops import SandboxBackend

pytestmark = [pytest.mark.anyio, pytest.mark.fetches_menu]

SUPREME_BASE, PARTY_BOX = 13047215, 8293532
CHICKEN, BEEF, ONIONS = 13047231, 13047237, 13047239
MEDIUM_CLASSIC, MEDIUM_ONIONS_EXTRA = 9757487, 9758013


def item(bundle: Bundle, product_id: int) -> BundleItem:
    group = bundle.group_of(product_id)
    assert group is not None
    found = group.item(product_id)
    assert found is not None
    return found


@pytest.mark.parametrize("source", BundleSource)
async def test_every_pizza_and_deal_is_known_whoever_tells_of_it(
    backend: SandboxBackend, source: BundleSource
) -> None:
    use_only_source(backend, source)
    async with session_with_bundles(backend) as (session, recorded):
        products = (await session.menu.search("")).products
        kinds = {ProductType.BUNDLE, ProductType.DEAL}
        configurable = {p.product_id for p in products if p.product_type in kinds}
        # A deal of certain hours is learnt from an echo within them only.
        missing = configurable - session.menu.bundles.keys()
        assert missing <= ({LUNCH_BREAK} if source is BundleSource.ECHO else set())
        assert {bundle.source for bundle in session.menu.bundles.values()} == {source}
        assert len(configurable) >= 18
        assert recorded.notifications == []


@pytest.mark.parametrize("source", BundleSource)
async def test_a_default_pizza_is_the_same_whoever_tells_of_it(
    backend: SandboxBackend, source: BundleSource
) -> None:
    use_only_source(backend, source)
    async with session_with_bundles(backend) as (session, _):
        supreme = session.menu.bundles[SUPREME]
    base = supreme.base
    assert base is not None
    assert not supreme.is_deal
    assert (base.product_id, base.variant_id, base.quantity) == (SUPREME_BASE, MEDIUM_CLASSIC, 1)
    usual = base.variant(MEDIUM_CLASSIC)
    assert (option_value(usual, "size"), option_value(usual, "crust")) == ("Medium", "Classic")
    assert usual is not None
    assert usual.price == Decimal("3.500")
    chicken, beef = item(supreme, CHICKEN), item(supreme, BEEF)
    assert (chicken.quantity, chicken.included) == (1, 0)
    assert (beef.quantity, beef.included) == (1, None)
    assert {option_value(variant, "strength") for variant in beef.variants} == {"Light", "Regular", "Extra"}
    unasked = [i.title for g in supreme.groups for i in g.items if i.quantity]
    assert len(unasked) == 9


@pytest.mark.parametrize("source", [BundleSource.PLATFORM, BundleSource.SUPPLEMENT])
async def test_what_is_not_on_it_unasked_may_go_on(backend: SandboxBackend, source: BundleSource) -> None:
    use_only_source(backend, source)
    async with session_with_bundles(backend) as (session, _):
        supreme = session.menu.bundles[SUPREME]
    onions = item(supreme, ONIONS)
    assert (onions.title, onions.quantity, onions.included) == ("Onions", 0, None)
    extra = onions.variant(MEDIUM_ONIONS_EXTRA)
    assert extra is not None
    assert extra.price == Decimal("0.800")
    assert supreme.unplaced == ()


async def test_an_echo_leaves_what_is_not_in_it_without_a_group(backend: SandboxBackend) -> None:
    use_only_source(backend, BundleSource.ECHO)
    async with session_with_bundles(backend) as (session, _):
        supreme, deal = session.menu.bundles[SUPREME], session.menu.bundles[BOGOF]
    assert {"Onions", "Mushrooms"} <= {i.title for i in supreme.unplaced}
    assert supreme.group_of(ONIONS) is None
    first, second = deal.groups
    assert [(i.product_id, i.base_prices) for i in first.items] == [(SUPREME, {"Medium": Decimal("3.250")})]
    assert [i.base_prices for i in second.items] == [{"Medium": 0}]
    assert len(deal.unplaced) == 10


async def test_learning_leaves_no_line_in_any_cart(backend: SandboxBackend) -> None:
    use_only_source(backend, BundleSource.ECHO)
    async with session_with_bundles(backend) as (session, _):
        assert session.menu.bundles
        assert backend.store.rows("SELECT * FROM line") == []


@pytest.mark.parametrize("source", BundleSource)
async def test_a_deals_slots_hold_so_many_and_cost_what_they_say(
    backend: SandboxBackend, source: BundleSource
) -> None:
    use_only_source(backend, source)
    async with session_with_bundles(backend) as (session, _):
        box, bogof = session.menu.bundles[PARTY_BOX], session.menu.bundles[BOGOF]
    assert box.is_deal
    assert box.price == Decimal("5.900")
    assert [(g.minimum, g.maximum) for g in box.groups] == [(4, 4), (4, 4), (1, 1), (1, 1)]
    assert [[i.quantity for i in g.items if i.quantity] for g in box.groups] == [[4], [2, 2], [1], [1]]
    assert all(i.is_bundle for g in bogof.groups for i in g.items)
    assert not any(i.is_bundle for g in box.groups for i in g.items)


@pytest.mark.parametrize("source", BundleSource)
async def test_what_is_ordered_as_on_the_menu_costs_what_the_menu_says(
    backend: SandboxBackend, source: BundleSource
) -> None:
    use_only_source(backend, source)
    async with session_with_bundles(backend) as (session, _):
        bundles = session.menu.bundles
        printed = {p.product_id: p.price for p in session.menu.products if p.product_id in bundles}
        figured = {
            product_id: estimate_bundle(
                bundle,
                default_configuration(bundle, bundles),
                bundles=bundles,
                currency=session.currency,
                half_rule=session.half_rule,
            ).total
            for product_id, bundle in bundles.items()
        }
    assert figured == printed


async def test_deal_opened_early_fetches_its_possible_pizzas(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        await recorded.until(lambda: session.menu.product(BOGOF) is not None)
        deal = session.menu.product(BOGOF)
        assert deal is not None
        bundle = await session.menu.bundle(deal)
        assert bundle is not None
        inside = {item.product_id for group in bundle.groups for item in group.items if item.is_bundle}
        assert inside
        assert inside <= session.menu.bundles.keys()
