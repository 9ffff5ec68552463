"""The base of every resource service: calling an operation by name, and reading the response as models.

An operation costs its row in the table and one method that calls ``_call``.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import Field, SecretStr, ValidationError

from console.api.errors import MismatchedResponse, NotFound, UnreadableResponse
from console.api.transport.encoding import Encodable
from console.api.transport.identity import ids_conflict
from console.api.transport.records import Records, fault_text
from console.api.transport.transport import PathValue, Transport
from console.api.transport.wire_types import JSON, WireInt, WireModel
from console.operations import OPERATIONS_BY_NAME, Effect, Operation

_Model = TypeVar("_Model", bound=WireModel)

_THREAD_THRESHOLD = 2_000  # values; what holds more is parsed on a thread, so that no key waits


@dataclass(frozen=True, slots=True)
class ApiResponse:
    """A decoded response of a successful operation, to be parsed as models.

    Each parser raises ``UnreadableResponse`` if the response is not of the documented shape.
    """

    operation: Operation
    body: Mapping[str, JSON] = field(repr=False)

    def parse_body(self, model: type[_Model]) -> _Model:
        """Parse the response itself, for fields beside the envelope."""
        return self._validate(model, self.body)

    async def parse_record(self, model: type[_Model]) -> _Model:
        """Parse the record under the operation's envelope.

        Raises:
            NotFound: a read whose response has nothing there.
        """
        if self._payload() is None and self.operation.effect is Effect.READ:
            raise NotFound(operation=self.operation, diagnostics=f"{self.operation.envelope} is null")
        # The payload is never a local here: a crash report shows locals.
        if _has_many_values(self._payload()):
            return await asyncio.to_thread(self._validate, model, self._payload())
        return self._validate(model, self._payload())

    async def parse_records(self, model: type[_Model]) -> Records[_Model]:
        """Parse the records under the operation's envelope that can be read; null is no records."""
        if _has_many_values(self._payload_list()):
            return await asyncio.to_thread(_read_all, model, self._payload_list())
        return _read_all(model, self._payload_list())

    def parse_first(self, model: type[_Model]) -> _Model:
        """Parse the one record that a list is expected to hold.

        Raises:
            NotFound: the list is empty.
        """
        for value in self._payload_list():
            if value is not None:
                return self._validate(model, value)
        raise NotFound(operation=self.operation, diagnostics=f"{self.operation.envelope} is empty")

    def parse_ids(self) -> Records[int]:
        """Parse the ids under the operation's envelope that can be read; null is no ids."""
        return self._validate(_Ids, {"ids": self._payload_list()}).ids

    def require_same(self, name: str, *, asked: str | int, answered: str | int) -> None:
        """Require that an id in the response is the one asked for; 0, an empty or a masked one may be.

        Raises:
            MismatchedResponse: it is another one. ``name`` is the id's, for the log.
        """
        if answered and ids_conflict(str(asked), str(answered)):
            raise MismatchedResponse(operation=self.operation, diagnostics=f"{name} is another one")

    def _payload(self) -> JSON:
        if self.operation.envelope not in self.body:
            raise self._unreadable_response("is missing")
        return self.body[self.operation.envelope]

    def _payload_list(self) -> list[JSON]:
        values = self._payload()
        if values is None or values == "":
            return []
        if not isinstance(values, list):
            raise UnreadableResponse(
                operation=self.operation, diagnostics=f"{self.operation.envelope}: no list"
            )
        return values

    def _unreadable_response(self, problem: str) -> UnreadableResponse:
        return UnreadableResponse(
            operation=self.operation, diagnostics=f"{self.operation.envelope} {problem}"
        )

    def _validate(self, model: type[_Model], value: object) -> _Model:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            problems = fault_text(error)
        # The error quotes the input, and a crash report shows locals: only places and kinds go on.
        del value
        raise UnreadableResponse(operation=self.operation, diagnostics=f"{model.__name__}: {problems}")


class _Ids(WireModel):
    ids: Records[WireInt] = Field(default_factory=Records[WireInt])


def _read_all(model: type[_Model], values: list[JSON]) -> Records[_Model]:
    read: list[_Model] = []
    faults: list[str] = []
    for value in values:
        if value is None:
            continue
        try:
            read.append(model.model_validate(value))
        except ValidationError as error:
            faults.append(fault_text(error))
    return Records(read, faults)


def _has_many_values(value: JSON) -> bool:
    """Return True if a response holds more values than are parsed between two keys."""
    rest, count = [value], 0
    while rest:
        node = rest.pop()
        if isinstance(node, dict):
            rest.extend(node.values())
        elif isinstance(node, list):
            rest.extend(node)
        count += 1
        if count + len(rest) > _THREAD_THRESHOLD:
            return True
    return False


class Resource:
    """The base of the services. ``token`` is a session's, sent with every call that names none."""

    def __init__(self, transport: Transport, token: SecretStr | None = None) -> None:
        self._transport = transport
        self._token = token

    def _session_token(self, token: SecretStr | None) -> SecretStr:
        """Return the token of a call, or else the session's.

        Raises:
            ValueError: there is neither, which is a bug in the caller.
        """
        own = self._token if token is None else token
        if own is None:
            raise ValueError("this call needs a session: make it on a session's resource, or pass its token")
        return own

    async def _call(
        self,
        name: str,
        *,
        path: Mapping[str, PathValue] | None = None,
        query: Mapping[str, PathValue] | None = None,
        headers: Mapping[str, PathValue] | None = None,
        data: Encodable = None,
        token: SecretStr | None = None,
        single_attempt: bool = False,
    ) -> ApiResponse:
        operation = OPERATIONS_BY_NAME[name]
        if operation.session:
            token = self._token if operation.token_optional and token is None else self._session_token(token)
        fields = await self._transport.call(
            operation,
            path=path,
            query=query,
            headers=headers,
            data=data,
            token=token,
            single_attempt=single_attempt,
        )
        return ApiResponse(operation, fields)

    async def _call_or_empty(
        self,
        name: str,
        *,
        path: Mapping[str, PathValue] | None = None,
        headers: Mapping[str, PathValue] | None = None,
        data: Encodable = None,
        token: SecretStr | None = None,
    ) -> ApiResponse:
        """Call as ``_call`` does, with an empty response if no record is found."""
        try:
            return await self._call(name, path=path, headers=headers, data=data, token=token)
        except NotFound:
            return ApiResponse(OPERATIONS_BY_NAME[name], {OPERATIONS_BY_NAME[name].envelope: None})
