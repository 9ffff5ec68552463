"""The placer's decisions, one a test: what is sent, what is proof, what is left to the operator."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pydantic import SecretStr

from console.api.errors import (
    AlreadyExists,
    CartRefused,
    NotAuthorised,
    PlatformError,
    UnknownCode,
    Unreachable,
    UnreadableResponse,
)
from console.api.orders.models import WireOrder
from console.api.orders.requests import WirePayment
from console.operations import OPERATIONS_BY_NAME
from console.ordering.checkout import Checkout, DeliveryMode
from console.ordering.draft import AddLine, Draft, DraftLine, OrderItem, Portion, SetCheckout
from console.ordering.placed.past_orders import PastLine
from console.ordering.placed.purchased_order import PurchasedOrder
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import OtherDraft
from console.sync.cart.differences import CartComparison, LineComparison, LineStatus
from console.sync.cart.observed_cart import CartLine, CartTotals, Configuration, ObservedCart
from console.sync.cart.sync_state import SyncState
from console.sync.placement.placer import POLL_SECONDS, ResolveResult
from console.sync.placement.purchase import draft_digest
from console.sync.placement.state import Candidate, FulfilmentTerms, Placement, PlacementStage, PurchasedLine
from console.sync.placement.state_codec import placement_to_text
from console.sync.platform_rules import ReferenceAttribute
from console.sync.problems import NeedsAttentionError, Problem, ProblemCode
from tests.sync.counter import COD, TRANSFER
from tests.sync.placement.canned_platform import (
    BREAD,
    REFERENCE,
    SENT,
    CannedOrders,
    Counter,
    order,
    referring,
)
from tests.sync.virtual_time import NOON

pytestmark = pytest.mark.anyio

TOTAL = Decimal("1.500")
PROVED = replace(SENT, owner_proved=True)
"""Sent from a cart that the platform said to be of this customer."""
UNPAID = replace(SENT, payment_kind="OBT")
ACKNOWLEDGED = replace(UNPAID, stage=PlacementStage.ACKNOWLEDGED, order_id=71)
PLACE, AUTHORISE = OPERATIONS_BY_NAME["orders.place"], OPERATIONS_BY_NAME["orders.authorise"]


def other(draft_id: str, *, order_id: int = 0, in_flight: bool = True, **changes: object) -> OtherDraft:
    """Another draft with an equal placement, or with a changed one."""
    text = placement_to_text(replace(SENT, reference=draft_id, **changes))  # type: ignore[arg-type]
    return OtherDraft(draft_id, order_id, text, is_in_flight=in_flight)


# Placing


ITEM = OrderItem(BREAD.product_id, 0, "Garlic Bread", "", Decimal("0.750"))
DRAFT = Draft.replay([AddLine(DraftLine("L1", ITEM, 2)), SetCheckout(Checkout(payment=COD))])
REQUEST = PlacementRequest(TOTAL, NOON, edit_count=2)
TOTALS = CartTotals("KWD", TOTAL, Decimal(0), Decimal(0), Decimal(0), TOTAL)
CART = ObservedCart(
    (CartLine("k", Configuration.of(ITEM), 2, "Garlic Bread", "", Decimal("0.750")),), TOTALS, user_id="u-1"
)
CONFIRMED = LineComparison("L1", LineStatus.CONFIRMED, 2, Decimal("0.750"), requested=2)
SYNCED = CartComparison((CONFIRMED,), totals=TOTALS, in_sync=True)
BOUGHT = PurchasedOrder(
    (PastLine(1, BREAD.product_id, 0, "Garlic Bread", 2, Decimal("0.750")),),
    TOTAL,
    payment="Cash",
    draft_digest=draft_digest(DRAFT),
)
Refresh = Callable[[], Awaitable[tuple[SyncState, CartComparison]]]


def refreshing(*totals: CartTotals | None, cart: ObservedCart = CART) -> Refresh:
    """A cart that has these totals, one after the other, the last from then on."""
    remaining = list(totals)

    async def refresh() -> tuple[SyncState, CartComparison]:
        now = remaining.pop(0) if len(remaining) > 1 else remaining[0]
        return SyncState(cart=cart), replace(SYNCED, totals=now)

    return refresh


async def place(
    counter: Counter,
    *,
    draft: Draft = DRAFT,
    previous: Placement | None = None,
    refresh: Refresh | None = None,
) -> Placement:
    return await counter.placer.place(
        token=SecretStr("token"),
        user_id="u-1",
        draft=draft,
        placement_request=REQUEST,
        previous=previous,
        refresh=refresh or refreshing(TOTALS),
        seconds_known=lambda: 0.0,
    )


async def test_order_is_recorded_before_it_is_sent_and_closed_after() -> None:
    counter = Counter(CannedOrders([order(60)], place_answer=71))
    placed = await place(counter)
    ((request, sent),) = counter.journal.marked
    assert request == REQUEST
    assert sent == replace(PROVED, prior_order_ids=(60,), purchased=BOUGHT)
    (search,) = counter.platform.searches
    assert (search.user_id, search.ordered_until) == ("u-1", datetime.fromtimestamp(NOON + 172_800, UTC))
    assert counter.platform.placed == [("token", WirePayment(COD.option, COD.kind, COD.gateway_id))]
    assert placed == replace(sent, stage=PlacementStage.PLACED, order_id=71)
    assert (counter.journal.closed, counter.journal.saved) == ([placed], [])
    assert counter.points == [
        "before the record",
        "before placing",
        "after placing",
        "after the order's number",
    ]


@pytest.mark.parametrize(
    ("owner", "is_proved"),
    [("u-1", True), ("U-1", True), ("u-2", False), ("", False)],
    ids=["ours", "another case", "another's", "unknown"],
)
async def test_cart_of_this_customer_proves_whose_the_order_is(owner: str, *, is_proved: bool) -> None:
    counter = Counter(CannedOrders(place_answer=71))
    placed = await place(counter, refresh=refreshing(TOTALS, cart=replace(CART, user_id=owner)))
    assert placed.owner_proved is is_proved


async def test_total_that_changed_during_the_preparation_is_not_placed() -> None:
    dearer = replace(TOTALS, total=Decimal("1.600"))
    for refresh in (refreshing(TOTALS, dearer), refreshing(dearer, TOTALS)):
        counter = Counter(CannedOrders(place_answer=71))
        with pytest.raises(NeedsAttentionError) as caught:
            await place(counter, refresh=refresh)
        assert caught.value.problem.code is ProblemCode.TOTAL_CHANGED
        assert (counter.journal.marked, counter.platform.placed) == ([], [])


async def test_cart_that_was_never_read_is_not_placed() -> None:
    async def refresh() -> tuple[SyncState, CartComparison]:
        return SyncState(), SYNCED

    counter = Counter(CannedOrders(place_answer=71))
    with pytest.raises(NeedsAttentionError) as caught:
        await place(counter, refresh=refresh)
    assert caught.value.problem.code is ProblemCode.NOT_IN_SYNC
    assert counter.platform.placed == []


async def test_reference_is_attached_before_the_record() -> None:
    counter = Counter(CannedOrders(place_answer=71), reference=REFERENCE)
    await place(counter)
    ((token, attribute),) = counter.carts.attributes
    assert (token, attribute.field_id, attribute.name, attribute.value) == ("token", 77, REFERENCE.name, "D1")
    assert (attribute.is_predefined, attribute.is_mandatory) == (False, False)


async def test_without_a_reference_field_nothing_is_attached() -> None:
    counter = Counter(CannedOrders(place_answer=71))
    await place(counter)
    assert counter.carts.attributes == []


async def test_orders_excluded_by_an_earlier_try_stay_excluded() -> None:
    earlier = replace(SENT, stage=PlacementStage.READY, prior_order_ids=(70, 60))
    counter = Counter(CannedOrders([order(65), order(60)], place_answer=71))
    assert (await place(counter, previous=earlier)).prior_order_ids == (60, 65, 70)


async def test_order_of_an_earlier_try_with_our_reference_is_taken() -> None:
    earlier = replace(SENT, stage=PlacementStage.READY)
    counter = Counter(CannedOrders([referring(71)], place_answer=72), reference=REFERENCE)
    placed = await place(counter, previous=earlier)
    assert (placed.order_id, placed.stage) == (71, PlacementStage.PLACED)
    assert counter.platform.placed == []


@pytest.mark.parametrize(
    ("earlier", "reference"),
    [(replace(SENT, sent_at=0.0), REFERENCE), (SENT, None)],
    ids=["never sent", "no reference field"],
)
async def test_earlier_try_that_leaves_no_trace_is_not_looked_for(
    earlier: Placement, reference: ReferenceAttribute | None
) -> None:
    """Without a reference, an equal order may be the customer's second one."""
    counter = Counter(CannedOrders([order(71)], place_answer=72), reference=reference)
    assert (await place(counter, previous=earlier)).order_id == 72
    assert len(counter.platform.searches) == 1


