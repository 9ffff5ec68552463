"""The sandbox as an ASGI application: routes, authenticates, answers, and fails on request.

Served in process through httpx's ASGI transport, or over a socket by ``serve``.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from console.operations import OPERATIONS, Body, Operation
from console.sandbox import control
from console.sandbox.answers import Answer, Code, RefusalError, refused, told
from console.sandbox.auth import PREFIX, AuthRules, Incoming, authenticate
from console.sandbox.carts import cart_checkout, cart_edits, cart_offers, carts
from console.sandbox.faults import DroppedConnectionError, FaultPlan
from console.sandbox.orders import order_cancel, order_placing, order_reads, order_search
from console.sandbox.people import customers, groups, logins, operators, otp, profiles, resets, sessions
from console.sandbox.people import oauth as oauth_help
from console.sandbox.places import areas, locations
from console.sandbox.products import product_handlers, tasks
from console.sandbox.requests import Call, Fields, Handler, json_object
from console.sandbox.routing import Match, Router
from console.sandbox.store import Store
from console.sandbox.switches import FaultKind, SwitchBoard, Switches

MAX_BODY = 1_000_000
DROPS = 10
"""In how many pieces a dripping answer comes."""

HANDLERS: dict[str, Handler] = {
    **oauth_help.HANDLERS,
    **operators.HANDLERS,
    **sessions.HANDLERS,
    **customers.HANDLERS,
    **logins.HANDLERS,
    **resets.HANDLERS,
    **profiles.HANDLERS,
    **otp.HANDLERS,
    **groups.HANDLERS,
    **product_handlers.HANDLERS,
    **carts.HANDLERS,
    **cart_edits.HANDLERS,
    **cart_checkout.HANDLERS,
    **cart_offers.HANDLERS,
    **order_placing.HANDLERS,
    **order_cancel.HANDLERS,
    **order_search.HANDLERS,
    **order_reads.HANDLERS,
    **locations.HANDLERS,
    **areas.HANDLERS,
}
"""Who answers what, by the operation's name in the table."""

UNSIGNED = frozenset({"oauth.timestamp", "oauth.nonce", "oauth.signature"})
"""What helps to make a signature needs none."""

INSTEAD_OF_WORK = {
    FaultKind.STATUS_500: Code.SERVER_ERROR,
    FaultKind.STATUS_429: Code.RATE_LIMIT,
    FaultKind.SESSION_EXPIRED: Code.SESSION_EXPIRED,
}


@dataclass(slots=True)
class State:
    """What tests and the control endpoint reach: the store, and the switches in force."""

    store: Store
    switches: SwitchBoard


