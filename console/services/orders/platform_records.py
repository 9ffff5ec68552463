"""Orders as read from the platform in this session, by number."""

from collections import OrderedDict

from console.ordering.placed.past_orders import PastOrder
from console.ordering.placed.purchased_order import PurchasedOrder, purchased_from_past

MAX_RECORDS = 200
"""The latest read: a shift's orders, without growing with them."""


class PlatformRecords:
    """What the orders bought that were read lately: it replaces what was known when they were sent."""

    def __init__(self) -> None:
        self._by_number: OrderedDict[int, PurchasedOrder] = OrderedDict()

    def add(self, order: PastOrder) -> None:
        """Keep an order that was read with its lines; the oldest one goes."""
        if order.lines is None:
            return
        self._by_number[order.number] = purchased_from_past(order)
        self._by_number.move_to_end(order.number)
        if len(self._by_number) > MAX_RECORDS:
            self._by_number.popitem(last=False)

    def find(self, number: int) -> PurchasedOrder | None:
        """Return what an order bought, or None while it was not read."""
        return self._by_number.get(number)
