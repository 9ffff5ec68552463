"""Refusals that a response states by its validators, whatever message code comes with them, if any.

Place Order is refused by order number 0 and a list of validators. The documents print only the tail of such a
response, without a message code and without the key of the envelope.
"""

from collections.abc import Callable, Mapping

from pydantic import Field, ValidationError

from console.api.errors import FailedValidation
from console.api.transport.wire_types import JSON, Text, WireInt, WireModel, aliases, clean_text
from console.operations import Operation

MAX_WORDS = 200
"""Letters of a validator's own words that are kept."""
_PASSED = frozenset({"true", "1", "yes"})


class _Validation(WireModel):
    """One row of ValidationResponse (Place Order, Sample Validation Messages)."""

    validator: Text = Field(default="", validation_alias=aliases("Validator"))
    status: Text = Field(default="", validation_alias=aliases("Status"))
    words: Text = Field(default="", validation_alias=aliases("ValidationMessage"))


class _Kind(WireModel):
    kind: WireInt = Field(default=0, validation_alias=aliases("CheckoutValidationType"))


def failed_validations(
    body: Mapping[str, JSON], operation: Operation, redact: Callable[[str], str]
) -> tuple[FailedValidation, ...]:
    """Return the validators by which a response refuses; none where it does not prove a refusal.

    It is proved by the number 0 for what was to be made, together with a validator that did not pass. A
    response without that number proves nothing. ``redact`` hides the secrets of the request in a text.
    """
    rule = operation.refusal
    if rule is None:
        return ()
    inner = body.get(operation.envelope)
    record = inner if isinstance(inner, dict) else body if inner is None else {}
    if not _says_zero(record, rule.number_keys):
        return ()
    rows = record.get(rule.validations_key)
    listed = rows if isinstance(rows, list) else [rows]
    failed = (_failed_validation(row) for row in listed)
    return tuple(
        FailedValidation(redact(one.validator), one.kind, redact(one.words)[:MAX_WORDS])
        for one in failed
        if one is not None
    )


def _says_zero(record: Mapping[str, JSON], keys: tuple[str, ...]) -> bool:
    """Return True if the record has the number, as 0 and nothing else."""
    numbers = [record[key] for key in keys if key in record]
    return bool(numbers) and all(_is_zero(number) for number in numbers)


def _is_zero(number: JSON) -> bool:
    if isinstance(number, bool) or number is None or isinstance(number, (list, dict)):
        return False
    return number.strip() == "0" if isinstance(number, str) else number == 0


def _failed_validation(row: JSON) -> FailedValidation | None:
    """Read one row; ``None`` for one that passed or says nothing. A bare text is the platform's own words."""
    if isinstance(row, str) and row.strip():
        return FailedValidation("", 0, clean_text(row).strip())
    if not isinstance(row, dict) or not row:
        return None
    try:
        read = _Validation.model_validate(row)
    except ValidationError:
        # A row of another shape is a refusal all the same: the number is 0.
        return FailedValidation("")
    if read.status.strip().casefold() in _PASSED:
        return None
    return FailedValidation(read.validator.strip(), _kind(row), read.words.strip())


def _kind(row: Mapping[str, JSON]) -> int:
    try:
        return _Kind.model_validate(row).kind
    except ValidationError:
        return 0
