"""The signs that a terminal can show, as far as its environment tells."""

import re
from collections.abc import Mapping

_PLAIN_TERMINAL = re.compile(r"linux|vt\d|ansi|pcansi|con(s|\d)|dumb|sun|wy(se)?\d")
"""Beginning of ``TERM`` where the character set is too small: the Linux console, vt100."""
PYTHONS_LOCALE = "C.UTF-8"
"""What Python puts into ``LC_CTYPE`` by itself where the locale is C."""


def needs_plain_signs(environment: Mapping[str, str], encoding: str) -> bool:
    """Return True if signs beyond ASCII would be garbled; ``encoding`` is that of the locale."""
    terminal = environment.get("TERM", "").lower()
    # In tmux or screen, TERM may name the terminal outside: screen.linux.
    if any(map(_PLAIN_TERMINAL.match, terminal.split("."))):
        return True
    locale_name = _locale_name(environment).upper()
    charset = locale_name.partition(".")[2].partition("@")[0]
    if locale_name in ("C", "POSIX") or (charset and "UTF" not in charset):
        return True
    return "UTF" not in encoding.upper()


def _locale_name(environment: Mapping[str, str]) -> str:
    """The name of the locale for characters, as the user set it."""
    if name := environment.get("LC_ALL"):
        return name
    name, language = environment.get("LC_CTYPE", ""), environment.get("LANG", "")
    is_pythons = name == PYTHONS_LOCALE and language in ("C", "POSIX")
    return language if is_pythons or not name else name
