"""Reorders: the lines of a past order as they would be ordered today.

The screen shows what has changed before anything is added.
"""

from dataclasses import dataclass

from console.ordering.customer import Customer
from console.ordering.placed.past_orders import PastOrder
from console.ordering.placed.reorder import ReorderLine, reorder_lines
from console.services.catalogue.service import MenuService
from console.services.events import ServiceError
from console.services.history.service import HistoryService
from console.services.session_context import SessionContext


@dataclass(frozen=True, slots=True)
class ReorderPreview:
    """A past order and its lines as they would be ordered today."""

    order: PastOrder
    lines: tuple[ReorderLine, ...]

    @property
    def is_unchanged(self) -> bool:
        """Return True if every line was read and can be ordered unchanged."""
        return not self.order.unreadable_lines and all(
            line.item is not None and not line.changes for line in self.lines
        )


class ReorderService:
    """Compares past orders with the menu."""

    def __init__(self, context: SessionContext, history: HistoryService, menu: MenuService) -> None:
        self._currency = context.currency
        self._half_rule = context.profile.pricing.half_rule
        self._history = history
        self._menu = menu

    async def preview_last(self, customer: Customer) -> ReorderPreview:
        """Preview the customer's latest order.

        Raises:
            ServiceError: there is none, or no menu yet, or the platform is unreachable, or refused.
        """
        order = await self._history.latest(customer)
        if order is None:
            raise ServiceError(f"{customer.name} has no past orders.")
        return await self.preview(order)

    async def preview(self, order: PastOrder) -> ReorderPreview:
        """Preview a past order; its lines are fetched where they are missing.

        Raises:
            ServiceError: there is no menu yet, or the platform is unreachable, or refused.
        """
        if not self._menu.categories:
            raise ServiceError("No menu yet to compare the past order with.")
        if order.lines is None:
            order = await self._history.order(order.number)
        lines = order.lines or ()
        for product in filter(None, (self._menu.product(line.product_id) for line in lines)):
            if product.has_variants:
                await self._menu.variants(product)
            try:
                await self._menu.bundle(product)
            except ServiceError as error:
                # A bundle without known groups is ordered as it was, with a note.
                if error.offline:
                    raise
        found = reorder_lines(
            lines,
            find_product=self._menu.product,
            bundles=self._menu.bundles,
            currency=self._currency,
            half_rule=self._half_rule,
        )
        return ReorderPreview(order, found)
