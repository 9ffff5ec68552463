"""Steps at a real terminal that several tests begin with."""

import re
from pathlib import Path

from tests.terminal.consoles import Console, ServedStore

CONFIRMED = re.compile(r"Confirmed = KWD (\d+\.\d{3}) ✓")


def confirmed_total(console: Console) -> str:
    """Wait until the platform has all of it; what it says the order comes to."""
    screen = console.until(lambda screen: CONFIRMED.search(screen) is not None, "a confirmed total")
    found = CONFIRMED.search(screen)
    assert found is not None
    return found[1]


def start_toms_session(console: Console) -> None:
    console.type("tom.sawyer")
    console.see("tom.sawyer@ex")
    console.keys("enter")
    console.see("for Tom Sawyer", "Chicken Supreme")


def add(console: Console, text: str) -> None:
    console.type(text)
    console.keys("enter")


def make_profile(console: Console, host: str, merchant_id: str, key: str, secret: str) -> None:
    console.keys("f9")
    console.see("Store profile")
    console.keys("n")
    console.see("Merchant id")
    console.type("Served")
    console.keys("enter", "ctrl+u")
    for setting in (host, merchant_id):
        console.type(setting)
        console.keys("enter")
    console.keys("enter")
    console.type(key)
    console.keys("enter")
    console.type(secret)
    console.keys("f2")
    console.see("Saved Served")
    console.keys("enter")
    console.until(lambda screen: screen.startswith("Served") and "Operator" in screen, "that store's sign-in")


def begin_an_order(home: Path, consoles: list[Console], store: ServedStore) -> Console:
    console = Console(home)
    consoles.append(console)
    make_profile(console, store.base_url, store.merchant_id, store.consumer_key, store.consumer_secret)
    console.sign_in()
    console.see("Type a number")
    start_toms_session(console)
    add(console, "2*garlic bread")
    add(console, "wedges")
    # Shown in the frame of its key, saved a moment later: what the platform confirmed is saved for sure.
    console.see("Added 1 Potato Wedges", "Confirmed = KWD 2.350 ✓")
    return console


def port_of(store: ServedStore) -> int:
    return int(store.base_url.rpartition(":")[2])


class Counted:
    """Somebody at the keys of a console, whose keys are counted: a text is as many as it has letters."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.keys_pressed = 0

    def type(self, text: str) -> None:
        self.keys_pressed += len(text)
        self.console.type(text)

    def press(self, *keys: str) -> None:
        self.keys_pressed += len(keys)
        self.console.keys(*keys)
