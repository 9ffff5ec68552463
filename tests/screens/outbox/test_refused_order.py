"""An order that Place Order refuses: the sentence, the way out, and placed once after it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from console.sandbox.orders.refusals import PRINTED
from console.sandbox.switches import HoursOfDay, PlacingRefusal, Switches
from screens.checkout.screen import CheckoutScreen
from screens.order.screen import OrderScreen
from screens.outbox.conflicts_screen import ConflictsScreen
from tests.screens.driving import ConsolePilot, run_console
from tests.screens.walks import placed, tom

pytestmark = pytest.mark.anyio

SALMIYA, GARLIC_BREAD = 27299, 13047603
SENTENCES = {
    PlacingRefusal.MOBILE_NUMBER: ("The mobile number is not valid", "m chooses another payment", "m"),
    PlacingRefusal.DELIVERY_AREA: ("does not deliver to this area", "a changes the address", "a"),
    PlacingRefusal.DELIVERY_MODE: ("does not take this order as pickup", "d switches between", "d"),
    PlacingRefusal.DISCOUNT_VOUCHER: ("The voucher does not apply", "v changes or removes", "v"),
    PlacingRefusal.GIFT_VOUCHER: ("The gift voucher does not apply", "v changes or removes", "v"),
    PlacingRefusal.TRANSACTION: ("The payment does not match", "m chooses another payment", "m"),
    PlacingRefusal.AMOUNT: ("The total is below the least", "add or remove items", ""),
    PlacingRefusal.PAYMENT_INPUT: ("A detail of the payment is missing", "m chooses another payment", "m"),
    PlacingRefusal.SEVERAL_PAYMENTS: ("cannot be combined with another", "m chooses another payment", "m"),
    PlacingRefusal.PAYMENT_COUNTRY: ("not possible in this country", "m chooses another payment", "m"),
    PlacingRefusal.PIN_CODE: ("does not deliver to this PIN code", "a changes the address", "a"),
    PlacingRefusal.SHIPPING_MODE: ("not sold as pickup or delivery", "d switches between", "d"),
    PlacingRefusal.ADDRESS: ("The delivery address is not complete", "a changes the address", "a"),
    PlacingRefusal.SHIPPING: ("The store has no delivery for", "d makes it a pickup", "d"),
    PlacingRefusal.QUANTITY: ("More of an item than one order may", "lower its quantity", ""),
    PlacingRefusal.STOCK: ("Something in the order is out of stock", "change or remove it", ""),
    PlacingRefusal.STORE_HOURS: ("The store is closed at the chosen", "t chooses another time", "t"),
}
"""Of each refusal: the sentence, the keys that fix it, and the field at checkout; none for the order."""


@asynccontextmanager
async def refused(home: Path, switches: Switches, *keys: str) -> AsyncIterator[ConsolePilot]:
    """Tom's garlic bread, placed while the platform behaves like this; ``keys`` are pressed at checkout."""
    async with run_console(home) as operator:
        await tom(operator)
        await operator.keys("f10", *keys)
        await operator.see("Pickup at Salmiya", "Cash")
        operator.backend.switch(switches)
        await place(operator)
        await operator.see("Not placed: the platform refused it. Press Enter to review.")
        assert placed(operator) == 0
        yield operator


async def place(operator: ConsolePilot) -> None:
    await operator.keys("f10")
    await operator.see("Place for Tom Sawyer")
    await operator.keys("enter")


async def place_again(operator: ConsolePilot) -> None:
    """From the checkout: it is placed, once."""
    await place(operator)
    await operator.see("placed, 7400001")
    assert placed(operator) == 1


def squeezed(operator: ConsolePilot) -> str:
    """The screen's text, without the ends of its rows."""
    return " ".join(" ".join(row.split()) for row in operator.rows)


async def see_said(operator: ConsolePilot, *texts: str) -> None:
    """Wait for sentences, which may go on in the next row."""
    await operator.until(lambda: all(text in squeezed(operator) for text in texts), f"{texts}")


@pytest.mark.parametrize("refusal", PRINTED)
async def test_refusal_is_said_and_its_key_leads_to_where_it_is_fixed(
    tmp_path: Path, refusal: PlacingRefusal
) -> None:
    sentence, keys, field = SENTENCES[refusal]
    async with refused(tmp_path, Switches(refuse_orders=frozenset({refusal}))) as operator:
        await see_said(operator, sentence)
        await operator.keys("enter")
        screen = operator.screen_of(ConflictsScreen)
        await see_said(operator, sentence, keys, "k opens the checkout" if field else "s opens the order")
        await operator.keys("k" if field else "s")
        if field:
            await operator.until(lambda: operator.app.screen is not screen, "the checkout")
            checkout = operator.screen_of(CheckoutScreen)
            await see_said(operator, sentence, keys)
            fields = checkout.navigated_list
            assert fields is not None
            assert fields.cursor_key == field
        else:
            await operator.until(lambda: isinstance(operator.app.screen, OrderScreen), "the order")
            await operator.keys("f10")
        operator.backend.switch(Switches())
        await operator.see("Pickup at Salmiya")
        await place_again(operator)


