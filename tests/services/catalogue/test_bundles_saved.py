"""Bundles between two runs, offline, and where something does not fit."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
import time_machine

from console.ordering.configuration.bundle import Bundle, BundleSource
from console.ordering.pricing.half_rule import HalfRule
from console.sandbox.responses import MERCHANT_TIME
from console.sandbox.switches import Fault, FaultKind, Switches
from console.services.events import ServiceError
from console.services.operator_session import OperatorSession
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

GARLIC_BREAD, ONIONS_REGULAR = 13047603, 9758011


def comparable(bundle: Bundle) -> Bundle:
    """A bundle without what its source need not state: the usual strength's variant, the order of groups."""
    groups = tuple(
        group
        if group.is_base
        else replace(group, items=tuple(replace(item, variant_id=0) for item in group.items))
        for group in bundle.groups
    )
    in_order = tuple(sorted(groups, key=lambda group: group.group_id))
    return replace(bundle, groups=in_order, source=BundleSource.PLATFORM)


async def test_platform_and_supplement_tell_the_same_of_the_whole_menu(backend: SandboxBackend) -> None:
    async with session_with_bundles(backend) as (session, _):
        supplied = {bundle.product_id: comparable(bundle) for bundle in session.menu.bundles.values()}
    use_only_source(backend, BundleSource.PLATFORM)
    async with session_with_bundles(backend) as (session, _):
        sent = {bundle.product_id: comparable(bundle) for bundle in session.menu.bundles.values()}
    assert sent == supplied


@pytest.mark.parametrize("source", BundleSource)
async def test_offline_bundles_are_as_last_seen(backend: SandboxBackend, source: BundleSource) -> None:
    use_only_source(backend, source)
    async with session_with_bundles(backend) as (session, _):
        before = dict(session.menu.bundles)
    backend.go_offline()
    async with operator_session(backend) as (session, recorded):
        await recorded.until(lambda: any("Showing the saved menu." in s for s in recorded.notifications))
        assert dict(session.menu.bundles) == before


async def test_what_an_echo_has_shown_is_not_put_into_a_cart_again(backend: SandboxBackend) -> None:
    use_only_source(backend, BundleSource.ECHO)
    async with session_with_bundles(backend) as (session, _):
        before = dict(session.menu.bundles)
    backend.switch(Switches(faults=(Fault("carts.*", FaultKind.STATUS_500),)))
    async with session_with_bundles(backend) as (session, _):
        assert dict(session.menu.bundles) == before


async def test_topping_prices_are_todays_whatever_an_echo_showed(backend: SandboxBackend) -> None:
    use_only_source(backend, BundleSource.ECHO)
    async with session_with_bundles(backend):
        pass
    backend.switch(Switches(price_changes={ONIONS_REGULAR: Decimal(9)}))
    async with session_with_bundles(backend) as (session, _):
        onions = next(i for i in session.menu.bundles[SUPREME].unplaced if i.title == "Onions")
        assert {v.price for v in onions.variants if v.variant_id == ONIONS_REGULAR} == {9}


async def test_unlearnable_bundle_hides_no_other_and_is_said_once(backend: SandboxBackend) -> None:
    """A bundle that cannot be learnt hides no other and is reported once."""
    use_only_source(backend, BundleSource.ECHO)
    backend.switch(Switches(refuse=frozenset({SUPREME})))
    async with session_with_bundles(backend) as (session, recorded):
        assert SUPREME not in session.menu.bundles
        assert len(session.menu.bundles) >= 15
        (reported,) = [s for s in recorded.notifications if "cannot be configured here" in s]
        assert reported.startswith("Chicken Supreme")


@time_machine.travel(datetime(2026, 11, 25, 20, tzinfo=MERCHANT_TIME))
async def test_deal_outside_its_hours_is_reported_when_requested(
    backend: SandboxBackend,
) -> None:
    use_only_source(backend, BundleSource.ECHO)
    async with session_with_bundles(backend) as (session, recorded):
        assert recorded.notifications == []
        with pytest.raises(ServiceError) as trouble:
            await bundle_of(session, LUNCH_BREAK)
        assert "The product is not available." in trouble.value.message


async def bundle_of(session: OperatorSession, product_id: int) -> Bundle | None:
    product = session.menu.product(product_id)
    assert product is not None
    return await session.menu.bundle(product)


