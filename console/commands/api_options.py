"""The options of ``store-console api``. Every command imports what it needs when it runs."""

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

_CALL_HELP = """\
Send one operation and print its response as JSON.

NAME=VALUE goes wherever the operation takes that name, in any case of its letters: path, query, header or
body. `store-console api show OPERATION` lists the names. A name with dots is a place in the body, such as
cart.Item.1.Quantity=2. Any value may be @env:NAME, to read it from the environment, or -, to read it from
standard input: keep secrets off the command line. An operation that changes data asks first, unless --yes.

exit codes:
  0  done
  1  refused by the platform, or not reached; why is on standard error, the response on standard output
  2  wrong usage; nothing was sent
  3  a change was sent and its response was lost: look before it is sent again
"""


class IntermixedParser(argparse.ArgumentParser):
    """A parser that takes options between its operands, as ``call NAME --yes KEY=VALUE`` has."""

    _is_inside = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # type: ignore[override]
        """Parse the arguments; see ``ArgumentParser.parse_known_intermixed_args``, which calls this."""
        if self._is_inside:
            return super().parse_known_args(args, namespace)
        self._is_inside = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._is_inside = False

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line, and exit. Values may be left out, whatever argparse says."""
        said = message.replace(", NAME=VALUE", "").replace("argument NAME=VALUE: ", "")
        self.exit(2, f"{self.prog}: {said}. --help lists the options.\n")


def add_api_commands(api: argparse.ArgumentParser) -> None:
    """Add the commands below ``api``."""
    tasks = api.add_subparsers(
        title="commands", metavar="COMMAND", required=True, parser_class=IntermixedParser
    )
    names = tasks.add_parser("list", help="list the operations, or those with some words")
    names.add_argument("words", nargs="*", metavar="WORD", help="word of the name, title or path")
    names.add_argument("--json", action="store_true", help="print JSON, with parameters")
    names.set_defaults(run=_list_operations)
    show = tasks.add_parser("show", help="show the parameters of one operation, and a sample")
    show.add_argument("name", metavar="OPERATION", help="an operation, as listed by api list")
    show.add_argument("--json", action="store_true", help="print JSON")
    show.set_defaults(run=_show_operation)
    _add_call(
        tasks.add_parser(
            "call",
            help="send one operation and print the response",
            description=_CALL_HELP,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )


def _add_call(call: argparse.ArgumentParser) -> None:
    call.add_argument("name", metavar="OPERATION", help="an operation, as listed by api list")
    call.add_argument(
        "values", nargs="*", type=name_and_value, metavar="NAME=VALUE", help="parameter, wherever it belongs"
    )
    for option, description in (
        ("path", "path parameter"),
        ("query", "query parameter"),
        ("header", "header, in any case"),
    ):
        call.add_argument(
            f"--{option}",
            action="append",
            type=name_and_value,
            default=[],
            metavar="NAME=VALUE",
            help=f"{description}; repeatable",
        )
    body = call.add_mutually_exclusive_group()
    body.add_argument(
        "--data",
        metavar="JSON",
        help="the whole JSON payload, sent as it is; @FILE reads it from a file, - from standard input",
    )
    body.add_argument(
        "--form",
        action="append",
        type=name_and_value,
        default=[],
        metavar="NAME=VALUE",
        help="form field, sent as it is; repeatable",
    )
    call.add_argument(
        "--field",
        default="",
        metavar="PATH",
        help="print this part of the response only, such as Token.AccessToken or Customers.*.UserId",
    )
    call.add_argument("-i", "--include", action="store_true", help="print HTTP status and headers first")
    call.add_argument("--all", action="store_true", help="fetch every page, and print them as one response")
    call.add_argument("--dry-run", action="store_true", help="print what would be sent, with secrets masked")
    call.add_argument("-y", "--yes", action="store_true", help="send a change without asking")
    add_connection_options(call)
    call.set_defaults(run=_call_operation)


def add_connection_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which platform is meant."""
    parser.add_argument("--profile", default="", help="store profile; default: the active one")
    parser.add_argument(
        "--base-url", default="", metavar="URL", help="platform address; default: the profile's"
    )


def name_and_value(text: str) -> tuple[str, str]:
    """Parse ``NAME=VALUE``."""
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def _list_operations(options: argparse.Namespace) -> int:
    from console.commands.api_list import list_operations

    words: Sequence[str] = options.words
    return list_operations(words, as_json=options.json)


def _show_operation(options: argparse.Namespace) -> int:
    from console.commands.api_show import show_operation

    return show_operation(options.name, as_json=options.json)


def _call_operation(options: argparse.Namespace) -> int:
    from console.commands.platform_connection import run_api_call

    return run_api_call(options)
