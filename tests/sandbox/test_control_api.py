"""Switches as JSON, and faults by chance: rules without a store."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.sandbox.control_api import SwitchError, parse_switches
from console.sandbox.fault_injection import FaultPlan
from console.sandbox.menu.half_rule import SandboxHalfRule
from console.sandbox.switches import Fault, FaultKind, SandboxCartOwner, SwitchBoard, Switches


def test_switches_are_read_from_json() -> None:
    asked = {
        "new_keys": False,
        "substitute": {"1": 2},
        "price_changes": {"3": "0.100"},
        "cart_owner": "customer",
        "refuse": [4],
        "faults": [{"pattern": "carts.*", "kind": "latency", "seconds": 0.5}],
    }
    assert parse_switches(asked, Switches(split_lines=True)) == replace(
        Switches(split_lines=True),
        new_keys=False,
        substitute={1: 2},
        price_changes={3: Decimal("0.100")},
        cart_owner=SandboxCartOwner.CUSTOMER,
        refuse=frozenset({4}),
        faults=(Fault("carts.*", FaultKind.LATENCY, seconds=0.5),),
    )


@pytest.mark.parametrize(
    "asked",
    [
        {"nothing": 1},
        {"new_keys": "yes"},
        {"refuse": "x"},
        {"price_changes": {"1": "x"}},
        {"faults": [{"kind": "x"}]},
        {"stock_changes": [1]},
        {"delisted": 7},
        {"full_slots": ["x"]},
        {"convert_deals": {"x": 1}},
        {"order_attributes": 7},
        {"location_stock": {"27299": 0}},
        {"expired_vouchers": 7},
        {"closed_locations": ["x"]},
        {"combo_suggestions": [1]},
        {"half_rule": "third"},
        {"price_changes": {"1": "NaN"}},
        {"price_changes": {"1": "Infinity"}},
        {"price_changes": {"1": "-0.100"}},
        {"price_changes": {"1": "1E+999999"}},
        {"price_changes": {"1": "1E-999999"}},
        {"price_changes": {"1": "9" * 400}},
        {"price_changes": {"1": True}},
        {"price_changes": {"9" * 5000: "0.100"}},
        {"stock_changes": {"1": 10**30}},
        {"stock_changes": {"1": 1.5}},
        {"stock_changes": {"1": True}},
        {"refuse": [10**30]},
        {"faults": [{"kind": "latency", "seconds": "nan"}]},
        {"faults": [{"kind": "latency", "seconds": 1e999}]},
        {"faults": [{"kind": "latency", "probability": 2}]},
        {"faults": [{"kind": "code", "code": 10**30}]},
        {"faults": [7]},
    ],
)
def test_switches_that_make_no_sense_are_refused(asked: dict) -> None:
    with pytest.raises(SwitchError, match=next(iter(asked))):
        parse_switches(asked, Switches())


def test_what_changes_behind_a_carts_back_is_read_from_json() -> None:
    asked = {
        "stock_changes": {"1": 2},
        "delisted": [3],
        "full_slots": [4],
        "convert_deals": {"5": 6},
        "order_attributes": ["channel"],
        "location_stock": {"27299": {"7": 0}},
        "expired_vouchers": ["TENOFF"],
        "closed_locations": [8],
        "combo_suggestions": {"9": 10},
        "half_rule": "dearer",
    }
    assert parse_switches(asked, Switches()) == Switches(
        stock_changes={1: 2},
        delisted=frozenset({3}),
        full_slots=frozenset({4}),
        convert_deals={5: 6},
        order_attributes=frozenset({"channel"}),
        location_stock={27299: {7: 0}},
        expired_vouchers=frozenset({"tenoff"}),
        closed_locations=frozenset({8}),
        combo_suggestions={9: 10},
        half_rule=SandboxHalfRule.DEARER,
    )


def test_chance_goes_by_the_seed() -> None:
    board = SwitchBoard(Switches(faults=(Fault("*", FaultKind.STATUS_500, probability=0.3),)))

    def struck(seed: int) -> list[bool]:
        plan = FaultPlan(board, seed=seed)
        return [plan.next_effect("carts.add_items").kind is not None for _ in range(200)]

    assert struck(1) == struck(1)
    assert struck(1) != struck(2)
    assert 30 < sum(struck(1)) < 90


def test_strikes_are_counted_by_kind() -> None:
    late = Fault("carts.*", FaultKind.LATENCY, seconds=0.1)
    board = SwitchBoard(Switches(faults=(late, Fault("*", FaultKind.DROP_LATE, times=2))))
    plan = FaultPlan(board, seed=1)
    for operation in ("orders.place", "carts.remove", "carts.remove"):
        plan.next_effect(operation)
    assert board.fault_counts == {FaultKind.DROP_LATE: 2, FaultKind.LATENCY: 2}
