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
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.config.paths import Paths
    from console.config.profiles import Profile
    from console.services.endpoint_factory import ResolvedEndpoint
    from console.services.events import Event
    from console.services.startup import ConnectResult


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the process's exit code."""
    options = build_parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except BrokenPipeError:
        # Whoever read the output had enough of it; Python would complain once more when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


class _VersionAction(argparse.Action):
    """Looked up when it is asked for: that alone would cost the start some 20 milliseconds."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Say it, and end."""
        from importlib.metadata import version

        print(f"store-console {version('store-console')}")
        parser.exit()


def build_parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = argparse.ArgumentParser(
        prog="store-console",
        description="The order console for store operators. Without a command it opens.",
    )
    parser.add_argument("--version", action=_VersionAction, nargs=0, help="show the version and end")
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
    serve.add_argument(
        "--half-rule",
        choices=("half", "dearer", "average", "full"),
        help="what a topping on half of a pizza costs; without it, the merchant's rule",
    )
    serve.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="PATTERN:KIND[:PROBABILITY[:SECONDS]]",
        help="a fault of the operations that fit, such as carts.*:drop-after:0.1; may be repeated",
    )
    serve.set_defaults(run=_serve_sandbox)
    carts = tasks.add_parser("carts", help="the sandbox's own record of every cart")
    carts.add_argument("--file", type=Path, help="the store's file; without it, the one inside the console")
    carts.add_argument("--json", action="store_true", help="as JSON, with ids")
    carts.set_defaults(run=_show_carts)
    menu = tasks.add_parser("menu", help="a menu supplement of the sandbox's bundles and deals, as TOML")
    menu.set_defaults(run=_print_menu_supplement)

    forget = commands.add_parser("forget", help="wipe what this machine remembers of people")
    forget_commands = forget.add_subparsers(title="commands", metavar="", required=True)
    people = forget_commands.add_parser(
        "people", help="the customers lately served, of every profile, and the saved tickets"
    )
    people.add_argument(
        "--operators", action="store_true", help="also who may sign in without a line; the next needs one"
    )
    people.set_defaults(run=_forget_people)

    _add_api_commands(commands.add_parser("api", help="the platform's operations, called from the shell"))
    menu = commands.add_parser("menu", help="what the platform does not say of bundles and deals")
    menu_tasks = menu.add_subparsers(title="commands", metavar="", required=True)
    check = menu_tasks.add_parser("check", help="whether a menu supplement can be used")
    check.add_argument("file", type=Path, metavar="FILE", help="as docs/menu-supplement.md has it")
    check.add_argument("--profile", default="", help="hold it against this store profile's platform, too")
    check.set_defaults(run=_check_menu)
    doctor = commands.add_parser("doctor", help="is everything there, and what to do about what is not")
    _add_connection_options(doctor)
    doctor.set_defaults(run=_run_doctor)
    return parser


def _add_api_commands(api: argparse.ArgumentParser) -> None:
    tasks = api.add_subparsers(title="commands", metavar="", required=True)
    names = tasks.add_parser("list", help="every operation")
    names.add_argument("--json", action="store_true", help="with parameters, as JSON")
    names.set_defaults(run=_list_operations)
    call = tasks.add_parser(
        "call",
        help="send one operation and print its answer",
        description="Wherever a value is wanted, @env:NAME takes it from the environment, which is the place"
        " for secrets; a lone - takes it from a line of standard input.",
    )
    call.add_argument("name", help="as api list has it")
    for option, what in (("path", "in the path"), ("query", "in the query"), ("header", "in a header")):
        call.add_argument(
            f"--{option}", action="append", type=_name_and_value, default=[], metavar="NAME=VALUE", help=what
        )
    body = call.add_mutually_exclusive_group()
    body.add_argument("--data", metavar="JSON", help="the JSON payload; - reads it from standard input")
    body.add_argument(
        "--form", action="append", type=_name_and_value, default=[], metavar="NAME=VALUE", help="in a form"
    )
    _add_connection_options(call)
    call.set_defaults(run=_call_operation)


def _add_connection_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--profile", default="", help="the store profile; without it, the active one")
    parser.add_argument("--base-url", default="", metavar="URL", help="another address than the profile's")


