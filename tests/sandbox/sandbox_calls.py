"""A client of the sandbox like a merchant's application: signed by oauthlib, over httpx's ASGI transport."""

import json
from collections.abc import Mapping
from itertools import count
from typing import Any, cast
from urllib.parse import urlencode

import httpx
from oauthlib.oauth1 import Client

from console.sandbox.app import Sandbox, create_app
from console.sandbox.auth import AuthRules
from console.sandbox.store import Store
from console.sandbox.switches import Switches
from tests.paths import CART_SAMPLES

START = 1_800_000_000.0
HOST = "http://sandbox.example"
FORM = "application/x-www-form-urlencoded"
PEPSI, PEPSI_CAN, PEPSI_LITRE = 13047633, 9758597, 9758599
GARLIC_BREAD, CAESAR, CALZONE, CALZONE_REGULAR = 13047603, 13047619, 12688220, 9727627
NONCES = count()
DOCUMENTED = json.loads(CART_SAMPLES.read_text())


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


class Caller:
    """The merchant's application, with an access token once it has one."""

    def __init__(self, store: Store, clock: Clock, app: Sandbox | None = None) -> None:
        self.store = store
        self.clock = clock
        self.demo = store.demo_access()
        self.merchant = self.demo.merchant_id
        self.app = app or create_app(store)
        self.token = ""

    def with_rules(self, rules: AuthRules) -> "Caller":
        """Return the same caller of an application with other authentication rules."""
        return Caller(self.store, self.clock, create_app(self.store, auth=rules))

    def switch(self, switches: Switches) -> None:
        """Put other switches in force."""
        self.app.state.switches.current = switches

    def url(self, path: str) -> str:
        """Return the URL of a path below ``/developerapi/``; ``M`` stands for the merchant."""
        return f"{HOST}/developerapi/{path.replace('{M}', self.merchant)}"

    def sign(self, method: str, url: str, **options: Any) -> tuple[str, dict[str, str]]:
        """Return the URL and headers of a signed request."""
        parameters: dict[str, Any] = {
            "timestamp": str(int(self.clock.now)),
            "nonce": f"nonce{next(NONCES)}",
        } | options
        secret = parameters.pop("secret", self.demo.consumer_secret)
        body = parameters.pop("body", None)
        client = Client(self.demo.consumer_key, secret, **parameters)
        headers = {"Content-Type": FORM} if body else {}
        signed_url, signed_headers, _ = client.sign(url, cast("Any", method), body, headers)
        return signed_url, dict(signed_headers)

    async def send(
        self, method: str, url: str, *, content: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Send the request unchanged."""
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.request(method, url, content=content, headers=dict(headers or {}))

    async def ask(
        self,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Send a signed request, with the caller's token or another; return the decoded reply."""
        more = headers or {}
        url, headers = self.sign(method, self.url(path))
        headers |= more
        access = self.token if token is None else token
        if access:
            headers["accesstoken"] = access
        if form is not None:
            headers["Content-Type"] = FORM
        content = None if form is None else urlencode(form).encode()
        return (await self.send(method, url, content=content, headers=headers)).json()

    async def input(
        self, path: str, data: Any, *, headers: Mapping[str, str] | None = None, **fields: str
    ) -> Any:
        """Send a POST of ``InputData``; return the reply."""
        form = {**fields, "InputData": json.dumps(data), "InputFormat": "application/json"}
        return await self.ask("POST", path, form, headers=headers)

    async def walk_in(self) -> str:
        """Open a session without a customer."""
        response = await self.ask("POST", "Customer/GetAccessToken/{M}")
        self.token = response["Token"]["AccessToken"]
        return self.token

    async def serve_customer(self, user_name: str = "tom.sawyer@example.com", **other: str) -> Any:
        """Start a customer's session as the first operator; return the reply."""
        if not self.token:
            await self.walk_in()
        operator = self.store.merchant.operators[0]
        data = {
            "username": user_name,
            "operatorid": operator.operator_id,
            "password": operator.password,
            "locationid": "27299",
        } | other
        response = await self.input("Customer/{M}/StartCustomerSession", data, MerchantId=self.merchant)
        if "Token" in response:
            self.token = response["Token"]["AccessToken"]
        return response

    async def add(self, *items: Mapping[str, Any], mode: str = "H") -> Any:
        """Add these items; return the reply."""
        return await self.input("carts/AddCartItems/{M}", {"cart": {"DelveryMode": mode, "Item": items}})

    async def fill(self, *items: Mapping[str, Any]) -> Any:
        """Add these items; return the cart as the platform reports it."""
        await self.add(*items)
        return await self.cart()

    async def cart(self) -> Any:
        """Return the cart as the platform reports it."""
        return (await self.ask("GET", f"Carts/cart/{{M}}/{self.token}"))["Carts"]


def item(product_id: int, variant_id: int = 0, quantity: int = 1, **more: Any) -> dict[str, Any]:
    """Build an item of an Add Items to Cart request."""
    return {
        "Status": "A",
        "ProductID": str(product_id),
        "VariantProductID": str(variant_id),
        "Quantity": str(quantity),
        "LocationId": "27299",
        "CartReferenceKey": "00000000-0000-0000-0000-000000000000",
    } | more


def code(response: Any) -> int:
    """Return the message code of a reply."""
    return int(response["messageCode"])
