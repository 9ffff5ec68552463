"""Host names: whether one can be looked up, and stand in a URL."""

import re
from ipaddress import IPv4Address, IPv6Address

LONGEST_NAME = 253
"""Letters of the longest name that can be looked up (RFC 1035)."""

_LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_NO_NAME = "is no host name: nothing can be found under it"


def host_name_problem(name: str) -> str:
    """Return why a host cannot be called, to follow its name, or "".

    ``name`` is what ``urlsplit`` calls the hostname: an IPv6 address has no brackets.
    """
    if not name.isascii():
        return f"has letters beyond ASCII{_ascii_advice(name)}"
    labels = name.removesuffix(".").split(".")
    try:
        if ":" in name:
            IPv6Address(name)
        elif labels[-1].isdigit() or labels[-1][:2].lower() == "0x":
            IPv4Address(name)
        elif len(name) > LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
            return _NO_NAME
        else:
            # A name that begins with xn-- stands for another one, which must exist.
            name.encode("ascii").decode("idna")
    except UnicodeError:
        return _NO_NAME
    except ValueError:
        return "is no address of a machine"
    return ""


def has_wrong_brackets(netloc: str) -> bool:
    """Return True for ``[::1]x`` and ``[v1.x]``, which ``urlsplit`` takes for addresses."""
    inside, closing, after = netloc.partition("]")
    return bool(closing) and (":" not in inside or (bool(after) and not after.startswith(":")))


def _ascii_advice(name: str) -> str:
    try:
        return f": write it as {name.encode('idna').decode('ascii')}"
    except UnicodeError:
        return ""
