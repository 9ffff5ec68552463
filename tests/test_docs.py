"""The pages for operators and shopkeepers are held against the program: keys, signs, settings, commands."""

import argparse
import re
import tomllib
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest

from console.cli import build_parser
from console.config.profiles import (
    AuthSettings,
    CartSettings,
    OrderDataSettings,
    OrderStateSettings,
    PlacingSettings,
    PricingSettings,
    Profile,
    PropertySettings,
    SettingsModel,
    TimeoutSettings,
    TimeSettings,
)
from console.config.settings import Settings
from console.config.vocabulary_settings import StateEntry
from console.operations import OPERATIONS
from docs import make_operations
from screens import sign_in
from screens.checkout import commands as checkout_commands
from screens.checkout import confirmation
from screens.configurator import bundle_commands, deal_screen
from screens.framework import commands
from screens.framework.commands import Command, key_name
from screens.history import past_order, past_orders, reorder, ticket
from screens.home import customer_search
from screens.order import commands as order_commands
from screens.order import quick_order
from screens.outbox import conflicts_screen
from screens.outbox import screen as outbox
from screens.settings import screen as settings
from screens.stock import order_availability, product_stock
from tests.paths import ROOT
from widgets.symbols import ASCII_SYMBOLS, UNICODE_SYMBOLS

