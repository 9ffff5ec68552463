"""Values typed as ``KEY=VALUE``: each to every place of an operation that takes it, in its kind."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import cast

from pydantic import SecretStr

from console.api.transport.encoding import Encodable
from console.api.transport.transport import Transport
from console.api.transport.wire_types import JSON
from console.commands.arguments import ArgumentReader, UsageError
from console.operations import Body, Operation, ParameterLocation, nearest_names
from console.operations.meanings import Kind, meaning_of
from console.operations.samples import Json, Place, body_places, merchant_places, sample_of, value_at
from console.operations.search import listed

SESSION_HEADER = "accesstoken"
HIDDEN = "[hidden]"
"""What is shown in place of a secret."""
_FORMS = (Body.FORM, Body.MERCHANT_FORM)
_PARTS = {
    ParameterLocation.PATH: "path parameter",
    ParameterLocation.QUERY: "query parameter",
    ParameterLocation.HEADER: "header",
}
MAX_ROW = 999
"""The last row of a list that a name with dots may spell."""
_INT = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_TRUE, _FALSE = frozenset({"true", "yes", "y", "1"}), frozenset({"false", "no", "n", "0"})


@dataclass(slots=True)
class CallValues:
    """The values of one call, under their documented names; ``body`` is ``None`` while it has none."""

    operation: Operation
    path: dict[str, str | SecretStr] = field(default_factory=dict[str, "str | SecretStr"])
    query: dict[str, str | SecretStr] = field(default_factory=dict[str, "str | SecretStr"])
    headers: dict[str, str | SecretStr] = field(default_factory=dict[str, "str | SecretStr"])
    token: SecretStr | None = None
    body: Encodable = None

    def put(self, name: str, text: str, reader: ArgumentReader) -> None:
        """Put a value to every place that takes it, whatever the case of its name.

        Raises:
            UsageError: nothing takes it, or not a value of this kind.
        """
        value = reader.read_named(name, text)
        places = list(_taken_by(self.operation, name))
        for documented, location in places:
            self._store(documented, location, _as_text(documented, value))
        if not self._put_into_body(name, value) and not places:
            raise _unknown_name(self.operation, name)

    def put_at(self, location: ParameterLocation, name: str, text: str, reader: ArgumentReader) -> None:
        """Put a value to one part of the request as it was typed, whatever the case of its name.

        Raises:
            UsageError: nothing there has this name.
        """
        places = [each for each in _taken_by(self.operation, name) if each[1] is location]
        if not places:
            raise _unknown_name(self.operation, name, location)
        for documented, _ in places:
            self._store(documented, location, reader.read_named(name, text))

    def _store(self, name: str, location: ParameterLocation, value: str | SecretStr) -> None:
        if name == SESSION_HEADER and location is ParameterLocation.HEADER:
            self.token = value if isinstance(value, SecretStr) else SecretStr(value)
            return
        match location:
            case ParameterLocation.PATH:
                self.path[name] = value
            case ParameterLocation.QUERY:
                self.query[name] = value
            case _:
                self.headers[name] = value

    def masked(self) -> "CallValues":
        """Return the same call with every secret masked."""
        return replace(
            self,
            path=_masked_all(self.path),
            query=_masked_all(self.query),
            headers=_masked_all(self.headers),
            token=None if self.token is None else SecretStr(HIDDEN),
            body=_masked(self.body),
        )

    async def send(self, transport: Transport) -> Mapping[str, JSON]:
        """Send the call and return the response.

        Raises:
            PlatformError: the platform refuses, or is not reached.
        """
        return await transport.call(
            self.operation,
            path=self.path,
            query=self.query,
            headers=self.headers,
            data=self.body,
            token=self.token,
        )

    def add_merchant(self, merchant_id: str) -> None:
        """Repeat the merchant's id inside the body wherever the documents do."""
        if self.operation.body in _FORMS or self.body is None:
            return
        for place in merchant_places(sample_of(self.operation).body):
            if len(place) == 1 or value_at(cast("Json", self.body), place[:-1]) is not None:
                self.body = with_value(self.body, place, merchant_id)

    def missing(self, *, needs_body: bool) -> tuple[str, ...]:
        """Return the names of parameters that have no value and need one."""
        names = {
            ParameterLocation.PATH: self.path,
            ParameterLocation.QUERY: self.query,
            ParameterLocation.HEADER: self.headers if self.token is None else {SESSION_HEADER, *self.headers},
            ParameterLocation.BODY: tuple(_names_in(self.body)) if needs_body else None,
        }
        return tuple(
            parameter.name
            for parameter in self.operation.parameters
            if parameter.required
            and (given := names[parameter.location]) is not None
            and parameter.name.casefold() not in {name.casefold() for name in given}
        )

    def _put_into_body(self, name: str, value: str | SecretStr) -> bool:
        """Put a value into the body, and return True, if it has such a field."""
        places = body_places(self.operation)
        named = [each for each in places if each.casefold() == name.casefold()]
        place = places[named[0]] if named else _dotted(name) if self.operation.body is not Body.NONE else ()
        if not place:
            return False
        if self.operation.body in _FORMS:
            fields = cast("Mapping[str, Encodable]", self.body or {})
            self.body = {**fields, str(place[-1]): _as_text(name, value)}
        else:
            sample = value_at(sample_of(self.operation).body, place)
            self.body = with_value(self.body, place, _as_json(name, value, sample))
        return True


