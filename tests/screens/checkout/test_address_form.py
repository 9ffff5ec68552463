"""An address by its area: chosen by typing, with its city's code; other text is said to be unchecked."""

from pathlib import Path

import pytest

from console.ordering.checkout import Address
from console.sandbox.switches import Switches
from screens.checkout.screen import CheckoutScreen
from tests.screens.driving import OFFLINE, ConsolePilot, run_console

pytestmark = pytest.mark.anyio


async def to_the_form(operator: ConsolePilot) -> None:
    await operator.start_walk_in()
    await operator.add("garlic bread")
    await operator.wait_until_sent()
    await operator.keys("f10", "d")
    await operator.see("Street, house")
    await operator.type("Street 12", "enter")


def address(operator: ConsolePilot) -> Address | None:
    return operator.screen_of(CheckoutScreen).checkout.address


async def test_area_is_taken_by_its_first_letters_with_its_city_and_code(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await to_the_form(operator)
        await operator.see("▸ Rumaithiya", "Salmiya", "Letters narrow")
        await operator.type("sal")
        await operator.see("▸ Salmiya")
        await operator.keys("enter", "f2")
        await operator.see("Street 12, Salmiya,", "This store delivers there.")
        assert address(operator) == Address("Street 12", "Hawalli", "Salmiya", city_code="846")


async def test_area_of_another_city_is_found_by_its_city(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await to_the_form(operator)
        await operator.type("Qib")
        await operator.see("Not an area of this store. Type the city")
        await operator.keys("tab")
        await operator.type("asim", "enter", "up", "up")
        await operator.see("▸ Qibla", "Al Asimah")
        await operator.keys("enter", "f2")
        await operator.see("Street 12, Qibla, Al", "! This store does not deliver there.")
        assert address(operator) == Address("Street 12", "Al Asimah", "Qibla", city_code="840")


async def test_cities_of_one_name_are_told_apart_by_their_codes(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await to_the_form(operator)
        await operator.keys("tab")
        await operator.type("hawal")
        await operator.see("▸ Hawalli", "code 846", "code 847")


async def test_typed_area_stays_as_typed_and_is_said_to_be_unchecked(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await to_the_form(operator)
        await operator.type("Sal", "tab", "f2")
        await operator.see("Street 12, Sal", "! Not checked: the platform lists no")
        assert "delivers there" not in operator.screen


async def test_address_without_area_and_pin_is_not_taken(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await to_the_form(operator)
        await operator.keys("f2")
        await operator.see("! Area or a PIN code is needed.")
        await operator.keys("tab", "tab")
        await operator.type("22001", "f2")
        await operator.see("Street 12, 22001", "This store delivers there.")


async def test_mobile_of_an_address_is_a_number_in_one_form(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await to_the_form(operator)
        await operator.type("Salmiya", "enter", "enter", "enter")
        await operator.type("ask Tom", "enter")
        await operator.see("! Mobile is no whole number.")
        await operator.keys(*("backspace" for _ in "ask Tom"))
        await operator.type("(555) 12345", "enter")
        await operator.see("F10 Place")
        taken = address(operator)
        assert taken is not None
        assert taken.mobile == "+965 555 12345"


async def test_offline_the_areas_seen_before_are_offered(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await to_the_form(operator)
        await operator.see("▸ Rumaithiya")
        await operator.keys("escape", "enter")
        await operator.see("F10 Place")
        operator.backend.switch(OFFLINE)
        await operator.keys("a")
        await operator.see("Street, house")
        await operator.type("Street 12", "enter")
        await operator.type("sal", "enter", "f2")
        await operator.see("Street 12, Salmiya", "! Not checked: offline.")
        operator.backend.switch(Switches())
