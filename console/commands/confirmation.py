"""The question before something is changed."""

import sys

from console.commands.arguments import UsageError


def confirm(question: str, *, yes: bool) -> bool:
    """Return True if it is to be done: with ``yes`` at once, else as the person at the terminal says.

    Raises:
        UsageError: nobody can be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError(f"{question} Nobody can be asked, as standard input is no terminal: add --yes.")
    sys.stderr.write(f"{question} Go on? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}
