"""The command ``store-console``: opens the console, or runs one of its commands.

The only module that knows both console and sandbox; every command imports only what it needs.
"""

import argparse
import asyncio
import gc
import locale
import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from console.commands import completion
from console.commands.api_options import add_api_commands, add_connection_options, name_and_value

if TYPE_CHECKING:
    from console.config.paths import Paths
    from console.config.profiles import Profile
    from console.services.endpoint_factory import ResolvedEndpoint
    from console.services.events import Event
    from console.services.startup import ConnectResult


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    parser = build_parser()
    if completion.VARIABLE in os.environ:
        return completion.print_words(parser, sys.argv[1:] if arguments is None else arguments)
    options = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        exit_code = run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # The reader closed the pipe, as head does; without this, Python would complain when it flushes.
        _discard_output()
        return 1
    except OSError as error:
        # Whatever a command did not say itself: a full disk, a folder that may not be read.
        place = f"{error.filename}: " if error.filename else ""
        print(f"store-console: {place}{error.strerror or error}.", file=sys.stderr)
        _discard_output()
        return 1
    return exit_code


def _discard_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _VersionAction(argparse.Action):
    """Prints the version, looked up only here: importing the look-up takes about 20 ms."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the version and exit."""
        from importlib.metadata import version

        print(f"store-console {version('store-console')}")
        parser.exit()


def build_parser() -> argparse.ArgumentParser:
    """Build the parser of every command and its options."""
    parser = argparse.ArgumentParser(
        prog="store-console",
        description="Order console for store operators. Without a command, the console opens.",
    )
    parser.add_argument("--version", action=_VersionAction, nargs=0, help="show the version and exit")
    parser.add_argument("--profile", default="", help="store profile for this run; default: the active one")
    parser.add_argument(
        "--mouse", action="store_true", help="handle mouse clicks; turns off text selection in the terminal"
    )
    parser.set_defaults(run=_open_console)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    _add_sandbox(commands.add_parser("sandbox", help="practice store on this machine"))
    forget = commands.add_parser("forget", help="erase the people saved on this machine")
    forget_commands = forget.add_subparsers(title="commands", metavar="COMMAND", required=True)
    people = forget_commands.add_parser(
        "people", help="erase the recent customers of every profile, and the saved tickets"
    )
    people.add_argument(
        "--operators", action="store_true", help="erase offline sign-ins too; the next sign-in must be online"
    )
    people.set_defaults(run=_forget_people)
    add_api_commands(commands.add_parser("api", help="call the platform's operations"))
    _add_menu(commands.add_parser("menu", help="check a menu supplement file, or make one"))
    doctor = commands.add_parser("doctor", help="check the installation and say how to fix it")
    doctor.add_argument("--json", action="store_true", help="print one JSON object")
    add_connection_options(doctor)
    doctor.set_defaults(run=_run_doctor)
    shells = commands.add_parser("completion", help="print what lets a shell complete commands with Tab")
    shells.add_argument("shell", choices=completion.SHELLS, help="the shell")
    shells.set_defaults(run=_print_completion)
    return parser


def _add_sandbox(sandbox: argparse.ArgumentParser) -> None:
    tasks = sandbox.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_serve(tasks.add_parser("serve", help="serve the sandbox store over HTTP"))
    carts = tasks.add_parser("carts", help="print the sandbox's own record of every cart")
    carts.add_argument(
        "--file", type=Path, help="the store's file; default: that of the console's own sandbox"
    )
    carts.add_argument("--json", action="store_true", help="print JSON, with ids")
    carts.set_defaults(run=_show_carts)
    _add_reset(tasks.add_parser("reset", help="start the sandbox again: no carts, orders or changes"))
    _add_switch(tasks.add_parser("switch", help="set how a served sandbox behaves, or print it"))
    menu = tasks.add_parser("menu", help="print the menu supplement of the sandbox's bundles and deals")
    menu.add_argument("--language", default="en", metavar="CODE", help="the language of its texts: en or tr")
    menu.set_defaults(run=_print_menu_supplement)


