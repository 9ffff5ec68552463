"""Wire types: exact decimals, keys in several spellings, and the platform's dates, money and text."""

import html
import json
import math
import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from html.entities import html5
from typing import Annotated, ClassVar, Self, TypeAlias, TypeVar, cast

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    PlainValidator,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUseDefault

MAX_BYTES = 4 * 1024 * 1024
"""Largest response that is read, when unpacked; no documented one comes near."""
MAX_DEPTH = 32
"""Largest nesting that is read; a deal's cart has seven levels."""
MAX_VALUES = 250_000
"""Most values that are read from one response; each takes up to thirty times its letters in memory."""
MAX_ROWS = 20_000
"""Longest list that is read; a menu's page has 50 records, a city a few thousand streets."""
MAX_DIGITS = 400
"""Most digits of a number, before or behind its point; the largest double, written out, has 309."""
MAX_TEXT = 100_000
"""Letters that are read of one text; what is longer is cut."""

_MAX_ENTITIES = 100_000  # resolving that many takes about a tenth of a second
_ENTITY_STARTS = (b"&", b"\\u0026")

JSON: TypeAlias = "bool | int | float | Decimal | str | list[JSON] | dict[str, JSON] | None"
"""A decoded response. Numbers with a point or an exponent are decimals; the only float is ``NO_NUMBER``."""
NO_NUMBER = math.nan
"""What is read of a number that no amount can be: no field takes it."""


class WireError(ValueError):
    """The response is not as documented; the text names the place and never quotes the response."""


