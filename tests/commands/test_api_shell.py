"""``api call`` as its user has it: what is printed, asked and returned."""

import json
import sys
from pathlib import Path

import pytest

from console.cli import main
from console.commands.api_call import (
    EXIT_FAILED,
    EXIT_OK,
    EXIT_UNKNOWN,
    EXIT_USAGE,
    ApiCallArguments,
    CallOptions,
)
from console.sandbox.app import Sandbox
from console.sandbox.switches import Fault, FaultKind, Switches
from tests.commands.shells import PASSWORD, Shell

TOM = ("customers.search", "UserName=tom.sawyer")


def set_fault(shell: Shell, pattern: str, kind: FaultKind) -> None:
    app = shell.endpoint.app
    assert isinstance(app, Sandbox)
    app.state.switches.current = Switches(faults=(Fault(pattern, kind),))


def test_typed_call_prints_the_response(shell: Shell) -> None:
    assert shell.type(*TOM) == EXIT_OK
    assert json.loads(shell.out)["Customers"][0]["FirstName"] == "Tom"


def test_refusal_prints_its_body_too(shell: Shell) -> None:
    assert shell.type("customers.details", "UserId=nobody") == EXIT_FAILED
    assert json.loads(shell.out)["messageCode"] == "1017"
    assert shell.err == "customers.details (1017): There is no such user.\n"


def test_refusal_without_json_prints_its_sentence_alone(shell: Shell) -> None:
    set_fault(shell, "*", FaultKind.NOT_JSON)
    assert shell.type("products.set_stock", "sku=x", "Inventory=1") != EXIT_OK
    assert shell.out == ""
    assert shell.err.startswith("products.set_stock")


def test_lost_write_has_an_exit_code_of_its_own(shell: Shell) -> None:
    set_fault(shell, "customers.access_token", FaultKind.DROP_AFTER)
    assert shell.type("customers.access_token") == EXIT_UNKNOWN
    assert "check before you repeat it" in shell.err


def test_refused_order_is_a_refusal_though_its_answer_says_success(shell: Shell, token: str) -> None:
    set_fault(shell, "orders.place", FaultKind.INVALID_ORDER)
    payment = ("PaymentOption=COD", "PaymentType=COD", "GateWayId=0", f"accesstoken={token}")
    assert shell.type("orders.place", *payment) == EXIT_FAILED
    assert json.loads(shell.out)["OrderCreationResponse"]["OrderID"] == 0
    assert shell.err.startswith("orders.place")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["call"], "store-console api call: the following arguments are required: OPERATION. --help lists"),
        (
            ["call", "customers.search", "tom"],
            "api call: 'tom' is not NAME=VALUE. --help lists",
        ),
        (["call", "x", "--nonsense"], "unrecognized arguments: --nonsense"),
    ],
)
def test_wrong_words_are_told_in_one_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["api", *words])
    assert ended.value.code == EXIT_USAGE
    assert said in capsys.readouterr().err


def test_header_is_taken_in_any_case(shell: Shell, token: str) -> None:
    headers = {"AccessToken": token, "LANGUAGECODE": "en"}
    arguments = ApiCallArguments("carts.get", query={"PROMOTIONDETAILS": "true"}, headers=headers)
    assert shell.call(arguments) == EXIT_OK


@pytest.mark.parametrize(
    ("path", "printed"),
    [
        ("Customers.0.FirstName", "Tom\n"),
        ("customers[0].firstname", "Tom\n"),
        ("Customers.*.LastName", "Sawyer\n"),
        ("ErrorCode", "0\n"),
    ],
)
def test_field_prints_a_part_of_the_response(shell: Shell, path: str, printed: str) -> None:
    assert shell.type(*TOM, options=CallOptions(field=path)) == EXIT_OK
    assert shell.out == printed


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("Customer", "the response has no Customer. Did you mean Customers?"),
        ("Customers.7", "Customers is a list: 7 is not a row, from 0 to 0, or * for every one."),
        ("Message.x", "Message is one value: there is no x in it."),
    ],
)
def test_field_that_is_not_there_is_told(shell: Shell, path: str, said: str) -> None:
    assert shell.type(*TOM, options=CallOptions(field=path)) == EXIT_FAILED
    assert shell.err == f"store-console api call: {said}\n"


