"""What belongs to one store: its menu and its stock. An order at another store has that store's."""

from collections.abc import Callable
from dataclasses import dataclass

from console.ordering.stores import Location
from console.services.catalogue.quick_order import QuickOrderService
from console.services.catalogue.service import MenuService
from console.services.catalogue.suggestions import SuggestionService
from console.services.events import Event, Notification, ServiceError
from console.services.history.reorder import ReorderService
from console.services.history.service import HistoryService
from console.services.stores.product_stock import StockService
from console.services.stores.stock_adjustment import StockAdjustmentService
from console.sync.background_task import spawn


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StoreServices:
    """The services that answer for one store."""

    location: Location
    menu: MenuService
    suggestions: SuggestionService
    quick_order: QuickOrderService
    stock: StockService
    stock_adjustment: StockAdjustmentService
    history: HistoryService
    reorder: ReorderService


class StoreRegistry:
    """The services of the operator's store and of each other store that an order was moved to."""

    def __init__(
        self,
        home: StoreServices,
        *,
        build: Callable[[Location], StoreServices],
        publish: Callable[[Event], None],
    ) -> None:
        self._by_id = {home.location.location_id: home}
        self._build = build
        self._publish = publish

    def at(self, location: Location) -> StoreServices:
        """Return the services of a store; the first time its menu is loaded in the background."""
        services = self._by_id.get(location.location_id)
        if services is None:
            services = self._by_id[location.location_id] = self._build(location)
            name = f"load the menu of store {location.location_id}"
            spawn(self._load_menu(services), name=name, on_failure=lambda: self._report(location.name))
        return services

    async def end(self) -> None:
        """Stop fetching menus."""
        for services in self._by_id.values():
            await services.menu.end()

    async def _load_menu(self, services: StoreServices) -> None:
        try:
            await services.menu.begin()
        except ServiceError as error:
            self._publish(Notification(error.message, is_error=True))

    def _report(self, store: str) -> None:
        self._publish(Notification(f"A program fault stopped the menu fetch for {store}.", is_error=True))