async def test_refused_search_for_an_earlier_try_places_nothing() -> None:
    refusal = NotAuthorised("Not here.")
    counter = Counter(CannedOrders(history_error=refusal, place_answer=72), reference=REFERENCE)
    with pytest.raises(NeedsAttentionError) as caught:
        await place(counter, previous=SENT)
    assert caught.value.problem == Problem(ProblemCode.PLATFORM_ERROR, message=refusal.message)
    assert counter.platform.placed == []


async def test_certain_refusal_is_recorded_as_ready() -> None:
    counter = Counter(CannedOrders(place_answer=CartRefused(operation=PLACE, code=5003)))
    with pytest.raises(CartRefused):
        await place(counter)
    ((saved, in_flight),) = counter.journal.saved
    assert (saved.stage, in_flight) == (PlacementStage.READY, False)
    assert counter.journal.closed == []


async def test_lost_response_leaves_the_record_as_sent() -> None:
    counter = Counter(CannedOrders(place_answer=Unreachable(operation=PLACE)))
    with pytest.raises(Unreachable):
        await place(counter)
    assert (len(counter.journal.marked), counter.journal.saved, counter.journal.closed) == (1, [], [])


async def test_undocumented_answer_is_recorded_in_flight() -> None:
    answer = UnknownCode("Code 7777.", operation=PLACE, sent=True)
    counter = Counter(CannedOrders(place_answer=answer))
    with pytest.raises(UnknownCode):
        await place(counter)
    ((saved, in_flight),) = counter.journal.saved
    assert (saved.stage, saved.platform_message, in_flight) == (PlacementStage.SENT, "Code 7777.", True)


