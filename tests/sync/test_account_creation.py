"""A customer entered offline gets one account on the platform, whichever responses are lost."""

import pytest
from pydantic import SecretStr

from console.api.customers.models import CustomerAccountDetails
from console.ordering.customer import Customer
from console.sandbox.switches import FaultKind
from console.sync.status import Activity, PlacementStatus
from tests.sync.counter import (
    GARLIC_BREAD,
    PAID_IN_CASH,
    Console,
    Machine,
    add,
    cart_contents,
    draft_contents,
    fault,
)
from tests.sync.crash_points import CrashAt
from tests.sync.problem_texts import text_of

pytestmark = pytest.mark.anyio

SARA = Customer("", "59991234", "Sara", "Dashti", "59991234")
TOMMYS_ID = "tommy.fernandes@example.com"
POINTS = (
    "before the account's record",
    "before the account",
    "after the account",
    "after the account's name",
)


def accounts(machine: Machine, mobile: str = "59991234") -> list[str]:
    """The platform's own record of who has this number, by user name."""
    rows = machine.backend.store.rows("SELECT user_name, record FROM customer")
    return [str(row["user_name"]) for row in rows if mobile in str(row["record"])]


async def order_of(console: Console, customer: Customer = SARA) -> None:
    await console.start_order(customer)
    await console.edit(add("L1", GARLIC_BREAD))


async def test_account_is_created_on_reconnection_and_order_placed(
    machine: Machine,
) -> None:
    machine.switch(fault(FaultKind.DROP_BEFORE, "*", times=None))
    async with machine.console() as console:
        await order_of(console)
        await console.wait_for_activity(Activity.OFFLINE)
        assert accounts(machine) == []
        machine.switch()
        await console.edit(PAID_IN_CASH)
        await console.wait_until_settled()
        await console.place("0.750")
        await console.wait_for_placing_state(PlacementStatus.PLACED)
    assert accounts(machine) == ["59991234"]
    (row,) = machine.backend.store.rows("SELECT user_id FROM placed_order")
    made = machine.backend.store.row("SELECT user_id FROM customer WHERE user_name = '59991234'")
    assert made is not None
    assert row["user_id"] == made["user_id"]


async def test_account_is_saved_with_the_draft_and_reported(machine: Machine) -> None:
    async with machine.console() as console:
        await order_of(console)
        await console.wait_until_settled()
        stored = await console.drafts.load("D1")
        customer = stored.header.customer
        assert customer is not None
        assert customer.has_account
        assert (customer.name, customer.mobile) == ("Sara Dashti", "59991234")
        assert console.status["D1"].customer == customer


@pytest.mark.parametrize("kind", [FaultKind.DROP_BEFORE, FaultKind.DROP_AFTER, FaultKind.DROP_LATE])
async def test_lost_response_creates_no_second_account(machine: Machine, kind: FaultKind) -> None:
    machine.switch(fault(kind, "customers.create"))
    async with machine.console() as console:
        await order_of(console)
        await console.wait_until_settled()
        assert [cart_contents(cart) for cart in machine.carts()] == [
            draft_contents(console.current_drafts["D1"])
        ]
    assert accounts(machine) == ["59991234"]


async def test_lost_request_is_resent_only_once_it_cannot_land(machine: Machine) -> None:
    machine.switch(fault(FaultKind.DROP_BEFORE, "customers.create"))
    async with machine.console() as console:
        await order_of(console)
        await console.wait_until_settled()
        first, second = console.port.times_of("customers.create")
        assert second - first >= machine.rules.settle_seconds
        looks = [at for at in console.port.times_of("customers.search") if first < at < second]
        assert looks


async def test_what_the_session_may_have_sent_is_awaited(machine: Machine) -> None:
    async with machine.console() as console:
        began = machine.clock.now()
        await order_of(console, Customer("", "59991234", "Sara", mobile="59991234", creation_uncertain=True))
        await console.wait_until_settled()
        (sent,) = console.port.times_of("customers.create")
        assert sent - began >= machine.rules.settle_seconds


