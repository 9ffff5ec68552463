"""Request bodies as documented: forms, most of them with compact JSON in a field.

Secrets are unwrapped here and nowhere earlier.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias
from urllib.parse import quote, urlencode

from pydantic import SecretStr

Encodable: TypeAlias = (
    "bool | int | Decimal | str | SecretStr | Sequence[Encodable] | Mapping[str, Encodable] | None"
)
"""A value that a request may contain. Secrets are unwrapped when it is encoded."""


def to_json(value: Encodable) -> str:
    """Encode compact JSON in which a decimal is a number with its own digits.

    Raises:
        ValueError: a decimal that is not finite.
    """
    match value:
        case SecretStr():
            return to_json(value.get_secret_value())
        case Decimal():
            if not value.is_finite():
                raise ValueError("an amount must be finite")
            return format(value, "f")
        case Mapping():
            return "{" + ",".join(f"{to_json(key)}:{to_json(item)}" for key, item in value.items()) + "}"
        case str() | int() | None:
            return json.dumps(value, ensure_ascii=False)
        case _:
            return "[" + ",".join(to_json(item) for item in value) + "]"


def encode_form(fields: Mapping[str, Encodable]) -> bytes:
    """Encode a plain form; a space is ``%20``, which every form parser understands.

    Raises:
        ValueError: a field that is itself a list or a mapping.
    """
    plain = {name: _form_value(value) for name, value in fields.items()}
    return urlencode(plain, quote_via=quote, safe="").encode("ascii")


def _form_value(value: Encodable) -> str:
    match value:
        case SecretStr():
            return value.get_secret_value()
        case str():
            return value
        case bool() | int() | Decimal():
            return to_json(value)
        case None:
            return ""
        case _:
            raise ValueError("a form's field is one value")


def encode_input_data(payload: Encodable, *, merchant_id: str = "") -> bytes:
    """Encode the documented POST body: JSON in a form field, after ``MerchantId`` if that is given."""
    fields: dict[str, Encodable] = {"MerchantId": merchant_id} if merchant_id else {}
    return encode_form({**fields, "InputData": to_json(payload), "InputFormat": "application/json"})


def find_secrets(value: Encodable) -> Iterator[str]:
    """Yield every secret inside, unwrapped, to be redacted from messages about the request."""
    match value:
        case SecretStr():
            if value.get_secret_value():
                yield value.get_secret_value()
        case Mapping():
            for item in value.values():
                yield from find_secrets(item)
        case str() | int() | Decimal() | None:
            return
        case _:
            for item in value:
                yield from find_secrets(item)
