"""Countries, states and cities for addresses, and the store's own details.

Cities are those of the data file and of the merchant's locations, so that an address fits either.
"""

from dataclasses import dataclass
from functools import cache

from console.sandbox.data.data_loader import TomlTable, load_data_file
from console.sandbox.data.merchant import load_merchant
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, Json, RefusalError, Reply, ok


@dataclass(frozen=True, slots=True)
class CityData:
    """A city, by its id in addresses."""

    city_id: int
    name: str
    pin: str
    state_code: str


@dataclass(frozen=True, slots=True)
class StateData:
    """A state of a country."""

    code: str
    name: str
    cities: tuple[CityData, ...]


@dataclass(frozen=True, slots=True)
class CountryData:
    """A country, with its telephone code."""

    code: str
    name: str
    phone: str
    states: tuple[StateData, ...]


@cache
def load_countries() -> tuple[CountryData, ...]:
    """Load the countries of the data file, with the merchant's own cities in them.

    Raises:
        DataError: the file is not TOML, or lacks a key.
    """
    return tuple(
        CountryData(
            code=row.text("code"),
            name=row.text("name"),
            phone=row.text("phone"),
            states=tuple(_state(state) for state in row.tables("state")),
        )
        for row in load_data_file("geography.toml").tables("country")
    )


def _state(row: TomlTable) -> StateData:
    code = row.text("code")
    merchant_cities = {
        int(location.city_code): CityData(int(location.city_code), location.city, location.pin, code)
        for location in load_merchant().locations
        if location.state_code == code
    }
    listed_cities = [
        CityData(city.integer("id"), city.text("name"), city.text("pin"), code) for city in row.tables("city")
    ]
    return StateData(code, row.text("name"), (*merchant_cities.values(), *listed_cities))


def countries(_call: Call) -> Reply:
    """Get Supported Countries."""
    found: list[Json] = [
        {"CountryName": country.name, "CountryCode": country.code, "PhoneCode": country.phone}
        for country in load_countries()
    ]
    return ok(Country=found)


def states(call: Call) -> Reply:
    """Get States of a Country."""
    code = call.path_argument("Countrycode").upper()
    country = next((country for country in load_countries() if country.code == code), None)
    if country is None:
        raise RefusalError(Code.NO_RECORD)
    found: list[Json] = [
        {"StateName": state.name, "CountryCode": country.code, "StateCode": state.code, "USPSCode": ""}
        for state in country.states
    ]
    return ok(State=found)


def cities(call: Call) -> Reply:
    """Get Cities of a state."""
    code = call.path_argument("StateCode").upper()
    state = _find_state(code)
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
    return ok(City=found)


def _find_state(code: str) -> StateData | None:
    all_states = (state for country in load_countries() for state in country.states)
    return next((state for state in all_states if state.code == code), None)


def information(call: Call) -> Reply:
    """Get Store Information: the merchant's, at the address of its default location."""
    merchant = call.store.merchant
    location = call.location(merchant.default_location)
    manager = merchant.operators[0]
    return ok(
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
