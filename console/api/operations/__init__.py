"""The operation table: one declarative row for each documented operation, in the order of the documents.

Read by the transport, which sends a row, by the sandbox, which serves it, and by ``store-console api``.
"""

from console.api.operations import access, carts, customers, orders, places, products
from console.api.operations.row import Body, Effect, Field, Operation, Parameter, Place

__all__ = ["BY_NAME", "OPERATIONS", "Body", "Effect", "Field", "Operation", "Parameter", "Place"]

OPERATIONS: tuple[Operation, ...] = (
    *access.ROWS,
    *customers.ROWS,
    *products.ROWS,
    *carts.ROWS,
    *orders.ROWS,
    *places.ROWS,
)

BY_NAME: dict[str, Operation] = {operation.name: operation for operation in OPERATIONS}
