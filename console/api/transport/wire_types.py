"""The wire's habits: exact decimals, keys spelt several ways, dates, money and text as the platform has them.

Used by whatever reads an answer, and by the models of every resource; pure. ``forms`` is the way out.
"""

import html
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Annotated, Never, TypeAlias, TypeVar, cast

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, PlainValidator
from pydantic_core import PydanticUseDefault

MAX_BYTES = 4 * 1024 * 1024
"""No documented answer comes near this; a longer one is not read."""
MAX_DEPTH = 32
"""Levels of nesting; a deal's cart has seven."""

JSON: TypeAlias = "bool | int | Decimal | str | list[JSON] | dict[str, JSON] | None"
"""What was read from an answer. Numbers with a point or an exponent are decimals, never floats."""


class WireError(ValueError):
    """What arrived is not what the documents describe; the text says where and never quotes what arrived."""


def read_json(body: bytes) -> JSON:
    """The decoded answer.

    Raises:
        WireError: too long, too deep, not UTF-8, not JSON, or a number no amount can have.
    """
    if len(body) > MAX_BYTES:
        raise WireError(f"longer than {MAX_BYTES} bytes")
    try:
        value: JSON = json.loads(
            body.decode("utf-8-sig"), parse_float=_decimal, parse_constant=_reject_constant
        )
    except RecursionError:
        raise WireError(f"nested deeper than {MAX_DEPTH} levels") from None
    except UnicodeDecodeError:
        raise WireError("not UTF-8") from None
    except json.JSONDecodeError as error:
        raise WireError(f"not JSON from character {error.pos} of {len(body)} on") from None
    except ValueError:
        raise WireError("a number that no amount can be") from None
    _check_depth(value)
    return value


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        raise ValueError("beyond any amount") from None


def _reject_constant(_constant: str) -> Never:
    raise ValueError("not a number")


def _check_depth(value: JSON) -> None:
    level: list[JSON] = [value]
    for _ in range(MAX_DEPTH):
        deeper: list[JSON] = []
        for node in level:
            if isinstance(node, dict):
                deeper.extend(node.values())
            elif isinstance(node, list):
                deeper.extend(node)
        if not deeper:
            return
        level = deeper
    raise WireError(f"nested deeper than {MAX_DEPTH} levels")


class WireModel(BaseModel):
    """The base of every model that is read from an answer.

    What the documents do not name is kept in ``model_extra``, as it came, and stays out of ``repr``:
    nobody knows whether it is a secret. Null and empty text mean a field's default.
    """

    model_config = ConfigDict(extra="allow", frozen=True, validate_by_name=True, validate_by_alias=True)

    def __repr_args__(self) -> list[tuple[str | None, object]]:
        return [(name, getattr(self, name)) for name in type(self).model_fields]


def aliases(primary: str, *alternatives: str) -> AliasChoices:
    """The documented spellings of one key; where an answer has several, the first listed counts."""
    return AliasChoices(primary, *alternatives)


# Python's own reading of a character reference drops most control characters; what is left goes here.
# Bidirectional overrides and isolates can show a line in another order than it is in.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text a person wrote: entities resolved, twice where needed, and nothing in it that acts.

    Newlines and tabs stay; other control characters, bidirectional overrides and lone surrogates go.
    """
    if "&" in text:
        text = html.unescape(html.unescape(text))
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _text(value: object) -> str:
    match value:
        case None:
            raise PydanticUseDefault
        case bool():
            return "true" if value else "false"
        case str():
            return clean_text(value)
        case int():
            return str(_int(value))
        case Decimal():
            return str(value)
        case _:
            raise ValueError("not text")


_NUMBER_PATTERN = re.compile(r"[+-]?\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,3})?", re.ASCII)


def _money(value: object) -> Decimal:
    match value:
        case None:
            raise PydanticUseDefault
        case bool():
            raise ValueError("not an amount")
        case int() | Decimal():
            amount = Decimal(value)
        case str() if not value.strip():
            raise PydanticUseDefault
        case str() if _NUMBER_PATTERN.fullmatch(value.strip()):
            amount = Decimal(value.strip())
        case _:
            raise ValueError("not an amount")
    # Float noise reaches sixteen digits after the point; an amount reaches fifteen before it.
    if not amount.is_finite() or (amount and not -40 <= amount.adjusted() <= 15):
        raise ValueError("beyond any amount")
    return amount


def _float(value: object) -> float:
    return float(_money(value))


def _int(value: object) -> int:
    match value:
        case None:
            raise PydanticUseDefault
        case str() if not value.strip():
            raise PydanticUseDefault
        case bool():
            raise ValueError("not a whole number")
        case int():
            number = value
        case Decimal() | str():
            amount = _money(value)
            number = int(amount)
            if number != amount:
                raise ValueError("not a whole number")
        case _:
            raise ValueError("not a whole number")
    if abs(number) >= 2**63:
        raise ValueError("beyond any count")
    return number


_BOOLS = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}


def _bool(value: object) -> bool:
    match value:
        case bool():
            return value
        case None | "":
            raise PydanticUseDefault
        case int() | str():
            known = _BOOLS.get(str(value).strip().lower())
            if known is not None:
                return known
        case _:
            pass
    raise ValueError("neither true nor false")


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DOT_NET = re.compile(r"/Date\((-?\d{1,18})(?:([+-])(\d\d)(\d\d))?\)/", re.ASCII)
_NULL_DATE = re.compile(r"0?1/0?1/1900( .*)?", re.ASCII)  # the same in both orders of day and month
_ISO = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?", re.ASCII)


def _date(value: object) -> datetime | str | None:
    if value is None or value == "":
        return None
    text = _text(value)
    if _NULL_DATE.fullmatch(text):
        return None
    found = _DOT_NET.fullmatch(text)
    if found:
        return _moment(int(found[1]), sign=found[2], hours=found[3], minutes=found[4])
    if _ISO.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return text
        return moment if moment.year > 1900 else None
    return text


def _moment(
    milliseconds: int, *, sign: str | None, hours: str | None, minutes: str | None
) -> datetime | None:
    zone: timezone = UTC
    if sign and hours and minutes and int(hours) < 15 and int(minutes) < 60:
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        zone = timezone(-offset if sign == "-" else offset)
    try:
        moment = (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(zone)
    except OverflowError:
        return None
    # -2208988800000 and -2209008600000 are midnight of 1900-01-01 in London and in Delhi: both say never.
    return moment if moment.year > 1900 else None


Text = Annotated[str, PlainValidator(_text)]
"""Text for people or an id: cleaned; a number is taken as it is written."""
Money = Annotated[Decimal, PlainValidator(_money)]
"""An amount, exact as it arrived (5.650000000000001 too): round it once, to the currency's digits."""
WireFloat = Annotated[float, PlainValidator(_float)]
"""A measure, such as degrees of latitude. Never an amount of money."""
WireInt = Annotated[int, PlainValidator(_int)]
"""A whole number from ``3``, ``3.0`` or ``"3"``."""
WireBool = Annotated[bool, PlainValidator(_bool)]
"""A truth value from ``true``, ``"True"`` or ``1``."""
WireDate = Annotated[datetime | str | None, PlainValidator(_date)]
"""A moment; ``None`` for the platform's dates that mean never; local day-month formats stay text."""


def _items(value: object) -> object:
    if value is None or value == "":
        raise PydanticUseDefault
    if isinstance(value, list):
        return [item for item in cast("list[object]", value) if item is not None]
    return value


_Item = TypeVar("_Item")
Items = Annotated[tuple[_Item, ...], BeforeValidator(_items)]
"""Records in a list; null is no record, as a list and in one."""
