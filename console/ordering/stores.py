"""Store locations, and the stock of a product at each."""

from dataclasses import dataclass
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Location:
    """A store. ``latitude`` and ``longitude`` are degrees, both 0 if unknown."""

    location_id: int
    code: str
    name: str
    city: str = ""
    area: str = ""
    pin: str = ""
    phone: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    country: str = ""
    """ISO 3166 code, empty if unknown."""

    def distance_km(self, other: "Location") -> float | None:
        """Great-circle distance to another store in kilometres, ``None`` if unknown."""
        if not (self.latitude or self.longitude) or not (other.latitude or other.longitude):
            return None
        lat1, lon1, lat2, lon2 = map(
            radians, (self.latitude, self.longitude, other.latitude, other.longitude)
        )
        half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
        return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


@dataclass(frozen=True, slots=True)
class StockLevel:
    """Quantity and price of one product or variant at one store."""

    location: Location
    quantity: int
    price: Decimal | None


@dataclass(frozen=True, slots=True)
class StockReport:
    """Stock of one product or variant at every store, this store first. ``seen_at`` is Unix seconds.

    ``unreadable`` is how many stores are missing, because what the platform has of them cannot be read.
    """

    product_id: int
    variant_id: int
    levels: tuple[StockLevel, ...]
    seen_at: float
    unreadable: int = 0


def sort_by_distance(levels: list[StockLevel], origin: Location) -> tuple[StockLevel, ...]:
    """Sort: this store first, then the others by distance, then those of unknown location by name."""

    def key(level: StockLevel) -> tuple[bool, bool, float, str]:
        distance = origin.distance_km(level.location)
        return (
            level.location.location_id != origin.location_id,
            distance is None,
            distance or 0.0,
            level.location.name,
        )

    return tuple(sorted(levels, key=key))
