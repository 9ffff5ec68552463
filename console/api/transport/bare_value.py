"""A response that is a value alone: text in quotes or not, a number, or an XML string of .NET's."""

import re
from typing import Final

_MAX_LETTERS: Final = 4_096  # a token has some hundred
_XML_STRING = re.compile(r"(?:<\?xml[^>]*>\s*)?<(\w+)(?: xmlns=[\"'][^\"'<>]*[\"'])?>([^<>]*)</\1>")
_VALUE = re.compile(r"[!#-;=?-Z\\^-z|~]+")
"""One word of printable ASCII that no JSON object, list, quotation or mark-up can be."""


def read_bare_value(body: bytes) -> str:
    """Return the value that a response is alone, empty if it is anything else."""
    if len(body) > _MAX_LETTERS:
        return ""
    try:
        text = body.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return ""
    if element := _XML_STRING.fullmatch(text):
        text = element[2].strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace("\\/", "/").strip()
    return text if _VALUE.fullmatch(text) and text not in ("null", "true", "false") else ""
