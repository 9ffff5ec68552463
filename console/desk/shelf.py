"""The shelf's service: what this store has of a product, set by an operator with the role, and taken back.

Called by the stock screen.
"""

from dataclasses import dataclass

from console.api.client import ApiClient
from console.audit import AuditRecorder
from console.desk.changes import Trouble
from console.desk.words import asking
from console.ordering.catalogue import Product, Variant
from console.ordering.customer import Operator
from console.ordering.stores import Location
from console.sync.connection.monitor import ConnectionMonitor

MOST = 1_000_000
"""More of anything is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class StockSet:
    """What was set: how many there were before and are now."""

    before: int
    now: int


class ShelfDesk:
    """Sets stock of the operator's store. ``role`` is who may, empty for everybody."""

    def __init__(
        self,
        *,
        api: ApiClient,
        link: ConnectionMonitor,
        operator: Operator,
        role: str,
        here: Location,
        note: AuditRecorder,
    ) -> None:
        self._api = api
        self._link = link
        self._operator = operator
        self._role = role
        self._here = here
        self._note = note
        self._before: dict[tuple[int, int], list[int]] = {}

    def check(self) -> None:
        """Whether this operator may set stock.

        Raises:
            Trouble: the role is another one.
        """
        roles = {role.casefold() for role in self._operator.roles}
        if self._role and self._role.casefold() not in roles:
            raise Trouble(f"Only an operator with the role {self._role} may set stock.")

    async def set_here(self, product: Product, variant: Variant | None, quantity: int) -> StockSet:
        """Let this store have so many from now on (Update Product Stock by Location); 0 takes it off sale.

        Raises:
            Trouble: the role is another one, the figure or the SKU does not do, or the platform refused.
        """
        self.check()
        before = await self._now(product, variant)
        await self._set(product, variant, before, quantity)
        self._before.setdefault(_key(product, variant), []).append(before)
        return StockSet(before, quantity)

    async def undo_here(self, product: Product, variant: Variant | None) -> StockSet | None:
        """Set again what there was before the last time it was set here, ``None`` where it never was.

        Raises:
            Trouble: the role is another one, or the platform refused; it can be taken back later then.
        """
        self.check()
        earlier = self._before.get(_key(product, variant))
        if not earlier:
            return None
        before = await self._now(product, variant)
        await self._set(product, variant, before, earlier[-1])
        return StockSet(before, earlier.pop())

    async def _now(self, product: Product, variant: Variant | None) -> int:
        product_id, variant_id = _key(product, variant)
        with asking(self._link):
            rows = await self._api.products.stock_by_location(
                product_id=product_id, location_id=self._here.location_id
            )
        return next((row.inventory for row in rows if row.variant_id == variant_id), 0)

    async def _set(self, product: Product, variant: Variant | None, before: int, quantity: int) -> None:
        sku = variant.sku if variant else product.sku
        if not sku or (product.has_variants and variant is None):
            raise Trouble("Its SKU is not known here, and stock is set by SKU.")
        if not 0 <= quantity <= MOST:
            raise Trouble(f"Stock is 0 to {MOST:,}.")
        with asking(self._link):
            await self._api.products.set_stock_at_location(
                sku=sku, location_code=self._here.code, inventory=quantity
            )
        self._note("stock set", sku=sku, location=self._here.location_id, before=before, now=quantity)


def _key(product: Product, variant: Variant | None) -> tuple[int, int]:
    return product.product_id, variant.variant_id if variant else 0