@pytest.mark.parametrize(("code", "refreshes"), [(1022, 3), (5003, 2)])
async def test_cart_is_read_again_only_after_a_refusal_of_its_lines(code: int, refreshes: int) -> None:
    counted: list[int] = []
    plain = refreshing(TOTALS)

    async def refresh() -> tuple[SyncState, CartComparison]:
        counted.append(1)
        return await plain()

    with pytest.raises(PlatformError):
        await place(
            Counter(CannedOrders(place_answer=CartRefused(operation=PLACE, code=code))), refresh=refresh
        )
    assert len(counted) == refreshes


async def test_terms_and_payment_of_the_draft_are_recorded() -> None:
    checkout = Checkout(DeliveryMode.PICKUP, payment=TRANSFER)
    draft = Draft.replay([DRAFT.edits[0], SetCheckout(checkout)])
    counter = Counter(CannedOrders(place_answer=71))
    placed = await place(counter, draft=draft)
    assert placed.payment_kind == TRANSFER.kind
    assert placed.terms == FulfilmentTerms(DeliveryMode.PICKUP, cash_on_delivery=False)


# Authorising


async def test_payment_is_authorised_between_number_and_end() -> None:
    counter = Counter(CannedOrders(place_answer=71))
    draft = Draft.replay([DRAFT.edits[0], SetCheckout(Checkout(payment=TRANSFER))])
    placed = await place(counter, draft=draft)
    assert counter.platform.authorised == [(71, TRANSFER.kind, "D1", date(2023, 11, 14), "D1")]
    ((acknowledged, in_flight),) = counter.journal.saved
    assert (acknowledged.stage, acknowledged.order_id, in_flight) == (PlacementStage.ACKNOWLEDGED, 71, True)
    assert counter.journal.closed == [placed]
    assert counter.points[2:] == [
        "after placing",
        "before authorising",
        "after authorising",
        "after the order's number",
    ]


async def test_acknowledged_order_is_authorised_and_not_looked_for() -> None:
    counter = Counter()
    result = await counter.placer.resolve(ACKNOWLEDGED, seconds_waited=0.0)
    assert result == ResolveResult(replace(ACKNOWLEDGED, stage=PlacementStage.PLACED))
    assert (len(counter.platform.authorised), counter.platform.searches) == (1, [])


async def test_payment_authorised_before_is_authorised() -> None:
    counter = Counter(CannedOrders(authorise_answer=AlreadyExists(operation=AUTHORISE, code=1043)))
    result = await counter.placer.resolve(ACKNOWLEDGED, seconds_waited=0.0)
    assert result.placement.stage is PlacementStage.PLACED


