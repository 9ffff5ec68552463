"""The platform's areas and cities below an address: typing narrows them, taking one brings its code."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from console.ordering.delivery_areas import (
    DeliveryArea,
    DeliveryCity,
    matching_areas,
    matching_cities,
    named_area,
    named_cities,
)
from console.services.events import ServiceError
from widgets.lists.columns import Column, ListRow
from widgets.lists.line_list import LineList
from widgets.text_field import FieldNote
from widgets.text_rows import Tone

if TYPE_CHECKING:
    from console.ordering.stores import Location
    from console.services.stores.delivery_areas import DeliveryAreaService

READING = "Reading the areas."
NOT_READ = "The areas cannot be read now: what is typed is not checked."
NO_LIST = "The platform lists no areas here: what is typed is not checked."
NO_AREA = "Not an area of this store. Type the city to see its areas."
NO_CITY_AREA = "No such area there: what is typed is not checked."
NO_CITY = "No such city: what is typed is not checked."
KEYS = "Letters narrow, PgUp PgDn move, Enter takes, Tab keeps what is typed."


class AreaList(Vertical):
    """Shows the matches for the area or the city that is being typed."""

    DEFAULT_CSS = """
    AreaList {
        height: 1fr;
        padding: 0 4;
        &> FieldNote { height: 1; }
        &> LineList { height: 1fr; }
    }
    """

    def __init__(self, lists: "DeliveryAreaService", store: "Location") -> None:
        super().__init__()
        self._lists = lists
        self._store = store
        self._cities: tuple[DeliveryCity, ...] = ()
        self._areas: dict[int, DeliveryArea] = {}
        self._cities_read: set[int] = set()
        self._is_reading = True
        self._is_read = False
        self._note = FieldNote(tone=Tone.DIM)
        self.rows = LineList(Column("Area or city"), Column("City", 24), can_focus=False)

    def compose(self) -> ComposeResult:
        """The note and the list."""
        yield self._note
        yield self.rows

    async def read(self) -> None:
        """Read the cities and the areas of the store."""
        with suppress(ServiceError):
            self._cities = await self._lists.cities()
            self._is_read = True
        with suppress(ServiceError):
            self._add(await self._lists.of_store(self._store))
            self._is_read = True
        self._is_reading = False

    async def read_city(self, name: str) -> None:
        """Read the areas of the cities of this name, which were not read yet."""
        for city in named_cities(self._cities, name):
            if city.city_id not in self._cities_read:
                with suppress(ServiceError):
                    self._add(await self._lists.of_city(city.city_id))
                    self._cities_read.add(city.city_id)

    def hide(self) -> None:
        """Show nothing: another field is being typed."""
        self._note.text = ""
        self.rows.set_rows([], home=True)

    def show_areas(self, typed: str, city: str) -> None:
        """Show the areas that begin like what is typed, of the city if it is known."""
        city_ids = {one.city_id for one in named_cities(self._cities, city)}
        areas = [area for area in self._areas.values() if not city_ids or city_ids & set(area.city_ids)]
        found = matching_areas(areas, typed)
        self._show(
            [ListRow(str(area.area_id), (area.name, self.city_name(area))) for area in found],
            NO_CITY_AREA if city_ids else NO_AREA,
        )

    def show_cities(self, typed: str) -> None:
        """Show the cities that begin like what is typed."""
        found = matching_cities(self._cities, typed)
        times = Counter(city.name for city in found)
        # A merchant may list a city under several codes: each has areas of its own.
        rows = [
            ListRow(str(city.city_id), (city.name, f"code {city.city_id}" if times[city.name] > 1 else ""))
            for city in found
        ]
        self._show(rows, NO_CITY)

    def selected_area(self) -> DeliveryArea | None:
        """The area under the cursor."""
        key = self.rows.cursor_key
        return self._areas.get(int(key)) if key is not None else None

    def selected_city(self) -> DeliveryCity | None:
        """The city under the cursor."""
        return next((city for city in self._cities if str(city.city_id) == self.rows.cursor_key), None)

    def named_area(self, name: str, city: str) -> DeliveryArea | None:
        """Return the listed area of exactly this name."""
        city_ids = [one.city_id for one in named_cities(self._cities, city)]
        return named_area(self._areas.values(), name, city_ids)

    def named_city(self, name: str) -> DeliveryCity | None:
        """Return the one listed city of exactly this name."""
        found = named_cities(self._cities, name)
        return found[0] if len(found) == 1 else None

    def city_of(self, area: DeliveryArea) -> DeliveryCity | None:
        """Return the city of an area, as far as it is listed."""
        return next((city for city in self._cities if city.city_id in area.city_ids), None)

    def city_name(self, area: DeliveryArea) -> str:
        """Return the name of an area's city, empty where it is not listed."""
        city = self.city_of(area)
        return city.name if city else ""

    def _add(self, areas: Sequence[DeliveryArea]) -> None:
        self._areas |= {area.area_id: area for area in areas}

    def _show(self, rows: list[ListRow], no_match: str) -> None:
        if not self._is_read:
            self._note.text = READING if self._is_reading else NOT_READ
        elif not self._areas and not self._cities:
            self._note.text = NO_LIST
        else:
            self._note.text = KEYS if rows else no_match
        self.rows.set_rows(rows, home=True)
