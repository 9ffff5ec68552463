"""The API client of one store profile: a service for each resource of the platform."""

import time
from collections.abc import Callable
from random import Random, SystemRandom

from console.api.carts.service import Carts
from console.api.customers.groups import Groups
from console.api.customers.service import Customers
from console.api.oauth import OAuth
from console.api.orders.service import Orders
from console.api.products.categories import Categories
from console.api.products.service import Products
from console.api.products.tags import Tags
from console.api.stores.locations import Locations
from console.api.stores.merchant import MerchantStore
from console.api.transport.endpoint import Endpoint
from console.api.transport.http import HttpPort
from console.api.transport.port import Port
from console.api.transport.transport import Transport


class ApiClient:
    """The platform's operations by resource, over persistent connections. Close it when done.

    ``clock`` gives Unix seconds and ``random`` nonces, both for signatures; ``port`` replaces HTTP.
    ``transport`` is for calls by operation row.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        clock: Callable[[], float] = time.time,
        random: Random | None = None,
        port: Port | None = None,
    ) -> None:
        carrier = port or HttpPort(app=endpoint.app, connect_timeout=endpoint.timeouts.connect)
        self.transport = Transport(endpoint, carrier, clock=clock, random=random or SystemRandom())
        self.oauth = OAuth(self.transport)
        self.customers = Customers(self.transport)
        self.groups = Groups(self.transport)
        self.products = Products(self.transport)
        self.tags = Tags(self.transport)
        self.categories = Categories(self.transport)
        self.store = MerchantStore(self.transport)
        self.carts = Carts(self.transport)
        self.orders = Orders(self.transport)
        self.locations = Locations(self.transport)

    async def aclose(self) -> None:
        """Release connections and threads. Closing twice does no harm."""
        await self.transport.aclose()
