"""The environment of the print command: what a printing program needs, and no secret."""

from collections.abc import Mapping

_NAMES = frozenset(
    {
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "PWD", "TMPDIR", "TZ",
        "LANG", "LANGUAGE", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR",
        "PRINTER", "LPDEST", "CUPS_SERVER", "CUPS_USER", "CUPS_DATADIR", "IPP_PORT", "PAPERSIZE",
    }
)  # fmt: skip
_PREFIX = "LC_"


def print_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that the print command gets: an allow-list, since any other may hold a secret."""
    return {name: value for name, value in environment.items() if name in _NAMES or name.startswith(_PREFIX)}
