"""The scenario of every operation against a store in this process, with what its handlers read."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from console.sandbox.app import Sandbox, create_app
from console.sandbox.requests import Call, RequestFields
from console.sandbox.store import Store
from tests.commands.every_operation import SCENARIO
from tests.commands.steps import Outcome, ServedSandbox, run

READERS = ("__contains__", "text", "raw", "integer", "flag", "boolean", "nested", "integers", "objects")
"""The methods by which a handler reads a field; ``objects`` takes several names."""


class RecordingDict(dict[str, str]):
    """Headers or path arguments that record which of them are read."""

    def __init__(self, values: Mapping[str, str], names: set[str]) -> None:
        super().__init__(values)
        self._names = names

    def get(self, key: str, default: Any = None, /) -> Any:
        self._names.add(key.casefold())
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._names.add(str(key).casefold())
        return super().__contains__(key)

    def __getitem__(self, key: str) -> str:
        self._names.add(key.casefold())
        return super().__getitem__(key)


class Recorder:
    """Records the names that are read while an operation is handled, by the operation."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.names: dict[str, set[str]] = {}
        self._current: set[str] = set()
        real_call = Sandbox._call

        def call(sandbox: Sandbox, route: Any, incoming: Any) -> Call:
            self._current = self.names.setdefault(route.operation.name, set())
            made = real_call(sandbox, route, incoming)
            object.__setattr__(made, "headers", RecordingDict(made.headers, self._current))
            object.__setattr__(made, "path", RecordingDict(made.path, self._current))
            return made

        patch.setattr(Sandbox, "_call", call)
        for reader in READERS:
            patch.setattr(RequestFields, reader, self._recording(getattr(RequestFields, reader)))

    def _recording(self, real: Any) -> Any:
        def read(fields: RequestFields, *names: str, **options: Any) -> Any:
            self._current.update(name.casefold() for name in names if isinstance(name, str))
            return real(fields, *names, **options)

        return read


def run_scenario(file: Path) -> Sequence[Outcome]:
    """Take every step of the scenario; ``file`` is the store's."""
    with closing(Store.open(file)) as store:
        demo = store.demo_access()
        keys = (demo.merchant_id, demo.consumer_key, demo.consumer_secret)
        sandbox = ServedSandbox("http://sandbox.localhost", *keys, file=file, app=create_app(store))
        return list(run(SCENARIO, sandbox))


@contextmanager
def recording() -> Iterator[Recorder]:
    """Record what handlers read until the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        yield Recorder(patch)
