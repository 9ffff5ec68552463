"""Every documented code, and every other failure, becomes an exception with a sentence."""

import contextlib
import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.api import errors
from console.api.errors import (
    CHECK_BEFORE_RETRY,
    AccountLocked,
    CartRefused,
    InvalidInput,
    NoSuchService,
    NotAuthorised,
    NotFound,
    PlatformError,
    PlatformFault,
    RateLimited,
    SessionExpired,
    SignInRefused,
    TimedOut,
    UnexpectedRedirect,
    UnknownCode,
    Unreachable,
    UnreadableResponse,
    VoucherRefused,
    WrongPassword,
)
from console.api.transport.error_codes import ERRORS_BY_CODE, SUCCESS_CODES
from console.api.transport.port import RawResponse, Request
from console.api.transport.response import decode_response
from console.operations import OPERATIONS_BY_NAME
from tests.paths import API_SAMPLES

CODES: list[dict[str, object]] = json.loads((API_SAMPLES / "message_codes.json").read_text("utf-8"))
NOW = 1_533_029_929.0


def decoded(
    body: object,
    *,
    status: int = 200,
    operation: str = "customers.details",
    with_token: bool = False,
    secrets: tuple[str, ...] = (),
    **headers: str,
) -> object:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = Request(
        OPERATIONS_BY_NAME[operation], "GET", "https://x", {}, secrets=secrets, has_customer_token=with_token
    )
    return decode_response(RawResponse(status, headers, raw), request, now=NOW)


def refused(body: object, **more: Any) -> PlatformError:
    with pytest.raises(PlatformError) as caught:
        decoded(body, **more)
    return caught.value


def with_code(code: object, **more: Any) -> PlatformError:
    return refused({"messageCode": code, "Message": "as the platform says it"}, **more)


@pytest.mark.parametrize("row", CODES, ids=lambda row: f"{row['code']}")
def test_every_documented_code_has_a_sentence_of_our_own(row: dict[str, object]) -> None:
    code = int(str(row["code"]))
    if code in SUCCESS_CODES:
        return

    error = with_code(str(code))

    assert type(error) is not UnknownCode
    assert error.code == code
    assert error.message.endswith(".")
    assert error.message == str(error)


def test_no_code_is_listed_that_the_documents_do_not_name() -> None:
    assert set(ERRORS_BY_CODE) | set(SUCCESS_CODES) | {429} == {int(str(row["code"])) for row in CODES}


@pytest.mark.parametrize("code", [*SUCCESS_CODES, *map(str, SUCCESS_CODES)])
def test_a_queued_task_and_a_warning_count_as_done(code: object) -> None:
    assert decoded({"messageCode": code, "Customer": {}}) == {"messageCode": code, "Customer": {}}


@pytest.mark.parametrize(
    ("code", "operation", "kind"),
    [
        (1003, "customers.details", NotAuthorised),
        (1009, "customers.details", NotFound),
        (1040, "customers.agent_login", WrongPassword),
        (1041, "customers.agent_login", SignInRefused),
        (1017, "customers.agent_login", SignInRefused),
        (1032, "customers.agent_login", AccountLocked),
        (1037, "customers.agent_login", AccountLocked),
        (1039, "customers.agent_login", SignInRefused),
        (5001, "customers.update", InvalidInput),
        (5001, "carts.add_items", NotFound),
        (5004, "carts.add_items", CartRefused),
        (1034, "carts.add_items", CartRefused),
        (3008, "carts.add_items", VoucherRefused),
        (1000, "carts.add_items", PlatformFault),
        (1030, "carts.add_items", NotAuthorised),
        (429, "carts.add_items", RateLimited),
        (7777, "carts.add_items", UnknownCode),
    ],
)
def test_a_code_means_what_it_means_there(code: int, operation: str, kind: type[PlatformError]) -> None:
    assert type(with_code(code, operation=operation)) is kind


