"""An echo is believed if it is the cart of before with the change alone; else the cart is read."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.checkout import Address, DeliveryMode
from console.sync.cart.checkout import CheckoutChange, RemoveVoucher, SetAddress, shows_change
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart, ObservedCheckout
from console.sync.cart.reconcile import (
    AddCartLine,
    RemoveCartLine,
    SetCartLineQuantity,
    Write,
    shows_write,
)
from tests.sync.cart.reconciling import item
from tests.sync.fake_cart import NO_TOTALS

ONE, TWO, THREE = Configuration(1), Configuration(2), Configuration(3)


def cart(**quantities: int) -> ObservedCart:
    """A cart with lines such as ``p1=2``."""
    lines = tuple(
        CartLine(name, Configuration(int(name[1:])), quantity, name, "", Decimal(1))
        for name, quantity in quantities.items()
    )
    return ObservedCart(lines, NO_TOTALS)


ADD_TWO = AddCartLine(item(3), THREE, 2, DeliveryMode.PICKUP)
MORE_OF_ONE = SetCartLineQuantity("k", ONE, 3, 1)


@pytest.mark.parametrize(
    ("write", "echo", "is_shown"),
    [
        (ADD_TWO, cart(p1=2, p2=1, p3=2), True),
        (ADD_TWO, cart(p1=2, p2=1, p4=2), True),
        (ADD_TWO, cart(p1=2, p2=1), False),
        (ADD_TWO, cart(p1=2, p3=2), False),
        (ADD_TWO, cart(p1=2, p2=1, p3=1), False),
        (ADD_TWO, cart(p3=5), False),
        (MORE_OF_ONE, cart(p1=3, p2=1), True),
        (MORE_OF_ONE, cart(p1=2, p2=1), False),
        (MORE_OF_ONE, cart(p1=3), False),
        (RemoveCartLine("k", ONE, 2), cart(p2=1), False),
    ],
)
def test_echo_of_a_write_is_the_cart_before_and_the_write(
    write: Write, echo: ObservedCart, is_shown: bool
) -> None:
    assert shows_write(echo, cart(p1=2, p2=1), write) is is_shown
    assert not shows_write(replace(echo, complete=False), cart(p1=2, p2=1), write)
    assert not shows_write(echo, None, write)


HOME = Address("Salem Street 5", city="Hawalli", pin="22001", city_code="846")
THERE = ObservedCheckout(street=HOME.street, city="846", pin="22001")


@pytest.mark.parametrize(
    ("change", "echo", "is_shown"),
    [
        (SetAddress(HOME), replace(cart(p1=2), checkout=THERE), True),
        (SetAddress(HOME), cart(p1=2), False),
        (SetAddress(HOME), replace(cart(p1=1), checkout=THERE), False),
        (RemoveVoucher("summer"), cart(p1=2), True),
        (
            RemoveVoucher("summer"),
            replace(cart(p1=2), checkout=ObservedCheckout(vouchers=("summer",))),
            False,
        ),
    ],
)
def test_echo_of_a_checkout_change_is_the_cart_before_and_the_change(
    change: CheckoutChange, echo: ObservedCart, is_shown: bool
) -> None:
    assert shows_change(echo, cart(p1=2), change) is is_shown
    assert not shows_change(replace(echo, complete=False), cart(p1=2), change)
