"""Signatures written after RFC 5849, sections 3.4 and 3.6, without a library."""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import quote


def escape(text: str) -> str:
    """Escape all but the unreserved characters (3.6)."""
    return quote(text, safe="-._~")


def base_string(method: str, url: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Join method, URL and sorted parameters (3.4.1)."""
    pairs = sorted((escape(name), escape(value)) for name, value in parameters)
    normalized = "&".join(f"{name}={value}" for name, value in pairs)
    return "&".join((method, escape(url), escape(normalized)))


def sign(method: str, url: str, parameters: Iterable[tuple[str, str]], *, key: str) -> str:
    """Sign with HMAC-SHA1 (3.4.2); ``key`` is the escaped secret and ``&``."""
    digest = hmac.new(key.encode(), base_string(method, url, parameters).encode(), hashlib.sha1).digest()
    return b64encode(digest).decode()


def authorization(parameters: Iterable[tuple[str, str]]) -> str:
    """Write the header of the parameters (3.5.1)."""
    return "OAuth " + ", ".join(f'{escape(name)}="{escape(value)}"' for name, value in parameters)
