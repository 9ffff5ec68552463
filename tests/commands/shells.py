"""A shell for tests: ``api call`` against an endpoint, with an environment and a standard input."""

import io
from collections.abc import Mapping

from console.api.transport.endpoint import Endpoint
from console.commands.api_call import ApiCallArguments, CallOptions, call_operation
from console.commands.arguments import ArgumentReader

PASSWORD = "counter-1"


class Shell:
    """Calls with an environment and a standard input, and what they printed."""

    def __init__(self, endpoint: Endpoint, environ: Mapping[str, str] | None = None) -> None:
        self.endpoint = endpoint
        self.environ = {"SECRET": PASSWORD, **(environ or {})}
        self._out, self._err = io.StringIO(), io.StringIO()

    @property
    def out(self) -> str:
        return self._out.getvalue()

    @property
    def err(self) -> str:
        return self._err.getvalue()

    def call(self, arguments: ApiCallArguments, options: CallOptions | None = None) -> int:
        reader = ArgumentReader(self.environ, lambda: f"{PASSWORD}\n")
        return call_operation(
            arguments, self.endpoint, reader, options or CallOptions(), out=self._out, err=self._err
        )

    def type(self, name: str, *values: str, options: CallOptions | None = None) -> int:
        """Call as typed: ``NAME=VALUE`` after the operation."""
        pairs = [(key, value) for key, _, value in (each.partition("=") for each in values)]
        return self.call(ApiCallArguments(name, values=pairs), options)
