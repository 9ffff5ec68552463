"""What every resource's service is made of: asking by an operation's name, and reading the answer as models.

Used by the services only. An operation costs its row in the table and one method that calls ``_ask``.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import SecretStr, ValidationError

from console.api.errors import NotFound, UnreadableAnswer
from console.api.forms import Sendable
from console.api.operations import BY_NAME, Effect, Operation
from console.api.transport import PathValue, Transport
from console.api.wire import JSON, Items, WireInt, WireModel

_Model = TypeVar("_Model", bound=WireModel)

_MANY = 100  # records from which on reading them goes to a thread, so that it costs no key


@dataclass(frozen=True, slots=True)
class Answer:
    """A decoded answer whose code says that the operation was done, to be read as what it holds.

    Each way of reading raises ``UnreadableAnswer`` where the answer is not of the documented shape.
    """

    operation: Operation
    fields: Mapping[str, JSON] = field(repr=False)

    def whole(self, model: type[_Model]) -> _Model:
        """The answer itself, for what lies beside the envelope."""
        return self._read(model, self.fields)

    def one(self, model: type[_Model]) -> _Model:
        """The record under the operation's envelope.

        Raises:
            NotFound: a read whose answer has nothing there.
        """
        if self._enveloped() is None and self.operation.effect is Effect.READ:
            raise NotFound(operation=self.operation, diagnostics=f"{self.operation.envelope} is null")
        return self._read(model, self._enveloped())

    async def many(self, model: type[_Model]) -> tuple[_Model, ...]:
        """The records under the operation's envelope; null is none of them."""
        values = self._list()
        if len(values) > _MANY:
            return await asyncio.to_thread(self._read_all, model, values)
        return self._read_all(model, values)

    def ids(self) -> tuple[int, ...]:
        """The ids under the operation's envelope; null is none of them."""
        return self._read(_Ids, {"ids": self._list()}).ids

    def _enveloped(self) -> JSON:
        if self.operation.envelope not in self.fields:
            raise self._unreadable("is missing")
        return self.fields[self.operation.envelope]

    def _list(self) -> list[JSON]:
        values = self._enveloped()
        if values is None or values == "":
            return []
        if not isinstance(values, list):
            raise UnreadableAnswer(
                operation=self.operation, diagnostics=f"{self.operation.envelope}: no list"
            )
        return values

    def _unreadable(self, why: str) -> UnreadableAnswer:
        return UnreadableAnswer(operation=self.operation, diagnostics=f"{self.operation.envelope} {why}")

    def _read_all(self, model: type[_Model], values: Sequence[JSON]) -> tuple[_Model, ...]:
        return tuple(self._read(model, value) for value in values if value is not None)

    def _read(self, model: type[_Model], value: object) -> _Model:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False, include_input=False)
        # The error quotes what arrived, and a crash report shows locals: only places and kinds go on.
        del value
        places = "; ".join(f"{_place(fault['loc'])}: {fault['type']}" for fault in faults[:5])
        raise UnreadableAnswer(operation=self.operation, diagnostics=f"{model.__name__}: {places}")


class _Ids(WireModel):
    ids: Items[WireInt] = ()


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in loc)


class Resource:
    """The base of the services."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def _ask(
        self,
        name: str,
        *,
        path: Mapping[str, PathValue] | None = None,
        query: Mapping[str, PathValue] | None = None,
        headers: Mapping[str, PathValue] | None = None,
        data: Sendable = None,
        token: SecretStr | None = None,
        once: bool = False,
    ) -> Answer:
        operation = BY_NAME[name]
        fields = await self._transport.call(
            operation, path=path, query=query, headers=headers, data=data, token=token, once=once
        )
        return Answer(operation, fields)

    async def _find(
        self,
        name: str,
        *,
        path: Mapping[str, PathValue] | None = None,
        headers: Mapping[str, PathValue] | None = None,
        data: Sendable = None,
        token: SecretStr | None = None,
    ) -> Answer:
        """As ``_ask``, where finding no record is an answer with nothing in it."""
        try:
            return await self._ask(name, path=path, headers=headers, data=data, token=token)
        except NotFound:
            return Answer(BY_NAME[name], {BY_NAME[name].envelope: None})
