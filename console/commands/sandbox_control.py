"""``store-console sandbox reset`` and ``switch``: a sandbox starts again, or behaves in another way."""

import argparse
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from console.commands.arguments import UsageError
from console.commands.confirmation import confirm
from console.commands.json_output import printable
from console.config.paths import Paths
from console.operations import nearest_names
from console.operations.search import listed
from console.sandbox.store import Store, StoreError
from console.sandbox.switches import SWITCH_NAMES

TIMEOUT = 10.0
"""Seconds that a served sandbox may take."""


class ControlError(Exception):
    """The sandbox cannot be reached, or refuses; the text is a sentence."""


def reset_sandbox(options: argparse.Namespace) -> int:
    """Reset a served sandbox, or the one in a file; return the exit code."""
    return _run("reset", lambda: _reset(options.base_url, options.file, yes=options.yes))


def switch_sandbox(options: argparse.Namespace) -> int:
    """Set the switches of a served sandbox, or print them if none is given; return the exit code."""
    return _run("switch", lambda: _switch(options.base_url, dict(options.switches)))


def _run(command: str, work: Callable[[], str]) -> int:
    try:
        print(work())
    except UsageError as error:
        print(f"store-console sandbox {command}: {error}", file=sys.stderr)
        return 2
    except (ControlError, StoreError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _reset(base_url: str, file: Path | None, *, yes: bool) -> str:
    place = base_url or file or Paths.from_environment().sandbox_file
    if not confirm(f"This erases every cart, order and change of the sandbox store {place}.", yes=yes):
        raise ControlError("Nothing was changed.")
    if base_url:
        _ask(base_url, "reset", {})
    else:
        path = Path(place)
        if not path.exists():
            raise ControlError(f"There is no sandbox store {path}: it is new already.")
        store = Store.open(path)
        try:
            store.reset()
        finally:
            store.close()
    return f"The sandbox store {place} is as new."


def _switch(base_url: str, switches: Mapping[str, str]) -> str:
    if not switches:
        return json.dumps(_ask(base_url, "switches"), indent=2)
    for name in switches:
        if name not in SWITCH_NAMES:
            meant = nearest_names(name, SWITCH_NAMES)
            advice = f"Did you mean {listed(meant)}?" if meant else f"There are {', '.join(SWITCH_NAMES)}."
            raise UsageError(f"there is no switch {name}. {advice}")
    _ask(base_url, "switches", {name: _value(text) for name, text in switches.items()})
    return f"Set: {', '.join(switches)}."


def _value(text: str) -> object:
    """Return a value as JSON, or as text if it is none."""
    try:
        return json.loads(text, parse_float=str)
    except ValueError:
        return text


def _ask(base_url: str, path: str, body: Mapping[str, object] | None = None) -> object:
    data = None if body is None else json.dumps(body).encode()
    address = f"{base_url.rstrip('/')}/sandbox/{path}"
    try:
        request = urllib.request.Request(address, data, {"Content-Type": "application/json"})  # noqa: S310
        # A proxy of the environment is for remote hosts, never for this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=TIMEOUT) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise ControlError(_refusal(error)) from error
    except ValueError as error:
        raise ControlError(f"{base_url} is no address of a sandbox such as http://127.0.0.1:8600.") from error
    except OSError as error:
        reason = getattr(error, "reason", error)
        raise ControlError(
            f"No sandbox answers at {base_url}: {reason}. store-console sandbox serve starts one."
        ) from error


def _refusal(error: urllib.error.HTTPError) -> str:
    try:
        body = cast("Mapping[str, str]", json.loads(error.read(10_000)))
        return f"The sandbox refuses: {printable(str(body['error']))}."
    except (ValueError, LookupError, TypeError):
        return f"What answers at {error.url} is no sandbox (HTTP {error.code})."
