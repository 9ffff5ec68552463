"""The stored forms of the values of an order and of the menu.

They are not beside the values: what the first screen imports must not load pydantic.
"""

from console.ordering.catalogue import Product, Variant
from console.ordering.customer import Customer
from console.ordering.delivery_areas import DeliveryArea, DeliveryCity
from console.ordering.pricing.delivery_fee import ObservedFee
from console.ordering.stores import StockReport
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.record_format import RecordFormat, Stored

CUSTOMER = RecordFormat(Stored[Customer])
PRODUCT = RecordFormat(Stored[Product])
"""Without its variants: they are stored in rows of their own, as they are fetched later."""
VARIANTS = RecordFormat(Stored[tuple[Variant, ...]])
STOCK_REPORT = RecordFormat(Stored[StockReport])
OBSERVED_FEE = RecordFormat(Stored[ObservedFee])
DELIVERY_CITIES = RecordFormat(Stored[tuple[DeliveryCity, ...]])
DELIVERY_AREAS = RecordFormat(Stored[tuple[DeliveryArea, ...]])
PLACEMENT_REQUEST = RecordFormat(Stored[PlacementRequest], version=3)
