"""Sets what this store has in stock of a product, and undoes it."""

from dataclasses import dataclass

from console.ordering.catalogue import Product, Variant
from console.ordering.customer import Operator
from console.ordering.stores import Location
from console.services.error_mapping import platform_errors
from console.services.events import ServiceError
from console.services.session_context import SessionContext

MAX_STOCK = 1_000_000
"""Largest quantity accepted: more is a typing error."""


@dataclass(frozen=True, slots=True)
class StockAdjustment:
    """Quantities before and after stock was set."""

    before: int
    after: int


class StockAdjustmentService:
    """Sets stock of the operator's store, if the profile's stock role allows it."""

    def __init__(self, context: SessionContext, operator: Operator, location: Location) -> None:
        self._api = context.api
        self._monitor = context.monitor
        self._role = context.profile.stock_role
        self._audit = context.audit
        self._operator = operator
        self._location = location
        self._previous_levels: dict[tuple[int, int], list[int]] = {}

    def require_role(self) -> None:
        """Check that this operator may set stock.

        Raises:
            ServiceError: the operator lacks the role.
        """
        roles = {role.casefold() for role in self._operator.roles}
        if self._role and self._role.casefold() not in roles:
            raise ServiceError(f"Only an operator with the role {self._role} may set stock.")

    async def set_stock(self, product: Product, variant: Variant | None, quantity: int) -> StockAdjustment:
        """Set this store's stock (Update Product Stock by Location); 0 means sold out.

        Raises:
            ServiceError: the role is missing, the quantity or SKU is unusable, or the platform refused.
        """
        self.require_role()
        before = await self._current_stock(product, variant)
        await self._apply(product, variant, before, quantity)
        self._previous_levels.setdefault(_stock_key(product, variant), []).append(before)
        return StockAdjustment(before, quantity)

    async def undo_last(self, product: Product, variant: Variant | None) -> StockAdjustment | None:
        """Restore the stock before the last adjustment of this session; None where there was none.

        Raises:
            ServiceError: the operator lacks the role, or the platform refused; undo stays possible then.
        """
        self.require_role()
        previous = self._previous_levels.get(_stock_key(product, variant))
        if not previous:
            return None
        before = await self._current_stock(product, variant)
        await self._apply(product, variant, before, previous[-1])
        return StockAdjustment(before, previous.pop())

    async def _current_stock(self, product: Product, variant: Variant | None) -> int:
        product_id, variant_id = _stock_key(product, variant)
        with platform_errors(self._monitor):
            rows = await self._api.products.stock_by_location(
                product_id=product_id, location_id=self._location.location_id
            )
        own_row = next((row for row in rows if row.variant_id == variant_id), None)
        if rows.unreadable or (own_row is not None and own_row.inventory is None):
            # What it was could not be restored.
            raise ServiceError("The stock the platform has now cannot be read, so it is not changed.")
        return (own_row.inventory if own_row else None) or 0

    async def _apply(self, product: Product, variant: Variant | None, before: int, quantity: int) -> None:
        sku = variant.sku if variant else product.sku
        if not sku or (product.has_variants and variant is None):
            raise ServiceError("Its SKU is unknown, and stock is set by SKU.")
        if not 0 <= quantity <= MAX_STOCK:
            raise ServiceError(f"Stock must be 0 to {MAX_STOCK:,}.")
        with platform_errors(self._monitor):
            await self._api.products.set_stock_at_location(
                sku=sku, location_code=self._location.code, inventory=quantity
            )
        self._audit("stock set", sku=sku, location=self._location.location_id, before=before, now=quantity)


def _stock_key(product: Product, variant: Variant | None) -> tuple[int, int]:
    return product.product_id, variant.variant_id if variant else 0