def read_json(body: bytes) -> JSON:
    """Decode a response. Its bounds are checked before values are made of it, where bytes can tell.

    Raises:
        WireError: too long, too deep, too many values, not UTF-8 or not JSON.
    """
    if len(body) > MAX_BYTES:
        raise WireError(f"longer than {MAX_BYTES} bytes")
    # Signs within texts count too, so this is an upper bound, at the cost of a look at each byte.
    if sum(map(body.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise WireError(f"more than {MAX_VALUES} values")
    if sum(map(body.count, _ENTITY_STARTS)) > _MAX_ENTITIES:
        raise WireError(f"more than {_MAX_ENTITIES} entities")
    try:
        value: JSON = json.loads(
            body.decode("utf-8-sig"),
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=_constant,
        )
    except RecursionError:
        raise WireError(f"nested deeper than {MAX_DEPTH} levels") from None
    except UnicodeDecodeError:
        raise WireError("not UTF-8") from None
    except json.JSONDecodeError as error:
        raise WireError(f"not JSON from character {error.pos} of {len(body)} on") from None
    _check_shape(value)
    return value


def _integer(text: str) -> int | float:
    return NO_NUMBER if len(text) > MAX_DIGITS else int(text)


def _decimal(text: str) -> Decimal | float:
    if len(text) > 2 * MAX_DIGITS:
        return NO_NUMBER
    try:
        number = Decimal(text)
    except ArithmeticError:
        return NO_NUMBER
    # An exponent is a few letters, and a million digits as soon as the number is written out.
    return NO_NUMBER if abs(number.adjusted()) > MAX_DIGITS else number


def _constant(_name: str) -> float:
    return NO_NUMBER


def _check_shape(value: JSON) -> None:
    level: list[JSON] = [value]
    for _ in range(MAX_DEPTH):
        deeper: list[JSON] = []
        for node in level:
            if isinstance(node, dict):
                deeper.extend(node.values())
            elif isinstance(node, list):
                if len(node) > MAX_ROWS:
                    raise WireError(f"a list of more than {MAX_ROWS} rows")
                deeper.extend(node)
        if not deeper:
            return
        level = deeper
    raise WireError(f"nested deeper than {MAX_DEPTH} levels")


class WireModel(BaseModel):
    """The base of every model that is parsed from a response.

    Undocumented keys stay in ``model_extra``, unchanged, and out of ``repr``: they might be secret. Null and
    empty text mean a field's default, and so does a value that cannot be read: one odd field must not cost
    the record. It does where the field has no default, is named in ``essential``, or has an amount as its
    default: a price that cannot be read must not become another one.
    """

    model_config = ConfigDict(extra="allow", frozen=True, validate_by_name=True, validate_by_alias=True)
    essential: ClassVar[frozenset[str]] = frozenset()
    """Fields whose default would say something that the platform did not."""

    def __repr_args__(self) -> list[tuple[str | None, object]]:
        return [(name, getattr(self, name)) for name in type(self).model_fields]

    @model_validator(mode="wrap")
    @classmethod
    def _without_odd_fields(cls, value: object, validate: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return validate(value)
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False, include_input=False)
            odd = {fault["loc"][0] for fault in found if fault["loc"]}
            if not isinstance(value, dict) or not odd or any(map(cls._costs_the_record, odd)):
                raise
            fields = cast("dict[str, object]", value)
        # Read again: another spelling of the same key may be among what is left.
        return cls.model_validate({key: field for key, field in fields.items() if key not in odd})

    @classmethod
    def _costs_the_record(cls, key: str | int) -> bool:
        name = next(
            (name for name, field in cls.model_fields.items() if key in (name, *_spellings(field))), ""
        )
        return (
            not name
            or name in cls.essential
            or cls.model_fields[name].is_required()
            or isinstance(cls.model_fields[name].get_default(), Decimal)
        )


def _spellings(field: FieldInfo) -> tuple[object, ...]:
    return tuple(field.validation_alias.choices) if isinstance(field.validation_alias, AliasChoices) else ()


def aliases(primary: str, *alternatives: str) -> AliasChoices:
    """Return the documented spellings of one key; if a response has several, the first listed wins."""
    return AliasChoices(primary, *alternatives)


# Python's html.unescape drops most control characters; the rest are dropped here.
# Bidirectional overrides and isolates can show text in a misleading order.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


# html.unescape would also read "&copy=2" of an address, look for every shorter name, and raise a ValueError
# for a number of 5,000 digits.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});", re.ASCII)


def clean_text(text: str) -> str:
    """Clean a text from people: resolve entities, twice if needed, and drop control characters.

    Newlines and tabs stay; bidirectional overrides and lone surrogates go, and what is beyond ``MAX_TEXT``.
    """
    text = text[:MAX_TEXT]
    if "&" in text:
        text = _ENTITY.sub(_resolve_entity, _ENTITY.sub(_resolve_entity, text))
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _resolve_entity(found: re.Match[str]) -> str:
    entity = found[0]
    return html.unescape(entity) if entity[1] == "#" else html5.get(entity[1:], entity)


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
# Separators are read where they can mean one thing only: "1,234" may be a thousand, or little more than one.
_COMMA_GROUPS = re.compile(r"[+-]?\d{1,3}(,\d{3}){1,12}\.\d{1,40}|[+-]?\d{1,3}(,\d{3}){2,12}", re.ASCII)
_POINT_GROUPS = re.compile(r"[+-]?\d{1,3}(\.\d{3}){1,12},\d{1,40}|[+-]?\d{1,3}(\.\d{3}){2,12}", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d{1,40},(\d{1,2}|\d{4,40})", re.ASCII)


def _plain_number(text: str) -> str:
    """Return the text of a number without separators of thousands, and with a decimal point."""
    if _COMMA_GROUPS.fullmatch(text):
        return text.replace(",", "")
    if _POINT_GROUPS.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text


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
        case str() if _NUMBER_PATTERN.fullmatch(number := _plain_number(value.strip())):
            amount = Decimal(number)
        case _:
            raise ValueError("not an amount")
    # Float noise reaches sixteen digits after the point; an amount reaches fifteen before it.
    if not amount.is_finite() or (amount and not -40 <= amount.adjusted() <= 15):
        raise ValueError("beyond any amount")
    return amount


def _price(value: object) -> Decimal:
    price = _money(value)
    if price < 0:
        raise ValueError("below nothing")
    return price


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


_BOOLS = {
    **dict.fromkeys(("true", "t", "1", "yes", "y", "on"), True),
    **dict.fromkeys(("false", "f", "0", "no", "n", "off"), False),
}


def _bool(value: object) -> bool:
    match value:
        case bool():
            return value
        case None:
            raise PydanticUseDefault
        case str() if not value.strip():
            raise PydanticUseDefault
        case str():
            known = _BOOLS.get(value.strip().lower())
        case int() | Decimal():
            known = {Decimal(0): False, Decimal(1): True}.get(Decimal(value))
        case _:
            known = None
    if known is None:
        raise ValueError("neither true nor false")
    return known


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DOT_NET = re.compile(r"/Date\((-?\d{1,18})(?:([+-])(\d\d)(\d\d))?\)/", re.ASCII)
_NULL_DATE = re.compile(r"0?1/0?1/1900( .*)?", re.ASCII)  # Valid in either order of day and month.
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
        return _known(moment)
    return text


def _known(moment: datetime) -> datetime | None:
    """The moment; ``None`` for the first and the last years that can be written: both mean never."""
    # 9999-12-31 is the platform's largest; converted to a zone further east, it would overflow.
    return moment if 1900 < moment.year < 9999 else None


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
    # -2208988800000 and -2209008600000 are midnight of 1900-01-01 in London and in Delhi: both mean never.
    return _known(moment)


Text = Annotated[str, PlainValidator(_text)]
"""A text for people or an id: cleaned; a number keeps its digits."""
Money = Annotated[Decimal, PlainValidator(_money)]
"""An amount, exact as received (5.650000000000001 too): round it once, to the currency's digits."""
Price = Annotated[Decimal, PlainValidator(_price)]
"""An amount that somebody pays for a product: never below nothing."""
WireFloat = Annotated[float, PlainValidator(_float)]
"""A measure, such as degrees of latitude. Never an amount of money."""
WireInt = Annotated[int, PlainValidator(_int)]
"""A whole number from ``3``, ``3.0`` or ``"3"``."""
WireBool = Annotated[bool, PlainValidator(_bool)]
"""A boolean from ``true``, ``"True"`` or ``1``."""
WireDate = Annotated[datetime | str | None, PlainValidator(_date)]
"""A moment; ``None`` for the platform's dates that mean never; local day-month formats stay text."""


def list_items(value: object) -> object:
    """Return the elements of a list, without null."""
    if value is None or value == "":
        raise PydanticUseDefault
    if isinstance(value, list):
        return [item for item in cast("list[object]", value) if item is not None]
    return value


_Item = TypeVar("_Item")
Items = Annotated[tuple[_Item, ...], BeforeValidator(list_items)]
"""Records in a list; null means none, as the list and as an element."""
