"""The look-up of an order whose response was lost, one rule a test."""

import time
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from console.api.errors import (
    NotAuthorised,
    PlatformError,
    PlatformFault,
    RateLimited,
    SessionExpired,
    TimedOut,
    Unreachable,
    UnreadableResponse,
)
from console.api.orders.models import WireOrder, WireOrderLine
from console.ordering.checkout import DeliveryMode
from console.ordering.money import Currency
from console.ordering.placed.past_orders import PastLine
from console.ordering.placed.purchased_order import PurchasedOrder
from console.ordering.store_time import MACHINE_TIME, StoreTime
from console.sync.placement.order_lookup import (
    MAX_UNREADABLE_ANSWERS,
    PAGE_LIMIT,
    SearchResult,
    existing_order_ids,
    search_order,
)
from console.sync.placement.state import Candidate, FulfilmentTerms, Placement, PurchasedLine
from console.sync.platform_rules import PlatformRules, ReferenceAttribute
from tests.sync.placement.canned_platform import (
    BREAD,
    HEADER,
    REFERENCE,
    SENT,
    CannedApi,
    CannedOrders,
    order,
    referring,
)
from tests.sync.virtual_time import NOON

pytestmark = pytest.mark.anyio

DAY = 86_400


async def search(
    platform: CannedOrders,
    placement: Placement = SENT,
    *,
    reference: ReferenceAttribute | None = None,
    store_time: StoreTime = MACHINE_TIME,
    others: Collection[int] = (),
    attempts: int = 0,
) -> SearchResult:
    return await search_order(
        CannedApi(platform).client(),
        HEADER,
        placement,
        rules=PlatformRules(Currency("KWD"), reference=reference, store_time=store_time),
        other_order_ids=others,
        attempts=attempts,
    )


async def matches(found: WireOrder, placement: Placement = SENT) -> bool:
    return bool((await search(CannedOrders([found]), placement)).matching_ids)


# Which orders


async def test_orders_seen_before_placing_are_not_candidates() -> None:
    result = await search(CannedOrders([order(71), order(70)]))
    assert result.matching_ids == (71,)


async def test_orders_of_other_drafts_are_not_candidates() -> None:
    result = await search(CannedOrders([order(71), order(72), order(73)]), others={71, 73})
    assert result.matching_ids == (72,)


async def test_excluded_orders_are_not_read() -> None:
    platform = CannedOrders([order(72), order(70), order(71)])
    await search(platform, others={72})
    assert platform.read_ids == [71]


async def test_candidates_are_sorted_by_number() -> None:
    result = await search(CannedOrders([order(73), order(71), order(72)]))
    assert [one.order_id for one in result.candidates] == [71, 72, 73]


async def test_window_is_two_days_around_sending_for_the_customer() -> None:
    platform = CannedOrders()
    await search(platform)
    (asked,) = platform.searches
    assert (asked.user_id, asked.location_id) == ("u-1", "")
    assert (asked.ordered_from, asked.ordered_until) == (
        datetime.fromtimestamp(NOON - 2 * DAY, UTC),
        datetime.fromtimestamp(NOON + 2 * DAY, UTC),
    )


async def test_without_a_customer_the_stores_orders_are_read() -> None:
    platform = CannedOrders()
    await search(platform, replace(SENT, user_id=""))
    (asked,) = platform.searches
    assert (asked.user_id, asked.location_id) == ("", "27299")


async def test_existing_orders_are_all_numbers_around_a_moment() -> None:
    platform = CannedOrders([order(71), order(70)])
    api = CannedApi(platform).client()
    assert await existing_order_ids(api, HEADER, user_id="u-1", around=NOON) == {70, 71}
    (asked,) = platform.searches
    assert asked.ordered_from == datetime.fromtimestamp(NOON - 2 * DAY, UTC)


@pytest.mark.parametrize(("count", "is_complete"), [(0, True), (PAGE_LIMIT - 1, True), (PAGE_LIMIT, False)])
async def test_full_page_is_not_all_there_is(count: int, *, is_complete: bool) -> None:
    seen = replace(SENT, prior_order_ids=tuple(range(1, count + 1)))
    result = await search(CannedOrders([order(number) for number in seen.prior_order_ids]), seen)
    assert result.complete is is_complete


def test_result_without_orders_keeps_the_rest() -> None:
    result = SearchResult(
        (Candidate(71, Decimal(1), matches=True), Candidate(72, Decimal(1), matches=True)),
        referenced_ids=(71,),
        complete=False,
        lacks_parts=True,
        refusal="No.",
    )
    assert result.without({71}) == replace(result, candidates=result.candidates[1:])


def test_matching_are_the_candidates_that_match() -> None:
    candidates = (Candidate(71, Decimal(1)), Candidate(72, Decimal(1), matches=True))
    assert SearchResult(candidates).matching_ids == (72,)


# Which match


async def test_same_total_lines_and_terms_match() -> None:
    assert await matches(order(71, DeliveryOption="pickup"))


