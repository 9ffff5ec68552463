"""Arguments of a call from the shell, with secrets taken from the environment or from standard input.

Used by ``api_call``. A secret on the command line would be in the process list and in the shell's history.
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import cast

from pydantic import SecretStr

from console.api.forms import Sendable

FROM_ENVIRONMENT = "@env:"
"""``@env:NAME`` in place of a value is the environment variable NAME; ``-`` is one line of standard input."""


class WrongUsage(Exception):
    """The arguments make no sense; the text says which."""


class Values:
    """Reads values. ``environ`` and ``read_line`` are where secrets come from."""

    def __init__(self, environ: Mapping[str, str], read_line: Callable[[], str]) -> None:
        self._environ = environ
        self._read_line = read_line

    def one(self, text: str) -> str | SecretStr:
        """A value as given, or the secret that it points to.

        Raises:
            WrongUsage: the environment has no such variable.
        """
        if text == "-":
            return SecretStr(self._read_line().rstrip("\n"))
        if text.startswith(FROM_ENVIRONMENT):
            name = text.removeprefix(FROM_ENVIRONMENT)
            if name not in self._environ:
                raise WrongUsage(f"the environment has no {name}")
            return SecretStr(self._environ[name])
        return text

    def pairs(self, given: Mapping[str, str]) -> dict[str, str | SecretStr]:
        """Named values."""
        return {name: self.one(text) for name, text in given.items()}

    def payload(self, text: str) -> Sendable:
        """A JSON payload; its figures keep their digits, its strings may point to secrets.

        Raises:
            WrongUsage: it is not JSON.
        """
        try:
            data: object = json.loads(text, parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            raise WrongUsage(f"the data is not JSON: {error}") from error
        return self._resolved(data)

    def _resolved(self, data: object) -> Sendable:
        match data:
            case str():
                return self.one(data) if data.startswith(FROM_ENVIRONMENT) else data
            case dict():
                items = cast("dict[str, object]", data).items()
                return {name: self._resolved(value) for name, value in items}
            case list():
                return [self._resolved(value) for value in cast("list[object]", data)]
            case _:
                return cast("Sendable", data)
