"""A second merchant with other ids has the same rules; neither merchant sees the other."""

import json
import re
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from console.sandbox.data import data_loader
from console.sandbox.store import Store
from tests.sandbox.sandbox_calls import DOCUMENTED, Caller, Clock

pytestmark = pytest.mark.anyio

OURS, THEIRS = "4d00cd2b-28e8-4950-b8b9-2ecf50e44933", "81e77da2-723b-483d-8c0d-49f800c1e288"
ID = re.compile(r"\b(?:13\d{6}|12\d{6}|9[78]\d{5}|13\d{3}|88\d{3})\b")
"""Ids of products, variants, groups and bundle items; prices, PIN codes and locations are not matched."""


def shifted(text: str) -> str:
    """Return the text with another merchant and other ids."""
    return ID.sub(lambda found: str(int(found[0]) + 50_000_000), text.replace(OURS, THEIRS))


@pytest.fixture
def their_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    (tmp_path / "data").mkdir()
    for file in resources.files("console.sandbox").joinpath("data").iterdir():
        if file.name.endswith(".toml"):
            (tmp_path / "data" / file.name).write_text(shifted(file.read_text(encoding="utf-8")))
    forget()
    monkeypatch.setattr(data_loader.resources, "files", lambda _package: tmp_path)
    yield (store := Store.open(None, clock=Clock()))
    store.close()
    monkeypatch.undo()
    forget()


def forget() -> None:
    """Clear every module's cache of a merchant's data."""
    for name in [name for name in sys.modules if name.startswith("console.sandbox")]:
        for value in vars(sys.modules[name]).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


@pytest.fixture
def theirs(their_store: Store) -> Caller:
    return Caller(their_store, Clock())


@pytest.mark.parametrize("name", ["customised_deal", "customised_bundle"])
async def test_the_documented_order_costs_the_same_under_other_ids(theirs: Caller, name: str) -> None:
    await theirs.walk_in()
    request: Any = json.loads(shifted(json.dumps(DOCUMENTED[name]["request"])))
    cart = (await theirs.input("carts/AddCartItems/{M}", request))["Carts"]
    documented = DOCUMENTED[name]["answer"]
    assert cart["MerchantId"] == THEIRS
    assert cart["OrderTotal"] == pytest.approx(documented["OrderTotal"], abs=1e-9)
    assert cart["CartItems"][0]["ProductId"] == documented["CartItems"][0]["ProductId"] + 50_000_000


async def test_our_ids_mean_nothing_there(theirs: Caller) -> None:
    await theirs.walk_in()
    response = await theirs.input("carts/AddCartItems/{M}", DOCUMENTED["customised_bundle"]["request"])
    assert response["messageCode"] == "5005"


async def test_a_call_for_another_merchant_is_refused(theirs: Caller) -> None:
    theirs.merchant = OURS
    assert (await theirs.ask("GET", "Store/Information/{M}"))["messageCode"] == "1045"


async def test_a_session_of_one_merchant_is_none_of_the_other(caller: Caller, theirs: Caller) -> None:
    await theirs.walk_in()
    caller.token = theirs.token
    assert (await caller.ask("GET", f"Carts/cart/{{M}}/{caller.token}"))["messageCode"] == "1003"