async def test_one_that_is_not_known_yet_is_asked_for(backend: SandboxBackend) -> None:
    async with session_with_bundles(backend) as (session, _):
        before = session.menu.bundles[BOGOF]
        session.menu._bundles._known = {}
        assert await bundle_of(session, BOGOF) == before
        assert session.menu.bundles[BOGOF] == before
        assert await bundle_of(session, GARLIC_BREAD) is None


async def test_unknown_bundle_is_unavailable_offline(backend: SandboxBackend) -> None:
    async with session_with_bundles(backend) as (session, _):
        session.menu._bundles._known = {}
        backend.go_offline()
        with pytest.raises(ServiceError) as error:
            await bundle_of(session, SUPREME)
        assert error.value.offline


async def test_bundle_with_refused_default_is_reported_on_request(backend: SandboxBackend) -> None:
    """A bundle whose default no cart accepts is reported when it is asked for."""
    use_only_source(backend, BundleSource.ECHO)
    async with session_with_bundles(backend) as (session, _):
        session.menu._bundles._known = {}
        backend.switch(Switches(refuse=frozenset({SUPREME})))
        with pytest.raises(ServiceError) as error:
            await bundle_of(session, SUPREME)
        assert not error.value.offline


def settings(backend: SandboxBackend, lines: str, supplement: str) -> None:
    """A sandbox profile with these lines, and its supplement beside the settings."""
    backend.paths.config.mkdir(parents=True, exist_ok=True)
    profile = f'[[profiles]]\nname = "Mine"\nkind = "sandbox"\n{lines}\n'
    backend.paths.settings_file.write_text(profile)
    (backend.paths.config / "mine.toml").write_text(supplement)


async def test_profiles_own_supplement_lies_beside_the_settings(backend: SandboxBackend) -> None:
    """A profile's own supplement is used and lies beside the settings."""
    text = backend.supplement.replace('title = "Vegetables"', 'title = "Greens"')
    settings(backend, 'menu_supplement = "mine.toml"\n[profiles.pricing]\nhalf_rule = "dearer"', text)
    async with session_with_bundles(backend) as (session, recorded):
        assert [group.title for group in session.menu.bundles[SUPREME].groups][1] == "Greens"
        assert session.half_rule is HalfRule.DEARER
        assert not recorded.notifications


async def test_unusable_supplement_is_reported_and_ignored(
    backend: SandboxBackend,
) -> None:
    settings(backend, 'menu_supplement = "mine.toml"', "version = 1\nbundels = 3\n")
    async with session_with_bundles(backend) as (session, recorded):
        assert recorded.notifications[0] == (
            "Menu supplement not used: mine.toml, line 2, bundels: is not a known key."
        )
        assert session.menu.bundles[SUPREME].source is BundleSource.ECHO


async def test_missing_supplement_is_reported(backend: SandboxBackend) -> None:
    settings(backend, 'menu_supplement = "other.toml"', "")
    async with operator_session(backend) as (_, recorded):
        reported = "Menu supplement not used: other.toml: cannot be read (No such file or directory)."
        assert recorded.notifications[0] == reported


async def test_a_topping_that_the_platform_does_not_know_is_left_out(backend: SandboxBackend) -> None:
    backend.supplement = backend.supplement.replace("product = 13047255", "product = 99")
    async with session_with_bundles(backend) as (session, _):
        supreme = session.menu.bundles[SUPREME]
        assert supreme.group_of(99) is None
        assert [item.title for item in supreme.unplaced] == ["Mozarella"]


async def test_base_unknown_to_the_platform_is_reported(backend: SandboxBackend) -> None:
    backend.supplement = backend.supplement.replace("product = 13047215\n", "product = 99\n")
    async with session_with_bundles(backend) as (session, recorded):
        assert SUPREME not in session.menu.bundles
        (reported,) = recorded.notifications
        assert reported.startswith("Chicken Supreme cannot be configured here. The platform knows no item of")


async def test_a_damaged_text_is_fetched_anew(backend: SandboxBackend) -> None:
    async with session_with_bundles(backend) as (session, _):
        before = dict(session.menu.bundles)
        store = session.menu._bundles._bundle_store
        await store._database.write(lambda c: c.execute("UPDATE bundles SET bundles = '{'"))
    async with session_with_bundles(backend) as (session, _):
        assert dict(session.menu.bundles) == before
