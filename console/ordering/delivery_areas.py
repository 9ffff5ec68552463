"""The cities and areas that a merchant delivers to, and finding one by what is typed of its name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.ordering.name_form import compared_name


@dataclass(frozen=True, slots=True)
class DeliveryCity:
    """A city with delivery; ``city_id`` is its code in addresses."""

    city_id: int
    name: str


@dataclass(frozen=True, slots=True)
class DeliveryArea:
    """A delivery area. ``code`` is the merchant's reference, ``city_ids`` the cities that it belongs to."""

    area_id: int
    name: str
    code: str = ""
    city_ids: tuple[int, ...] = ()


def matching_cities(cities: Iterable[DeliveryCity], typed: str) -> tuple[DeliveryCity, ...]:
    """Return the cities in whose name each typed word begins a word, by name."""
    return tuple(sorted((city for city in cities if _matches(city.name, typed)), key=lambda city: city.name))


def matching_areas(areas: Iterable[DeliveryArea], typed: str) -> tuple[DeliveryArea, ...]:
    """Return the areas in whose name or code each typed word begins a word, by name."""
    found = {area.area_id: area for area in areas if _matches(f"{area.name} {area.code}", typed)}
    return tuple(sorted(found.values(), key=lambda area: area.name))


def named_cities(cities: Iterable[DeliveryCity], name: str) -> tuple[DeliveryCity, ...]:
    """Return the cities with exactly this name, in any case."""
    return tuple(city for city in cities if name.strip() and compared_name(city.name) == compared_name(name))


def named_area(areas: Iterable[DeliveryArea], name: str, city_ids: Sequence[int] = ()) -> DeliveryArea | None:
    """Return the one area with exactly this name; None if there is none or are several.

    ``city_ids`` are the cities that the area may be of, none for any.
    """
    found = {
        area.area_id: area
        for area in areas
        if name.strip()
        and compared_name(area.name) == compared_name(name)
        and (not city_ids or not area.city_ids or set(city_ids) & set(area.city_ids))
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _matches(name: str, typed: str) -> bool:
    words = compared_name(name).split()
    return all(any(word.startswith(part) for word in words) for part in compared_name(typed).split())