def _masked(value: Encodable) -> Encodable:
    match value:
        case SecretStr():
            return SecretStr(HIDDEN)
        case dict():
            fields = cast("Mapping[str, Encodable]", value).items()
            return {name: _masked(inner) for name, inner in fields}
        case list():
            return [_masked(inner) for inner in cast("Sequence[Encodable]", value)]
        case _:
            return value


def _masked_all(values: Mapping[str, str | SecretStr]) -> dict[str, str | SecretStr]:
    return {
        name: SecretStr(HIDDEN) if isinstance(value, SecretStr) else value for name, value in values.items()
    }


def describe(name: str) -> str:
    """Return a parameter's name and what it is."""
    text = meaning_of(name).text
    return f"{name} ({text})" if text else name


def _taken_by(operation: Operation, name: str) -> Iterator[tuple[str, ParameterLocation]]:
    """Yield the places outside the body that take a name, as the documents spell it there."""
    for parameter in operation.parameters:
        if parameter.location is not ParameterLocation.BODY and parameter.name.casefold() == name.casefold():
            yield parameter.name, parameter.location


def _unknown_name(operation: Operation, name: str, location: ParameterLocation | None = None) -> UsageError:
    known = [each.name for each in operation.parameters if location in (None, each.location)]
    if location is None:
        known += body_places(operation)
    meant = nearest_names(name, known)
    advice = f"Did you mean {listed(meant)}?" if meant else _all_of(known)
    kind = "parameter" if location is None else _PARTS[location]
    return UsageError(f"{operation.name} has no {kind} {name}. {advice}")


def _all_of(known: Sequence[str]) -> str:
    return f"It takes {', '.join(dict.fromkeys(known))}." if known else "It takes none."


def _dotted(name: str) -> Place:
    """Return the place that a name with dots spells, such as ``cart.Item.0.Quantity``."""
    steps = name.split(".")
    if len(steps) == 1 or not all(steps):
        return ()
    place = tuple(int(step) if _INT.fullmatch(step) else step for step in steps)
    if any(isinstance(step, int) and not 0 <= step <= MAX_ROW for step in place):
        raise UsageError(f"{name}: a row is a number from 0 to {MAX_ROW}")
    return place


def with_value(body: Encodable, place: Place, value: Encodable) -> Encodable:
    """Return a body with a value at a place; what is on the way there is made."""
    if not place:
        return value
    step, *rest = place
    if isinstance(step, int):
        rows = list(cast("Sequence[Encodable]", body)) if isinstance(body, list) else []
        rows += [None] * (step + 1 - len(rows))
        rows[step] = with_value(rows[step], tuple(rest), value)
        return rows
    fields = dict(cast("Mapping[str, Encodable]", body)) if isinstance(body, dict) else {}
    fields[step] = with_value(fields.get(step), tuple(rest), value)
    return fields


def _names_in(body: Encodable) -> Iterator[str]:
    match body:
        case dict():
            for name, value in cast("Mapping[str, Encodable]", body).items():
                yield name
                yield from _names_in(value)
        case list():
            for value in cast("Sequence[Encodable]", body):
                yield from _names_in(value)
        case _:
            return


def _as_text(name: str, value: str | SecretStr) -> str | SecretStr:
    """Return a value as it travels in a path, a query, a header or a form. An empty one stands for none.

    Raises:
        UsageError: it is not of the documented kind.
    """
    if isinstance(value, SecretStr) or not value:
        return value
    parsed = _as_json(name, value, "")
    return parsed if isinstance(parsed, str) else value


def _as_json(name: str, value: str | SecretStr, sample: Json) -> Encodable:
    """Return a value as the sample prints it: a number as a number, or as text where that is printed.

    Raises:
        UsageError: it is not of the documented kind.
    """
    if isinstance(value, SecretStr):
        return value
    kind = meaning_of(name).kind
    try:
        return _parse(kind, value, is_text=isinstance(sample, str))
    except (ValueError, InvalidOperation):
        raise UsageError(f"{describe(name)} must be {kind}, not {value!r}") from None


def _parse(kind: Kind, text: str, *, is_text: bool) -> Encodable:
    match kind:
        case Kind.INT:
            if not _INT.fullmatch(text):
                raise ValueError(text)
            return text if is_text else int(text)
        case Kind.AMOUNT:
            amount = Decimal(text)
            if not amount.is_finite():
                raise ValueError(text)
            return text if is_text else amount
        case Kind.BOOL:
            if text.casefold() not in _TRUE | _FALSE:
                raise ValueError(text)
            is_true = text.casefold() in _TRUE
            return str(is_true).lower() if is_text else is_true
        case Kind.JSON:
            return ArgumentReader({}, str).read_json(text)
        case Kind.TEXT:
            return text