@pytest.mark.parametrize(
    "refusal",
    [AlreadyExists("Cancelled.", operation=AUTHORISE, code=1001), NotAuthorised("No.", operation=AUTHORISE)],
)
async def test_order_that_cannot_be_authorised_is_left_to_the_operator(refusal: PlatformError) -> None:
    counter = Counter(CannedOrders(authorise_answer=refusal))
    result = await counter.placer.resolve(ACKNOWLEDGED, seconds_waited=0.0)
    asked = result.placement
    assert (asked.stage, asked.order_id) == (PlacementStage.NEEDS_DECISION, 0)
    assert asked.candidates == (Candidate(71, TOTAL, matches=True),)
    assert asked.problem == Problem(ProblemCode.UNPAID, message=refusal.message, subject="71")
    assert (counter.journal.saved, counter.journal.closed) == ([(asked, True)], [])


async def test_lost_authorisation_is_tried_again_later() -> None:
    counter = Counter(CannedOrders(authorise_answer=Unreachable(operation=AUTHORISE)))
    with pytest.raises(Unreachable):
        await counter.placer.resolve(ACKNOWLEDGED, seconds_waited=0.0)
    assert (counter.journal.saved, counter.journal.closed) == ([], [])


# Looking for a lost order


async def test_order_with_our_reference_is_it_whatever_else_matches() -> None:
    counter = Counter(CannedOrders([order(71), referring(72), order(73)]), reference=REFERENCE)
    result = await counter.placer.resolve(replace(SENT, total=Decimal("9.000")), seconds_waited=0.0)
    assert result.placement.order_id == 72


async def test_two_orders_with_our_reference_are_a_question() -> None:
    counter = Counter(CannedOrders([referring(71), referring(72)]), reference=REFERENCE)
    result = await counter.placer.resolve(SENT, seconds_waited=30.0)
    assert result.placement.problem == Problem(ProblemCode.DUPLICATE_REFERENCE)
    assert result.next_check_in is None


@pytest.mark.parametrize("is_there", [False, True])
async def test_nothing_is_decided_before_the_settle_time(*, is_there: bool) -> None:
    counter = Counter(CannedOrders([order(71)] if is_there else []), reference=REFERENCE)
    result = await counter.placer.resolve(PROVED, seconds_waited=29.9)
    assert result == ResolveResult(PROVED, POLL_SECONDS)
    assert (counter.journal.saved, counter.journal.closed) == ([], [])


async def test_last_look_does_not_wait_for_the_settle_time() -> None:
    counter = Counter(CannedOrders())
    result = await counter.placer.resolve(SENT, seconds_waited=0.0, is_final=True)
    assert result.placement.stage is PlacementStage.NEEDS_DECISION


async def test_question_names_what_was_found_and_what_was_said() -> None:
    counter = Counter(CannedOrders([order(72, total="9"), order(71, total="8")]))
    said = replace(SENT, platform_message="Code 7777.")
    result = await counter.placer.resolve(said, seconds_waited=30.0)
    asked = result.placement
    assert [one.order_id for one in asked.candidates] == [71, 72]
    assert asked.problem == Problem(ProblemCode.NO_MATCH, counts=(30,), reply="Code 7777.")
    assert counter.journal.saved == [(asked, True)]


async def test_full_history_is_no_proof_of_absence() -> None:
    seen = replace(PROVED, prior_order_ids=tuple(range(500)))
    found = [order(number) for number in seen.prior_order_ids]
    counter = Counter(CannedOrders(found), reference=REFERENCE)
    result = await counter.placer.resolve(seen, seconds_waited=30.0)
    assert result.placement.problem == Problem(ProblemCode.SEARCH_INCOMPLETE)


async def test_refused_search_is_a_question_in_the_platforms_words() -> None:
    refusal = NotAuthorised("Not here.")
    counter = Counter(CannedOrders(history_error=refusal), reference=REFERENCE)
    result = await counter.placer.resolve(PROVED, seconds_waited=30.0)
    assert result.placement.problem == Problem(ProblemCode.SEARCH_REFUSED, message=refusal.message)


@pytest.mark.parametrize(("attempts", "is_asked"), [(7, False), (8, True)])
async def test_orders_that_stay_unreadable_are_a_question(attempts: int, *, is_asked: bool) -> None:
    counter = Counter(CannedOrders(history_error=UnreadableResponse()))
    try:
        result = await counter.placer.resolve(SENT, seconds_waited=30.0, attempts=attempts)
    except UnreadableResponse:
        assert not is_asked
    else:
        assert result.placement.problem is not None
        assert (result.placement.problem.code, is_asked) == (ProblemCode.SEARCH_REFUSED, True)


