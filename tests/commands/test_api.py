"""``store-console api``: every operation listed, any of them called, nothing secret on the command line."""

import json
from pathlib import Path

import pytest

from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.cli import main
from console.commands.api_call import EXIT_FAILED, EXIT_OK, EXIT_USAGE, ApiCallArguments
from tests.commands.shells import Shell


def test_the_list_names_every_documented_operation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["api", "list", "--json"]) == EXIT_OK
    listed = json.loads(capsys.readouterr().out)
    assert len(listed) == len({operation["name"] for operation in listed}) == 88 + 49 + 1


def test_the_list_tells_what_an_operation_takes(capsys: pytest.CaptureFixture[str]) -> None:
    main(["api", "list", "--json"])
    (slots,) = (o for o in json.loads(capsys.readouterr().out) if o["name"] == "carts.set_slot")
    assert slots["title"] == "Set Delivery Slot"
    (slot_id,) = (each for each in slots["parameters"] if each["name"] == "DeliverySlotId")
    assert (slot_id["place"], slot_id["required"], slot_id["kind"]) == ("body", True, "a whole number")


def test_response_is_printed_as_json(shell: Shell) -> None:
    asked = ApiCallArguments("customers.search", data='{"customerSearch": {"UserName": "tom.sawyer"}}')
    assert shell.call(asked) == EXIT_OK
    (customer,) = json.loads(shell.out)["Customers"]
    assert customer["FirstName"] == "Tom"


def test_figures_keep_their_digits(shell: Shell) -> None:
    asked = ApiCallArguments("products.stock_by_location", form={"productid": "", "locationid": "27299"})
    assert shell.call(asked) == EXIT_OK
    assert '"WebPrice": 4.7' in shell.out


@pytest.mark.parametrize("password", ["@env:SECRET", "-"])
def test_secret_is_read_from_environment_or_stdin(shell: Shell, password: str) -> None:
    form = {"username": "layla@sandbox.example", "password": password}
    assert shell.call(ApiCallArguments("customers.agent_login", form=form)) == EXIT_OK


def test_a_refusal_is_one_line_with_its_code(shell: Shell) -> None:
    assert shell.call(ApiCallArguments("customers.details", path={"UserId": "nobody"})) == EXIT_FAILED
    assert shell.err == "customers.details (1017): There is no such user.\n"


@pytest.mark.parametrize(
    "asked",
    [
        ApiCallArguments("customers.nonsense"),
        ApiCallArguments("customers.details"),
        ApiCallArguments("customers.details", path={"UserId": "x", "Else": "y"}),
        ApiCallArguments("customers.search", data="{"),
        ApiCallArguments("customers.search", form={"a": "b"}),
        ApiCallArguments("customers.agent_login", data="{}"),
        ApiCallArguments("customers.details", path={"UserId": "x"}, data="{}"),
        ApiCallArguments("customers.details", path={"UserId": "@env:NOWHERE"}),
        ApiCallArguments("customers.details", path={"UserId": "x"}, headers={"Else": "y"}),
    ],
)
def test_wrong_usage_says_what_is_wrong_and_sends_nothing(shell: Shell, asked: ApiCallArguments) -> None:
    assert shell.call(asked) == EXIT_USAGE
    assert shell.err.startswith("store-console api call: ")
    assert shell.out == ""


def test_the_signature_endpoint_is_called_on_this_machine_only() -> None:
    far = Endpoint("https://store.example", "m", OAuth1("key", "secret"))
    names = ("public_key", "secret_key", "timeStamp", "nonce", "http_method")
    shell = Shell(far)
    assert shell.call(ApiCallArguments("oauth.signature", path=dict.fromkeys(names, "1"))) == EXIT_USAGE
    assert "this machine only" in shell.err


def test_the_command_calls_the_store_inside_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STORE_CONSOLE_HOME", str(tmp_path))
    assert main(["api", "call", "oauth.timestamp"]) == EXIT_OK
    assert json.loads(capsys.readouterr().out)["messageCode"] == "1004"


def test_unusable_network_settings_are_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1,[::1]")
    shell = Shell(Endpoint("https://shop.example", "m-1", OAuth1("key", "secret")))
    assert shell.call(ApiCallArguments("oauth.timestamp")) == EXIT_FAILED
    assert shell.err == (
        "oauth.timestamp: This machine's network settings cannot be used: NO_PROXY is wrong. "
        "Correct them, then start the console again.\n"
    )