async def test_another_total_does_not_match() -> None:
    assert not await matches(order(71, total="1.6"))


async def test_totals_are_compared_in_whole_coins() -> None:
    assert await matches(order(71, total="1.50000000001"))


async def test_another_quantity_does_not_match() -> None:
    assert not await matches(order(71, quantity=3))


async def test_other_terms_do_not_match() -> None:
    assert not await matches(order(71, DeliveryOption="ship"))


async def test_candidate_is_described_for_the_operator() -> None:
    found = order(
        71,
        total="2.25",
        BillFirstname="Asha",
        BillLastname="Rao",
        OrderDate="/Date(1700000000000+0300)/",
    )
    (candidate,) = (await search(CannedOrders([found]))).candidates
    bread = PastLine(1, BREAD.product_id, 0, "Product 13047603", 2, Decimal(0))
    bought = PurchasedOrder((bread,), Decimal("2.250"), delivery=None)
    assert candidate == Candidate(
        71, Decimal("2.250"), "15 Nov 2023 01:13", "Asha Rao", matches=False, purchased=bought
    )


@pytest.mark.parametrize(("date", "text"), [("on 14 of November", "on 14 of November"), (None, "")])
async def test_time_in_an_unknown_format_is_shown_as_it_came(date: str | None, text: str) -> None:
    (candidate,) = (await search(CannedOrders([order(71, OrderDate=date)]))).candidates
    assert candidate.placed_at == text


async def test_time_without_a_zone_is_in_this_machines() -> None:
    (candidate,) = (await search(CannedOrders([order(71, OrderDate="2023-11-14T22:13:00")]))).candidates
    assert candidate.placed_at == "14 Nov 2023 22:13"


