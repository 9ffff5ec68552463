"""Every page of a paged operation as one response."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from console.api.errors import NotFound
from console.api.transport.transport import Transport
from console.api.transport.wire_types import JSON
from console.commands.arguments import ArgumentReader, UsageError
from console.commands.call_values import CallValues
from console.commands.json_output import format_json
from console.operations import OPERATIONS, Operation

PAGE, FIRST_ROW, LAST_ROW = "pagenumber", "recordfrom", "recordto"
ROWS = 100
"""Rows of a page where rows are asked for by number."""
MAX_PAGES = 10_000


def first_page(values: CallValues) -> CallValues:
    """Return a call for the first page.

    Raises:
        UsageError: the operation has no pages.
    """
    if not is_paged(values.operation):
        paged = ", ".join(each.name for each in OPERATIONS if is_paged(each))
        raise UsageError(f"{values.operation.name} has one page; --all is for {paged}")
    return _page(values, 0)


def is_paged(operation: Operation) -> bool:
    """Return True if an operation returns a part of its rows at a time."""
    names = {parameter.name.casefold() for parameter in operation.parameters}
    return PAGE in names or {FIRST_ROW, LAST_ROW} <= names


async def fetch_all(
    values: CallValues, transport: Transport, progress: Callable[[str], None]
) -> Mapping[str, JSON]:
    """Return the response to the first page, with the rows of all; ``progress`` hears of each.

    The pages end with the first that has no new row: a platform may repeat the last one, and the documents
    do not say whether the first or the last row of a range belongs to it.

    Raises:
        PlatformError: a page could not be fetched.
    """
    operation = values.operation
    response: Mapping[str, JSON] = {}
    rows: dict[str, JSON] = {}
    for page in range(MAX_PAGES):
        try:
            latest = await _page(values, page).send(transport)
        except NotFound:
            if page == 0:
                raise
            break
        before = len(rows)
        rows |= {format_json(row): row for row in _rows_of(latest, operation)}
        response = response or latest
        if len(rows) == before:
            break
        progress(f"{operation.name}: page {page + 1}, {len(rows)} rows")
    return {**response, operation.envelope: list(rows.values())}


def _page(values: CallValues, page: int) -> CallValues:
    reader = ArgumentReader({}, str)
    call = replace(values, path=dict(values.path))
    if PAGE in {parameter.name.casefold() for parameter in values.operation.parameters}:
        call.put(PAGE, str(page + 1), reader)
    else:
        call.put(FIRST_ROW, str(page * ROWS), reader)
        call.put(LAST_ROW, str((page + 1) * ROWS), reader)
    return call


def _rows_of(response: Mapping[str, JSON], operation: Operation) -> list[JSON]:
    rows = response.get(operation.envelope)
    return rows if isinstance(rows, list) else []
