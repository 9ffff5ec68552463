"""The sandbox as an ASGI application: routing, authentication, handlers, and faults on request.

It runs in process through httpx's ASGI transport, or over a socket through ``server.serve``.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NoReturn
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from console.operations import OPERATIONS, Body, Operation
from console.sandbox import control_api
from console.sandbox.auth import FORM_TYPE, AuthRules, IncomingRequest, authenticate
from console.sandbox.carts import checkout as cart_checkout
from console.sandbox.carts import edits as cart_edits
from console.sandbox.carts import items as cart_items
from console.sandbox.carts import offers
from console.sandbox.data.language_loader import language_of
from console.sandbox.fault_injection import DroppedConnectionError, FaultEffect, FaultPlan
from console.sandbox.menu.language import ENGLISH
from console.sandbox.orders import cancel, placing, reads
from console.sandbox.orders import search as order_search
from console.sandbox.orders.refusals import Refused, refused_reply, refused_validators
from console.sandbox.people import (
    customers,
    groups,
    logins,
    operators,
    otp,
    password_resets,
    profiles,
    sessions,
)
from console.sandbox.people import oauth as oauth_help
from console.sandbox.places import areas, locations
from console.sandbox.products import handlers as product_handlers
from console.sandbox.products import tasks
from console.sandbox.requests import Call, Handler, RequestFields, parse_json_object
from console.sandbox.responses import Code, RefusalError, Reply, forced_reply, refusal_reply
from console.sandbox.routing import RouteMatch, Router
from console.sandbox.signatures import PREFIX
from console.sandbox.store import Store
from console.sandbox.switches import FaultKind, PlacingAttempt, SwitchBoard, Switches

LOGGER = logging.getLogger(__name__)
MAX_BODY = 1_000_000
JSON_TYPE = "application/json"
MAX_LANGUAGE_CODE = 20
DRIP_CHUNKS = 10
"""Number of pieces of a slow response."""

HANDLERS: dict[str, Handler] = {
    **oauth_help.HANDLERS,
    **operators.HANDLERS,
    **sessions.HANDLERS,
    **customers.HANDLERS,
    **logins.HANDLERS,
    **password_resets.HANDLERS,
    **profiles.HANDLERS,
    **otp.HANDLERS,
    **groups.HANDLERS,
    **product_handlers.HANDLERS,
    **cart_items.HANDLERS,
    **cart_edits.HANDLERS,
    **cart_checkout.HANDLERS,
    **offers.HANDLERS,
    **placing.HANDLERS,
    **cancel.HANDLERS,
    **order_search.HANDLERS,
    **reads.HANDLERS,
    **locations.HANDLERS,
    **areas.HANDLERS,
}
"""The handler of each operation, by the operation's name in the table."""

UNSIGNED_OPERATIONS = frozenset({"oauth.timestamp", "oauth.nonce", "oauth.signature"})
"""Operations that help to make a signature, and so need none."""

REPEAT = "sandbox.repeat"
"""Key of the scope for a function that sends the response once more; only a socket's scope has one."""

PLACE_ORDER = "orders.place"
"""The operation whose requests are remembered for the control API."""

FAULT_CODES = {
    FaultKind.STATUS_500: Code.SERVER_ERROR,
    FaultKind.STATUS_429: Code.RATE_LIMIT,
    FaultKind.SESSION_EXPIRED: Code.SESSION_EXPIRED,
}


class RepeatedResponse(Response):
    """A response that arrives twice, the second one ``repeat_after`` seconds later."""

    def __init__(self, response: Response, repeat_after: float) -> None:
        super().__init__(response.body, response.status_code, media_type=response.media_type)
        self.repeat_after = repeat_after


@dataclass(slots=True)
class SandboxState:
    """The state that tests and the control API may reach: the store, and the switches in force."""

    store: Store
    switches: SwitchBoard


