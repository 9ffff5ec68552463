"""Arguments of a call from the shell, with secrets from the environment or standard input.

A secret on the command line would be in the process list and in the shell's history.
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import cast

from pydantic import SecretStr

from console.api.transport.encoding import Encodable

ENVIRONMENT_PREFIX = "@env:"
"""``@env:NAME`` as a value is the environment variable NAME; ``-`` is one row of standard input."""


class UsageError(Exception):
    """The arguments cannot be used; the text says why."""


class ArgumentReader:
    """Reads values; secrets come from ``environ`` and ``read_line``."""

    def __init__(self, environ: Mapping[str, str], read_line: Callable[[], str]) -> None:
        self._environ = environ
        self._read_line = read_line

    def read(self, text: str) -> str | SecretStr:
        """Return a value as given, or the secret that it refers to.

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
        """Read named values."""
        return {name: self.read(text) for name, text in arguments.items()}

    def read_json(self, text: str) -> Encodable:
        """Read a JSON payload; numbers keep their digits, strings may refer to secrets.

        Raises:
            UsageError: the text is not JSON.
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
