"""Arguments of a call from the shell, with secrets from the environment or standard input.

A secret on the command line would be in the process list and in the shell's history.
"""

import json
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import cast

from pydantic import SecretStr

from console.api.transport.encoding import Encodable

ENVIRONMENT_PREFIX = "@env:"
"""``@env:NAME`` as a value is the environment variable NAME; ``-`` is one row of standard input."""


SECRET_NAMES = frozenset(
    {
        "accesstoken",
        "newpassword",
        "oldpassword",
        "otp",
        "otptoken",
        "password",
        "pgresponse",
        "resetid",
        "secret_key",
        "token",
    }
)
"""Parameters whose value is a secret however it was given, by their name in lower case."""


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

    def read_named(self, name: str, text: str) -> str | SecretStr:
        """Read the value of a parameter: a secret if its name says so."""
        value = self.read(text)
        return SecretStr(value) if isinstance(value, str) and name.casefold() in SECRET_NAMES else value

    def read_pairs(self, arguments: Mapping[str, str]) -> dict[str, str | SecretStr]:
        """Read named values."""
        return {name: self.read_named(name, text) for name, text in arguments.items()}

    def read_json(self, text: str) -> Encodable:
        """Read a JSON payload; numbers keep their digits, strings may refer to secrets.

        Raises:
            UsageError: the text is not JSON.
        """
        try:
            data: object = json.loads(text, parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"the data is not JSON: {error}") from error
        return self._resolve(data, name="")

    def _resolve(self, data: object, *, name: str) -> Encodable:
        match data:
            case str():
                value = self.read(data) if data.startswith(ENVIRONMENT_PREFIX) else data
                is_secret = isinstance(value, str) and name.casefold() in SECRET_NAMES
                return SecretStr(str(value)) if is_secret else value
            case dict():
                items = cast("dict[str, object]", data).items()
                return {key: self._resolve(value, name=key) for key, value in items}
            case list():
                return [self._resolve(value, name=name) for value in cast("list[object]", data)]
            case _:
                return cast("Encodable", data)


def read_data(text: str | None) -> str | None:
    """Return the JSON payload that an argument names: itself, ``@FILE``, or ``-`` for standard input.

    Raises:
        UsageError: the file cannot be read.
    """
    if text in ("-", "@-"):
        return sys.stdin.read()
    if text is None or not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text("utf-8")
    except OSError as error:
        raise UsageError(f"the file {text[1:]} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"the file {text[1:]} is not UTF-8 text.") from error
