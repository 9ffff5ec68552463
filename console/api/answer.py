"""Decodes an answer's envelope: HTTP status first, then the message code inside it, then the whole of it.

Used by the transport; pure.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from email.utils import parsedate_to_datetime

from console.api.codes import SUCCESS, refusal
from console.api.errors import (
    InvalidInput,
    NoSuchService,
    NotAuthorised,
    PlatformFault,
    RateLimited,
    RedirectedElsewhere,
    SessionExpired,
    UnknownCode,
    UnreadableAnswer,
)
from console.api.port import RawAnswer, Request
from console.api.wire import JSON, WireError, clean, read_json

_CODE = re.compile(r"\d{1,9}", re.ASCII)
_QUOTED = (InvalidInput, UnknownCode)  # what was wrong is only in the platform's own words
_CODE_KEYS = ("messageCode", "Code")  # the second is how Authorize Order spells it


def decode(answer: RawAnswer, request: Request, *, now: float) -> Mapping[str, JSON]:
    """The whole answer, once its message code says that the operation was done.

    ``now`` is Unix seconds, for a ``Retry-After`` that names a date.

    Raises:
        PlatformError: the status or the code refuses, or the answer cannot be read.
    """
    status, operation = answer.status, request.operation
    at = f"HTTP {status}"
    if 300 <= status < 400:
        raise RedirectedElsewhere(operation=operation, code=status, diagnostics=at)
    if status == 429:
        raise _rate_limited(answer, request, now=now)
    if status == 440:
        raise SessionExpired(operation=operation, code=status, diagnostics=at)
    if status >= 500:
        raise PlatformFault(operation=operation, code=status, diagnostics=at)
    try:
        envelope = read_json(answer.body)
    except WireError as error:
        _raise_for_status(status, request)
        raise UnreadableAnswer(operation=operation, code=status, diagnostics=f"{at}, {error}") from None
    code = _message_code(envelope)
    if not isinstance(envelope, dict) or code is None:
        _raise_for_status(status, request)
        raise UnreadableAnswer(operation=operation, code=status, diagnostics=f"{at}, no message code")
    if code in SUCCESS and status < 300:
        return envelope
    if code == 429:
        raise _rate_limited(answer, request, now=now)
    said = _hide(clean(str(envelope.get("Message") or "")), request.secrets)[:200]
    found = refusal(code, operation=operation, with_token=request.with_token)
    says = found.says or found.kind.says
    if said and found.kind in _QUOTED:
        says = f"{says} It says: {said.rstrip('.')}."
    raise found.kind(says, operation=operation, code=code, diagnostics=f"{at}, {code} {said}".rstrip())


def _message_code(envelope: JSON) -> int | None:
    if not isinstance(envelope, dict):
        return None
    given = next((envelope[key] for key in _CODE_KEYS if key in envelope), None)
    match given:
        case bool() | None | list() | dict():
            return None
        case int() | Decimal() | str():
            text = str(given).strip()
            return int(text) if _CODE.fullmatch(text) else None


def _raise_for_status(status: int, request: Request) -> None:
    """Raise what a status alone tells, where the body tells nothing."""
    at = f"HTTP {status}"
    if status in {401, 403}:
        raise NotAuthorised(operation=request.operation, code=status, diagnostics=at)
    if status in {404, 405}:
        raise NoSuchService(operation=request.operation, code=status, diagnostics=at)
    if status >= 400:
        raise UnknownCode(operation=request.operation, code=status, diagnostics=at)


def _rate_limited(answer: RawAnswer, request: Request, *, now: float) -> RateLimited:
    wait = _seconds(answer.headers.get("retry-after", ""), now=now)
    return RateLimited(
        operation=request.operation, retry_after=wait, diagnostics=f"HTTP {answer.status}, retry after {wait}"
    )


def _seconds(retry_after: str, *, now: float) -> float | None:
    if _CODE.fullmatch(retry_after):
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - now)
    except (ValueError, OverflowError):
        return None


def _hide(text: str, secrets: tuple[str, ...]) -> str:
    for secret in secrets:
        text = text.replace(secret, "[hidden]")
    return text
