"""The operation table: one declarative row for each documented operation, in the order of the documents.

Read by the transport, which sends a row, by the sandbox, which serves it, and by ``store-console api``.
"""

from console.operations import access, carts, customers, orders, places, products
from console.operations.operation import (
    Body,
    Effect,
    FieldSpec,
    Operation,
    Parameter,
    ParameterLocation,
    RefusalRule,
)
from console.operations.search import UnknownOperation, matching_operations, nearest_names, nearest_operations

__all__ = [
    "OPERATIONS",
    "OPERATIONS_BY_NAME",
    "Body",
    "Effect",
    "FieldSpec",
    "Operation",
    "Parameter",
    "ParameterLocation",
    "RefusalRule",
    "UnknownOperation",
    "find_operation",
    "nearest_names",
    "search_operations",
]

OPERATIONS: tuple[Operation, ...] = (
    *access.ROWS,
    *customers.ROWS,
    *products.ROWS,
    *carts.ROWS,
    *orders.ROWS,
    *places.ROWS,
)

OPERATIONS_BY_NAME: dict[str, Operation] = {operation.name: operation for operation in OPERATIONS}


def find_operation(name: str) -> Operation:
    """Return the operation of a name.

    Raises:
        UnknownOperation: there is none; the text has the nearest names.
    """
    found = OPERATIONS_BY_NAME.get(name)
    if found is None:
        raise UnknownOperation(name, nearest_operations(OPERATIONS, name))
    return found


def search_operations(*words: str) -> tuple[Operation, ...]:
    """Return the operations that have every word in their name, title, path or resource."""
    return matching_operations(OPERATIONS, words)