async def test_total_below_the_least_is_placed_with_one_more_item(tmp_path: Path) -> None:
    async with refused(tmp_path, Switches(minimum_order=Decimal(1))) as operator:
        await operator.keys("enter")
        await see_said(operator, "The total is below the least that the store takes.", "s opens the order")
        await operator.keys("s")
        await operator.see("for Tom Sawyer")
        await operator.add("onion rings")
        await operator.see("Confirmed = KWD 1.650 ✓")
        await operator.keys("f10")
        await operator.see("Pickup at Salmiya")
        await place_again(operator)


async def test_order_refused_for_the_hours_is_placed_as_told_once_they_fit(tmp_path: Path) -> None:
    closed = Switches(store_hours={SALMIYA: HoursOfDay(0, 0)})
    async with refused(tmp_path, closed) as operator:
        await operator.keys("enter")
        await see_said(operator, "The store is closed at the chosen time.", "m shows other stores.")
        operator.backend.switch(Switches())
        await operator.keys("enter")
        await operator.see("Place for Tom Sawyer at KWD 0.750, as the customer was told?")
        await operator.keys("enter")
        await operator.see("placed, 7400001")
        assert placed(operator) == 1


async def test_refused_voucher_is_removed_with_one_key(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10", "v")
        await operator.see("Voucher code")
        await operator.type("TENOFF", "enter")
        await operator.see("= KWD 0.675")
        operator.backend.switch(Switches(refuse_orders=frozenset({PlacingRefusal.DISCOUNT_VOUCHER})))
        await place(operator)
        await operator.see("Not placed: the platform refused it.")
        await operator.keys("enter")
        await see_said(operator, "Voucher TENOFF", "The voucher does not apply to this order. a removes it.")
        operator.backend.switch(Switches())
        await operator.keys("a")
        await operator.see("F7 undoes it.")
        await operator.until(lambda: not operator.screen_of(ConflictsScreen).view.is_pending, "the total")
        await operator.keys("enter")
        await operator.see("Place for Tom Sawyer at KWD 0.750 instead of")
        await operator.keys("enter")
        await operator.see("placed, 7400001")
        assert placed(operator) == 1


async def test_outbox_leads_to_the_refusal(tmp_path: Path) -> None:
    switches = Switches(stock_changes={GARLIC_BREAD: 1}, order_quantities={GARLIC_BREAD: 0})
    async with refused(tmp_path, switches) as operator:
        await operator.keys("f4")
        await operator.see("! needs you")
        await see_said(operator, "More of an item than one order may have. It says: Garlic Bread.")
        await operator.keys("enter", "s")
        await operator.until(lambda: isinstance(operator.app.screen, OrderScreen), "the order")
        await operator.see("Garlic Bread")
        assert placed(operator) == 0


async def test_several_refusals_are_rows_of_their_own(tmp_path: Path) -> None:
    names = frozenset({PlacingRefusal.ADDRESS, PlacingRefusal.AMOUNT})
    async with refused(tmp_path, Switches(refuse_orders=names)) as operator:
        await operator.keys("enter")
        await see_said(
            operator, "The total The total is below the least", "The address The delivery address is not"
        )
        await operator.keys("down", "k")
        await see_said(operator, "The delivery address is not complete. a changes the address")


async def test_escape_at_the_checkout_keeps_the_order_open(tmp_path: Path) -> None:
    switches = Switches(refuse_orders=frozenset({PlacingRefusal.PIN_CODE}))
    async with refused(tmp_path, switches) as operator:
        await operator.keys("enter", "k")
        await operator.until(lambda: isinstance(operator.app.screen, CheckoutScreen), "the checkout")
        await operator.keys("escape")
        await operator.until(lambda: isinstance(operator.app.screen, OrderScreen), "the order")
        await operator.see("Garlic Bread", "Confirmed = KWD 0.750")
        assert placed(operator) == 0


async def test_order_placed_by_a_retry_says_its_number_and_no_key_to_place_it(tmp_path: Path) -> None:
    switches = Switches(refuse_orders=frozenset({PlacingRefusal.AMOUNT}))
    async with refused(tmp_path, switches) as operator:
        await operator.keys("enter")
        await operator.see("Enter retries it as it is")
        operator.backend.switch(Switches())
        await operator.keys("f6")
        await operator.see("Placed as order 7400001. Esc goes back.")
        assert "Enter places" not in operator.screen
        assert placed(operator) == 1