def _add_serve(serve: argparse.ArgumentParser) -> None:
    serve.add_argument("--port", type=int, default=8600, help="port, 0 for a free one; default: %(default)s")
    serve.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; default: %(default)s, this machine only"
    )
    serve.add_argument("--json", action="store_true", help="print the first line as one JSON object")
    serve.add_argument("--file", type=Path, help="save the store in this file; default: in memory")
    serve.add_argument(
        "--seed", type=int, default=1, help="seed for the demo data of a new store; default: %(default)s"
    )
    serve.add_argument(
        "--cart-owner",
        choices=("token", "customer"),
        default="token",
        help="who owns a cart; default: %(default)s",
    )
    serve.add_argument(
        "--half-rule",
        choices=("half", "dearer", "average", "full"),
        help="price rule for a topping on half a pizza; default: the merchant's",
    )
    serve.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="PATTERN:KIND[:PROBABILITY[:SECONDS]]",
        help="inject a fault into matching operations, such as carts.*:drop-after:0.1; repeatable",
    )
    serve.add_argument(
        "--sign-body",
        nargs="?",
        choices=("yes", "no", "any"),
        const="yes",
        default="any",
        help="whether the fields of a form must be signed; default: either",
    )
    serve.add_argument(
        "--signed-path",
        choices=("full", "without-developerapi", "any"),
        default="any",
        help="the path that must be signed; default: either",
    )
    serve.set_defaults(run=_serve_sandbox)


def _add_menu(menu: argparse.ArgumentParser) -> None:
    menu_tasks = menu.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = menu_tasks.add_parser("check", help="check a menu supplement and print every problem")
    check.add_argument(
        "file", type=Path, metavar="FILE", help="a file as described in docs/menu-supplement.md"
    )
    check.add_argument("--profile", default="", help="compare it with this store profile's platform as well")
    check.set_defaults(run=_check_menu)
    importing = menu_tasks.add_parser(
        "import", help="make a menu supplement from the groups of the platform's Front API"
    )
    importing.add_argument(
        "file", metavar="FILE", help="an answer of the Front API's products in JSON; - for standard input"
    )
    importing.add_argument("--output", type=Path, metavar="FILE", help="save it here instead of printing it")
    importing.add_argument("--profile", default="", help="save it for this store profile, and name it there")
    importing.add_argument("--replace", action="store_true", help="replace a file that exists")
    importing.set_defaults(run=_import_menu)


def _add_reset(reset: argparse.ArgumentParser) -> None:
    place = reset.add_mutually_exclusive_group()
    place.add_argument(
        "--file", type=Path, help="the store's file; default: that of the console's own sandbox"
    )
    place.add_argument("--base-url", default="", metavar="URL", help="a sandbox served at this address")
    reset.add_argument("-y", "--yes", action="store_true", help="do not ask")
    reset.set_defaults(run=_reset_sandbox)


def _add_switch(switch: argparse.ArgumentParser) -> None:
    switch.add_argument(
        "switches",
        nargs="*",
        type=name_and_value,
        metavar="NAME=VALUE",
        help="a switch of docs/sandbox.md; the value is JSON, or text",
    )
    switch.add_argument(
        "--base-url", default="http://127.0.0.1:8600", metavar="URL", help="its address; default: %(default)s"
    )
    switch.set_defaults(run=_switch_sandbox)