async def test_order_that_another_draft_took_during_the_search_is_not_ours() -> None:
    counter = Counter(CannedOrders([order(71)]), sole_console=True)
    counter.journal.others = [other("D2", order_id=71)]
    result = await counter.placer.resolve(SENT, seconds_waited=30.0)
    assert result.placement.problem == Problem(ProblemCode.NO_MATCH, counts=(30,))


async def test_absent_reference_proves_that_it_was_not_placed() -> None:
    counter = Counter(CannedOrders([referring(71, "D2")]), reference=REFERENCE)
    result = await counter.placer.resolve(
        replace(PROVED, candidates=(Candidate(71, TOTAL),)), seconds_waited=30.0
    )
    assert result == ResolveResult(replace(PROVED, stage=PlacementStage.READY), 0.0)
    assert counter.journal.saved == [(result.placement, False)]
    assert counter.points == ["after the proof"]


async def test_equal_order_without_any_reference_is_a_question() -> None:
    """The attribute may not have reached the cart that was placed."""
    counter = Counter(CannedOrders([order(71)]), reference=REFERENCE)
    result = await counter.placer.resolve(PROVED, seconds_waited=30.0)
    assert result.placement.stage is PlacementStage.NEEDS_DECISION
    assert [candidate.order_id for candidate in result.placement.candidates] == [71]


async def test_absence_without_a_proved_owner_is_a_question() -> None:
    """The cart may have been another account's, and the order in its history."""
    counter = Counter(CannedOrders(), reference=REFERENCE)
    result = await counter.placer.resolve(SENT, seconds_waited=30.0)
    assert result.placement.stage is PlacementStage.NEEDS_DECISION
    assert result.placement.problem == Problem(ProblemCode.OWNER_UNPROVED)


async def test_absence_without_a_reference_field_is_a_question() -> None:
    counter = Counter(CannedOrders(), sole_console=True)
    result = await counter.placer.resolve(PROVED, seconds_waited=30.0)
    assert result.placement.problem == Problem(ProblemCode.NO_MATCH, counts=(30,))


async def test_absent_order_with_an_undocumented_answer_was_refused() -> None:
    counter = Counter(CannedOrders(), reference=REFERENCE)
    with pytest.raises(NeedsAttentionError) as caught:
        await counter.placer.resolve(replace(PROVED, platform_message="Code 7777."), seconds_waited=30.0)
    assert caught.value.problem == Problem(ProblemCode.PLATFORM_ERROR, message="Code 7777.")
    assert counter.journal.saved == [(replace(PROVED, stage=PlacementStage.READY), False)]


# Equal orders of this machine


def sole(*orders: WireOrder) -> Counter:
    """The only console that places orders for these customers."""
    return Counter(CannedOrders(list(orders)), sole_console=True)


async def placed_as(counter: Counter, placement: Placement = SENT) -> int:
    """The number that a look-up proves, 0 for none."""
    return (await counter.placer.resolve(placement, seconds_waited=30.0)).placement.order_id


async def test_one_match_without_a_rival_is_it() -> None:
    assert await placed_as(sole(order(71), order(72, total="9"))) == 71


async def test_one_match_where_others_place_too_is_a_question() -> None:
    counter = Counter(CannedOrders([order(71, OrderDate="14/11/2023 22:13")]))
    result = await counter.placer.resolve(SENT, seconds_waited=30.0)
    assert result.placement.problem == Problem(
        ProblemCode.SHARED_MATCH, subject="71", message="14 Nov 2023 22:13", now=TOTAL
    )


async def test_match_without_our_reference_is_not_it_where_orders_carry_one() -> None:
    counter = Counter(CannedOrders([order(71)]), reference=REFERENCE, sole_console=True)
    assert await placed_as(counter) == 0


async def test_found_order_is_what_was_bought() -> None:
    result = await sole(order(71)).placer.resolve(replace(SENT, purchased=BOUGHT), seconds_waited=30.0)
    found = PastLine(1, BREAD.product_id, 0, "Product 13047603", 2, Decimal(0))
    # The fee is not in its record; how it is paid is as entered here.
    assert result.placement.purchased == replace(BOUGHT, lines=(found,), delivery=None)


