"""The fault benchmark's check can fail: one thing made wrong in a record that is right is reported as wrong.

Each record is written out by hand, as the sandbox's control endpoint shows it.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from benchmarks.faults.check import OTHER_HOME, Verdict, judge
from benchmarks.faults.deciding import ABANDONED, RETRIED
from benchmarks.faults.log import OperatorLog
from benchmarks.faults.oddities import DEAL_AS_SOLD, Oddities
from benchmarks.faults.order_record import Part, menu, merge_equal
from benchmarks.faults.placing_requests import PlacingRequests
from benchmarks.faults.plan import REFERENCE, RunPlan
from benchmarks.faults.saved_drafts import SavedDraft
from console.ordering.checkout import Address, Checkout, DeliveryMode, DeliverySlot, PaymentMethod
from console.ordering.customer import Customer
from console.ordering.draft import (
    AddLine,
    Component,
    Draft,
    DraftLine,
    OrderItem,
    Portion,
    Resolution,
    ResolveUnexpected,
    SetCheckout,
)
from console.ordering.placed.past_orders import PastLine
from console.ordering.placed.purchased_order import PurchasedOrder
from console.storage.drafts.draft_store import DraftHeader, StoredDraft
from console.sync.placement.state import Placement, PlacementStage

PIZZA, BASE, LARGE, OLIVES, REGULAR, ONIONS, EXTRA = 13047273, 13047215, 71, 13047241, 81, 13047239, 92
PLAN = RunPlan(1, 1, False, ("layla@sandbox.example",) * 2, carts_are_customers=False)
CUSTOMER = Customer("U1", "tom", "Tom")
QUOTED = Decimal("9.900")

DRAFT = Draft.replay((
    AddLine(
        DraftLine(
            "L1",
            OrderItem(
                PIZZA, 0, "Chicken Supreme", "Large", Decimal("4.950"),
                (
                    Component(BASE, LARGE),
                    Component(OLIVES, REGULAR, portion=Portion.LEFT),
                    Component(ONIONS, EXTRA),
                ),
            ),
            2,
        )
    ),
    SetCheckout(
        Checkout(
            DeliveryMode.DELIVERY,
            Address("Tunis Street 1", "", "Block 2", pin="22001"),
            DeliverySlot(33466, "10:00", 0.0),
            "HALFDINAR",
            payment=PaymentMethod("OnlineBankTransfer", "OnlineBankTrans", "10961"),
        )
    ),
))  # fmt: skip


def part(product_id: int, variant_id: int, portion: str = "W", quantity: int = 1) -> dict[str, object]:
    return {
        "product_id": product_id, "variant_id": variant_id,
        "quantity": quantity, "portion": portion, "parts": [],
    }  # fmt: skip


def line(*parts: dict[str, object], quantity: int = 2) -> dict[str, object]:
    return {
        "product_id": PIZZA, "variant_id": 0, "quantity": quantity,
        "unit_price": "4.950", "parts": list(parts),
    }  # fmt: skip


LINE = line(part(BASE, LARGE), part(ONIONS, EXTRA), part(OLIVES, REGULAR, "L"))
ORDER: dict[str, object] = {
    "order_id": 7, "user_id": "u1", "mode": "H",
    "street": "Tunis Street 1", "area": "Block 2", "pin": "22001",
    "slot_id": 33466, "vouchers": ["HALFDINAR"], "payment": "OnlineBankTransfer", "authorised_at": 1.0,
    "cancelled_at": None, "shipping": "0.500", "discount": "0.500", "total": "9.900", "attributes": {},
    "lines": [LINE],
}  # fmt: skip


def past_part(product_id: int, variant_id: int = 0, portion: Portion = Portion.WHOLE) -> PastLine:
    title = menu().products[product_id].title
    return PastLine(
        0, product_id, variant_id, title, 1, Decimal(0), portion=portion, is_base=product_id == BASE
    )


PURCHASED_PARTS = (past_part(BASE, LARGE), past_part(ONIONS, EXTRA), past_part(OLIVES, REGULAR, Portion.LEFT))
PURCHASED_LINE = PastLine(1, PIZZA, 0, "Chicken Supreme", 2, Decimal("4.950"), parts=PURCHASED_PARTS)
PURCHASED = PurchasedOrder(
    (PURCHASED_LINE,),
    Decimal("9.900"),
    delivery=Decimal("0.500"),
    voucher_discount=Decimal("0.500"),
    mode=DeliveryMode.DELIVERY,
)


def saved_draft(
    draft_id: str = "D1",
    stage: PlacementStage = PlacementStage.PLACED,
    order_id: int = 7,
    purchased: PurchasedOrder | None = PURCHASED,
) -> SavedDraft:
    header = DraftHeader(draft_id, "Served", "O1", "Layla", 27299, CUSTOMER, 0.0, "")
    placing = Placement(stage, draft_id, QUOTED, user_id="U1", order_id=order_id, purchased=purchased)
    return SavedDraft(StoredDraft(header, DRAFT, "", 0.0, order_id=order_id), placing)


def seen(*draft_ids: str) -> OperatorLog:
    return OperatorLog(
        begun=list(draft_ids), requested=set(draft_ids), quoted_totals={key: [QUOTED] for key in draft_ids}
    )


def verdict(*orders: dict[str, object], drafts: tuple[SavedDraft, ...] = (saved_draft(),)) -> Verdict:
    draft_ids = [draft.draft_id for draft in drafts]
    return judge(PLAN, drafts, seen(*draft_ids), orders=orders, carts=[])


def test_order_as_requested_and_quoted_is_right() -> None:
    right = verdict(ORDER)
    assert right.findings == []
    assert (right.counts.deliveries, right.counts.with_a_voucher, right.counts.halves) == (1, 1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"lines": [line(part(BASE, LARGE), part(ONIONS, EXTRA), part(OLIVES, REGULAR, "R"))]},
        {"lines": [line(part(BASE, LARGE), part(ONIONS, REGULAR), part(OLIVES, REGULAR, "L"))]},
        {"lines": [line(part(BASE, LARGE), part(OLIVES, REGULAR, "L"))]},
        {"lines": [line(part(BASE, 72), part(ONIONS, EXTRA), part(OLIVES, REGULAR, "L"))]},
        {"lines": [line(part(BASE, LARGE), part(ONIONS, EXTRA, quantity=2), part(OLIVES, REGULAR, "L"))]},
        {"lines": [line(part(BASE, LARGE), part(ONIONS, EXTRA), part(OLIVES, REGULAR, "L"), quantity=3)]},
        {"mode": "S"},
        {"street": "Tunis Street 2"},
        {"area": ""},
        {"pin": "22002"},
        {"slot_id": 0},
        {"slot_id": 33468},
        {"vouchers": []},
        {"vouchers": ["HALFDINAR", "TENOFF"]},
        {"payment": "COD"},
        {"authorised_at": None},
        {"cancelled_at": 2.0},
        {"user_id": "u2"},
        {"total": "9.901"},
        {"discount": "0.501"},
        {"shipping": "0.000"},
    ],
    ids=str,
)
def test_one_thing_that_is_otherwise_is_reported_as_wrong(wrong: dict[str, object]) -> None:
    assert verdict(ORDER | wrong).wrong


@pytest.mark.parametrize(
    "printed",
    [
        None,
        replace(PURCHASED, lines=(replace(PURCHASED_LINE, quantity=3),)),
        replace(PURCHASED, lines=(replace(PURCHASED_LINE, price=Decimal("4.951")),)),
        replace(PURCHASED, lines=(replace(PURCHASED_LINE, title="Margherita"),)),
        replace(PURCHASED, lines=(replace(PURCHASED_LINE, parts=PURCHASED_PARTS[:2]),)),
        replace(PURCHASED, lines=(PURCHASED_LINE, past_part(ONIONS))),
        replace(PURCHASED, total=Decimal("9.901")),
        replace(PURCHASED, delivery=Decimal(0)),
        replace(PURCHASED, mode=DeliveryMode.PICKUP),
    ],
)
def test_ticket_unlike_the_order_is_printed_differently(printed: PurchasedOrder | None) -> None:
    found = verdict(ORDER, drafts=(saved_draft(purchased=printed),))
    assert found.printed_differently
    assert not found.wrong


def test_parts_of_a_kind_may_be_split_or_counted_together() -> None:
    twice = line(part(BASE, LARGE), part(ONIONS, EXTRA), part(OLIVES, REGULAR, "L"), quantity=1)
    assert verdict(ORDER | {"lines": [twice, twice]}).findings == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"lines": [line(part(BASE, LARGE), part(ONIONS, EXTRA), part(OLIVES, REGULAR))]},
        {"slot_id": 0},
        {"order_total": "9.901"},
    ],
    ids=str,
)
def test_cart_unlike_its_draft_and_screen_is_reported(wrong: dict[str, object]) -> None:
    draft = SavedDraft(StoredDraft(saved_draft().stored.header, DRAFT, "", 0.0), None)
    right = ORDER | {"customer": "tom", "order_total": "9.900"}
    del right["payment"]
    shown = replace(seen("D1"), requested=set(), shown_totals={"D1": QUOTED})
    for cart, is_right in ((right, True), (right | wrong, False)):
        found = judge(PLAN, [draft], shown, orders=[], carts=[cart]).wrong
        assert bool(found) is not is_right


SHORT, REFUSED, REPLACED, REPLACEMENT, CONVERTED = range(1, 6)
ODDITIES = Oddities(SHORT, REFUSED, REPLACED, REPLACEMENT, CONVERTED, changed_price=6, extra=7)
DEAL_IN_CARTS = replace(DEAL_AS_SOLD, quantity=3)


@pytest.mark.parametrize(
    ("ordered", "in_cart", "is_right"),
    [
        (SHORT, (Part(SHORT, 0, 1),), True),
        (SHORT, (), True),
        (SHORT, (Part(SHORT, 0, 4),), False),
        (REFUSED, (), True),
        (REFUSED, (Part(REFUSED, 0, 3),), False),
        (REPLACED, (Part(REPLACEMENT, 0, 3),), True),
        (REPLACED, (Part(REPLACEMENT, 0, 2),), False),
        (REPLACED, (), False),
        (CONVERTED, (DEAL_IN_CARTS,), True),
        (CONVERTED, (replace(DEAL_IN_CARTS, parts=()),), False),
        (PIZZA, (), False),
    ],
)
def test_cart_of_an_undecided_order_is_what_the_platform_makes_of_it(
    ordered: int, in_cart: tuple[Part, ...], *, is_right: bool
) -> None:
    umm_ali = Part(13047657, 0, 1)
    order = merge_equal((Part(ordered, 0, 3), umm_ali))
    assert ODDITIES.left_undecided(merge_equal((*in_cart, umm_ali)), order) is is_right
    assert not ODDITIES.left_undecided(in_cart, order)


def test_cart_is_compared_with_the_deals_that_it_is_shown_with() -> None:
    recorded = merge_equal((Part(CONVERTED, 0, 2), replace(DEAL_AS_SOLD, quantity=1), Part(REFUSED, 0, 1)))
    shown = ODDITIES.with_deals(recorded)
    assert sorted((part.product_id, part.quantity) for part in shown) == [(REFUSED, 1), (13047461, 3)]


def test_an_order_that_is_put_away_and_nobody_said_so_is_lost() -> None:
    away = saved_draft(stage=PlacementStage.ABANDONED, order_id=0)
    said = replace(seen("D1"), resolutions={"D1": [(ABANDONED, 0)]})
    assert verdict(drafts=(away,)).lost
    assert judge(PLAN, [away], said, orders=[], carts=[]).findings == []
    # Abandoned: nothing is sent because it was not there: one that is there all the same is one too many.
    assert judge(PLAN, [away], said, orders=[ORDER], carts=[]).duplicated


def test_where_a_reference_would_tell_a_question_is_one_too_many() -> None:
    plan, said = replace(PLAN, with_reference=True), replace(seen("D1"), resolutions={"D1": [(RETRIED, 0)]})
    order = ORDER | {"attributes": {REFERENCE: "D1"}}
    assert judge(plan, [saved_draft()], seen("D1"), orders=[order], carts=[]).findings == []
    assert judge(plan, [saved_draft()], said, orders=[order], carts=[]).needlessly_unresolved


def test_an_order_that_no_draft_accounts_for_is_a_duplicate() -> None:
    assert verdict(ORDER, ORDER | {"order_id": 9}).duplicated


def test_order_differing_in_a_part_does_not_settle_a_question() -> None:
    """An order that differs in a part is not the one an open question is about."""
    other = ORDER | {"lines": [line(part(BASE, LARGE), part(ONIONS, EXTRA))]}
    asking = saved_draft(stage=PlacementStage.NEEDS_DECISION, order_id=0)
    assert verdict(ORDER, drafts=(asking,)).duplicated == []
    assert verdict(other, drafts=(asking,)).duplicated


def test_an_order_that_two_drafts_have_is_a_duplicate() -> None:
    assert verdict(ORDER, drafts=(saved_draft(), saved_draft("D2"))).duplicated


def test_an_order_that_is_not_there_is_lost() -> None:
    assert verdict().lost


ONIONS_ALONE = {"product_id": 13047613, "variant_id": 0, "quantity": 1, "unit_price": "0.000", "parts": []}
KEPT = ResolveUnexpected(OrderItem(13047613, 0, "Onion Rings", "", Decimal("0.000")), Resolution.KEEP)


@pytest.mark.parametrize(
    ("edits", "is_right"),
    [((), False), ((KEPT,), True), ((KEPT, replace(KEPT, resolution=Resolution.REMOVE)), False)],
    ids=["undecided", "kept", "removed"],
)
def test_line_nobody_here_added_is_right_only_if_it_was_kept(
    edits: tuple[ResolveUnexpected, ...], is_right: bool
) -> None:
    onions = PastLine(2, 13047613, 0, "Onion Rings", 1, Decimal(0))
    draft = saved_draft(purchased=replace(PURCHASED, lines=(PURCHASED_LINE, onions)))
    for edit in edits:
        draft = replace(draft, stored=replace(draft.stored, draft=draft.stored.draft.apply(edit)))
    assert (verdict(ORDER | {"lines": [LINE, ONIONS_ALONE]}, drafts=(draft,)).findings == []) is is_right


def test_kept_line_does_not_excuse_a_line_of_the_order() -> None:
    draft = saved_draft()
    draft = replace(draft, stored=replace(draft.stored, draft=draft.stored.draft.apply(KEPT)))
    assert verdict(ORDER | {"lines": [ONIONS_ALONE]}, drafts=(draft,)).wrong
    assert verdict(ORDER | {"lines": [LINE, LINE]}, drafts=(draft,)).wrong


def test_match_in_two_homes_may_be_left_to_the_operator() -> None:
    asking = saved_draft(stage=PlacementStage.NEEDS_DECISION, order_id=0)
    log = replace(seen("D1"), unfinished={"D1": (True, "Is it this one?")})
    one, two = (
        judge(replace(PLAN, two_homes=two_homes), [asking], log, orders=[ORDER], carts=[])
        for two_homes in (False, True)
    )
    assert (len(one.needlessly_unresolved), one.unresolved.total()) == (1, 0)
    assert (len(two.needlessly_unresolved), two.unresolved) == (0, {OTHER_HOME: 1})


def test_total_quoted_before_the_last_one_is_not_counted() -> None:
    operator_log = OperatorLog()
    for event, total in (("quoted", "9.900"), ("requested", ""), ("quoted", "9.400"), ("requested", "")):
        operator_log.add_event({"event": event, "draft": "D1", "total": total})
    wrong = judge(PLAN, [saved_draft()], replace(operator_log, begun=["D1"]), orders=[ORDER], carts=[]).wrong
    assert len(wrong) == 1
    assert "quoted totals" in wrong[0]


def asked(quoted_at: float, asked_at: float, user: str = "U1") -> OperatorLog:
    """An order of Tom's that was quoted and, later, asked about."""
    log = seen("D1")
    log.add_event({"event": "quoted", "draft": "D1", "total": "9.900", "at": quoted_at})
    log.add_event({"event": "asked", "draft": "D1", "user": user, "at": asked_at})
    return log


