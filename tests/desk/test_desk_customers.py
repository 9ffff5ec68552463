"""Finding customers by whatever is typed, remembering them, and making new ones once."""

import pytest

from console.desk.customers import digits_of
from console.desk.values import NewCustomer, Trouble
from console.sandbox.switches import Fault, FaultKind, Switches
from tests.desk.doors import at_work
from tests.shops import Shop

pytestmark = pytest.mark.anyio

SARA = NewCustomer("Sara", "Dashti", "965 5999 1234", "")


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+965 5551 2345", "96555512345"),
        ("5551-2345", "55512345"),
        (" 555 ", "555"),
        ("tom", ""),
        ("55a", ""),
        ("", ""),
    ],
)
def test_a_number_is_a_number_however_it_is_typed(typed: str, digits: str) -> None:
    assert digits_of(typed) == digits


async def test_digits_search_mobile_numbers(shop: Shop) -> None:
    async with at_work(shop) as (desk, _):
        found = await desk.customers.search("5551 2345")
        assert [customer.user_name for customer in found] == ["tommy.fernandes@example.com"]
        assert found[0].mobile == "+965 555 12345"


async def test_an_at_sign_searches_e_mail_and_anything_else_the_user_name(shop: Shop) -> None:
    async with at_work(shop) as (desk, _):
        by_mail = await desk.customers.search("tom.sawyer@example")
        by_name = await desk.customers.search("tom")
        assert [customer.name for customer in by_mail] == ["Tom Sawyer"]
        assert {"tom.sawyer@example.com", "tommy.fernandes@example.com"} <= {c.user_name for c in by_name}


async def test_one_or_two_digits_find_nobody(shop: Shop) -> None:
    async with at_work(shop) as (desk, _):
        assert await desk.customers.search("55") == ()


async def test_details_have_the_groups(shop: Shop) -> None:
    async with at_work(shop) as (desk, _):
        (tom,) = await desk.customers.search("tom.sawyer@example")
        full = await desk.customers.details(tom)
        assert tom.groups is None
        assert full.groups is not None


async def test_whoever_was_served_is_known_without_a_line(shop: Shop) -> None:
    async with at_work(shop) as (desk, _):
        (tom,) = await desk.customers.search("tom.sawyer@example")
        await desk.customers.served(tom)
        shop.cut_the_line()
        assert await desk.customers.recent() == (tom,)
        assert await desk.customers.known("sawyer") == (tom,)
        assert await desk.customers.known("nobody") == ()
        with pytest.raises(Trouble) as trouble:
            await desk.customers.search("tom")
        assert trouble.value.offline


async def test_a_new_customer_is_made_under_the_mobile_number(shop: Shop) -> None:
    async with at_work(shop) as (desk, _):
        sara = await desk.customers.create(SARA)
        assert (sara.name, sara.user_name) == ("Sara Dashti", "96559991234")
        assert await desk.customers.search("59991234") == (sara,)


async def test_a_lost_answer_does_not_make_the_customer_twice(shop: Shop) -> None:
    async with at_work(shop) as (desk, _):
        shop.switch(Switches(faults=(Fault("customers.create", FaultKind.DROP_AFTER, times=1),)))
        with pytest.raises(Trouble):
            await desk.customers.create(SARA)
        sara = await desk.customers.create(SARA)
        assert await desk.customers.search("59991234") == (sara,)


async def test_a_number_that_has_an_account_gives_that_account(shop: Shop) -> None:
    async with at_work(shop) as (desk, _):
        known = await desk.customers.create(NewCustomer("Thomas", mobile="55512345"))
        assert known.user_name == "tommy.fernandes@example.com"


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (NewCustomer("Sara"), "A name and a mobile number or an e-mail are needed."),
        (NewCustomer(" ", mobile="59991234"), "A name and a mobile number or an e-mail are needed."),
        (NewCustomer("Sara", mobile="12345"), "That is not a whole mobile number."),
        (NewCustomer("Sara", mobile="five", email="sara@example.com"), "That is not a whole mobile number."),
    ],
)
async def test_what_is_missing_is_said_and_nobody_is_made(
    shop: Shop, new: NewCustomer, sentence: str
) -> None:
    async with at_work(shop) as (desk, _):
        with pytest.raises(Trouble, match=sentence):
            await desk.customers.create(new)