def test_code_1003_on_a_customer_token_ends_the_session() -> None:
    assert type(with_code(1003, operation="carts.add_items", with_token=True)) is SessionExpired


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, UnexpectedRedirect),
        (401, NotAuthorised),
        (403, NotAuthorised),
        (404, NoSuchService),
        (418, UnknownCode),
        (429, RateLimited),
        (440, SessionExpired),
        (500, PlatformFault),
        (503, PlatformFault),
    ],
)
def test_a_status_says_what_no_code_said(status: int, kind: type[PlatformError]) -> None:
    error = refused(b"<html>", status=status)

    assert type(error) is kind
    assert error.code == status


def test_a_code_says_more_than_its_status() -> None:
    assert type(with_code(1009, status=404)) is NotFound


def test_a_refusing_status_is_no_success_whatever_the_code() -> None:
    assert isinstance(with_code(1004, status=400), PlatformError)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("Tue, 31 Jul 2018 09:39:49 GMT", 60.0), ("Sun, 01 Jan 2017 00:00:00 GMT", 0.0)],
)
def test_the_platform_says_how_long_to_wait(header: str, seconds: float) -> None:
    error = refused(b"", status=429, **{"retry-after": header})

    assert isinstance(error, RateLimited)
    assert error.retry_after == pytest.approx(seconds)


@pytest.mark.parametrize("header", ["", "soon", "-1", "9" * 400])
def test_a_wait_that_cannot_be_read_is_none(header: str) -> None:
    error = refused(b"", status=429, **{"retry-after": header})

    assert isinstance(error, RateLimited)
    assert error.retry_after is None


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"",
        [],
        {},
        {"messageCode": None},
        {"messageCode": "skip"},
        ["messageCode"],
        "messageCode",
        5,
    ],
)
def test_response_without_a_code_cannot_be_read(body: object) -> None:
    assert type(refused(body)) is UnreadableResponse


def test_the_other_documented_key_of_a_code_is_read() -> None:
    assert decoded({"Code": "1005"}) == {"Code": "1005"}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (299, UnreadableResponse),
        (300, UnexpectedRedirect),
        (399, UnexpectedRedirect),
        (400, UnknownCode),
        (405, NoSuchService),
        (499, UnknownCode),
    ],
)
def test_the_bounds_of_a_status_are_kept(status: int, kind: type[PlatformError]) -> None:
    assert type(refused(b"<html>", status=status)) is kind
    assert type(refused({"Message": "no code"}, status=status)) is kind


@pytest.mark.parametrize("status", [200, 302, 401, 404, 418, 429, 440, 502])
def test_every_error_names_operation_and_status_for_the_log(status: int) -> None:
    error = refused(b"<html>", status=status)

    assert error.operation == "customers.details"
    assert error.diagnostics.startswith(f"HTTP {status}")


def test_what_cannot_be_read_is_placed_in_the_log() -> None:
    assert refused(b"<html>").diagnostics == "HTTP 200, not JSON from character 0 of 6 on"
    assert refused({}).diagnostics == "HTTP 200, no message code"
    assert refused({}).operation == "customers.details"
    assert refused(b"", status=429, **{"retry-after": "7"}).diagnostics == "HTTP 429, retry after 7.0"


def test_an_error_of_a_code_names_operation_code_and_message() -> None:
    error = with_code("1009", status=404)

    assert (error.operation, error.code) == ("customers.details", 1009)
    assert error.diagnostics == "HTTP 404, 1009 as the platform says it"


@pytest.mark.parametrize(("code", "is_quoted"), [(1016, True), (7777, True), (1009, False), (1000, False)])
def test_the_platforms_words_are_quoted_where_only_they_say_what_is_wrong(
    code: int, *, is_quoted: bool
) -> None:
    assert ("It says: as the platform says it." in with_code(code).message) is is_quoted


def test_a_code_has_its_own_sentence_or_that_of_its_kind() -> None:
    assert with_code(1006).reason == "No order has this number."
    assert with_code(1009).reason == NotFound.default_reason


def test_a_quoted_message_ends_with_one_stop_and_may_be_missing() -> None:
    stopped = refused({"messageCode": 1016, "Message": "Too long..."})
    silent = refused({"messageCode": 1016, "Message": None})

    assert stopped.message.count("Too long. ") + stopped.message.endswith("Too long.") == 1
    assert "It says" not in silent.message
    assert silent.diagnostics == "HTTP 200, 1016"


