"""The shelf's service: what this store has of a product, set by an operator with the role, and taken back.

Called by the stock screen.
"""

from dataclasses import dataclass

from console.api.client import ApiClient
from console.audit import AuditRecorder
from console.ordering.catalogue import Product, Variant
from console.ordering.customer import Operator
from console.ordering.stores import Location
from console.services.error_mapping import platform_errors
from console.services.events import ServiceError
from console.sync.connection.monitor import ConnectionMonitor

MAX_STOCK = 1_000_000
"""More of anything is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class StockAdjustment:
    """What was set: how many there were before and are now."""

    before: int
    after: int


class StockAdjustmentService:
    """Sets stock of the operator's store. ``role`` is who may, empty for everybody."""

    def __init__(
        self,
        *,
        api: ApiClient,
        monitor: ConnectionMonitor,
        operator: Operator,
        role: str,
        location: Location,
        note: AuditRecorder,
    ) -> None:
        self._api = api
        self._monitor = monitor
        self._operator = operator
        self._role = role
        self._location = location
        self._note = note
        self._previous_levels: dict[tuple[int, int], list[int]] = {}

    def require_role(self) -> None:
        """Whether this operator may set stock.

        Raises:
            ServiceError: the role is another one.
        """
        roles = {role.casefold() for role in self._operator.roles}
        if self._role and self._role.casefold() not in roles:
            raise ServiceError(f"Only an operator with the role {self._role} may set stock.")

    async def set_stock(self, product: Product, variant: Variant | None, quantity: int) -> StockAdjustment:
        """Let this store have so many from now on (Update Product Stock by Location); 0 takes it off sale.

        Raises:
            ServiceError: the role is another one, the figure or the SKU does not do, or the platform refused.
        """
        self.require_role()
        before = await self._current_stock(product, variant)
        await self._apply(product, variant, before, quantity)
        self._previous_levels.setdefault(_stock_key(product, variant), []).append(before)
        return StockAdjustment(before, quantity)

    async def undo_last(self, product: Product, variant: Variant | None) -> StockAdjustment | None:
        """Set again what there was before the last time it was set here, ``None`` where it never was.

        Raises:
            ServiceError: the role is another one, or the platform refused; it can be taken back later then.
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
        return next((row.inventory for row in rows if row.variant_id == variant_id), 0)

    async def _apply(self, product: Product, variant: Variant | None, before: int, quantity: int) -> None:
        sku = variant.sku if variant else product.sku
        if not sku or (product.has_variants and variant is None):
            raise ServiceError("Its SKU is not known here, and stock is set by SKU.")
        if not 0 <= quantity <= MAX_STOCK:
            raise ServiceError(f"Stock is 0 to {MAX_STOCK:,}.")
        with platform_errors(self._monitor):
            await self._api.products.set_stock_at_location(
                sku=sku, location_code=self._location.code, inventory=quantity
            )
        self._note("stock set", sku=sku, location=self._location.location_id, before=before, now=quantity)


def _stock_key(product: Product, variant: Variant | None) -> tuple[int, int]:
    return product.product_id, variant.variant_id if variant else 0
