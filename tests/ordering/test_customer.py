"""Customers and addresses: who is the same person, what is a number, how an address reads."""

from dataclasses import replace

import pytest

from console.ordering.checkout import Address
from console.ordering.customer import Customer

ASHA = Customer("u-1", "asha", "Asha", "Rao", mobile="+965 5551-2345")
NOBODY = replace(ASHA, user_id="")


def test_accounts_decide_where_both_have_one() -> None:
    assert ASHA.is_same_person(replace(ASHA, user_name="other", mobile="1"))
    assert not ASHA.is_same_person(replace(ASHA, user_id="u-2"))


@pytest.mark.parametrize("mobile", ["+96555512345", "55512345", "5551 2345"])
def test_number_decides_where_one_has_no_account(mobile: str) -> None:
    other = Customer("", "another name", mobile=mobile)
    assert ASHA.is_same_person(other)
    assert other.is_same_person(ASHA)


def test_other_number_is_another_person_even_of_one_name() -> None:
    assert not ASHA.is_same_person(replace(NOBODY, mobile="55599999"))
    assert not NOBODY.is_same_person(replace(NOBODY, mobile="555123"))


@pytest.mark.parametrize("mobile", ["", "unknown"])
def test_user_name_decides_where_a_number_is_missing(mobile: str) -> None:
    assert ASHA.is_same_person(replace(NOBODY, mobile=mobile))
    assert not ASHA.is_same_person(replace(NOBODY, mobile=mobile, user_name="tom"))


def test_number_of_one_only_decides_nothing() -> None:
    unknown, tom = replace(NOBODY, mobile=""), replace(NOBODY, user_name="tom")
    assert not unknown.is_same_person(tom)
    assert not tom.is_same_person(unknown)


def test_account_is_known_by_its_id() -> None:
    assert (ASHA.has_account, NOBODY.has_account) == (True, False)


def test_address_reads_from_street_to_pin_without_gaps() -> None:
    whole = Address("Street 12", city="Hawalli", area="Salmiya", pin="22001", state="KW")
    assert whole.one_line == "Street 12, Salmiya, Hawalli, 22001"
    assert replace(whole, area="", pin="").one_line == "Street 12, Hawalli"
