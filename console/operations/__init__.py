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
