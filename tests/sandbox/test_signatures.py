"""Signatures made by hand: the kinds that clients send, and the log of the part that is wrong."""

import logging
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest

from console.sandbox.auth import AcceptedSignedBody, AcceptedSignedPath, AuthRules
from tests.sandbox import rfc5849
from tests.sandbox.sandbox_calls import FORM, HOST, START, Caller

pytestmark = pytest.mark.anyio
NONCE = count()
PATH = "Customer/{M}/AgentLogin"
PASSWORD = "counter-1"


class HandMade:
    """A signed request whose parts can differ from what is sent."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        demo = caller.demo
        self.fields = [
            ("MerchantId", demo.merchant_id),
            ("username", "layla@sandbox.example"),
            ("password", PASSWORD),
        ]
        self.oauth = {
            "oauth_consumer_key": demo.consumer_key,
            "oauth_nonce": f"hand{next(NONCE)}",
            "oauth_signature_method": "HMAC-SHA1",
            "oauth_timestamp": str(int(START)),
            "oauth_version": "1.0",
        }
        self.method = "POST"
        self.url = caller.url(PATH)
        self.signed: dict[str, str] | None = None
        self.signed_fields: list[tuple[str, str]] = []
        self.key = f"{demo.consumer_secret}&"
        self.query = ""

    async def send(self) -> Any:
        """Sign what was set, and send the documented request."""
        parameters = [*(self.signed or self.oauth).items(), *self.signed_fields]
        signature = rfc5849.sign(self.method, self.url, parameters, key=self.key)
        header = rfc5849.authorization([*self.oauth.items(), ("oauth_signature", signature)])
        response = await self.caller.send(
            "POST",
            self.caller.url(PATH) + self.query,
            content=urlencode(self.fields).encode(),
            headers={"Authorization": header, "Content-Type": FORM},
        )
        return response.json()


@pytest.fixture
def hand(caller: Caller) -> HandMade:
    return HandMade(caller)


def test_base_string_of_the_rfc() -> None:
    """The example of section 3.4.1.1."""
    parameters = [
        ("b5", "=%3D"), ("a3", "a"), ("c@", ""), ("a2", "r b"), ("c2", ""), ("a3", "2 q"),
        ("oauth_consumer_key", "9djdj82h48djs9d2"), ("oauth_token", "kkk9d7dh3k39sjv7"),
        ("oauth_signature_method", "HMAC-SHA1"), ("oauth_timestamp", "137131201"),
        ("oauth_nonce", "7d8f3e4a"),
    ]  # fmt: skip
    assert rfc5849.base_string("POST", "http://example.com/request", parameters) == (
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D"
        "%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a"
        "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
    )


@pytest.mark.parametrize("signs_form", [True, False])
@pytest.mark.parametrize("prefix", ["/developerapi", ""])
@pytest.mark.parametrize("timestamp", [f"{START:.0f}", f"{START:.0f}123"])
@pytest.mark.parametrize("token", ["none", "sent", "sent and signed", "signed"])
async def test_every_way_of_signing_is_accepted(
    hand: HandMade, *, signs_form: bool, prefix: str, timestamp: str, token: str
) -> None:
    hand.signed_fields = hand.fields if signs_form else []
    hand.url = f"{HOST}{prefix}/{PATH.replace('{M}', hand.caller.merchant)}"
    hand.oauth["oauth_timestamp"] = timestamp
    hand.signed = hand.oauth | ({"oauth_token": ""} if "signed" in token else {})
    hand.oauth |= {"oauth_token": ""} if "sent" in token else {}
    assert (await hand.send())["messageCode"] == "1004"


def sign_as_get(hand: HandMade) -> None:
    hand.method = "GET"


def sign_as_https(hand: HandMade) -> None:
    hand.url = hand.url.replace("http:", "https:")


def sign_for_another_host(hand: HandMade) -> None:
    hand.url = hand.url.replace("sandbox.example", "localhost")


def sign_a_lower_case_path(hand: HandMade) -> None:
    hand.url = hand.url.replace("AgentLogin", "agentlogin").replace("Customer", "customer")


def leave_the_query_unsigned(hand: HandMade) -> None:
    hand.query = "?note=a%20b"


def leave_the_version_unsigned(hand: HandMade) -> None:
    hand.signed = {name: value for name, value in hand.oauth.items() if name != "oauth_version"}


def sign_the_password_twice_escaped(hand: HandMade) -> None:
    hand.fields[2] = ("password", "a b")
    hand.signed_fields = [(name, rfc5849.escape(value)) for name, value in hand.fields]


def sign_another_unit(hand: HandMade) -> None:
    hand.signed = hand.oauth | {"oauth_timestamp": f"{START:.0f}000"}


def be_late(hand: HandMade) -> None:
    hand.oauth["oauth_timestamp"] = f"{START - 400:.0f}"


def send_no_time(hand: HandMade) -> None:
    hand.oauth["oauth_timestamp"] = "now"


def send_no_nonce(hand: HandMade) -> None:
    hand.oauth["oauth_nonce"] = ""


def send_another_key(hand: HandMade) -> None:
    hand.oauth["oauth_consumer_key"] = "SOMEBODY"


def forget_the_ampersand(hand: HandMade) -> None:
    hand.key = hand.key.removesuffix("&")


def use_another_secret(hand: HandMade) -> None:
    hand.key = "guess&"


@pytest.mark.parametrize(
    ("mistake", "part"),
    [
        (sign_as_get, "method: signed as GET, sent as POST"),
        (sign_as_https, "URL: signed with another scheme"),
        (sign_for_another_host, "URL: signed with another host"),
        (sign_a_lower_case_path, "URL: the path was signed in another spelling"),
        (leave_the_query_unsigned, "parameters: the query was not signed"),
        (leave_the_version_unsigned, "parameters: oauth_version was not signed"),
        (sign_the_password_twice_escaped, "parameters: signed escaped twice"),
        (sign_another_unit, "time stamp: signed in another unit"),
        (be_late, "time stamp: -400 s from the sandbox's clock"),
        (send_no_time, "time stamp: neither"),
        (send_no_nonce, "nonce: missing"),
        (send_another_key, "key: oauth_consumer_key is unknown"),
        (forget_the_ampersand, "secret: used without the &"),
        (use_another_secret, "secret: not the one of this key"),
    ],
)
async def test_the_log_names_the_wrong_part(
    hand: HandMade, caplog: pytest.LogCaptureFixture, mistake: Any, part: str
) -> None:
    mistake(hand)
    with caplog.at_level(logging.INFO):
        assert (await hand.send())["messageCode"] == "1003"
    (line,) = [record.getMessage() for record in caplog.records if "refused" in record.getMessage()]
    assert line.startswith(f"POST customers.agent_login refused. Authentication failed: {part}")
    secrets = (hand.caller.demo.consumer_secret, PASSWORD, hand.caller.merchant, hand.oauth["oauth_nonce"])
    assert not any(secret and secret in line for secret in secrets)


async def test_the_log_says_that_a_nonce_was_used(hand: HandMade, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        assert (await hand.send())["messageCode"] == "1004"
        assert (await hand.send())["messageCode"] == "1003"
    assert "nonce: was used before" in caplog.text


@pytest.mark.parametrize(
    ("rules", "signs_form", "prefix", "part"),
    [
        (AuthRules(sign_body=AcceptedSignedBody.YES), False, "/developerapi", "parameters: the form must be"),
        (
            AuthRules(sign_body=AcceptedSignedBody.NO),
            True,
            "/developerapi",
            "parameters: the form was signed",
        ),
        (AuthRules(signed_path=AcceptedSignedPath.FULL), False, "", "URL: signed without /developerapi"),
        (
            AuthRules(signed_path=AcceptedSignedPath.WITHOUT_DEVELOPERAPI),
            False,
            "/developerapi",
            "URL: signed with /developerapi",
        ),
    ],
)
async def test_the_log_names_the_rule_that_was_enforced(
    hand: HandMade,
    caplog: pytest.LogCaptureFixture,
    *,
    rules: AuthRules,
    signs_form: bool,
    prefix: str,
    part: str,
) -> None:
    hand.caller = hand.caller.with_rules(rules)
    hand.signed_fields = hand.fields if signs_form else []
    hand.url = f"{HOST}{prefix}/{PATH.replace('{M}', hand.caller.merchant)}"
    with caplog.at_level(logging.INFO):
        assert (await hand.send())["messageCode"] == "1003"
    assert part in caplog.text