PAGES = (
    *(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG", "SECURITY")),
    *sorted((ROOT / "docs").rglob("*.md")),
)
ADDRESSES = (
    "https://github.com/store-console/store-console/blob/main/",
    "https://raw.githubusercontent.com/store-console/store-console/main/",
)
"""The address of a page of the sources, and of a picture."""
SCREENS = {
    "Sign in": sign_in.COMMANDS,
    "Customers": customer_search.COMMANDS,
    "Order": (*order_commands.COMMANDS, *order_commands.SYMBOL_COMMANDS, *order_commands.LETTERS),
    "One line": quick_order.COMMANDS,
    "Customise": bundle_commands.COMMANDS,
    "Deal": deal_screen.COMMANDS,
    "Stock by location": product_stock.COMMANDS,
    "Stores for the whole order": order_availability.COMMANDS,
    "Checkout": (*checkout_commands.COMMANDS, *checkout_commands.LETTERS),
    "Placed": confirmation.COMMANDS,
    "What differs": conflicts_screen.COMMANDS,
    "Outbox": outbox.COMMANDS,
    "Orders": past_orders.COMMANDS,
    "Past order": past_order.COMMANDS,
    "Repeat an order": reorder.COMMANDS,
    "Ticket": ticket.COMMANDS,
    "Settings": settings.COMMANDS,
}
DOCUMENTED_ONCE = {
    "escape",
    "up",
    "down",
    "pageup",
    "pagedown",
    "f1",
    "question_mark",
    "tab",
    "f9",
    "ctrl+p",
    "ctrl+q",
}
"""Keys of every screen and of every form, which the page lists once at its top."""
BARE = {
    (UNICODE_SYMBOLS.ellipsis, ASCII_SYMBOLS.ellipsis),
    (UNICODE_SYMBOLS.bar_cell, ASCII_SYMBOLS.bar_cell),
}
"""A text that was cut and a bar say themselves what they are."""
every_screen = pytest.mark.parametrize("screen", SCREENS)


def tables(page: str) -> dict[str, list[list[str]]]:
    """The rows of a page's tables, below their titles, by the heading above them."""
    found: dict[str, list[list[str]]] = {}
    for section in re.split(r"^#+ ", (ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        heading, _, text = section.partition("\n")
        lines = re.findall(r"^\|(.*)\|$", text, flags=re.MULTILINE)
        found[heading] = [[cell.strip() for cell in line.split("|")] for line in lines]
    return found


def documented_keys(screen: str) -> list[list[str]]:
    """The keys of each row of an operator's table."""
    rows = tables("docs/operators.md")[screen][2:]
    return [re.split(r", | or ", keys) for keys, _ in rows]


def names(command: Command) -> set[str]:
    return {key_name(key) for key in command.keys.split(",")} | {command.keys_text}


@every_screen
def test_every_row_tells_keys_of_one_thing(screen: str) -> None:
    actions = {name: command.action for command in SCREENS[screen] for name in names(command)}
    for keys in documented_keys(screen):
        listed = [actions[key] for key in keys]
        assert len({re.sub("_(sign|by_symbol)$", "", action) for action in listed}) == 1, keys


@every_screen
def test_every_command_is_documented(screen: str) -> None:
    listed = {key for keys in documented_keys(screen) for key in keys}
    listed |= {"Backspace", "a to z  0 to 9"}  # documented in words
    for command in SCREENS[screen]:
        if command.help and not set(command.keys.split(",")) & DOCUMENTED_ONCE:
            assert names(command) & listed, command.id


def test_the_keys_in_the_readme_are_those_of_the_order_screen() -> None:
    known = {name for command in SCREENS["Order"] for name in names(command)}
    rows = tables("README.md")["A day with it"][2:]
    assert {key for row in rows for key in re.findall("`([^`]+)`", row[0])} <= known


def test_no_key_is_named_that_no_screen_has() -> None:
    everything = (*commands.GLOBAL_COMMANDS, *(command for table in SCREENS.values() for command in table))
    known = {name for command in everything for name in names(command)}
    for page in PAGES:
        assert set(re.findall(r"\bF\d+\b|\^[A-Z]\b", page.read_text(encoding="utf-8"))) <= known, page.name


def test_every_sign_is_explained_in_both_ways_it_is_drawn() -> None:
    drawn = {
        pair
        for pair in zip(astuple(UNICODE_SYMBOLS), astuple(ASCII_SYMBOLS), strict=True)
        if pair not in BARE
    }
    listed = {(row[0], row[1]) for row in tables("docs/operators.md")["The signs"][2:]}
    assert drawn <= listed
    assert {sign for sign, plain in listed - drawn} == {"=", "~", "!"}


SETTINGS_TABLES: dict[str, type[SettingsModel]] = {
    "Settings": Settings,
    "Profiles": Profile,
    "Authentication": AuthSettings,
    "Pricing": PricingSettings,
    "Carts": CartSettings,
    "Placing": PlacingSettings,
    "Order data": OrderDataSettings,
    "States of orders": OrderStateSettings,
    "Each state": StateEntry,
    "Properties": PropertySettings,
    "Time": TimeSettings,
    "Deadlines": TimeoutSettings,
}
SETTINGS_GROUPS = {
    *("profiles", "auth", "pricing", "cart", "placing"),
    *("order_data", "order_states", "properties", "time", "timeouts"),
}
"""Fields that have a table of their own."""


def documented_settings(heading: str) -> Iterator[tuple[str, str]]:
    """Each key of a table of the page of settings with the default beside it."""
    for row in tables("docs/settings.md")[heading]:
        keys = re.findall("`([a-z_]+)`", row[0])
        yield from zip(keys, [value.strip(" `") for value in row[1].split(",")] * len(keys), strict=False)


@pytest.mark.parametrize("heading", SETTINGS_TABLES)
def test_the_page_of_settings_has_every_key_and_no_other(heading: str) -> None:
    documented = sorted(key for key, _ in documented_settings(heading))
    assert documented == sorted(set(SETTINGS_TABLES[heading].model_fields) - SETTINGS_GROUPS)


@pytest.mark.parametrize("heading", SETTINGS_TABLES)
def test_documented_setting_defaults_match_the_code(heading: str) -> None:
    for key, shown in documented_settings(heading):
        if shown not in ("", "none", "first profile"):
            assert shown.lower() == str(SETTINGS_TABLES[heading].model_fields[key].default).lower(), key


def commands_of(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with a task of its own, as it is typed."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for group in groups:
        for below in group.choices.values():
            yield from commands_of(below)
    if not groups:
        yield parser.prog, parser


def test_the_readme_names_every_command() -> None:
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    for command, _ in commands_of(build_parser()):
        assert command in text


def test_no_page_names_a_command_that_does_not_exist() -> None:
    known = [command.split() for command, _ in commands_of(build_parser())]
    for page in PAGES:
        for typed in re.findall(r"store-console(?: [a-z]+)+", page.read_text(encoding="utf-8")):
            assert any(typed.split()[: len(command)] == command for command in known), typed


def test_the_page_of_the_sandbox_has_every_option_of_serving_it() -> None:
    serve = dict(commands_of(build_parser()))["store-console sandbox serve"]
    listed = [row[0].strip("`").split()[0] for row in tables("docs/sandbox.md")["The sandbox store"][2:]]
    options = {option for action in serve._actions for option in action.option_strings}
    assert set(listed) == {option for option in options if option.startswith("--")} - {"--help"}


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """The files a page links to, each with the heading meant, empty for the whole page."""
    for link in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        folder = ROOT if link.startswith(ADDRESSES) else page.parent
        local = link.removeprefix(ADDRESSES[0]).removeprefix(ADDRESSES[1])
        if ":" not in local:
            path, _, heading = local.partition("#")
            yield ((folder / path).resolve() if path else page), heading


def test_every_link_of_the_readme_is_absolute() -> None:
    """The README is shown where no other file is: by an index of packages, for example."""
    found = re.findall(r"\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert found
    assert [link for link in found if not link.startswith(ADDRESSES)] == []


def test_the_readmes_links_begin_with_the_address_of_the_sources() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert ADDRESSES[0] == f"{project['urls']['Source']}/blob/main/"


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are linked to."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


def test_every_link_leads_to_a_file() -> None:
    for page in PAGES:
        for target, heading in links(page):
            assert target.exists(), f"{page.name}: {target}"
            assert not heading or heading in headings(target), f"{page.name}: #{heading}"


def test_every_page_is_reachable_from_the_readme() -> None:
    found, queue = set[Path](), [ROOT / "README.md"]
    while queue:
        page = queue.pop()
        if page not in found:
            found.add(page)
            queue += [target for target, _ in links(page) if target.suffix == ".md"]
    assert set(PAGES) <= found


def test_operations_only_api_call_reaches_match_the_page() -> None:
    rows = tables("docs/architecture.md")["What the product deliberately does not call"][2:]
    listed = {
        f"{resource}.{name}"
        for row in rows
        for resource in re.findall("`(\\w+)`", row[0])
        for name in re.findall("`(\\w+)`", row[1])
    }
    resources = "|".join({operation.name.partition(".")[0] for operation in OPERATIONS})
    sources = [
        path.read_text(encoding="utf-8")
        for folder in ("services", "sync", "commands")
        for path in (ROOT / "console" / folder).rglob("*.py")
    ]
    called = {
        ".".join(call) for source in sources for call in re.findall(rf"\b_?({resources})\.(\w+)\(", source)
    }
    assert listed == {operation.name for operation in OPERATIONS} - called


def test_page_of_operations_is_the_one_that_is_made() -> None:
    """``python -m docs.make_operations`` writes it."""
    assert make_operations.PAGE.read_text(encoding="utf-8") == make_operations.page_text()
