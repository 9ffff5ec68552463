"""Faults on request: late, lost, cut and refused responses, and whether the work was done."""

import asyncio
from typing import Any

import pytest

from console.sandbox.app import create_app
from console.sandbox.fault_injection import DroppedConnectionError
from console.sandbox.switches import Fault, FaultKind, Switches, parse_fault
from tests.sandbox.sandbox_calls import GARLIC_BREAD, Caller, code, item

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def _session(caller: Caller) -> None:
    await caller.walk_in()


def fault(caller: Caller, kind: FaultKind, **more: Any) -> None:
    caller.switch(Switches(faults=(Fault("carts.add_items", kind, **more),)))


@pytest.mark.parametrize(("kind", "lines"), [(FaultKind.DROP_BEFORE, 0), (FaultKind.DROP_AFTER, 1)])
async def test_a_dropped_connection_is_an_exception_in_process(
    caller: Caller, kind: FaultKind, lines: int
) -> None:
    fault(caller, kind)
    with pytest.raises(DroppedConnectionError):
        await caller.add(item(GARLIC_BREAD))
    assert len((await caller.cart())["CartItems"]) == lines


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(FaultKind.STATUS_500, 500), (FaultKind.STATUS_429, 429), (FaultKind.SESSION_EXPIRED, 440)],
)
async def test_a_refusal_comes_with_its_status_and_without_the_work(
    caller: Caller, kind: FaultKind, expected: int
) -> None:
    fault(caller, kind)
    assert code(await caller.add(item(GARLIC_BREAD))) == expected
    assert (await caller.cart())["CartItems"] == []


async def test_too_many_requests_says_when_to_come_back(caller: Caller) -> None:
    caller.switch(Switches(faults=(Fault("*", FaultKind.STATUS_429),)))
    response = await caller.send("GET", caller.url("OAuth/TimeStamp"))
    assert (response.status_code, response.headers["Retry-After"]) == (429, "1")


@pytest.mark.parametrize("kind", [FaultKind.TRUNCATED, FaultKind.NOT_JSON])
async def test_unreadable_response_comes_after_the_work(caller: Caller, kind: FaultKind) -> None:
    fault(caller, kind)
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        await caller.add(item(GARLIC_BREAD))
    assert len((await caller.cart())["CartItems"]) == 1


async def test_work_may_be_done_after_its_connection_died(caller: Caller) -> None:
    let_it = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        await let_it.wait()

    late = Fault("carts.add_items", FaultKind.DROP_LATE, times=1, seconds=3.0)
    caller.app = create_app(caller.store, switches=Switches(faults=(late,)), sleep=sleep)
    with pytest.raises(DroppedConnectionError):
        await caller.add(item(GARLIC_BREAD))
    assert (await caller.cart())["CartItems"] == []
    let_it.set()
    for _ in range(5):
        await asyncio.sleep(0)
    assert len((await caller.cart())["CartItems"]) == 1


async def test_a_dripping_response_is_slow_and_complete(caller: Caller) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    drip = Fault("carts.add_items", FaultKind.SLOW_DRIP, seconds=2.0)
    caller.app = create_app(caller.store, switches=Switches(faults=(drip,)), sleep=sleep)
    assert code(await caller.add(item(GARLIC_BREAD))) == 1004
    assert sum(waited) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("carts.*:drop-after", Fault("carts.*", FaultKind.DROP_AFTER)),
        ("*:latency:0.5:0.3", Fault("*", FaultKind.LATENCY, probability=0.5, seconds=0.3)),
    ],
)
async def test_a_fault_can_be_written_on_a_command_line(text: str, expected: Fault) -> None:
    assert parse_fault(text) == expected


@pytest.mark.parametrize("text", ["", "carts.*", "carts.*:nonsense", "*:latency:-1", "*:latency:1:2:3"])
async def test_a_fault_that_is_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_fault(text)


async def test_latency_is_waited_out_before_the_response(caller: Caller) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    faults = (Fault("*", FaultKind.LATENCY, seconds=0.3), Fault("carts.*", FaultKind.LATENCY, seconds=0.5))
    caller.app = create_app(caller.store, switches=Switches(faults=faults), sleep=sleep)
    assert code(await caller.add(item(GARLIC_BREAD))) == 1004
    assert waited == [0.8]


async def test_a_fault_strikes_as_often_as_it_says(caller: Caller) -> None:
    fault(caller, FaultKind.STATUS_500, times=2)
    codes = [code(await caller.add(item(GARLIC_BREAD))) for _ in range(3)]
    assert codes == [500, 500, 1004]


async def test_a_fault_strikes_only_what_its_pattern_names(caller: Caller) -> None:
    fault(caller, FaultKind.STATUS_500)
    assert code(await caller.ask("GET", f"Carts/cart/{{M}}/{caller.token}")) == 1004


async def test_an_extra_line_comes_after_the_response(caller: Caller) -> None:
    fault(caller, FaultKind.EXTRA_LINE, code=13047613, times=1)
    echo = (await caller.add(item(GARLIC_BREAD)))["Carts"]
    assert [line["ProductId"] for line in echo["CartItems"]] == [GARLIC_BREAD]
    assert [line["ProductId"] for line in (await caller.cart())["CartItems"]] == [GARLIC_BREAD, 13047613]


@pytest.mark.parametrize("kind", [FaultKind.EXTRA_LINE, FaultKind.INVALID_ORDER])
async def test_a_fault_of_one_operation_spares_the_others(caller: Caller, kind: FaultKind) -> None:
    caller.switch(Switches(faults=(Fault("carts.get", kind), Fault("oauth.*", kind))))
    await caller.cart()
    assert caller.app.state.switches.fault_counts[kind] == 0
