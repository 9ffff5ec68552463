"""``sandbox reset`` and ``sandbox switch``."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.cli import main
from console.sandbox.control_api import parse_switches, switches_json
from console.sandbox.store import Store
from console.sandbox.switches import Fault, FaultKind, Switches
from tests.commands.every_operation import serve_sandbox
from tests.commands.steps import ServedSandbox


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSandbox]:
    with serve_sandbox(tmp_path_factory.mktemp("served") / "store.db") as sandbox:
        yield sandbox


def reset(*words: str) -> int:
    return main(["sandbox", "reset", "--yes", *words])


def switch(sandbox: ServedSandbox, *words: str) -> int:
    return main(["sandbox", "switch", "--base-url", sandbox.base_url, *words])


def use(store: Store) -> None:
    """Leave something behind."""
    store.run("INSERT INTO token VALUES ('t', 'u', NULL, NULL, NULL, 0, 0, 'open')")
    store.run("DELETE FROM customer")


def is_new(store: Store) -> bool:
    return not store.rows("SELECT 1 FROM token") and bool(store.rows("SELECT 1 FROM customer"))


def test_store_in_a_file_is_as_new(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    store = Store.open(file, seed=7)
    use(store)
    store.close()
    assert reset("--file", str(file)) == 0
    again = Store.open(file)
    assert (is_new(again), again.seed) == (True, 7)
    again.close()


def test_reset_is_asked_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "store.db"
    store = Store.open(file)
    use(store)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    assert main(["sandbox", "reset", "--file", str(file)]) == 2
    assert "add --yes" in capsys.readouterr().err
    assert not is_new(store)
    store.close()


def test_reset_of_no_store_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reset("--file", str(tmp_path / "none.db")) == 1
    assert "it is new already" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_file_that_is_no_store_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear shop, " * 100)
    assert reset("--file", str(file)) == 1
    assert file.read_text().startswith("Dear shop")
    assert "is not a sandbox store" in capsys.readouterr().err


def test_served_sandbox_is_switched_shown_and_reset(
    served: ServedSandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store.open(served.file)
    use(store)
    assert switch(served, "merge_lines=false", "closed_locations=[27299]", "half_rule=dearer") == 0
    assert capsys.readouterr().out == "Set: merge_lines, closed_locations, half_rule.\n"
    assert switch(served) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["merge_lines"], shown["closed_locations"], shown["half_rule"]) == (False, [27299], "dearer")
    assert reset("--base-url", served.base_url) == 0
    capsys.readouterr()
    switch(served)
    assert json.loads(capsys.readouterr().out)["merge_lines"] is True
    assert is_new(store)
    store.close()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["merge_line=false"], 2, "there is no switch merge_line. Did you mean merge_lines?"),
        (["merge_lines=perhaps"], 1, "The sandbox refuses: merge_lines: not true or false."),
    ],
)
def test_wrong_switch_is_told(
    served: ServedSandbox, capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    assert switch(served, *words) == code
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "ftp//x", "nonsense"])
def test_address_without_a_sandbox_is_a_sentence(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sandbox", "switch", "--base-url", address]) == 1
    said = capsys.readouterr().err
    assert said.startswith(("No sandbox answers at", f"{address} is no address"))
    assert "Traceback" not in said


def test_switches_are_shown_as_they_can_be_set_again() -> None:
    """Every kind of value: a flag, mappings, sets, an enumeration and faults."""
    fault = {"pattern": "carts.*", "kind": "drop-after", "probability": 0.5}
    asked = {
        "merge_lines": False,
        "price_changes": {"1": "0.900"},
        "location_stock": {"2": {"3": 0}},
        "closed_locations": [4],
        "expired_vouchers": ["x"],
        "cart_owner": "customer",
        "faults": [fault],
    }
    switches = parse_switches(asked, Switches())
    assert switches.faults == (Fault("carts.*", FaultKind.DROP_AFTER, probability=0.5),)
    assert parse_switches(json.loads(json.dumps(switches_json(switches))), Switches()) == switches
