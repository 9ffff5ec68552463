"""The repeating service: a past order's lines as they would be ordered now.

Called by the order screen; what changed since is shown there before anything is added.
"""

from dataclasses import dataclass

from console.ordering.customer import Customer
from console.ordering.money import Currency
from console.ordering.past_orders import PastOrder
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.reorder import ReorderLine, reorder_lines
from console.services.catalogue.service import MenuService
from console.services.events import ServiceError
from console.services.history.service import HistoryService


@dataclass(frozen=True, slots=True)
class ReorderPreview:
    """A past order and what it would be now, line by line."""

    order: PastOrder
    lines: tuple[ReorderLine, ...]

    @property
    def is_unchanged(self) -> bool:
        """Whether every line can be ordered just as it was."""
        return all(line.item is not None and not line.changes for line in self.lines)


class ReorderService:
    """Compares past orders with the menu."""

    def __init__(
        self, *, history: HistoryService, menu: MenuService, currency: Currency, half_rule: HalfRule
    ) -> None:
        self._history = history
        self._menu = menu
        self._currency = currency
        self._half_rule = half_rule

    async def preview_last(self, customer: Customer) -> ReorderPreview:
        """The customer's last order, to be ordered again.

        Raises:
            ServiceError: there is none, or no menu yet, or the platform is not there, or refused.
        """
        order = await self._history.latest(customer)
        if order is None:
            raise ServiceError(f"{customer.name} has no past orders.")
        return await self.preview(order)

    async def preview(self, order: PastOrder) -> ReorderPreview:
        """A past order, to be ordered again. Its lines are read where they are not known.

        Raises:
            ServiceError: there is no menu yet, or the platform is not there, or refused.
        """
        if not self._menu.categories:
            raise ServiceError("There is no menu yet to compare the past order with.")
        if order.lines is None:
            order = await self._history.order(order.number)
        lines = order.lines or ()
        for product in filter(None, (self._menu.product(line.product_id) for line in lines)):
            if product.has_variants:
                await self._menu.variants(product)
            try:
                await self._menu.bundle(product)
            except ServiceError as trouble:
                # A bundle whose groups nobody tells is taken as it was, and that is said.
                if trouble.offline:
                    raise
        found = reorder_lines(
            lines,
            find_product=self._menu.product,
            bundles=self._menu.bundles,
            currency=self._currency,
            half_rule=self._half_rule,
        )
        return ReorderPreview(order, found)