def test_a_message_is_cut_after_two_hundred_letters() -> None:
    error = refused({"messageCode": 1016, "Message": "x" * 300})

    assert "x" * 200 in error.message
    assert "x" * 201 not in error.message + error.diagnostics


def test_every_secret_of_a_request_is_hidden() -> None:
    error = refused({"messageCode": 1016, "Message": "one two one"}, secrets=("one", "two"))

    assert error.diagnostics == "HTTP 200, 1016 [hidden] [hidden] [hidden]"


def test_the_first_documented_key_of_a_code_counts() -> None:
    assert decoded({"Code": "1009", "messageCode": "1004"}) == {"Code": "1009", "messageCode": "1004"}


@pytest.mark.parametrize("code", [True, "1004x", "x1004", "-1004", "1004.0", "١٠٠٤", "1" * 10, [1004], {}])
def test_what_is_no_code_cannot_be_read(code: object) -> None:
    assert type(with_code(code)) is UnreadableResponse


@pytest.mark.parametrize("code", [" 1004 ", "1004", 1004])
def test_a_code_may_be_a_number_or_a_text(code: object) -> None:
    assert decoded({"messageCode": code})


def test_too_many_requests_by_code_have_a_wait_too() -> None:
    error = with_code(429, **{"retry-after": "9"})

    assert isinstance(error, RateLimited)
    assert (error.retry_after, error.operation) == (9.0, "customers.details")
    dated = with_code(429, **{"retry-after": "Tue, 31 Jul 2018 09:39:49 GMT"})
    assert isinstance(dated, RateLimited)
    assert dated.retry_after == pytest.approx(60.0)


class TestUnknownOutcomes:
    """A sent change without a clear response has an unknown outcome; a read never has."""

    @pytest.mark.parametrize("kind", [Unreachable, TimedOut, UnreadableResponse, PlatformFault])
    def test_change_without_a_clear_response_may_have_been_done(self, kind: type[PlatformError]) -> None:
        error = kind(operation=OPERATIONS_BY_NAME["carts.add_items"])

        assert error.outcome_unknown
        assert error.message.endswith(CHECK_BEFORE_RETRY)

    @pytest.mark.parametrize("kind", [Unreachable, TimedOut])
    def test_a_change_that_never_left_was_not_done(self, kind: type[PlatformError]) -> None:
        assert not kind(operation=OPERATIONS_BY_NAME["carts.add_items"], sent=False).outcome_unknown

    def test_refusal_is_a_clear_response(self) -> None:
        assert not with_code(5004, operation="carts.add_items").outcome_unknown

    def test_a_read_changes_nothing(self) -> None:
        assert not Unreachable(operation=OPERATIONS_BY_NAME["customers.details"]).outcome_unknown

    def test_fault_in_response_to_a_change_leaves_it_unknown(self) -> None:
        assert refused(b"", status=502, operation="carts.add_items").outcome_unknown


def test_platform_messages_are_cleaned_for_diagnostics() -> None:
    body = {"messageCode": 1016, "Message": f"token gmah4 \x1b[31m {quote('ok')}"}
    error = refused(body, secrets=("gmah4",))

    assert error.diagnostics == "HTTP 200, 1016 token [hidden] [31m ok"
    assert "gmah4" not in error.message


def test_the_tree_in_the_docstring_names_every_exception() -> None:
    names = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, Exception)
    }

    assert all(name in (errors.__doc__ or "") for name in names)


@given(
    status=st.integers(100, 599),
    body=st.binary(max_size=50)
    | st.dictionaries(
        st.sampled_from(["messageCode", "Message", "Code"]),
        st.none() | st.integers() | st.text(max_size=8) | st.lists(st.none(), max_size=1),
    ).map(lambda value: json.dumps(value).encode()),
)
def test_every_reply_is_a_response_or_an_error_of_the_tree(status: int, body: bytes) -> None:
    with contextlib.suppress(PlatformError):
        decoded(body, status=status)