@pytest.fixture
def in_kuwait(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine is three hours ahead of UTC."""
    monkeypatch.setenv("TZ", "KWT-3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_kuwait")
@pytest.mark.parametrize(
    ("date", "text"),
    [("/Date(1700000000000)/", "15 Nov 2023 01:13"), ("/Date(1700000000000+0530)/", "15 Nov 2023 03:43")],
)
async def test_time_in_utc_is_shown_in_this_machines_zone(date: str, text: str) -> None:
    (candidate,) = (await search(CannedOrders([order(71, OrderDate=date)]))).candidates
    assert candidate.placed_at == text


@pytest.mark.usefixtures("in_kuwait")
@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("/Date(1700000000000)/", "14 Nov 2023 17:13"),
        ("/Date(1700000000000+0530)/", "14 Nov 2023 17:13"),
        ("2023-11-14T17:13:00", "14 Nov 2023 17:13"),
        ("14/11/2023 05:13 PM", "14 Nov 2023 17:13"),
    ],
)
async def test_time_is_the_stores_whatever_this_machines_zone(date: str, text: str) -> None:
    in_new_york = StoreTime("America/New_York")
    orders = CannedOrders([order(71, OrderDate=date)])
    (candidate,) = (await search(orders, store_time=in_new_york)).candidates
    assert candidate.placed_at == text


async def test_one_name_has_no_space() -> None:
    (candidate,) = (await search(CannedOrders([order(71, BillFirstname="Asha")]))).candidates
    assert candidate.customer_name == "Asha"


# What cannot be read


async def test_history_with_an_unreadable_order_proves_no_absence() -> None:
    assert (await search(CannedOrders([]))).complete
    assert not (await search(CannedOrders([], unreadable=[order(71)]))).complete


async def test_unreadable_order_of_before_is_not_new_once_it_can_be_read() -> None:
    api = CannedApi(CannedOrders([order(70)], unreadable=[order(71)])).client()
    assert await existing_order_ids(api, HEADER, user_id="u-1", around=NOON) == {70, 71}


# The reference


async def test_reference_is_found_by_name_or_by_number() -> None:
    by_name = referring(71)
    by_number = referring(72, AttributeID=REFERENCE.field_id, AttributeName="Other")
    result = await search(CannedOrders([by_name, by_number]), reference=REFERENCE)
    assert result.referenced_ids == (71, 72)


async def test_value_in_another_attribute_is_no_reference() -> None:
    other = referring(71, AttributeID=78, AttributeName="Other")
    assert (await search(CannedOrders([other]), reference=REFERENCE)).referenced_ids == ()


async def test_another_value_is_not_our_reference() -> None:
    platform = CannedOrders([referring(71, "D2"), referring(72, "")])
    assert (await search(platform, reference=REFERENCE)).referenced_ids == ()


async def test_without_a_reference_field_no_order_carries_it() -> None:
    assert (await search(CannedOrders([referring(71)]))).referenced_ids == ()


def named(order_id: int, reference: str = "D1") -> WireOrderLine:
    """A line that the platform finds by a reference."""
    return WireOrderLine.model_validate(
        {"OrderLineId": 1, "OrderId": order_id, "ProductId": BREAD.product_id, "Orderrefreneceno": reference}
    )


async def test_order_that_the_platform_finds_by_reference_needs_no_history() -> None:
    """Whatever it holds, if it is the customer's and of our total."""
    platform = CannedOrders([order(71, quantity=9, UserId="u-1"), order(72)], by_reference=[named(71)])
    result = await search(platform, reference=REFERENCE)
    assert (result.referenced_ids, result.complete) == ((71,), True)
    assert [one.order_id for one in result.candidates] == [71]
    assert (platform.asked_references, platform.read_ids, platform.searches) == (["D1"], [71], [])


@pytest.mark.parametrize(
    "found",
    [
        order(71, UserId="u-2"),
        order(71),
        order(71, total="1.6", UserId="u-1"),
    ],
    ids=["another customer", "nobody", "another total"],
)
async def test_order_by_reference_that_is_not_ours_leaves_it_to_the_history(found: WireOrder) -> None:
    platform = CannedOrders([found, referring(72)], by_reference=[named(71)])
    assert (await search(platform, reference=REFERENCE)).referenced_ids == (72,)


@pytest.mark.parametrize(
    "by_reference",
    [[], [named(71, "D2")], [named(0)], [named(70)], NotAuthorised("Not here.")],
    ids=["none", "another reference", "no number", "seen before", "refused"],
)
async def test_nothing_by_reference_leaves_it_to_the_history(
    by_reference: list[WireOrderLine] | PlatformError,
) -> None:
    platform = CannedOrders(
        [order(70, UserId="u-1"), order(71, UserId="u-1"), referring(72)], by_reference=by_reference
    )
    result = await search(platform, reference=REFERENCE)
    assert (result.referenced_ids, len(platform.searches)) == ((72,), 1)


async def test_without_a_reference_field_none_is_asked_for() -> None:
    platform = CannedOrders([order(71, UserId="u-1")], by_reference=[named(71)])
    assert (await search(platform)).referenced_ids == ()
    assert platform.asked_references == []


# Parts


PIZZA = PurchasedLine(10, 0, 1, parts=(PurchasedLine(11, 0, 1),))


@pytest.mark.parametrize(
    ("lines", "has_parts", "lacks"),
    [((PIZZA,), False, True), ((PIZZA,), True, False), ((BREAD,), False, False), ((BREAD,), True, False)],
)
async def test_order_lacks_parts_only_where_ours_has_some(
    lines: tuple[PurchasedLine, ...], *, has_parts: bool, lacks: bool
) -> None:
    part = {"OrderLineId": 2, "ProductId": 11, "Quantity": 1, "ParentReDetailsId": 1}
    whole = {"OrderLineId": 1, "ProductId": 10, "Quantity": 1}
    found = WireOrder.model_validate({"OrderId": 71, "OrderLineId": [whole, *([part] if has_parts else [])]})
    result = await search(CannedOrders([found]), replace(SENT, lines=lines))
    assert result.lacks_parts is lacks


async def test_one_order_without_parts_is_enough_to_lack_them() -> None:
    part = {"OrderLineId": 2, "ProductId": 11, "Quantity": 1, "ParentReDetailsId": 1}
    whole = {"OrderLineId": 1, "ProductId": 10, "Quantity": 1}
    bare = WireOrder.model_validate({"OrderId": 71, "OrderLineId": [whole]})
    full = WireOrder.model_validate({"OrderId": 72, "OrderLineId": [whole, part]})
    result = await search(CannedOrders([bare, full]), replace(SENT, lines=(PIZZA,)))
    assert result.lacks_parts


async def test_terms_of_our_order_decide_with_its_lines() -> None:
    delivered = replace(SENT, terms=FulfilmentTerms(DeliveryMode.DELIVERY))
    assert await matches(order(71, DeliveryOption="ship"), delivered)
    assert not await matches(order(71, DeliveryOption="pickup"), delivered)


# Errors


@pytest.mark.parametrize(
    "error",
    [Unreachable(), TimedOut(), UnreadableResponse(), PlatformFault(), RateLimited(), SessionExpired()],
)
async def test_error_that_may_pass_is_raised(error: PlatformError) -> None:
    with pytest.raises(type(error)):
        await search(
            CannedOrders(history_error=error), attempts=0 if isinstance(error, UnreadableResponse) else 99
        )


async def test_refusal_is_a_result_that_proves_nothing() -> None:
    result = await search(CannedOrders(history_error=NotAuthorised("Not here.")))
    assert result == SearchResult((), complete=False, refusal=NotAuthorised("Not here.").message)


@pytest.mark.parametrize(
    ("attempts", "is_raised"), [(MAX_UNREADABLE_ANSWERS - 1, True), (MAX_UNREADABLE_ANSWERS, False)]
)
async def test_unreadable_answers_are_a_refusal_after_some(attempts: int, *, is_raised: bool) -> None:
    platform = CannedOrders(history_error=UnreadableResponse())
    if is_raised:
        with pytest.raises(UnreadableResponse):
            await search(platform, attempts=attempts)
    else:
        assert (await search(platform, attempts=attempts)).refusal
