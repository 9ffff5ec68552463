"""Where customers may live, and the store's own details.

Cities are those of the data file and of the merchant's locations, so that an address fits either.
"""

from dataclasses import dataclass
from functools import cache

from console.sandbox.answers import Answer, Code, Json, RefusalError, success
from console.sandbox.datafile import Table, read
from console.sandbox.merchant import load_merchant
from console.sandbox.requests import Call, Handler


@dataclass(frozen=True, slots=True)
class City:
    """A city, by the id that addresses have."""

    city_id: int
    name: str
    pin: str
    state_code: str


@dataclass(frozen=True, slots=True)
class State:
    """A state of a country."""

    code: str
    name: str
    cities: tuple[City, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country, with the code of its telephone numbers."""

    code: str
    name: str
    phone: str
    states: tuple[State, ...]


@cache
def load_countries() -> tuple[Country, ...]:
    """The countries of the data file, with the merchant's own cities in them.

    Raises:
        DataError: the file is not TOML, or lacks a key.
    """
    return tuple(
        Country(
            code=row.text("code"),
            name=row.text("name"),
            phone=row.text("phone"),
            states=tuple(_state(state) for state in row.tables("state")),
        )
        for row in read("geography.toml").tables("country")
    )


def _state(row: Table) -> State:
    code = row.text("code")
    own = {
        int(place.city_code): City(int(place.city_code), place.city, place.pin, code)
        for place in load_merchant().locations
        if place.state_code == code
    }
    others = [
        City(city.integer("id"), city.text("name"), city.text("pin"), code) for city in row.tables("city")
    ]
    return State(code, row.text("name"), (*own.values(), *others))


def countries(_call: Call) -> Answer:
    """Get Supported Countries."""
    found: list[Json] = [
        {"CountryName": country.name, "CountryCode": country.code, "PhoneCode": country.phone}
        for country in load_countries()
    ]
    return success(Country=found)


def states(call: Call) -> Answer:
    """Get States of a Country."""
    wanted = call.argument("Countrycode").upper()
    country = next((country for country in load_countries() if country.code == wanted), None)
    if country is None:
        raise RefusalError(Code.NO_RECORD)
    found: list[Json] = [
        {"StateName": state.name, "CountryCode": country.code, "StateCode": state.code, "USPSCode": ""}
        for state in country.states
    ]
    return success(State=found)


def cities(call: Call) -> Answer:
    """Get Cities of a state."""
    wanted = call.argument("StateCode").upper()
    state = _find_state(wanted)
    if state is None:
        raise RefusalError(Code.NO_RECORD)
    found: list[Json] = [
        {
            "CityId": city.city_id,
            "CityName": city.name,
            "DefautPinCode": city.pin,
            "StateCode": city.state_code,
        }
        for city in state.cities
    ]
    return success(City=found)


def _find_state(code: str) -> State | None:
    everywhere = (state for country in load_countries() for state in country.states)
    return next((state for state in everywhere if state.code == code), None)


def information(call: Call) -> Answer:
    """Get Store Information: the merchant's, at the address of its default location."""
    merchant = call.store.merchant
    location = call.location(merchant.default_location)
    manager = merchant.operators[0]
    return success(
        Store={
            "MerchantId": merchant.merchant_id,
            "ChildrenPlayArea": False,
            "HomeDelivery": "H" in location.modes,
            "GiftPacking": False,
            "ValetParking": False,
            "OwnParking": False,
            "ATM": False,
            "DistanceAir": "",
            "DistanceRly": "",
            "DistanceBus": "",
            "Landmark1": "",
            "Landmark2": "",
            "ContactPerson": f"{manager.first_name} {manager.last_name}",
            "PhysicalStoreName": merchant.name,
            "PhysicalStoreAdd": location.area,
            "StoreStreet": location.address,
            "StoreCity": location.city_code,
            "StorePinCode": location.pin,
            "StoreState": location.state_code,
            "StoreCountry": "KW",
            "StPhoneNo": location.phone,
            "cellphone": location.phone,
            "StoreDescription": f"<p>{merchant.brand}, {location.city}</p>",
            "EmailId": manager.user_name,
            "BusinessType": "",
            "OtherCityName": "",
            "City": {"CityId": int(location.city_code), "CityName": location.city},
            "State": {"StateName": location.state},
        }
    )


HANDLERS: dict[str, Handler] = {
    "store.countries": countries,
    "store.states": states,
    "store.cities": cities,
    "store.information": information,
}