@pytest.mark.parametrize("kind", [None, FaultKind.DROP_AFTER, FaultKind.DROP_LATE])
@pytest.mark.parametrize("point", POINTS)
async def test_wherever_it_ends_the_next_start_has_one_account(
    machine: Machine, point: str, kind: FaultKind | None
) -> None:
    machine.switch(*([fault(kind, "customers.create")] if kind else []))
    crash = CrashAt(point, 1)
    async with machine.console("one", checkpoint=crash) as console:
        await order_of(console)
        await console.until(lambda: crash.happened)
    async with machine.console("two") as console:
        await console.resume_order()
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[-1]) == draft_contents(console.current_drafts["D1"])
    assert accounts(machine) == ["59991234"]


async def test_two_orders_for_one_number_share_its_account(machine: Machine) -> None:
    async with machine.console() as console:
        await console.start_order(SARA, "D1")
        await console.start_order(Customer("", "sara@example.com", "Sara", mobile="59991234"), "D2")
        await console.until(lambda: {"D1", "D2"} <= set(console.status))
        await console.wait_until_settled("D1")
        await console.wait_until_settled("D2")
        customers = [(await console.drafts.load(draft_id)).header.customer for draft_id in ("D1", "D2")]
    assert len({customer.user_id for customer in customers if customer}) == 1
    assert len(accounts(machine)) == 1


async def test_a_number_that_has_an_account_already_gives_that_account(machine: Machine) -> None:
    async with machine.console() as console:
        await order_of(console, Customer("", "55512345", "Tommy", mobile="55512345"))
        await console.wait_until_settled()
        assert console.port.times_of("customers.create") == []
        customer = console.status["D1"].customer
    assert customer is not None
    assert customer.user_name == TOMMYS_ID


async def test_number_of_somebody_else_needs_the_operator(machine: Machine) -> None:
    async with machine.console() as console:
        await order_of(console, Customer("", "55512345", "Sara", "Dashti", "+965 555 12345"))
        await console.wait_for_activity(Activity.NEEDS_ATTENTION)
        assert console.port.times_of("customers.start_session") == []
        assert console.port.times_of("customers.create") == []
        assert "is in the account of Tommy Fernandes" in text_of(console.status["D1"].problem)


async def test_a_number_of_several_customers_needs_the_operator(machine: Machine) -> None:
    async with machine.console() as console:
        for name in ("one@example.com", "two@example.com"):
            await make(console, name)
        await order_of(console)
        status = await console.wait_for_activity(Activity.NEEDS_ATTENTION)
        assert text_of(status.problem) == "2 customers have the number 59991234. Reassign the order."
    assert len(accounts(machine)) == 2


async def test_of_several_the_one_it_would_have_been_is_taken(machine: Machine) -> None:
    async with machine.console() as console:
        await make(console, "one@example.com")
        await make(console, "59991234", first_name="Sara")
        await order_of(console)
        await console.wait_until_settled()
        customer = console.status["D1"].customer
    assert customer is not None
    assert customer.user_name == "59991234"


async def test_refused_account_is_retried_only_on_operators_request(
    machine: Machine,
) -> None:
    async with machine.console() as console:
        await order_of(console, Customer("", TOMMYS_ID, "Sara", mobile="59991234"))
        status = await console.wait_for_activity(Activity.NEEDS_ATTENTION)
        assert text_of(status.problem).startswith("No account was created for Sara.")
        await console.edit(add("L2", GARLIC_BREAD))
        await console.until(lambda: len(console.status_history[-1].comparison.lines) == 2)
        await console.wait_for_activity(Activity.NEEDS_ATTENTION)
        assert len(console.port.times_of("customers.create")) == 1
        console.engine.try_again()
        await console.until(lambda: len(console.port.times_of("customers.create")) == 2)


async def make(console: Console, user_name: str, *, first_name: str = "Mona") -> None:
    """Another customer with Sara's number."""
    details = CustomerAccountDetails(user_name=user_name, first_name=first_name, mobile="59991234")
    await console.api.customers.create(details=details, password=SecretStr("Counter-10"))
