"""Response decoding: the HTTP status first, then the message code, then the rest."""

import re
from collections.abc import Mapping
from decimal import Decimal
from email.utils import parsedate_to_datetime

from console.api.errors import (
    InvalidInput,
    NoSuchService,
    NotAuthorised,
    OrderRefused,
    PlatformFault,
    RateLimited,
    SessionExpired,
    UnexpectedRedirect,
    UnknownCode,
    UnreadableResponse,
)
from console.api.transport.bare_value import read_bare_value
from console.api.transport.error_codes import SUCCESS_CODES, error_for_code
from console.api.transport.port import RawResponse, Request
from console.api.transport.validations import failed_validations
from console.api.transport.wire_types import JSON, WireError, clean_text, read_json

_MAX_MESSAGE = 2_000  # letters of the platform's own words that are looked at
_MAX_RETRY_AFTER = 64  # letters; a date has 29
_CODE = re.compile(r"\d{1,9}", re.ASCII)
_QUOTES_PLATFORM_MESSAGE = (InvalidInput, UnknownCode)  # only the platform's own words say what is wrong
_CODE_KEYS = ("messageCode", "Code")  # the second is the spelling of Authorize Order


def decode_response(response: RawResponse, request: Request, *, now: float) -> Mapping[str, JSON]:
    """Return the decoded response if its message code means success.

    ``now`` is Unix seconds, for a ``Retry-After`` that names a date.

    Raises:
        OrderRefused: the operation's validators refuse.
        PlatformError: the status or the code refuses, or the response cannot be read.
    """
    status, operation = response.status, request.operation
    at = f"HTTP {status}"
    _raise_for_status_alone(response, request, now=now)
    if operation.bare_key and status < 300 and (value := read_bare_value(response.body)):
        return {operation.bare_key: value}
    try:
        envelope = read_json(response.body)
    except WireError as error:
        _raise_for_status(status, request)
        raise UnreadableResponse(operation=operation, code=status, diagnostics=f"{at}, {error}") from None
    code = _message_code(envelope)
    if isinstance(envelope, dict):
        _raise_if_refused(envelope, request, code)
    if isinstance(envelope, dict) and code is None and operation.bare_key and status < 300:
        return envelope
    if not isinstance(envelope, dict) or code is None:
        _raise_for_status(status, request)
        raise UnreadableResponse(operation=operation, code=status, diagnostics=f"{at}, no message code")
    if code in SUCCESS_CODES and status < 300:
        return envelope
    if code == 429:
        raise _rate_limited(response, request, now=now)
    message = envelope.get("Message")
    platform_message = _redact(
        clean_text(message[:_MAX_MESSAGE] if isinstance(message, str) else ""), request.secrets
    )[:200]
    spec = error_for_code(code, operation=operation, has_customer_token=request.has_customer_token)
    reason = spec.reason or spec.error_type.default_reason
    if platform_message and spec.error_type in _QUOTES_PLATFORM_MESSAGE:
        reason = f"{reason} It says: {platform_message.rstrip('.')}."
    raise spec.error_type(
        reason, operation=operation, code=code, diagnostics=f"{at}, {code} {platform_message}".rstrip()
    )


def _raise_for_status_alone(response: RawResponse, request: Request, *, now: float) -> None:
    """Raise the error of a status that says enough, whatever the response holds."""
    status, operation = response.status, request.operation
    at = f"HTTP {status}"
    if 300 <= status < 400:
        raise UnexpectedRedirect(operation=operation, code=status, diagnostics=at)
    if status == 429:
        raise _rate_limited(response, request, now=now)
    if status == 440:
        raise SessionExpired(operation=operation, code=status, diagnostics=at)
    if status >= 500:
        raise PlatformFault(operation=operation, code=status, diagnostics=at)


def _raise_if_refused(envelope: Mapping[str, JSON], request: Request, code: int | None) -> None:
    """Raise the refusal that a response states by its validators, before its message code is looked at.

    The documents print no message code with it. Saying that nothing was made outweighs any code.
    """
    failed = failed_validations(envelope, request.operation, lambda text: _redact(text, request.secrets))
    if failed:
        raise OrderRefused(failed, operation=request.operation, code=code)


def _message_code(envelope: JSON) -> int | None:
    if not isinstance(envelope, dict):
        return None
    code = next((envelope[key] for key in _CODE_KEYS if key in envelope), None)
    match code:
        case bool() | float() | None | list() | dict():
            return None
        case int() | Decimal() | str():
            text = str(code).strip()
            return int(text) if _CODE.fullmatch(text) else None


def _raise_for_status(status: int, request: Request) -> None:
    """Raise the error of a status whose body explains nothing."""
    at = f"HTTP {status}"
    if status in {401, 403}:
        raise NotAuthorised(operation=request.operation, code=status, diagnostics=at)
    if status in {404, 405}:
        raise NoSuchService(operation=request.operation, code=status, diagnostics=at)
    if status >= 400:
        raise UnknownCode(operation=request.operation, code=status, diagnostics=at)


def _rate_limited(response: RawResponse, request: Request, *, now: float) -> RateLimited:
    wait = _retry_after_seconds(response.headers.get("retry-after", ""), now=now)
    return RateLimited(
        operation=request.operation,
        retry_after=wait,
        diagnostics=f"HTTP {response.status}, retry after {wait}",
    )


def _retry_after_seconds(retry_after: str, *, now: float) -> float | None:
    if _CODE.fullmatch(retry_after):
        return float(retry_after)
    if len(retry_after) > _MAX_RETRY_AFTER:
        return None
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - now)
    except (ValueError, OverflowError):
        return None


def _redact(text: str, secrets: tuple[str, ...]) -> str:
    for secret in secrets:
        text = text.replace(secret, "[hidden]")
    return text
