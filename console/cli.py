"""The command ``store-console``: opens the console, serves the sandbox store, shows its record.

The one place that knows both the console and the sandbox; every command imports only what it needs.
"""

import argparse
import asyncio
import gc
import locale
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.desk.connection import Connected
    from console.desk.opening import Opened
    from console.desk.values import Change
    from console.paths import Paths
    from console.profiles import Profile


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the process's exit code."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    return run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="store-console",
        description="The order console for store operators. Without a command it opens.",
    )
    parser.add_argument("--version", action="version", version=f"store-console {version('store-console')}")
    parser.add_argument("--profile", default="", help="open on this store profile, for this run only")
    parser.add_argument(
        "--mouse", action="store_true", help="take mouse clicks; then the terminal cannot select"
    )
    parser.set_defaults(run=_open_console)
    commands = parser.add_subparsers(title="commands", metavar="")

    sandbox = commands.add_parser("sandbox", help="a store to learn and to test with, on this machine")
    tasks = sandbox.add_subparsers(title="commands", metavar="", required=True)
    serve = tasks.add_parser("serve", help="serve the sandbox store over HTTP")
    serve.add_argument("--port", type=int, default=8600, help="0 takes a free one; default %(default)s")
    serve.add_argument("--host", default="127.0.0.1", help="default %(default)s: this machine only")
    serve.add_argument("--json", action="store_true", help="the first line is one JSON object")
    serve.add_argument("--file", type=Path, help="keep the store in this file; without it, in memory")
    serve.add_argument("--seed", type=int, default=1, help="what a new store is filled from")
    serve.add_argument("--cart-owner", choices=("token", "customer"), default="token", help="whose a cart is")
    serve.set_defaults(run=_serve_sandbox)
    carts = tasks.add_parser("carts", help="the sandbox's own record of every cart")
    carts.add_argument("--file", type=Path, help="the store's file; without it, the one inside the console")
    carts.set_defaults(run=_show_carts)
    return parser


def _open_console(options: argparse.Namespace) -> int:
    # Collecting while modules load costs a sixth of the start; the application turns it on again.
    gc.disable()
    from console import boot, hangup
    from console.app import ConsoleApp
    from console.paths import Paths

    paths = Paths.of_this_machine()
    first = boot.read(paths.settings_file, profile=options.profile)
    if first.colour == "never":
        os.environ["NO_COLOR"] = "1"

    def keep_fault(account: str) -> str:
        from console.files import write_private

        file = paths.logs / "fault.txt"
        write_private(file, account.encode())
        return (
            "The console met a fault of its own and stopped. Every order is kept as it was last saved.\n"
            f"What happened is written in {file}."
        )

    async def open_door(tell: "Callable[[Change], None]") -> "Opened":
        # Imported on a thread: the operator is typing a name by now.
        opening = await asyncio.to_thread(import_module, "console.desk.opening")
        return await opening.open_door(
            paths=paths, profile=options.profile, open_box=partial(_open_box, paths), tell=tell
        )

    plain = "utf" not in locale.getpreferredencoding(do_setlocale=False).lower()
    app = ConsoleApp(first, open_door, keep_fault=keep_fault, plain=plain)

    async def run() -> None:
        loop = asyncio.get_running_loop()
        hangup.watch(sys.stdin.fileno(), lambda: loop.call_soon_threadsafe(app.exit))
        try:
            await app.run_async(mouse=options.mouse)
        finally:
            await app.close()

    asyncio.run(run())
    return app.return_code or 0


def _open_box(paths: "Paths", profile: "Profile") -> "Connected":
    """The sandbox store inside this program: the same application that ``sandbox serve`` serves."""
    from console.api.auth import OAuth1
    from console.api.endpoint import Endpoint
    from console.desk.connection import Connected
    from console.desk.values import DemoSignIn
    from console.sandbox.app import create_app
    from console.sandbox.store import Store

    paths.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = Store.open(_box_file(paths))
    demo = store.demo()
    operator = demo.operators[0]
    endpoint = Endpoint(
        base_url="http://sandbox.localhost",
        merchant_id=demo.merchant_id,
        auth=OAuth1(demo.consumer_key, demo.consumer_secret),
        language=profile.language,
        app=create_app(store),
    )
    return Connected(endpoint, DemoSignIn(operator.username, operator.password), store.close)


def _serve_sandbox(options: argparse.Namespace) -> int:
    from console.sandbox.serve import serve
    from console.sandbox.switches import CartOwner

    return serve(
        port=options.port,
        host=options.host,
        path=options.file,
        seed=options.seed,
        as_json=options.json,
        owner=CartOwner(options.cart_owner),
    )


def _show_carts(options: argparse.Namespace) -> int:
    from console.paths import Paths
    from console.sandbox.serve import describe_carts
    from console.sandbox.store import StoreError

    try:
        print(describe_carts(options.file or _box_file(Paths.of_this_machine())))
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _box_file(paths: "Paths") -> Path:
    return paths.data / "sandbox.sqlite"


if __name__ == "__main__":
    sys.exit(main())