def test_head_is_printed_before_the_body(shell: Shell) -> None:
    shell.type(*TOM, options=CallOptions(show_head=True))
    head, _, body = shell.out.partition("\n\n")
    assert head.startswith("HTTP 200\n")
    assert "content-type: application/json" in head
    assert json.loads(body)["messageCode"] == "1004"


def test_dry_run_shows_the_request_and_sends_nothing(shell: Shell) -> None:
    set_fault(shell, "*", FaultKind.DROP_BEFORE)
    assert shell.type(*TOM, options=CallOptions(dry_run=True)) == EXIT_OK
    lines = shell.out.splitlines()
    assert (
        lines[0] == f"POST http://sandbox.localhost/developerapi/Customer/{shell.endpoint.merchant_id}/Search"
    )
    assert 'InputData={"customerSearch":{"UserName":"tom.sawyer"}}' in lines
    assert "Content-Type: application/x-www-form-urlencoded" in lines


@pytest.mark.parametrize("secret", ["counter-1", 'qu"ote\\', "with space&=%", "ünï"])
def test_dry_run_shows_no_secret(shell: Shell, secret: str) -> None:
    shell.environ["SECRET"] = secret
    options = CallOptions(dry_run=True)
    shell.type("customers.agent_login", "username=a", "password=@env:SECRET", options=options)
    shell.type("customers.login", "username=a", f"password={secret}", options=options)
    shell.type("customers.change_password", "UserId=a", "password=@env:SECRET", options=options)
    data = json.dumps({"username": "a", "password": secret})
    shell.call(ApiCallArguments("customers.login", data=data), options)
    assert secret not in shell.out
    assert shell.out.count("[hidden]") >= 8  # four passwords and four signatures
    assert shell.err == ""


def test_dry_run_shows_no_session(shell: Shell) -> None:
    options = CallOptions(dry_run=True)
    assert shell.type("carts.by_token", "accesstoken=t0ken", options=options) == EXIT_OK
    assert "t0ken" not in shell.out
    assert "accesstoken: [hidden]" in shell.out


def test_refused_request_shows_no_secret_of_its_own(shell: Shell) -> None:
    shell.type("customers.validate_token", "accesstoken=no-such-token")
    assert "no-such-token" not in shell.out + shell.err


def test_every_page_is_one_response(shell: Shell) -> None:
    shell.type("products.search", "keyword=pizza", "pageSize=4")
    first = json.loads(shell.out)["ProductIds"]
    every = Shell(shell.endpoint)
    every.type("products.search", "keyword=pizza", "pageSize=4", options=CallOptions(all_pages=True))
    ids = json.loads(every.out)["ProductIds"]
    assert ids[:4] == first
    assert len(ids) == 6
    assert len(set(ids)) == len(ids)
    assert every.err.splitlines()[1] == "products.search: page 2, 6 rows"


def test_page_in_the_path_is_counted_too(shell: Shell) -> None:
    values = ("categoryId=CU00357471", "productType=D")
    assert shell.type("products.by_type", *values, options=CallOptions(all_pages=True)) == EXIT_OK
    assert len(json.loads(shell.out)["Products"]) > 1


def test_operation_of_one_page_says_which_have_more(shell: Shell) -> None:
    assert shell.type(*TOM, options=CallOptions(all_pages=True)) == EXIT_USAGE
    assert "customers.search has one page; --all is for" in shell.err
    assert "products.search" in shell.err


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STORE_CONSOLE_HOME", str(tmp_path))
    monkeypatch.delenv("STORE_CONSOLE_ACCESS_TOKEN", raising=False)
    return tmp_path