class Sandbox:
    """The application. ``state.switches.current`` may be replaced while it runs."""

    def __init__(
        self,
        store: Store,
        *,
        switches: Switches,
        auth: AuthRules,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self.state = State(store, SwitchBoard(switches))
        self._auth = auth
        self._sleep = sleep
        self._faults = FaultPlan(self.state.switches, seed=store.seed)
        self._late: set[asyncio.Task[None]] = set()
        self._router = Router(operation for operation in OPERATIONS if operation.name in HANDLERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request.

        Raises:
            DroppedConnectionError: a fault says that the connection dies.
        """
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            request = Request(scope, receive)
            response = await self._respond(request)
            await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        path = _path(request)
        if not path.casefold().startswith(f"{PREFIX}/"):
            return await control.respond(request, path, self.state.store, self.state.switches)
        body = await _body(request)
        if body is None:
            return _encode(Answer(refused(Code.INVALID_INPUT, "The body is too large").body, status=413))
        match = self._router.find(request.method, path[len(PREFIX) :])
        if match is None:
            return _encode(
                Answer(refused(Code.NOT_AUTHORISED, "There is no such operation").body, status=404)
            )
        return await self._operate(match, _incoming(request, path, body))

    async def _operate(self, found: Match, incoming: Incoming) -> Response:
        """Do the work and answer, but for what a fault does to either."""
        name = found.operation.name
        strike = self._faults.strike(name)
        if strike.seconds:
            await self._sleep(strike.seconds)
        if strike.kind is FaultKind.DROP_BEFORE:
            raise DroppedConnectionError(f"{name}: dropped before the work")
        if strike.kind is FaultKind.DROP_LATE:
            self._answer_later(found, incoming, strike.over)
            raise DroppedConnectionError(f"{name}: dropped, to be done later")
        if strike.kind is not None and strike.kind in INSTEAD_OF_WORK:
            return _encode(refused(INSTEAD_OF_WORK[strike.kind]))
        if strike.kind is FaultKind.CODE:
            return _encode(told(strike.code))
        response = _encode(self._answer(found, incoming))
        match strike.kind:
            case FaultKind.DROP_AFTER:
                raise DroppedConnectionError(f"{name}: dropped after the work")
            case FaultKind.NOT_JSON:
                response = Response(
                    "<html><body><h1>502 Bad Gateway</h1></body></html>", media_type="text/html"
                )
            case FaultKind.TRUNCATED:
                response.body = bytes(response.body)[: len(response.body) // 2]
            case FaultKind.SLOW_DRIP:
                response = self._dripping(response, strike.over)
            case _:
                pass
        return response

    def _answer_later(self, match: Match, incoming: Incoming, seconds: float) -> None:
        """Do the work although nobody waits for it any more, as a real server does."""

        async def work() -> None:
            await self._sleep(seconds)
            self._answer(match, incoming)

        task = asyncio.create_task(work())
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    def _dripping(self, response: Response, seconds: float) -> Response:
        body = bytes(response.body)
        size = max(1, -(-len(body) // DROPS))

        async def drops() -> AsyncGenerator[bytes]:
            for start in range(0, len(body), size):
                await self._sleep(seconds / DROPS)
                yield body[start : start + size]

        return StreamingResponse(drops(), response.status_code, media_type=response.media_type)

    def _answer(self, match: Match, incoming: Incoming) -> Answer:
        store, operation = self.state.store, match.operation
        try:
            if operation.name not in UNSIGNED:
                authenticate(incoming, store, self._auth)
            form = _form(operation, incoming)
            _check_merchant(match, form, store)
            call = Call(
                operation=operation,
                path=match.arguments,
                headers=incoming.headers,
                query=Fields(dict(parse_qsl(urlsplit(incoming.url).query, keep_blank_values=True))),
                form=form,
                store=store,
                switches=self.state.switches.current,
            )
            tasks.work_off(store)
            with store.transaction():
                return HANDLERS[operation.name](call)
        except RefusalError as refusal:
            return refused(refusal.code, refusal.message)


def create_app(
    store: Store,
    *,
    switches: Switches | None = None,
    auth: AuthRules | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Sandbox:
    """The application over a store. ``sleep`` is how it waits when told to be late."""
    return Sandbox(
        store,
        switches=switches or Switches(cart_owner=store.owner),
        auth=auth or AuthRules(),
        sleep=sleep,
    )


def _path(request: Request) -> str:
    """The path as it was sent, still escaped."""
    raw: object = request.scope.get("raw_path")
    return raw.decode("latin-1") if isinstance(raw, bytes) else str(request.scope["path"])


def _incoming(request: Request, path: str, body: bytes) -> Incoming:
    url = request.url
    query = f"?{url.query}" if url.query else ""
    headers = {name.casefold(): value for name, value in request.headers.items()}
    return Incoming(request.method, f"{url.scheme}://{url.netloc}{path}{query}", headers, body)


async def _body(request: Request) -> bytes | None:
    """The body, or ``None`` where it is larger than the sandbox takes."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return None
    except ClientDisconnect as error:
        raise DroppedConnectionError("The caller went away") from error
    return bytes(body)


def _form(operation: Operation, incoming: Incoming) -> Fields:
    if operation.body is Body.NONE:
        return Fields({})
    if operation.body is Body.JSON:
        return Fields(json_object(incoming.body.decode(errors="replace"), "the body"))
    try:
        text = incoming.body.decode()
        return Fields(dict(parse_qsl(text, keep_blank_values=True, max_num_fields=100)))
    except ValueError as error:
        raise RefusalError(Code.INVALID_INPUT, "The body is not a form") from error


def _check_merchant(match: Match, form: Fields, store: Store) -> None:
    """Wherever a merchant is named, it is this one; a form that must name it does."""
    named = [value for name, value in match.arguments.items() if name == "merchantid"]
    if match.operation.body in (Body.MERCHANT_FORM, Body.MERCHANT_INPUT_DATA):
        named.append(form.text("MerchantId"))
    if any(value.casefold() != store.merchant.merchant_id for value in named):
        raise RefusalError(Code.INVALID_MERCHANT)


def _encode(answer: Answer) -> Response:
    return Response(
        answer.encoded(),
        status_code=answer.status,
        headers=dict(answer.headers),
        media_type="application/json",
    )


async def _lifespan(receive: Receive, send: Send) -> None:
    """Start and stop at once: the store is opened and closed by whoever made the application."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
