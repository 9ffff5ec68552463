"""``store-console completion``: what lets a shell complete commands, operations and their parameters.

The script asks this program for the words, so it needs no update of its own.
"""

import argparse
from collections.abc import Iterator, Sequence
from typing import cast

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_STORE_CONSOLE_COMPLETE"
"""While this is in the environment, the program prints the words that may come next, and does nothing."""

_BASH = """\
_store_console() {
    local IFS=$'\\n'
    COMPREPLY=($(%(variable)s=1 "$1" "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
    if [[ ${COMPREPLY[0]-} == *= ]]; then compopt -o nospace; fi
}
complete -o default -F _store_console store-console
"""
_ZSH = """\
#compdef store-console
_store_console() {
    local -a found
    found=("${(@f)$(%(variable)s=1 "${words[1]}" "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    found=(${found:#})
    if (( ! ${#found} )); then _files; return; fi
    compadd -S '' -- ${(M)found:#*=}
    compadd -- ${found:#*=}
}
if (( ${+functions[compdef]} )); then compdef _store_console store-console; fi
"""
_FISH = """\
function __store_console_words
    set -l words (commandline -opc) (commandline -ct)
    env %(variable)s=1 $words 2>/dev/null
end
complete -c store-console -f -a '(__store_console_words)'
complete -c store-console -n 'test (count (__store_console_words)) -eq 0' -F
"""
_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def script(shell: str) -> str:
    """Return the script for a shell."""
    return _SCRIPTS[shell] % {"variable": VARIABLE}


def print_words(parser: argparse.ArgumentParser, words: Sequence[str]) -> int:
    """Print the words that may come in place of the last one, one a line."""
    for word in next_words(parser, words):
        print(word)
    return 0


def next_words(parser: argparse.ArgumentParser, words: Sequence[str]) -> list[str]:
    """Return the words that may stand for the last one, which may be empty or begun."""
    *before, begun = words or [""]
    reader = _Reader(parser)
    for word in before:
        reader.read(word)
    return sorted({word for word in reader.candidates(begun) if word.startswith(begun)})


class _Reader:
    """Follows the words of a command line through the parsers of commands."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._parser = parser
        self._commands = [parser.prog.rpartition(" ")[2]]
        self._typed: list[str] = []
        self._option: argparse.Action | None = None

    def read(self, word: str) -> None:
        """Read a whole word."""
        if self._option is not None:
            self._option = None
            return
        if word.startswith("-"):
            option = self._options().get(word)
            self._option = option if option is not None and option.nargs is None else None
            return
        below = self._below()
        if word in below:
            self._parser = below[word]
            self._commands.append(word)
            self._typed = []
        else:
            self._typed.append(word)

    def candidates(self, begun: str) -> Iterator[str]:
        """Yield the words that may come now."""
        if self._option is not None:
            yield from (str(choice) for choice in self._option.choices or ())
            if self._option.dest == "profile":
                yield from _profile_names()
            return
        if begun.startswith("-"):
            yield from (name for name in self._options() if name.startswith("--"))
            return
        yield from self._below()
        yield from self._operands()

    def _operands(self) -> Iterator[str]:
        command = tuple(self._commands[1:])
        if command in {("api", "call"), ("api", "show")} and not self._typed:
            from console.operations import OPERATIONS_BY_NAME

            yield from OPERATIONS_BY_NAME
        elif command == ("api", "call"):
            yield from _parameters(self._typed[0], given=self._typed[1:])
        elif command == ("sandbox", "switch"):
            from console.sandbox.switches import SWITCH_NAMES

            yield from (f"{name}=" for name in SWITCH_NAMES)
        elif not self._typed:
            for action in self._positionals():
                yield from (str(choice) for choice in action.choices or ())

    def _options(self) -> dict[str, argparse.Action]:
        return {name: action for action in self._actions() for name in action.option_strings}

    def _positionals(self) -> list[argparse.Action]:
        return [each for each in self._actions() if not each.option_strings and not _is_commands(each)]

    def _below(self) -> dict[str, argparse.ArgumentParser]:
        for action in self._actions():
            if _is_commands(action):
                return cast("dict[str, argparse.ArgumentParser]", action.choices)
        return {}

    def _actions(self) -> list[argparse.Action]:
        # argparse has no public way to what a parser reads.
        return cast("list[argparse.Action]", vars(self._parser)["_actions"])


def _is_commands(action: argparse.Action) -> bool:
    """Return True for the commands below a parser: their choices are parsers by name."""
    return isinstance(action.choices, dict)


def _profile_names() -> Iterator[str]:
    """Yield the names of the store profiles that can be read."""
    from console.config.paths import Paths
    from console.config.startup_settings import read_profile_names

    yield from read_profile_names(Paths.from_environment().settings_file)


def _parameters(name: str, *, given: Sequence[str]) -> Iterator[str]:
    """Yield the parameters of an operation that were not typed yet."""
    from console.operations import OPERATIONS_BY_NAME

    operation = OPERATIONS_BY_NAME.get(name)
    done = {pair.partition("=")[0].casefold() for pair in given}
    if operation is not None:
        yield from (f"{each.name}=" for each in operation.parameters if each.name.casefold() not in done)
