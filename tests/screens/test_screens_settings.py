"""Settings and the form of a store profile."""

from pathlib import Path

import pytest

from tests.screens.driving import at_the_counter

pytestmark = pytest.mark.anyio


async def test_what_there_is_to_know_stands_below_the_profiles(tmp_path: Path) -> None:
    async with at_the_counter(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Sandbox store (active)", "Secrets", "settings.toml", "kept 30 days", "for 7 days")
        assert "checking" not in operator.screen


async def test_customers_lately_served_are_forgotten_by_a_key_and_a_yes(tmp_path: Path) -> None:
    async with at_the_counter(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("F6 forgets them all now")
        await operator.keys("f6")
        await operator.see("Forget every customer lately served here?")
        await operator.keys("y")
        await operator.see("0 customers are forgotten.")


async def test_a_broken_file_is_named_with_line_and_key(tmp_path: Path) -> None:
    async with at_the_counter(tmp_path / "first") as operator:
        file = operator.box.paths.settings_file
    file.write_text('debounce_ms = "soon"\n')
    async with at_the_counter(tmp_path / "first", settings=None) as operator:
        await operator.see("Defaults are used, F9 tells more.")
        await operator.keys("f9")
        await operator.see("! settings.toml, line 1, debounce_ms", "F7 sets the file aside")
        await operator.keys("f7")
        await operator.see("the old one is kept as settings.toml.broken")


async def test_a_profile_that_does_not_fit_is_not_saved_and_says_why(tmp_path: Path) -> None:
    async with at_the_counter(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("n", "f2")
        await operator.see("! Name is needed: one line, at most 200 characters.")
        await operator.type("Mine", "enter")
        await operator.see("! Host must be an address such as https://store.example.")
        await operator.keys("ctrl+u")
        await operator.type("http://store.example", "f2")
        await operator.see("! Host must start with https://", 'say plain_http = "I accept')
        await operator.keys("f12")
        await operator.see("Sandbox store (active)")
        assert "Mine" not in operator.screen


@pytest.mark.parametrize(
    ("downs", "typed", "said"),
    [
        (3, "basic", "Authentication is oauth or token."),
        (6, "x", "Location id is a whole number; 0 for none."),
        (7, "dinar", "Currency is three capital letters, such as KWD."),
        (9, "third", "Half portions is half, dearer, average or full."),
        (13, "maybe", "Sign the body is yes or no."),
        (15, "soon", "Settle seconds is a whole number, 0 to 3600."),
        (17, "third", "Reference id is a whole number; 0 for none."),
        (18, "a bit", "Price tolerance is an amount such as 0.050."),
    ],
)
async def test_each_field_says_in_plain_words_what_it_takes(
    tmp_path: Path, downs: int, typed: str, said: str
) -> None:
    async with at_the_counter(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("n")
        await operator.type("Mine", "down", "end", *"store.example", "down", *"M-1", "down")
        await operator.type("", *["down"] * (downs - 3), "ctrl+u", *typed, "f2")
        await operator.see(f"! {said}")
        assert "Input should" not in operator.screen


async def test_a_profile_is_made_changed_and_removed(tmp_path: Path) -> None:
    async with at_the_counter(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("n")
        await operator.type("Mine", "down", "end", *"store.example", "down", *"M-1", "f2")
        await operator.see("Saved Mine. Enter works with it.", "▸ Mine", "https://store.example")
        await operator.keys("e")
        await operator.type("x", "f2")
        await operator.see("Saved Minex.", "▸ Minex")
        await operator.keys("d", "y")
        await operator.see("Minex is forgotten.")


async def test_what_a_store_needs_for_its_orders_is_kept(tmp_path: Path) -> None:
    async with at_the_counter(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("n")
        await operator.type("Mine", "down", "end", *"store.example", "down", *"M-1", *["down"] * 8)
        await operator.type("mine.toml", *["down"] * 6, *"ConsoleReference", "down", "ctrl+u", *"71", "f2")
        await operator.see("Saved Mine.")
    written = (tmp_path / "config" / "settings.toml").read_text()
    assert 'menu_supplement = "mine.toml"' in written
    assert 'reference_field = "ConsoleReference"' in written
    assert "reference_field_id = 71" in written


async def test_the_last_profile_stays(tmp_path: Path) -> None:
    async with at_the_counter(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("d", "y")
        await operator.see("The last profile stays")


async def test_a_profile_without_its_secret_says_so_at_the_sign_in(tmp_path: Path) -> None:
    async with at_the_counter(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("n")
        await operator.type("Mine", "down", "end", *"store.example", "down", *"M-1", "f2")
        await operator.see("▸ Mine")
        await operator.keys("enter")
        await operator.see("The secret of Mine is not on this machine.")


async def test_another_profile_signs_out_only_when_that_is_confirmed(tmp_path: Path) -> None:
    async with at_the_counter(tmp_path) as operator:
        await operator.sign_in()
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("enter")
        await operator.see("Sign out, and work with Sandbox store?")
        await operator.keys("escape", "escape")
        await operator.see("F3 New")
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("enter", "enter")
        await operator.see("Operator", "F2 fills in")
