"""Arguments of a call from the shell, with secrets taken from the environment or from standard input.

Used by ``api_call``. A secret on the command line would be in the process list and in the shell's history.
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import cast

from pydantic import SecretStr

from console.api.transport.encoding import Encodable

ENVIRONMENT_PREFIX = "@env:"
"""``@env:NAME`` in place of a value is the environment variable NAME; ``-`` is one line of standard input."""


class UsageError(Exception):
    """The arguments make no sense; the text says which."""


class ArgumentReader:
    """Reads values. ``environ`` and ``read_line`` are where secrets come from."""

    def __init__(self, environ: Mapping[str, str], read_line: Callable[[], str]) -> None:
        self._environ = environ
        self._read_line = read_line

    def read(self, text: str) -> str | SecretStr:
        """A value as given, or the secret that it points to.

        Raises:
            UsageError: the environment has no such variable.
        """
        if text == "-":
            return SecretStr(self._read_line().rstrip("\n"))
        if text.startswith(ENVIRONMENT_PREFIX):
            name = text.removeprefix(ENVIRONMENT_PREFIX)
            if name not in self._environ:
                raise UsageError(f"the environment has no {name}")
            return SecretStr(self._environ[name])
        return text

    def read_pairs(self, arguments: Mapping[str, str]) -> dict[str, str | SecretStr]:
        """Named values."""
        return {name: self.read(text) for name, text in arguments.items()}

    def read_json(self, text: str) -> Encodable:
        """A JSON payload; its figures keep their digits, its strings may point to secrets.

        Raises:
            UsageError: it is not JSON.
        """
        try:
            data: object = json.loads(text, parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"the data is not JSON: {error}") from error
        return self._resolve(data)

    def _resolve(self, data: object) -> Encodable:
        match data:
            case str():
                return self.read(data) if data.startswith(ENVIRONMENT_PREFIX) else data
            case dict():
                items = cast("dict[str, object]", data).items()
                return {name: self._resolve(value) for name, value in items}
            case list():
                return [self._resolve(value) for value in cast("list[object]", data)]
            case _:
                return cast("Encodable", data)
