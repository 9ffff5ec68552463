"""Each field of each printed sample with odd values: a sentence or a record less, never the whole list."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from random import Random
from typing import Any, cast

import pytest
from pydantic import SecretStr

from console.api.customers.requests import ThirdPartyProfile
from console.api.errors import MismatchedResponse, PlatformError
from console.api.transport.records import Records
from tests.api.odd_values import ODD_VALUES, Path, SamplePort, bound_call, methods, paths, sample_client
from tests.fresh_seeds import seed_for

pytestmark = pytest.mark.anyio

KNOWN: Mapping[str, Mapping[str, object]] = {
    "carts.get_with_session": {"token": SecretStr("5dp0j3mnzizmldsfb20lfnq5")},
    "customers.details": {"user_id": "132d3c1d-7d71-4b87-9a69-a4d216d634fa"},
    "customers.login_with_third_party_async": {
        "profile": ThirdPartyProfile("Google", "1", email="customer@example.com", token=SecretStr("t"))
    },
    "orders.details": {"order_id": 55783},
    "orders.details_by_reference": {"reference": "order1"},
    "orders.information": {"order_id": 3390199},
    "orders.status": {"order_id": 7506651},
    "products.information": {"product_id": 11982534},
    "products.variants": {"product_id": 12322048},
}
"""Arguments that an answer is compared with."""
UNPRINTED = {"customers.search": "needs something to search for: customers.search_by_date has its answer"}
METHODS = [name for name in methods() if not name.startswith("oauth.") and name not in UNPRINTED]
SAMPLED = 40
"""Odd answers of each method in the quick run."""


async def try_odd_answers(name: str, *, sampled: int | None) -> None:
    """Call a method with odd answers, each with one odd value; all of them without ``sampled``."""
    port = SamplePort()
    call = bound_call(sample_client(port), name, **KNOWN.get(name, {}))
    usual = await call()
    odd: list[tuple[Path, Any]] = [(path, value) for path in paths(port.sample) for value in ODD_VALUES]
    seed = seed_for(len(name))
    for path, value in odd if sampled is None else Random(seed).sample(odd, min(sampled, len(odd))):
        port.path, port.value = path, value
        case = f"{name} {path} {str(value)[:40]!r} seed {seed}"
        first, row, *_ = (*path, None, None)
        is_row = first == port.envelope and isinstance(row, int) and isinstance(usual, Records)
        found, error = await _outcome(call)
        if error is not None:
            # An odd id may be another one: such a list belongs to another request.
            assert error.message, case
            assert not is_row or isinstance(error, MismatchedResponse), case
        elif is_row:
            assert isinstance(found, Records), case
            _check_others(found, cast("Records[object]", usual), int(row or 0), case)


async def _outcome(call: Callable[[], Awaitable[object]]) -> tuple[object, PlatformError | None]:
    try:
        return await call(), None
    except PlatformError as error:
        return None, error


def _check_others(found: Records[object], usual: Records[object], odd: int, case: str) -> None:
    others = (*usual[:odd], *usual[odd + 1 :])
    if len(found) == len(usual):
        assert (*found[:odd], *found[odd + 1 :]) == others, case
    else:
        assert tuple(found) == others, case
        assert found.unreadable in (0, 1), case


@pytest.mark.parametrize("name", METHODS)
async def test_odd_value_costs_a_sentence_or_a_record(name: str) -> None:
    await try_odd_answers(name, sampled=SAMPLED)


@pytest.mark.slow
@pytest.mark.parametrize("name", METHODS)
async def test_every_odd_value_costs_a_sentence_or_a_record(name: str) -> None:
    await try_odd_answers(name, sampled=None)


PRICES: Iterable[tuple[object, str | None]] = (
    ("1,234.500", "1234.500"),
    ("12,345,678", "12345678"),
    ("1.234,500", "1234.500"),
    ("12,5", "12.5"),
    (" 0.750 ", "0.750"),
    ("1,234", None),
    ("1,23,456.5", None),
    ("NA", None),
    ("", None),
    (None, None),
    (-1, None),
    (True, None),
    ([], None),
    (float("nan"), None),
    ("KWD 1.5", None),
)
"""A price as received, and what it is; ``None`` if it cannot be read, or could be read in two ways."""


@pytest.mark.parametrize(("received", "price"), PRICES)
@pytest.mark.parametrize("name", ["products.by_category", "products.multiple", "products.parents"])
async def test_price_is_what_it_says_or_its_product_is_left_out(
    name: str, received: object, price: str | None
) -> None:
    port = SamplePort()
    call = bound_call(sample_client(port), name)
    usual: Any = await call()
    key = next(key for key in port.sample[port.envelope][0] if key.lower() == "webprice")
    port.path, port.value = (port.envelope, 0, key), received
    found: Any = await call()
    if price is None:
        assert (found, found.unreadable) == (usual[1:], 1)
    else:
        assert (str(found[0].web_price), found[1:]) == (price, usual[1:])


@pytest.mark.parametrize("received", ["NA", "", None, "1,234.500", "many", 1.5, [], {}, True])
async def test_product_with_an_odd_stock_is_there_without_it(received: object) -> None:
    port = SamplePort()
    call = bound_call(sample_client(port), "products.by_category")
    usual: Any = await call()
    port.path, port.value = (port.envelope, 0, "Inventory"), received
    found: Any = await call()
    assert (found[0].product_id, found[0].inventory) == (usual[0].product_id, None)
    assert found.unreadable == 0


TRUE = (True, "true", "True", "TRUE", " true ", "1", 1, 1.0, "yes", "Y", "T", "on")
FALSE = (False, "false", "False", "FALSE", " false ", "0", 0, 0.0, "no", "N", "F", "off")


@pytest.mark.parametrize(("value", "is_true"), [*((v, True) for v in TRUE), *((v, False) for v in FALSE)])
@pytest.mark.parametrize(
    ("name", "path", "read"),
    [
        ("products.bundle_items", ("BundleItems", 0, "IsPrimaryProduct"), lambda r: r.items[0].is_primary),
        (
            "products.bundle_items",
            ("BundleItems", 0, "IsDefaultBundleItem"),
            lambda r: r.items[0].is_default,
        ),
        ("products.by_category", ("Products", 0, "IsParentProduct"), lambda r: r[0].is_parent),
        ("orders.details", ("OrderLines", 0, "IsPrimaryProduct"), lambda r: r[0].is_primary),
        ("carts.slots", ("DaySlots", 0, "Slots", 0, "IsDisabled"), lambda r: r[0].slots[0].is_disabled),
    ],
)
async def test_boolean_is_read_in_every_spelling(
    name: str, path: Path, read: Any, value: object, *, is_true: bool
) -> None:
    port = SamplePort()
    call = bound_call(sample_client(port), name, **KNOWN.get(name, {}))
    port.path, port.value = path, value
    assert read(await call()) is is_true