async def test_two_matches_without_a_rival_are_a_question() -> None:
    counter = sole(order(71), order(72))
    result = await counter.placer.resolve(SENT, seconds_waited=30.0)
    assert result.placement.problem == Problem(ProblemCode.SEVERAL_MATCHES, counts=(2,))


async def test_one_match_with_a_rival_is_a_question() -> None:
    counter = sole(order(71))
    counter.journal.others = [other("D2")]
    result = await counter.placer.resolve(SENT, seconds_waited=30.0)
    assert result.placement.problem == Problem(ProblemCode.ONE_MATCH)


@pytest.mark.parametrize(("rival_sent_at", "number"), [(NOON - 5, 72), (NOON + 5, 71)])
async def test_two_matches_with_a_rival_go_by_the_order_of_sending(rival_sent_at: float, number: int) -> None:
    counter = sole(order(71), order(72))
    counter.journal.others = [other("D2", sent_at=rival_sent_at)]
    assert await placed_as(counter) == number


@pytest.mark.parametrize(
    "no_rival",
    [
        other("D2", in_flight=False),
        other("D2", order_id=70),
        other("D2", user_id="u-2"),
        other("D2", total=Decimal("9.000")),
        other("D2", lines=(replace(BREAD, quantity=3),)),
        other("D2", terms=FulfilmentTerms(DeliveryMode.DELIVERY)),
        OtherDraft("D2", 0, "", is_in_flight=True),
    ],
    ids=["not sent", "found", "customer", "total", "lines", "terms", "empty"],
)
async def test_draft_that_differs_is_no_rival(no_rival: OtherDraft) -> None:
    counter = sole(order(71))
    counter.journal.others = [no_rival]
    assert await placed_as(counter) == 71


async def test_draft_with_an_unreadable_record_is_a_rival() -> None:
    counter = sole(order(71))
    counter.journal.others = [OtherDraft("D2", 0, "{", is_in_flight=True)]
    assert await placed_as(counter) == 0


async def test_parts_tell_rivals_apart_where_orders_come_with_parts() -> None:
    pizza = PurchasedLine(10, 0, 1, parts=(PurchasedLine(12, 0, 1, Portion.LEFT),))
    mine = replace(SENT, lines=(pizza,))
    whole = {"OrderLineId": 1, "ProductId": 10, "Quantity": 1}
    part = {"OrderLineId": 2, "ProductId": 12, "Quantity": 1, "Portion": "L", "ParentReDetailsId": 1}
    others = [other("D2", lines=(replace(pizza, parts=(PurchasedLine(12, 0, 1, Portion.RIGHT),)),))]
    for lines, number in (([whole, part], 71), ([whole], 0)):
        found = WireOrder.model_validate({"OrderId": 71, "TotalAmount": "1.5", "OrderLineId": lines})
        counter = sole(found)
        counter.journal.others = others
        assert await placed_as(counter, mine) == number


# The operator's decision


async def test_confirmed_order_is_placed() -> None:
    counter = Counter()
    asked = replace(SENT, candidates=(Candidate(71, TOTAL),), problem=Problem(ProblemCode.NO_MATCH))
    placed = await counter.placer.confirm_order(asked, 71)
    assert placed == replace(SENT, stage=PlacementStage.PLACED, order_id=71)
    assert counter.journal.closed == [placed]


async def test_order_of_another_draft_cannot_be_confirmed() -> None:
    counter = Counter()
    counter.journal.others = [other("D2", order_id=70), other("D3", order_id=71)]
    assert await counter.placer.confirm_order(SENT, 71) == SENT
    assert (counter.journal.saved, counter.journal.closed) == ([], [])


async def test_retry_excludes_every_candidate_from_now_on() -> None:
    asked = replace(
        SENT,
        stage=PlacementStage.NEEDS_DECISION,
        prior_order_ids=(70,),
        candidates=(Candidate(72, TOTAL), Candidate(71, TOTAL)),
        problem=Problem(ProblemCode.NO_MATCH),
        platform_message="Code 7777.",
    )
    counter = Counter()
    ready = await counter.placer.retry(asked)
    assert ready == replace(SENT, stage=PlacementStage.READY, prior_order_ids=(70, 71, 72))
    assert counter.journal.saved == [(ready, False)]


async def test_abandoned_order_is_closed() -> None:
    counter = Counter()
    await counter.placer.abandon(SENT)
    assert counter.journal.closed == [replace(SENT, stage=PlacementStage.ABANDONED)]
    assert counter.journal.saved == []
