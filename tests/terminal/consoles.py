"""The installed command in a pseudo-terminal, and a served sandbox store beside it."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from benchmarks.pseudo_terminal import PATIENCE, PseudoTerminal

COMMAND = str(Path(sys.executable).with_name("store-console"))
NAME, PASSWORD = "layla@sandbox.example", "counter-1"


class Console(PseudoTerminal):
    """A console whose folders are all below ``home``."""

    def __init__(self, home: Path, *arguments: str, columns: int = 80, rows: int = 24) -> None:
        environ = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        environment = environ | {
            "STORE_CONSOLE_HOME": str(home),
            "TERM": "xterm-256color",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        super().__init__((COMMAND, *arguments), columns=columns, rows=rows, environment=environment)
        self.see("Sign in")

    def type(self, text: str) -> None:
        """Type letters, all at once."""
        self.send(text)

    def keys(self, *keys: str) -> None:
        """Press keys by name, one after the other."""
        for key in keys:
            self.send(key)

    def see(self, *texts: str) -> str:
        """Wait until the screen shows all of these; the screen.

        Raises:
            CannotRunError: it never does.
        """
        return self.until(lambda screen: all(text in screen for text in texts), " and ".join(texts))

    def see_gone(self, text: str) -> str:
        """Wait until the screen no longer shows this."""
        return self.until(lambda screen: text not in screen, f"no {text}")

    def sign_in(self) -> None:
        """Sign in as the demo operator."""
        self.type(NAME)
        self.keys("enter")
        self.type(PASSWORD)
        self.keys("enter")


def until(condition: Callable[[], bool]) -> None:
    """Wait until this is true of what the processes have done."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@dataclass(frozen=True, slots=True)
class ServedStore:
    """A sandbox store at a port, with its file."""

    base_url: str
    merchant_id: str
    consumer_key: str
    consumer_secret: str

    def carts(self) -> list[dict[str, Any]]:
        """The sandbox's own record of every cart."""
        return cast("list[dict[str, Any]]", self._ask("carts"))

    def orders(self) -> list[dict[str, Any]]:
        """The sandbox's own record of every order."""
        return cast("list[dict[str, Any]]", self._ask("orders"))

    def inject_fault(self, pattern: str, kind: str, *, seconds: float = 0.0) -> None:
        """Have a fault of this kind strike the next of these operations, once."""
        fault = {"pattern": pattern, "kind": kind, "times": 1, "seconds": seconds}
        self._ask("switches", {"faults": [fault]})

    def fault_count(self, kind: str) -> int:
        """How often a fault of this kind has struck."""
        return cast("dict[str, int]", self._ask("faults"))[kind]

    def _ask(self, what: str, body: object = None) -> object:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.base_url}/sandbox/{what}", data, headers)
        with urllib.request.urlopen(request) as response:
            return json.load(response)


@contextmanager
def serve_store(file: Path, port: int = 0) -> Iterator[ServedStore]:
    """Serve the store in this file until the block ends."""
    command = [COMMAND, "sandbox", "serve", "--port", str(port), "--json", "--file", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            description = json.loads(process.stdout.readline())
            names = ("base_url", "merchant_id", "consumer_key", "consumer_secret")
            yield ServedStore(*(description[name] for name in names))
        finally:
            process.terminate()


def print_carts(home: Path, *arguments: str) -> str:
    """What ``store-console sandbox carts`` prints."""
    environment = os.environ | {"STORE_CONSOLE_HOME": str(home)}
    command: Sequence[str] = (COMMAND, "sandbox", "carts", *arguments)
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
