"""Helpers that compare the JSON of a sent request with the printed one."""

import json
from typing import Any

from tests.api.documents.samples import API_SAMPLES, DocumentedPort


def payload(name: str) -> Any:
    """Return the JSON of a sample's ``InputData``. Place Order lacks the equals sign before it."""
    _, _, rest = text(name).partition("InputData")
    return json.JSONDecoder().raw_decode(rest.lstrip("= \n"))[0]


def text(name: str) -> str:
    """Return a sample request as printed."""
    return (API_SAMPLES / f"{name}.request.txt").read_text("utf-8").strip()


def sent_payload(port: DocumentedPort, name: str) -> Any:
    """Return the JSON that was sent, once method and form fields match the sample."""
    sample = text(name).lower()
    names = {field.lower() for field in port.form}
    assert port.requests[-1].method == "POST"
    assert names == {"inputdata", "inputformat", *(["merchantid"] if names_merchant(sample) else [])}
    assert port.form["InputFormat"] == "application/json"
    return port.form["InputData"]


def names_merchant(printed: str) -> bool:
    """Return True if a sample names the merchant beside its JSON, and not only in it."""
    before, _, _ = printed.partition("inputdata")
    return "merchantid=" in before


def as_text(value: object) -> object:
    """Convert numbers to text, as many samples print them."""
    match value:
        case dict():
            return {name: as_text(inner) for name, inner in value.items()}
        case list():
            return [as_text(inner) for inner in value]
        case _:
            return str(value)
