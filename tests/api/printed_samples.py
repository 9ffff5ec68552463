"""The JSON of a printed request, and whether what was sent is written the same way.

Used by the contract tests of carts, orders and locations.
"""

import json
from typing import Any

from documents import DOCUMENTED, PrintedAnswer


def payload(name: str) -> Any:
    """The JSON of a sample's ``InputData``. Place Order is printed without the sign before it."""
    _, _, rest = text(name).partition("InputData")
    return json.JSONDecoder().raw_decode(rest.lstrip("= \n"))[0]


def text(name: str) -> str:
    """A sample request as it is printed."""
    return (DOCUMENTED / f"{name}.request.txt").read_text("utf-8").strip()


def sent(port: PrintedAnswer, name: str) -> Any:
    """The JSON that was sent, once method and fields of the form are those of the sample."""
    printed = text(name).lower()
    names = {field.lower() for field in port.form}
    assert port.asked[-1].method == "POST"
    assert names == {"inputdata", "inputformat", *(["merchantid"] if printed_merchant(printed) else [])}
    assert port.form["InputFormat"] == "application/json"
    return port.form["InputData"]


def printed_merchant(printed: str) -> bool:
    """Whether a sample names the merchant beside its JSON, and not only in it."""
    before, _, _ = printed.partition("inputdata")
    return "merchantid=" in before


def as_text(value: object) -> object:
    """Numbers as many samples print them: in quotes."""
    match value:
        case dict():
            return {name: as_text(inner) for name, inner in value.items()}
        case list():
            return [as_text(inner) for inner in value]
        case _:
            return str(value)