def answer(monkeypatch: pytest.MonkeyPatch, text: str | None) -> None:
    """Let standard input be a terminal where this is typed, or none if it is ``None``."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: text is not None)
    monkeypatch.setattr(sys.stdin, "readline", lambda: text or "")


WRITE = ["api", "call", "customers.access_token", "--field", "Token.AccessToken"]


def test_write_without_a_terminal_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(monkeypatch, None)
    assert main(WRITE) == EXIT_USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert "customers.access_token (Get Access Token) changes data at http://sandbox.localhost." in said.err
    assert "add --yes" in said.err


@pytest.mark.parametrize(("typed", "code"), [("y\n", EXIT_OK), ("\n", EXIT_FAILED), ("", EXIT_FAILED)])
def test_write_is_sent_as_the_person_at_the_terminal_says(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, code: int
) -> None:
    answer(monkeypatch, typed)
    assert main(WRITE) == code
    assert bool(capsys.readouterr().out) == (code == EXIT_OK)


@pytest.mark.parametrize("words", [["--yes"], ["-y"], ["--dry-run"]])
def test_nobody_is_asked_where_it_was_said_before(
    home: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    answer(monkeypatch, None)
    assert main([*WRITE, *words]) == EXIT_OK


def test_read_asks_nobody(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, None)
    assert main(["api", "call", "oauth.timestamp"]) == EXIT_OK


def test_options_stand_anywhere_between_the_values(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["api", "call", "-i", "customers.search", "--field", "ErrorCode", "UserName=tom", "--profile"]
    assert main([*words, "Sandbox store", "mobile=7"]) == EXIT_OK
    assert capsys.readouterr().out.endswith("\n\n0\n")


def test_data_is_read_from_a_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "search.json"
    file.write_text('{"customerSearch": {"UserName": "tom.sawyer"}}')
    assert main(["api", "call", "customers.search", "--data", f"@{file}"]) == EXIT_OK
    assert "Sawyer" in capsys.readouterr().out


def test_file_that_is_not_there_is_a_sentence(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["api", "call", "customers.search", "--data", "@nowhere.json"]) == EXIT_USAGE
    assert capsys.readouterr().err == (
        "store-console api call: the file nowhere.json cannot be read: No such file or directory.\n"
    )


def test_session_of_the_environment_is_sent_unless_another_is_given(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main([*WRITE, "--yes"])
    monkeypatch.setenv("STORE_CONSOLE_ACCESS_TOKEN", capsys.readouterr().out.strip())
    call = ["api", "call", "carts.get", "promotionDetails=true"]
    assert main(call) == EXIT_OK
    assert main([*call, "AccessToken=another"]) == EXIT_FAILED


class TestListAndShow:
    @pytest.mark.parametrize("words", [["delivery", "slot"], ["SetDeliverySlot"], ["set_slot"]])
    def test_list_finds_words_of_name_title_and_path(
        self, words: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["api", "list", *words]) == EXIT_OK
        assert "carts.set_slot" in capsys.readouterr().out

    def test_list_without_a_match_names_the_nearest(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["api", "list", "custmers.search"]) == EXIT_FAILED
        assert "Did you mean customers.search" in capsys.readouterr().err

    def test_show_has_parameters_with_their_meaning_and_a_sample(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["api", "show", "carts.set_slot"]) == EXIT_OK
        shown = capsys.readouterr().out
        assert "POST Carts/SetDeliverySlot/{merchantId}" in shown
        assert "* DeliverySlotId  body    the delivery slot's id" in shown
        assert "store-console api call carts.set_slot DeliverySlotId=" in shown

    def test_show_is_json_on_request(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["api", "show", "customers.search", "--json"]) == EXIT_OK
        shown = json.loads(capsys.readouterr().out)
        assert shown["sample"]["body"] == {"customerSearch": {"UserName": "tom"}}

    def test_show_of_no_operation_names_the_nearest(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["api", "show", "customer.search"]) == EXIT_USAGE
        assert "Did you mean customers.search" in capsys.readouterr().err


def test_password_never_reaches_what_is_printed(shell: Shell) -> None:
    shell.type("customers.agent_login", "username=layla@sandbox.example", f"password={PASSWORD}x")
    assert PASSWORD not in shell.out + shell.err