def placing_attempt(at: float, *refusals: str, user: str = "u1") -> dict[str, object]:
    return {"at": at, "user_id": user, "refusals": list(refusals)}


REFUSED_ATTEMPT = placing_attempt(10.0, "StockValidator 2")
LOST_ATTEMPT = placing_attempt(11.0)


@pytest.mark.parametrize(
    ("attempts", "killed_at", "user", "is_found"),
    [
        ([REFUSED_ATTEMPT], (), "U1", True),
        ([REFUSED_ATTEMPT], (2.0, 90.0), "U1", True),
        ([REFUSED_ATTEMPT, placing_attempt(12.0, "ShippingValidator 1")], (), "U1", True),
        ([REFUSED_ATTEMPT, LOST_ATTEMPT], (), "U1", False),
        ([REFUSED_ATTEMPT], (10.5,), "U1", False),
        ([REFUSED_ATTEMPT], (9.5,), "U1", False),
        ([REFUSED_ATTEMPT], (), "", False),
        ([placing_attempt(10.0, "StockValidator 2", user="u2")], (), "U1", False),
        ([placing_attempt(1.0, "StockValidator 2")], (), "U1", False),
        ([placing_attempt(99.0, "StockValidator 2")], (), "U1", False),
        ([], (), "U1", False),
    ],
)
def test_question_after_nothing_but_refusals_is_found(
    attempts: list[dict[str, object]], killed_at: tuple[float, ...], user: str, *, is_found: bool
) -> None:
    """A screen that asks what became of an order that was refused took the refusal for a lost response."""
    requests = PlacingRequests(attempts, killed_at)
    result = judge(PLAN, [saved_draft()], asked(5.0, 50.0, user), orders=[ORDER], carts=[], requests=requests)
    assert bool(result.unknown_by_refusal) is is_found
    assert bool(result.findings) is is_found


def test_refusals_are_counted_as_stated_and_as_shown() -> None:
    log = seen("D1")
    log.add_event({"event": "refused", "draft": "D1", "reason": "out-of-stock, address"})
    requests = PlacingRequests((REFUSED_ATTEMPT, LOST_ATTEMPT))
    result = judge(PLAN, [saved_draft()], log, orders=[ORDER], carts=[], requests=requests)
    assert result.refused == {"StockValidator 2": 1}
    assert result.shown_refusals == {"out-of-stock": 1, "address": 1}


def test_small_runs_of_neighbouring_seeds_draw_every_refusal() -> None:
    for first in (0, 1):
        seeds = range(first, first + 12, 2)
        plans = (RunPlan.from_seed(seed, 4, with_reference=not first) for seed in seeds)
        drawn = {row["refusal"] for plan in plans for row in plan.faults() if row.get("refusal")}
        assert len(drawn) == 17