def _name_and_value(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def _open_console(options: argparse.Namespace) -> int:
    # Collecting while modules load costs a sixth of the start; the application turns it on again.
    gc.disable()
    from console.app import ConsoleApp
    from console.config import startup_settings
    from console.config.paths import Paths
    from console.terminal import hangup

    paths = Paths.from_environment()
    startup = startup_settings.read_startup_settings(paths.settings_file, profile=options.profile)
    if startup.colour == "never":
        os.environ["NO_COLOR"] = "1"

    def save_crash_report(report: str) -> str:
        from console.config.private_files import write_private_file

        file = paths.logs / "fault.txt"
        write_private_file(file, report.encode())
        return (
            "The console met a fault of its own and stopped. Every order is kept as it was last saved.\n"
            f"What happened is written in {file}."
        )

    async def connect(publish: "Callable[[Event], None]") -> "ConnectResult":
        # Imported on a thread: the operator is typing a name by now.
        opening = await asyncio.to_thread(import_module, "console.services.startup")
        return await opening.connect(
            paths=paths, profile=options.profile, open_sandbox=_sandbox_opener(paths), publish=publish
        )

    plain = "utf" not in locale.getpreferredencoding(do_setlocale=False).lower()
    app = ConsoleApp(startup, connect, save_crash_report=save_crash_report, plain=plain)

    async def run() -> None:
        loop = asyncio.get_running_loop()
        hangup.watch_for_hangup(sys.stdin.fileno(), lambda: loop.call_soon_threadsafe(app.exit))
        try:
            await app.run_async(mouse=options.mouse)
        finally:
            await app.close()

    asyncio.run(run())
    return app.return_code or 0


def _sandbox_opener(paths: "Paths") -> "Callable[[Profile], ResolvedEndpoint]":
    def open_profile_sandbox(profile: "Profile") -> "ResolvedEndpoint":
        # Imported when it is asked for, which is on a thread: a platform's console never needs it.
        from console.commands.sandbox_connection import open_sandbox

        return open_sandbox(paths, profile)

    return open_profile_sandbox


def _forget_people(options: argparse.Namespace) -> int:
    from console.config.paths import Paths
    from console.services.events import ServiceError
    from console.services.people.erasure import erase_people

    try:
        print(asyncio.run(erase_people(Paths.from_environment(), operators=options.operators)))
    except ServiceError as trouble:
        print(trouble.message, file=sys.stderr)
        return 1
    return 0


def _list_operations(options: argparse.Namespace) -> int:
    from console.commands import api_list

    print(api_list.as_json() if options.json else api_list.as_text())
    return 0


def _call_operation(options: argparse.Namespace) -> int:
    from console.commands.platform_connection import run_api_call

    return run_api_call(options)


def _run_doctor(options: argparse.Namespace) -> int:
    from console.commands.platform_connection import run_doctor

    return run_doctor(options)


def _check_menu(options: argparse.Namespace) -> int:
    from console.commands.menu_check import check_menu_supplement

    return check_menu_supplement(options)


def _serve_sandbox(options: argparse.Namespace) -> int:
    from console.sandbox.menu.half_rule import SandboxHalfRule
    from console.sandbox.server import serve
    from console.sandbox.switches import SandboxCartOwner, parse_fault

    try:
        faults = tuple(parse_fault(text) for text in options.fault)
    except ValueError as error:
        print(f"store-console sandbox serve: {error}", file=sys.stderr)
        return 2
    return serve(
        port=options.port,
        host=options.host,
        path=options.file,
        seed=options.seed,
        as_json=options.json,
        cart_owner=SandboxCartOwner(options.cart_owner),
        half_rule=SandboxHalfRule(options.half_rule) if options.half_rule else None,
        faults=faults,
    )


def _show_carts(options: argparse.Namespace) -> int:
    import json

    from console.config.paths import Paths
    from console.sandbox.control_api import cart_json
    from console.sandbox.server import describe_carts
    from console.sandbox.store import StoreError, read_carts

    file = options.file or Paths.from_environment().sandbox_file
    try:
        if options.json:
            print(json.dumps([cart_json(cart) for cart in read_carts(file)]))
        else:
            print(describe_carts(file))
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _print_menu_supplement(_options: argparse.Namespace) -> int:
    from console.sandbox.data.menu_loader import load_menu
    from console.sandbox.menu.supplement import supplement_text

    print(supplement_text(load_menu()), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
