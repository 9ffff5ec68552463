"""Settings and the form of a store profile."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Paste

from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.config.profiles import Profile
from console.config.settings import SANDBOX_PROFILE
from tests.screens.driving import SETTINGS, ConsolePilot, run_console
from tests.screens.walks import open_the_order

pytestmark = pytest.mark.anyio


async def test_what_there_is_to_know_stands_below_the_profiles(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Sandbox store (active)", "Secrets", "settings.toml", "kept 30 days", "for 7 days")
        assert "checking" not in operator.screen


async def test_key_typed_ahead_reaches_the_settings_it_opened(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("", "f9", "p")
        await operator.see("Print command")


async def test_recent_customers_are_forgotten_after_confirmation(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("F6 forgets them now")
        await operator.keys("f6")
        await operator.see("Forget all recent customers?")
        await operator.keys("y")
        await operator.see("0 recent customers are erased.")


SANDBOX = '[[profiles]]\nname = "Sandbox store"\nkind = "sandbox"\n'


async def test_a_broken_file_is_named_with_line_and_key(tmp_path: Path) -> None:
    async with run_console(tmp_path / "first") as operator:
        file = operator.backend.paths.settings_file
    file.write_text('debounce_ms = "soon"\n')
    async with run_console(tmp_path / "first", settings=None) as operator:
        await operator.see("! Set aside: settings.toml, line 1, debounce_ms", "F9 shows everything.")
        await operator.sign_in()
        assert "! Set aside: settings.toml, line 1, debounce_ms" in operator.screen
        await operator.keys("f9")
        await operator.see("! settings.toml, line 1, debounce_ms", "F7 replaces the file")
        await operator.keys("f7")
        await operator.see("the old one is saved as settings.toml.broken")
        await operator.keys("escape")
        await operator.see_gone("Set aside")


async def test_broken_store_is_shown_and_cannot_be_signed_in_to(tmp_path: Path) -> None:
    broken = '[[profiles]]\nname = "Shop"\nkind = "platform"\nhost = "shop"\nmerchant_id = "m-1"\n'
    async with run_console(tmp_path, settings=broken + SANDBOX) as operator:
        await operator.see("Shop cannot be used: settings.toml, line 4, profiles[1].host")
        assert "Practice store" not in operator.screen
        assert "checking" not in operator.screen
        await operator.type("asha", "enter")
        await operator.type("pass", "enter")
        await operator.see("Shop cannot be used")
        await operator.keys("f9")
        await operator.see("Shop (broken)")
        operator.select_row("Shop (broken)")
        await operator.keys("enter")
        await operator.see("Shop cannot be used", "Correct it, or choose")
        operator.select_row("Sandbox store")
        await operator.keys("enter")
        await operator.see("Practice store: nothing here is real.", "F2 fills in")


MINE = (*"Mine", "down", "end", *"store.example", "down", *"M-1", "down", "down", *"K1", "down", *"secret-1")
"""Typed into a new profile, down to its secret."""


async def test_a_profile_that_does_not_fit_is_not_saved_and_says_why(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("n", "f2")
        await operator.see("! Name is needed: one line, at most 200 characters.")
        await operator.type("Mine", "enter")
        await operator.see("! Host must be an address such as https://store.example.")
        await operator.keys("ctrl+u")
        await operator.type("http://store.example", "f2")
        await operator.see("! Host must start with https://", 'say plain_http = "I accept')
        await operator.keys("f12", "y")
        await operator.see("Sandbox store (active)")
        assert "Mine" not in operator.screen


@pytest.mark.parametrize(
    ("downs", "typed", "said"),
    [
        (3, "basic", "Authentication is oauth or token."),
        (6, "x", "Location id is a whole number; 0 for none."),
        (7, "dinar", "Currency is three capital letters, such as KWD."),
        (7, "ABC", "Currency ABC is not a currency of ISO 4217."),
        (9, "third", "Half portions is half, dearer, average or full."),
        (14, "maybe", "Sign the body is yes or no."),
        (16, "maybe", "Session by token is yes or no."),
        (17, "soon", "Settle seconds is a whole number, 0 to 3600."),
        (19, "third", "Reference id is a whole number; 0 for none."),
        (20, "a bit", "Price tolerance is an amount such as 0.050."),
    ],
)
async def test_each_field_says_in_plain_words_what_it_takes(
    tmp_path: Path, downs: int, typed: str, said: str
) -> None:
    async with run_console(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("n")
        await operator.type("", *MINE)
        await operator.type("", *["up"] * 5, *["down"] * downs, "ctrl+u", *typed, "f2")
        await operator.see(f"! {said}")
        assert "Input should" not in operator.screen


async def test_a_profile_is_made_changed_and_removed(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("n")
        await operator.type("", *MINE, "f2")
        await operator.see("Saved Mine. Enter uses it.", "▸ Mine", "https://store.example")
        await operator.keys("e")
        await operator.type("x", "f2")
        await operator.see("Saved Minex.", "▸ Minex")
        await operator.keys("d", "y")
        await operator.see("Removed Minex.")


async def test_profile_details_for_orders_are_saved(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("n")
        await operator.type("", *MINE, *["down"] * 5)
        await operator.type(
            "mine.toml",
            "down",
            "ctrl+u",
            *"Manager",
            *["down"] * 5,
            "ctrl+u",
            *"no",
            *["down"] * 2,
            *"ConsoleReference",
            "down",
            "ctrl+u",
            *"71",
            "f2",
        )
        await operator.see("Saved Mine.")
    written = (tmp_path / "config" / "settings.toml").read_text()
    assert 'menu_supplement = "mine.toml"' in written
    assert 'reference_field = "ConsoleReference"' in written
    assert "reference_field_id = 71" in written
    assert 'stock_role = "Manager"' in written
    assert "session_needs_token = false" in written


async def test_the_last_profile_stays(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("d", "y")
        await operator.see("The last profile cannot be removed")


async def test_a_profile_without_its_secret_says_so_at_the_sign_in(tmp_path: Path) -> None:
    async with run_console(tmp_path, settings=MINE_WITHOUT_SECRET) as operator:
        await operator.see("The secret of Mine is not on this machine.")


MINE_WITHOUT_SECRET = """
[[profiles]]
name = "Mine"
kind = "platform"
host = "https://store.example"
merchant_id = "M-1"
auth = { public_key = "K1" }
"""


async def test_key_and_secret_may_not_be_empty(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("n")
        await operator.type("Mine", "down", "end", *"store.example", "down", *"M-1", "f2")
        await operator.see("! Key is needed: one line")
        await operator.type("K1", "f2")
        await operator.see("! Secret is needed: it goes with the key.")
        await operator.type("secret-1", "f2")
        await operator.see("Saved Mine.")
        await operator.keys("e", "f2")
        await operator.see("Saved Mine.")


async def test_secret_that_is_not_on_this_machine_is_asked_for(tmp_path: Path) -> None:
    async with run_console(tmp_path, settings=MINE_WITHOUT_SECRET) as operator:
        await operator.see("The secret of Mine is not")
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("e")
        await operator.see("What this console calls the store.")
        await operator.keys("f2")
        await operator.see("! Secret is needed: it goes with the key.")


@pytest.mark.parametrize("start", ["", "\N{ZERO WIDTH SPACE}https://"])
async def test_a_pasted_url_fills_the_form(tmp_path: Path, start: str) -> None:
    async with run_console(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("n")
        await operator.type("Mine", "down", "ctrl+u")
        url = "store.example/developerapi/OAuth/GetAccessToken?merchantId=m-1&oauth_consumer_key=K2"
        operator.app.post_message(Paste(start + url))
        await operator.keys("down")
        await operator.see("Read from the address: host, merchant id, key.")
        await operator.see("https://store.example ", "m-1", "K2")


async def test_a_field_offers_its_choices_and_says_what_it_is_for(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("n")
        await operator.see("What this console calls the store.")
        await operator.keys("f4")
        await operator.see("Nothing to choose from here")
        await operator.keys("down", "down", "down")
        await operator.see("oauth signs; token sends AuthToken. F4 lists them.")
        await operator.keys("f4")
        await operator.see("Choices", "oauth")
        await operator.type("tok", "enter")
        await operator.see("Authentication    token")


async def test_one_key_tests_the_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run_console(tmp_path) as operator:
        good = operator.backend.open_sandbox(SANDBOX_PROFILE).endpoint
        tried: list[tuple[str, str | None]] = []

        def built(profile: Profile, secret: str | None) -> Endpoint:
            tried.append((profile.host, secret))
            return good if secret == "secret-1" else replace(good, auth=OAuth1("K1", "wrong"))

        monkeypatch.setattr("console.services.settings.build_endpoint", built)
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("n")
        await operator.type("", *MINE, "f5")
        await operator.see("✓ Connected: http://sandbox.localhost accepts the key.")
        await operator.type("x", "f5")
        await operator.see("✗ ")
        assert tried == [("https://store.example", "secret-1"), ("https://store.example", "secret-1x")]
        await operator.keys("f12")
        await operator.see("Leave without saving")


async def test_another_profile_signs_out_only_when_that_is_confirmed(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
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


async def open_the_preferences(operator: ConsolePilot) -> None:
    await operator.keys("f9")
    await operator.see("Store profile")
    await operator.keys("p")
    await operator.see("Print command", "from the next start: auto or never")


async def test_the_preferences_are_changed_on_a_form_of_their_own(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await open_the_preferences(operator)
        await operator.type("lp -d kitchen", "down", "ctrl+u", *"32", "down", "ctrl+u", *"7", "f2")
        await operator.see("Saved.", "32 characters wide, printed by lp -d kitchen", "kept 7 days")
    written = (tmp_path / "config" / "settings.toml").read_text()
    assert 'print_command = "lp -d kitchen"' in written
    assert "ticket_width = 32" in written
    assert 'name = "Sandbox store"' in written


async def test_a_preference_that_is_left_empty_gets_its_default(tmp_path: Path) -> None:
    async with run_console(tmp_path, settings=f"ticket_width = 32\n{SETTINGS}") as operator:
        await open_the_preferences(operator)
        await operator.type("", "down", "ctrl+u", "f2")
        await operator.see("Saved.", "42 characters wide, no print command is set")


@pytest.mark.parametrize(
    ("downs", "typed", "said"),
    [
        (1, "12", "Ticket width is a whole number, 20 to 120."),
        (2, "-1", "Recent customers is a whole number, 0 to 3650; 0 keeps none."),
        (3, "week", "Offline sign-in is a whole number, 0 to 365; 0 for never."),
        (4, "1.5", "Search delay is a whole number, 0 to 5000."),
        (5, "dusk", "Theme is a name such as nord or textual-light; empty for the terminal's own"),
        (6, "mauve", "Colour is auto or never."),
        (7, "pretty", "Signs is auto, plain or full."),
    ],
)
async def test_invalid_preference_is_refused_with_its_reason(
    tmp_path: Path, downs: int, typed: str, said: str
) -> None:
    async with run_console(tmp_path) as operator:
        await open_the_preferences(operator)
        await operator.type("", *["down"] * downs, "ctrl+u", *typed, "f2")
        await operator.see(f"! {said}")
        await operator.keys("f12", "y")
        await operator.see("42 characters wide", "kept 30 days", "for 7 days")


async def test_what_is_typed_and_not_saved_is_not_lost_by_one_escape(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await open_the_preferences(operator)
        await operator.type("lp", "escape")
        await operator.see("Leave without saving what is typed?")
        await operator.keys("escape")
        await operator.see("Print command     lp")
        await operator.keys("ctrl+u", "escape")
        await operator.see("no print command is set")


async def test_what_looks_otherwise_only_after_a_start_says_so(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await open_the_preferences(operator)
        await operator.type("", *["down"] * 5, *"nord", "f2")
        await operator.see("Saved. Theme, colour and signs change at the next start.")


async def test_who_is_signed_in_prints_by_the_new_command_at_once(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    async with run_console(tmp_path) as operator:
        number = await open_the_order(operator)
        await operator.keys("p", "p")
        await operator.see("No print command. F9, then p, sets one.")
        await open_the_preferences(operator)
        await operator.type(f"cat >{paper}", "down", "ctrl+u", *"24", "f2")
        await operator.see("Saved.")
        await operator.keys("escape", "p")
        for worker in [w for w in operator.app.workers if w.group == "print"]:
            await worker.wait()
        await operator.see("The customer's ticket is printed.")
    assert f"Order {number}" in paper.read_text()
    assert max(map(len, paper.read_text().splitlines())) == 24


async def test_preferences_are_not_saved_over_a_file_that_does_not_fit(tmp_path: Path) -> None:
    async with run_console(tmp_path, settings='debounce_ms = "soon"\n') as operator:
        await open_the_preferences(operator)
        await operator.type("lp", "f2")
        await operator.see("✗ Not saved: the settings file has an error.")
    assert (tmp_path / "config" / "settings.toml").read_text() == 'debounce_ms = "soon"\n'