class Sandbox:
    """The ASGI application. ``state.switches.current`` may be replaced while it runs."""

    def __init__(
        self,
        store: Store,
        *,
        switches: Switches,
        auth: AuthRules,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self.state = SandboxState(store, SwitchBoard(switches))
        self._auth = auth
        self._sleep = sleep
        self._faults = FaultPlan(self.state.switches, seed=store.seed)
        self._late_tasks: set[asyncio.Task[None]] = set()
        self._router = Router(operation for operation in OPERATIONS if operation.name in HANDLERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request.

        Raises:
            DroppedConnectionError: a fault says that the connection dies.
        """
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            request = Request(scope, receive)
            response = await self._respond(request)
            await response(scope, receive, send)
            if isinstance(response, RepeatedResponse) and REPEAT in scope:
                scope[REPEAT](response.repeat_after)

    async def _respond(self, request: Request) -> Response:
        path = _raw_path(request)
        if not path.casefold().startswith(f"{PREFIX}/"):
            return await control_api.respond(request, path, self.state.store, self.state.switches)
        body = await _read_body(request)
        if body is None:
            return _to_response(
                Reply(refusal_reply(Code.INVALID_INPUT, "The body is too large").body, status=413)
            )
        match = self._router.find(request.method, path[len(PREFIX) :])
        if match is None:
            return _to_response(
                Reply(refusal_reply(Code.NOT_AUTHORISED, "There is no such operation").body, status=404)
            )
        return await self._handle_with_faults(match, _incoming_request(request, path, body))

    async def _handle_with_faults(self, route: RouteMatch, incoming: IncomingRequest) -> Response:
        """Handle the request, and apply a fault to the work or to the response."""
        effect = self._faults.next_effect(route.operation.name)
        if effect.delay:
            await self._sleep(effect.delay)
        if effect.kind in (FaultKind.DROP_BEFORE, FaultKind.DROP_LATE):
            self._drop(route, incoming, effect)
        forced = _forced_refusal(effect)
        reply = self._handle(route, incoming) if forced is None else forced
        self._record_attempt(route, incoming, refused_validators(reply) if _arrives(effect) else ())
        response = _to_response(reply)
        return response if forced is not None else self._with_fault(response, route, incoming, effect)

    def _drop(self, route: RouteMatch, incoming: IncomingRequest, effect: FaultEffect) -> NoReturn:
        """Drop the connection before the work, which may be done later all the same."""
        self._record_attempt(route, incoming, ())
        if effect.kind is FaultKind.DROP_BEFORE:
            raise DroppedConnectionError(f"{route.operation.name}: dropped before the work")
        self._handle_later(route, incoming, effect.duration)
        raise DroppedConnectionError(f"{route.operation.name}: dropped, work to be done later")

    def _with_fault(
        self, response: Response, route: RouteMatch, incoming: IncomingRequest, effect: FaultEffect
    ) -> Response:
        """Return the response as a fault leaves it, once the work is done."""
        match effect.kind:
            case FaultKind.DROP_AFTER:
                raise DroppedConnectionError(f"{route.operation.name}: dropped after the work")
            case FaultKind.NOT_JSON:
                response = Response(
                    "<html><body><h1>502 Bad Gateway</h1></body></html>", media_type="text/html"
                )
            case FaultKind.TRUNCATED:
                response.body = bytes(response.body)[: len(response.body) // 2]
            case FaultKind.EXTRA_LINE:
                self._add_extra_line(route, incoming, effect.code)
            case FaultKind.REPEATED:
                response = RepeatedResponse(response, effect.duration)
            case FaultKind.SLOW_DRIP:
                response = self._drip_response(response, effect.duration)
            case _:
                pass
        return response

    def _record_attempt(
        self, route: RouteMatch, incoming: IncomingRequest, refusals: tuple[str, ...]
    ) -> None:
        """Remember a Place Order, with the validators that refused it in a response that arrives."""
        if route.operation.name != PLACE_ORDER:
            return
        store = self.state.store
        token = incoming.headers.get("accesstoken", "")
        row = store.row("SELECT user_id FROM token WHERE token = ?", token)
        user_id = "" if row is None else str(row["user_id"])
        self.state.switches.placing_attempts.append(PlacingAttempt(store.clock(), user_id, refusals))

    def _handle_later(self, route: RouteMatch, incoming: IncomingRequest, seconds: float) -> None:
        """Handle the request although the client has disconnected, as a real server does."""

        async def work() -> None:
            await self._sleep(seconds)
            self._handle(route, incoming)

        task = asyncio.create_task(work())
        self._late_tasks.add(task)
        task.add_done_callback(self._late_tasks.discard)

    def _add_extra_line(self, route: RouteMatch, incoming: IncomingRequest, product_id: int) -> None:
        """Add a line to the cart of a request as another client of its session would."""
        call = self._call(route, incoming)
        with suppress(RefusalError), call.store.transaction():
            cart_items.add_extra_line(call, product_id)

    def _drip_response(self, response: Response, seconds: float) -> Response:
        body = bytes(response.body)
        size = max(1, -(-len(body) // DRIP_CHUNKS))

        async def chunks() -> AsyncGenerator[bytes]:
            for start in range(0, len(body), size):
                await self._sleep(seconds / DRIP_CHUNKS)
                yield body[start : start + size]

        return StreamingResponse(chunks(), response.status_code, media_type=response.media_type)

    def _handle(self, route: RouteMatch, incoming: IncomingRequest) -> Reply:
        store, operation = self.state.store, route.operation
        try:
            if operation.name not in UNSIGNED_OPERATIONS:
                self._authenticate(operation, incoming)
            call = self._call(route, incoming)
            _check_merchant(route, call.form, store)
            tasks.run_due_tasks(store)
            with store.transaction():
                reply = HANDLERS[operation.name](call)
            return _in_language(reply, incoming.headers.get("languagecode", ""))
        except RefusalError as refusal:
            return refusal_reply(refusal.code, refusal.message)

    def _authenticate(self, operation: Operation, incoming: IncomingRequest) -> None:
        """Check the signature, and log which part of a refused one is wrong."""
        try:
            authenticate(incoming, self.state.store, self._auth)
        except RefusalError as refusal:
            LOGGER.info("%s %s refused. %s", incoming.method, operation.name, refusal.message)
            raise

    def _call(self, route: RouteMatch, incoming: IncomingRequest) -> Call:
        return Call(
            operation=route.operation,
            path=route.arguments,
            headers=incoming.headers,
            query=RequestFields(dict(parse_qsl(urlsplit(incoming.url).query, keep_blank_values=True))),
            form=_read_form(route.operation, incoming),
            store=self.state.store,
            switches=self.state.switches.current,
        )


def _in_language(reply: Reply, code: str) -> Reply:
    language = language_of(code[:MAX_LANGUAGE_CODE])
    if language is ENGLISH:
        return reply
    return replace(reply, body={key: language.translate(value, key) for key, value in reply.body.items()})


def _arrives(effect: FaultEffect) -> bool:
    """Return True if the response arrives whole, however late or often."""
    return effect.kind in (None, FaultKind.INVALID_ORDER, FaultKind.REPEATED, FaultKind.SLOW_DRIP)


def _forced_refusal(effect: FaultEffect) -> Reply | None:
    """Return the refusal that a fault forces, ``None`` for a fault that lets the work be done."""
    if effect.kind is not None and effect.kind in FAULT_CODES:
        return refusal_reply(FAULT_CODES[effect.kind])
    if effect.kind is FaultKind.CODE:
        return forced_reply(effect.code)
    return None if effect.refusal is None else refused_reply([Refused(effect.refusal)])


def create_app(
    store: Store,
    *,
    switches: Switches | None = None,
    auth: AuthRules | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Sandbox:
    """Create the application over a store. ``sleep`` is how it delays responses."""
    return Sandbox(
        store,
        switches=switches or Switches(cart_owner=store.cart_owner),
        auth=auth or AuthRules(),
        sleep=sleep,
    )


def _raw_path(request: Request) -> str:
    """Return the path as sent, still escaped."""
    raw: object = request.scope.get("raw_path")
    return raw.decode("latin-1") if isinstance(raw, bytes) else str(request.scope["path"])


def _incoming_request(request: Request, path: str, body: bytes) -> IncomingRequest:
    url = request.url
    query = f"?{url.query}" if url.query else ""
    headers = {name.casefold(): value for name, value in request.headers.items()}
    return IncomingRequest(request.method, f"{url.scheme}://{url.netloc}{path}{query}", headers, body)


async def _read_body(request: Request) -> bytes | None:
    """Return the body, ``None`` if it is larger than the sandbox accepts."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return None
    except ClientDisconnect as error:
        raise DroppedConnectionError("The client disconnected") from error
    return bytes(body)


def _read_form(operation: Operation, incoming: IncomingRequest) -> RequestFields:
    if operation.body is Body.NONE:
        return RequestFields({})
    _check_content_type(operation, incoming.headers.get("content-type", ""))
    if operation.body is Body.JSON:
        return RequestFields(parse_json_object(incoming.body.decode(errors="replace"), "the body"))
    try:
        text = incoming.body.decode()
        return RequestFields(dict(parse_qsl(text, keep_blank_values=True, max_num_fields=100)))
    except ValueError as error:
        raise RefusalError(Code.INVALID_INPUT, "The body is not a form") from error


def _check_content_type(operation: Operation, header: str) -> None:
    """Require the documented content type; a form may come without one."""
    content_type = header.partition(";")[0].strip().casefold()
    if operation.body is Body.JSON and content_type != JSON_TYPE:
        raise RefusalError(Code.INVALID_INPUT, f"Content-Type is not {JSON_TYPE}")
    if operation.body is not Body.JSON and content_type not in ("", FORM_TYPE):
        raise RefusalError(Code.INVALID_INPUT, f"Content-Type is not {FORM_TYPE}")


def _check_merchant(route: RouteMatch, form: RequestFields, store: Store) -> None:
    """Refuse a request that names another merchant (1045), or must name this one and does not (1016)."""
    merchant_ids = [value for name, value in route.arguments.items() if name == "merchantid"]
    if route.operation.body in (Body.MERCHANT_FORM, Body.MERCHANT_INPUT_DATA):
        if form.text("MerchantId"):
            merchant_ids.append(form.text("MerchantId"))
        elif not merchant_ids:
            raise RefusalError(Code.INVALID_INPUT, "MerchantId is missing")
    if any(value.casefold() != store.merchant.merchant_id for value in merchant_ids):
        raise RefusalError(Code.INVALID_MERCHANT)


def _to_response(reply: Reply) -> Response:
    return Response(
        reply.encoded(),
        status_code=reply.status,
        headers=dict(reply.headers),
        media_type="application/json",
    )


async def _lifespan(receive: Receive, send: Send) -> None:
    """Start and stop at once: the caller opens and closes the store."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
