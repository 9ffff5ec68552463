"""Locations: the merchant's stores, found by area or PIN code, with their details."""

from console.sandbox.data.fulfilment_data import DeliveryAreaData
from console.sandbox.data.merchant import MerchantLocation
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Json, Reply, ok

LEAD_MINUTES = 10


def search(call: Call) -> Reply:
    """Search Locations: those that serve the given PIN code or area, or all without one.

    An area is found by its id, or by a part of its name or of the location's own place.
    """
    zipcode, area, area_id = (
        call.form.text(key).casefold() for key in ("zipcode", "deliveryarea", "deliveryareaid")
    )
    found: list[Json] = [
        location_summary(call, location)
        for location in call.store.merchant.locations
        if (not zipcode or zipcode in location.pins)
        and (not area or any(area in text.casefold() for text in _place_names(call, location)))
        and (area_id in ("", "0") or area_id in {str(one.area_id) for one in _areas(call, location)})
    ]
    return ok(Locations=found)


def _areas(call: Call, location: MerchantLocation) -> list[DeliveryAreaData]:
    return [area for area in call.store.fulfilment.areas if location.location_id in area.locations]


def _place_names(call: Call, location: MerchantLocation) -> tuple[str, ...]:
    areas = (area.name for area in _areas(call, location))
    return (location.area, location.city, location.name, *areas)


def information(call: Call) -> Reply:
    """Get Location Information."""
    location = call.location(call.path_number("locationId"))
    modes = {"H": "Home Delivery", "S": "Takeaway"}
    modes_of_delivery: list[Json] = [
        {"Mode": name, "State": str(mode in location.modes), "ReasonCode": ""} for mode, name in modes.items()
    ]
    extra: list[Json] = [
        {"Key": "LocationId", "Value": str(location.location_id)},
        {"Key": "IsDispatchEnable", "Value": str("H" in location.modes)},
        {"Key": "Area", "Value": location.area},
    ]
    record = location_summary(call, location)
    record["CityName"] = location.city
    record["StateName"] = location.state
    record["CountryName"] = "Kuwait"
    record["AdditionalDetails"] = extra
    record["DeliveryModes"] = modes_of_delivery
    record["StoreTimings"] = _weekly_hours(location, "L", lead=0)
    record["HomeDeliveryTimings"] = (
        _weekly_hours(location, "H", lead=LEAD_MINUTES) if "H" in location.modes else []
    )
    record["TakeawayTimings"] = (
        _weekly_hours(location, "S", lead=LEAD_MINUTES) if "S" in location.modes else []
    )
    return ok(Location=record)


def location_summary(call: Call, location: MerchantLocation) -> dict[str, Json]:
    """Return a location as lists show it."""
    merchant = call.store.merchant
    return {
        "DistancefromInputLatLong": 0,
        "ParentLocationID": 0,
        "LocationId": location.location_id,
        "LocationCode": location.code,
        "LocationName": location.name,
        "Address1": location.address,
        "Address2": "",
        "City": location.city_code,
        "CityName": None,
        "Area": location.area,
        "State": location.state_code,
        "StateName": None,
        "Country": "KW",
        "CountryName": None,
        "Pin": location.pin,
        "Contact1": location.phone,
        "Contact2": "",
        "Description": "",
        "Latitude": location.latitude,
        "Longitude": location.longitude,
        "LocationType": None,
        "MerchantId": merchant.merchant_id,
        "IsDistributionCenter": False,
        "EmailId": "",
        "IsParticipateInStock": True,
        "IsDefaultLocation": location.location_id == merchant.default_location,
        "IsOfflinneCheckoutEnabled": False,
        "IsPointOfSale": True,
        "IsOfflineDeals": False,
        "IsInStorePickup": "S" in location.modes,
        "Remarks": None,
        "CST": "",
        "VAT": "",
        "TINNo": "",
        "GSTINNO": "",
        "IsReversePickupEnabled": False,
        "IsDefaultLNG_LocationName": False,
        "IsDefaultLNG_Description": False,
        "IsDefaultLNG_Address1": False,
        "StoreTimings": None,
        "HomeDeliveryTimings": None,
        "TakeawayTimings": None,
    }


def _weekly_hours(location: MerchantLocation, mode: str, *, lead: int) -> list[Json]:
    return [
        {
            "CloseLeadTime": lead,
            "Deliverymode": mode,
            "ID": location.location_id * 100 + "LHS".index(mode) * 10 + day,
            "Locationid": location.location_id,
            "OffTime": location.closes,
            "OnTime": location.opens,
            "OpenLeadTime": lead,
            "WeekDayId": day,
        }
        for day in range(7)
    ]


HANDLERS: dict[str, Handler] = {
    "locations.search": search,
    "locations.information": information,
    # The documents describe one path twice.
    "locations.details": information,
}