def _open_console(options: argparse.Namespace) -> int:
    # Garbage collection while modules load takes a sixth of the start; the application turns it on again.
    gc.disable()
    from console.app import ConsoleApp
    from console.config import startup_settings
    from console.config.paths import Paths
    from console.services.events import ServiceError
    from console.terminal import ending, hangup, signs

    paths = Paths.from_environment()
    startup = startup_settings.read_startup_settings(paths.settings_file, profile=options.profile)
    if startup.colour == "never":
        os.environ["NO_COLOR"] = "1"

    def save_crash_report(report: str) -> str:
        from console import crash_report

        return crash_report.save_crash_report(report, paths.logs)

    async def connect(publish: "Callable[[Event], None]", profile: str) -> "ConnectResult":
        # Imported on a thread: the operator is typing a name meanwhile.
        startup_module = await asyncio.to_thread(import_module, "console.services.startup")
        return await startup_module.connect(
            paths=paths,
            profile=profile or options.profile,
            open_sandbox=_sandbox_opener(paths),
            publish=publish,
        )

    encoding = locale.getpreferredencoding(do_setlocale=False)
    plain = startup.signs == "plain" or (
        startup.signs == "auto" and signs.needs_plain_signs(os.environ, encoding)
    )
    app = ConsoleApp(startup, connect, save_crash_report=save_crash_report, plain=plain)

    async def run() -> None:
        loop = asyncio.get_running_loop()
        terminal = sys.stdin.fileno()
        mode = ending.terminal_mode(terminal)

        def end_by_signal(number: int) -> None:
            ending.end_within_deadline(terminal, mode)
            app.exit(return_code=128 + number)

        def end_by_hangup() -> None:
            ending.end_within_deadline(terminal, mode)
            loop.call_soon_threadsafe(app.exit)

        ending.end_on_signals(end_by_signal)
        hangup.watch_for_hangup(terminal, end_by_hangup)
        try:
            await app.run_async(mouse=options.mouse)
        finally:
            try:
                await app.close()
            except ServiceError as error:
                print(error.message, file=sys.stderr)

    asyncio.run(run())
    return app.return_code or 0


def _sandbox_opener(paths: "Paths") -> "Callable[[Profile], ResolvedEndpoint]":
    def open_profile_sandbox(profile: "Profile") -> "ResolvedEndpoint":
        # Imported on demand, on a thread: a console of a platform never needs it.
        from console.commands.sandbox_connection import open_sandbox

        return open_sandbox(paths, profile)

    return open_profile_sandbox


def _forget_people(options: argparse.Namespace) -> int:
    from console.config.paths import Paths
    from console.services.events import ServiceError
    from console.services.people.erasure import erase_people

    try:
        print(asyncio.run(erase_people(Paths.from_environment(), operators=options.operators)))
    except ServiceError as error:
        print(error.message, file=sys.stderr)
        return 1
    return 0


def _run_doctor(options: argparse.Namespace) -> int:
    from console.commands.platform_connection import run_doctor

    return run_doctor(options)


def _check_menu(options: argparse.Namespace) -> int:
    from console.commands.menu_check import check_menu_supplement

    return check_menu_supplement(options)


def _import_menu(options: argparse.Namespace) -> int:
    from console.commands.menu_import import import_menu

    return import_menu(options)


def _serve_sandbox(options: argparse.Namespace) -> int:
    from console.sandbox.auth import AcceptedSignedBody, AcceptedSignedPath, AuthRules
    from console.sandbox.menu.half_rule import SandboxHalfRule
    from console.sandbox.server import serve
    from console.sandbox.switches import SandboxCartOwner, Switches, parse_fault

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
        switches=Switches(
            cart_owner=SandboxCartOwner(options.cart_owner),
            half_rule=SandboxHalfRule(options.half_rule) if options.half_rule else None,
            faults=faults,
        ),
        auth=AuthRules(
            sign_body=AcceptedSignedBody(options.sign_body),
            signed_path=AcceptedSignedPath(options.signed_path),
        ),
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


def _reset_sandbox(options: argparse.Namespace) -> int:
    from console.commands.sandbox_control import reset_sandbox

    return reset_sandbox(options)


def _switch_sandbox(options: argparse.Namespace) -> int:
    from console.commands.sandbox_control import switch_sandbox

    return switch_sandbox(options)


def _print_completion(options: argparse.Namespace) -> int:
    print(completion.script(options.shell), end="")
    return 0


def _print_menu_supplement(options: argparse.Namespace) -> int:
    from console.sandbox.data.language_loader import language_of
    from console.sandbox.data.menu_loader import load_menu
    from console.sandbox.menu.supplement import supplement_text

    print(supplement_text(load_menu(), language_of(options.language)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
