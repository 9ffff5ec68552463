"""Finding customers by whatever is typed, remembering them, and making new ones once."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from console.sandbox.switches import Fault, FaultKind, Switches
from console.services.events import ServiceError
from console.services.operator_session import OperatorSession
from console.services.people.customers import AccountTakenError
from console.services.views import NewCustomer
from tests.services.connections import operator_session
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio

SARA = NewCustomer("Sara", "Dashti", "965 5999 1234", "")


async def test_digits_search_mobile_numbers(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        found = await session.customers.search("5551 2345")
        assert [customer.user_name for customer in found] == ["tommy.fernandes@example.com"]
        assert found[0].mobile == "+965 555 12345"


async def test_at_sign_searches_email_and_other_text_user_name(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        by_mail = await session.customers.search("tom.sawyer@example")
        by_name = await session.customers.search("tom")
        assert [customer.name for customer in by_mail] == ["Tom Sawyer"]
        assert {"tom.sawyer@example.com", "tommy.fernandes@example.com"} <= {c.user_name for c in by_name}


@pytest.mark.parametrize("name", ["Tom Sawyer", "tom  saw", "TOM S", "Sawyer Tom", "Sawyer, Tom"])
async def test_name_on_the_screen_finds_its_customer(backend: SandboxBackend, name: str) -> None:
    async with operator_session(backend) as (session, _):
        assert [customer.name for customer in await session.customers.search(name)] == ["Tom Sawyer"]


async def test_new_customer_is_stored_as_typed_with_the_number_in_one_form(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        new = NewCustomer(" mcdonald's", "de la McDonald", mobile="00965 (5999) 1234")
        made = await session.customers.create(new)
        record = await session.context.api.customers.details(user_id=made.user_id)
        assert (record.first_name, record.last_name) == ("mcdonald's", "de la McDonald")
        assert (record.mobile, made.mobile) == ("96559991234", "+965 599 91234")


async def test_one_or_two_digits_find_nobody(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        assert await session.customers.search("55") == ()


async def test_details_have_the_groups(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        (tom,) = await session.customers.search("tom.sawyer@example")
        full = await session.customers.details(tom)
        assert tom.groups is None
        assert full.groups is not None


async def test_order_does_not_wait_for_the_list_of_recent_customers(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        (tom,) = await session.customers.search("tom.sawyer@example")
        with closing(sqlite3.connect(backend.paths.people_file, isolation_level=None)) as rival, rival:
            rival.execute("BEGIN IMMEDIATE")
            session.customers.remember_later(tom)
            assert await session.orders.start_order(tom)
            await recorded.until(lambda: len(recorded.notifications) > 0)
        rival.close()
        assert recorded.notifications == [
            "Another program is using people.sqlite. Close it and try again."
            " Recent customers are kept in memory until the console ends."
        ]
        assert await session.customers.recent() == (tom,)


async def test_recent_customer_is_known_offline(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        (tom,) = await session.customers.search("tom.sawyer@example")
        await session.customers.remember_served(tom)
        backend.go_offline()
        assert await session.customers.recent() == (tom,)
        assert await session.customers.search_recent("sawyer") == (tom,)
        assert await session.customers.search_recent("nobody") == ()
        with pytest.raises(ServiceError) as error:
            await session.customers.search("tom")
        assert error.value.offline


async def test_a_new_customer_is_made_under_the_mobile_number(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        sara = await session.customers.create(SARA)
        assert (sara.name, sara.user_name) == ("Sara Dashti", "96559991234")
        assert await session.customers.search("59991234") == (sara,)


async def test_number_with_an_account_of_that_name_gives_that_account(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        known = await session.customers.create(NewCustomer("tommy", "fernandes", mobile="55512345"))
        assert known.user_name == "tommy.fernandes@example.com"


@pytest.mark.parametrize("mobile", ["55512345", "00965 555 12345", "+965.555.12345"])
async def test_number_of_somebody_else_is_said_and_no_account_is_opened(
    backend: SandboxBackend, mobile: str
) -> None:
    async with operator_session(backend) as (session, _):
        with pytest.raises(AccountTakenError, match="is the number of Tommy Fernandes") as taken:
            await session.customers.create(NewCustomer("Sara", "Dashti", mobile=mobile))
        assert [owner.user_name for owner in taken.value.owners] == ["tommy.fernandes@example.com"]


async def test_first_name_alone_does_not_open_the_account_of_its_number(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        with pytest.raises(AccountTakenError):
            await session.customers.create(NewCustomer("Tommy", mobile="55512345"))
        same = await session.customers.create(NewCustomer("tommy", " Fernandes", mobile="(555) 12345"))
        assert same.user_name == "tommy.fernandes@example.com"


async def test_email_of_somebody_else_is_said_as_well(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        new = NewCustomer("Sara", "Dashti", mobile="59990000", email="Tom.Sawyer@example.com")
        with pytest.raises(AccountTakenError, match="is the e-mail of Tom Sawyer"):
            await session.customers.create(new)


@pytest.mark.parametrize(
    "typed",
    ["00965 555 12345", "(555) 12345", "+965.555.12345", "555/12345", "055512345", "tel:+96555512345"],
)
async def test_number_finds_its_customer_however_it_is_typed(backend: SandboxBackend, typed: str) -> None:
    async with operator_session(backend) as (session, _):
        found = await session.customers.search(typed)
        await session.customers.remember_served(found[0])
        assert [customer.name for customer in found] == ["Tommy Fernandes"]
        assert await session.customers.search_recent(typed) == found


async def test_number_of_another_country_finds_nobody(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        assert await session.customers.search("+966 555 12345") == ()


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (NewCustomer("Sara"), "Enter a first name, and a mobile number or an e-mail."),
        (NewCustomer(" ", mobile="59991234"), "Enter a first name, and a mobile number or an e-mail."),
        (NewCustomer("Sara", mobile="12345"), "The mobile number is too short."),
        (NewCustomer("Sara", mobile="five", email="sara@example.com"), "has digits only"),
    ],
)
async def test_what_is_missing_is_said_and_nobody_is_made(
    backend: SandboxBackend, new: NewCustomer, sentence: str
) -> None:
    async with operator_session(backend) as (session, _):
        with pytest.raises(ServiceError, match=sentence):
            await session.customers.create(new)


async def test_offline_new_customers_order_begins_at_once(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        backend.go_offline()
        sara = await session.customers.create(SARA)
        assert (sara.name, sara.mobile, sara.has_account) == ("Sara Dashti", "+965 599 91234", False)
        draft_id = await session.orders.start_order(sara)
        await session.customers.remember_served(sara)
        assert session.orders.view(draft_id).customer_name == "Sara Dashti"
        assert await session.customers.search_recent("sara") == ()
        backend.go_online()
        await recorded.until(lambda: has_account(session, draft_id))
        (made,) = await session.customers.search("59991234")
        assert made.user_id == user_id(session, draft_id)


async def test_lost_response_does_not_create_the_customer_twice(
    backend: SandboxBackend,
) -> None:
    """A lost response begins the order and does not create the customer twice."""
    async with operator_session(backend) as (session, recorded):
        backend.switch(Switches(faults=(Fault("customers.create", FaultKind.DROP_AFTER, times=1),)))
        sara = await session.customers.create(SARA)
        assert (sara.has_account, sara.creation_uncertain) == (False, True)
        draft_id = await session.orders.start_order(sara)
        await recorded.until(lambda: has_account(session, draft_id))
        assert len(await session.customers.search("59991234")) == 1


async def test_offline_recent_number_finds_its_customer(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        (tommy,) = await session.customers.search("55512345")
        await session.customers.remember_served(tommy)
        backend.go_offline()
        new = NewCustomer("Tommy", "Fernandes", mobile="5551 2345")
        assert await session.customers.create(new) == tommy
        with pytest.raises(AccountTakenError):
            await session.customers.create(replace(new, first_name="Mona"))


async def test_offline_same_number_resumes_its_open_order(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        backend.go_offline()
        first = await session.orders.start_order(await session.customers.create(SARA))
        again = await session.orders.start_order(
            await session.customers.create(NewCustomer("S", mobile="59991234"))
        )
        assert again == first


async def test_an_empty_order_stays_until_its_customer_has_an_account(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        backend.go_offline()
        draft_id = await session.orders.start_order(await session.customers.create(SARA))
        await session.orders.close_if_done(draft_id)
        assert [view.draft_id for view in session.orders.open_orders] == [draft_id]
        backend.go_online()
        await recorded.until(lambda: has_account(session, draft_id))
        await session.orders.close_if_done(draft_id)
        assert session.orders.open_orders == ()


async def test_an_order_without_an_account_can_be_given_to_a_walk_in(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        backend.go_offline()
        draft_id = await session.orders.start_order(await session.customers.create(SARA))
        view = await session.orders.reassign(draft_id, None)
        assert view.customer_name == "Walk-in"
        backend.go_online()
        assert await session.customers.search("59991234") == ()


async def test_order_is_given_only_to_one_without_an_open_order(
    backend: SandboxBackend,
) -> None:
    """The order can be given to a customer, but to none who has an open order."""
    async with operator_session(backend) as (session, _):
        (tom,) = await session.customers.search("tom.sawyer@example")
        (tommy,) = await session.customers.search("55512345")
        await session.orders.start_order(tom)
        backend.go_offline()
        draft_id = await session.orders.start_order(await session.customers.create(SARA))
        with pytest.raises(ServiceError, match="Tom Sawyer has an open order already"):
            await session.orders.reassign(draft_id, tom)
        view = await session.orders.reassign(draft_id, tommy)
        assert view.customer == tommy


async def test_an_order_whose_customer_has_an_account_stays_theirs(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        (tom,) = await session.customers.search("tom.sawyer@example")
        draft_id = await session.orders.start_order(tom)
        with pytest.raises(ServiceError, match="keeps the order"):
            await session.orders.reassign(draft_id, None)


def user_id(session: OperatorSession, draft_id: str) -> str:
    customer = session.orders.view(draft_id).customer
    return customer.user_id if customer else ""


def has_account(session: OperatorSession, draft_id: str) -> bool:
    return user_id(session, draft_id) != ""
