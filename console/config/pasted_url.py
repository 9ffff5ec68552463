"""Reads what is pasted as a platform's address: from a browser, an e-mail, the documents or a request."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

API_FOLDER = "developerapi"
"""The folder of the operations; the console adds it by itself."""
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""A merchant id as it stands in the path of an operation."""
_QUERY_KEYS = {
    "merchantid": "merchant_id",
    "publickey": "public_key",
    "oauth_consumer_key": "public_key",
    "languagecode": "language",
}


@dataclass(frozen=True, slots=True)
class PastedUrl:
    """The parts of an address that a profile has a place for; empty for what it does not say.

    ``left_out`` is the path that belongs to a page, not to the platform.
    """

    host: str
    merchant_id: str = ""
    public_key: str = ""
    language: str = ""
    left_out: str = ""


def read_pasted_url(text: str) -> PastedUrl:
    """Read an address; one that is none is returned as the host it was typed as.

    A folder before ``developerapi`` belongs to the host. Without that folder the whole path is left out.
    """
    text = text.strip().strip("<>\"'")
    if not text or any(character.isspace() or character in "\\@" for character in text.partition("?")[0]):
        return PastedUrl(text)
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:  # such as a bracket that is not closed
        return PastedUrl(text)
    if not parts.netloc:
        return PastedUrl(text)
    segments = [segment for segment in parts.path.split("/") if segment]
    folders = [segment.casefold() for segment in segments]
    is_api = API_FOLDER in folders
    before = segments[: folders.index(API_FOLDER)] if is_api else []
    behind = segments[folders.index(API_FOLDER) + 1 :] if is_api else segments
    found = _from_query(parts.query)
    merchant_id = found.get("merchant_id") or next((s for s in behind if is_api and _ID.fullmatch(s)), "")
    return PastedUrl(
        host="/".join((f"{parts.scheme}://{parts.netloc}", *before)),
        merchant_id=merchant_id,
        public_key=found.get("public_key", ""),
        language=found.get("language", ""),
        left_out="" if is_api or not behind else f"/{'/'.join(behind)}",
    )


def _from_query(query: str) -> Mapping[str, str]:
    values = {name.casefold(): value for name, value in parse_qsl(query)}
    return {field: values[name] for name, field in _QUERY_KEYS.items() if values.get(name)}
