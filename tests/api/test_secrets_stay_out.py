"""No secret in a log, a repr, a message or a traceback, whatever goes wrong."""

import json
import logging
import traceback
from pathlib import Path
from random import Random

import pytest
from pydantic import SecretStr

import console.api
from console.api.carts.requests import CartItemRequest, WireDeliveryMode
from console.api.client import ApiClient
from console.api.customers.requests import ResetType
from console.api.errors import PlatformError, UnreadableResponse
from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.api.transport.port import RawResponse, Request
from console.sandbox.app import Sandbox
from console.sandbox.store import Store
from console.sandbox.switches import Fault, FaultKind, Switches

pytestmark = pytest.mark.anyio

NOW = 1_753_000_000
LATE = (
    FaultKind.LATENCY,
    FaultKind.SLOW_DRIP,
    FaultKind.REPEATED,
    FaultKind.INVALID_ORDER,
    FaultKind.EXTRA_LINE,
)
"""A late or repeated response does arrive, and the last two are for one operation alone."""


def everything_said(error: PlatformError) -> str:
    """Return the text of a crash report: messages, causes, and the locals of every frame of ours."""
    reported = [str(error), repr(error), error.diagnostics, *traceback.format_exception(error)]
    shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    frames = [frame for frame in shown.stack if "console/api" in frame.filename]
    return "\n".join([*reported, *(f"{frame.name} {frame.locals}" for frame in frames)])


@pytest.mark.parametrize("kind", [kind for kind in FaultKind if kind not in LATE])
async def test_secrets_stay_secret(
    kind: FaultKind, endpoint: Endpoint, store: Store, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    operator = store.demo_access().operators[0]
    api = ApiClient(endpoint, clock=lambda: NOW, random=Random(1))
    token = (await api.customers.access_token()).access_token
    sandbox.state.switches.current = Switches(faults=(Fault("*", kind),))
    said: list[str] = []
    for call in (
        api.customers.agent_login(user_name=operator.username, password=SecretStr(operator.password)),
        api.customers.validate_token(token=token),
        api.carts.by_token(token=token),
        api.carts.add_items(
            token=token,
            items=[CartItemRequest(product_id=13047603, location_id=27299)],
            delivery_mode=WireDeliveryMode.PICKUP,
        ),
    ):
        try:
            await call
        except PlatformError as error:
            said.append(everything_said(error))
    await api.aclose()

    text = "\n".join([*said, caplog.text, repr(endpoint), repr(token)])
    assert said
    assert token.get_secret_value() not in text
    assert operator.password not in text
    assert store.demo_access().consumer_secret not in text


@pytest.mark.parametrize("kind", [FaultKind.DROP_AFTER, FaultKind.STATUS_500, FaultKind.NOT_JSON])
async def test_what_customers_prove_themselves_by_stays_secret(
    kind: FaultKind, endpoint: Endpoint, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    api = ApiClient(endpoint, clock=lambda: NOW, random=Random(1))
    sandbox.state.switches.current = Switches(faults=(Fault("*", kind),))
    secret, token = SecretStr("s3cret-in-a-test"), SecretStr("t0ken-in-a-test")
    said: list[str] = []
    for call in (
        api.customers.login(user_name="tom", password=secret),
        api.customers.login_with_otp(user_name="tom", otp=secret, otp_token=token, token=token),
        api.customers.change_password(user_id="1", password=secret),
        api.customers.change_password_v2(user_id="1", old=secret, new=secret, token=token),
        api.customers.validate_reset(user_name="tom", kind=ResetType.EMAIL, proof=secret, token=token),
        api.carts.validate_otp(mobile="965-50000001", otp=secret),
        api.oauth.signature(
            public_key="K", secret_key=secret, seconds=1, nonce="1", method="GET", url="http://x.localhost/"
        ),
    ):
        with pytest.raises(PlatformError) as caught:
            await call
        said.append(everything_said(caught.value))
    await api.aclose()

    text = "\n".join([*said, caplog.text])
    assert "s3cret" not in text
    assert "t0ken" not in text


async def test_a_signature_that_is_refused_does_not_show_the_secret(endpoint: Endpoint, store: Store) -> None:
    auth = OAuth1(store.demo_access().consumer_key, "WRONG0SECRET0FOR0TESTING")
    api = ApiClient(
        Endpoint("http://x.localhost", endpoint.merchant_id, auth, app=endpoint.app), clock=lambda: NOW
    )

    with pytest.raises(PlatformError) as caught:
        await api.locations.search()
    await api.aclose()

    assert "WRONG0SECRET" not in everything_said(caught.value)


class Damaged:
    """A port whose response has a good token beside an invalid field."""

    async def send(self, request: Request) -> RawResponse:
        token = {"AccessToken": "gmah4uer4x5clfm1pxczhxxx", "RefreshToken": "second", "UserId": []}
        return RawResponse(200, {}, json.dumps({"messageCode": 1004, "Token": token}).encode())

    async def aclose(self) -> None:
        return


async def test_unreadable_response_does_not_show_its_token(endpoint: Endpoint) -> None:
    api = ApiClient(endpoint, clock=lambda: NOW, port=Damaged())

    with pytest.raises(UnreadableResponse) as caught:
        await api.customers.access_token()

    assert caught.value.diagnostics == "SessionToken: UserId: value_error"
    assert "gmah4" not in everything_said(caught.value)


def test_two_modules_alone_name_the_http_library() -> None:
    """What sends, and what words its errors: neither lets one of the library's out."""
    folder = Path(console.api.__path__[0])
    naming = {path.name for path in folder.rglob("*.py") if "httpx" in path.read_text("utf-8")}

    assert naming == {"http.py", "setup_problems.py"}
