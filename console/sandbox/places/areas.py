"""Where and how fast the stores deliver: cities, areas, times; and why a store may not.

Answered out of the merchant's data.
"""

from console.sandbox.answers import Answer, Code, Json, RefusalError, success
from console.sandbox.places.fulfilment import Area
from console.sandbox.requests import Call, Handler

AREA_TYPE = "CT"
ETA_OF = {"H": ("HomeDeliveryETA",), "T": ("TakeAwayETA",), "P": ("PickupPointsEta",)}
RANGES = {"HomeDeliveryETA": "home", "TakeAwayETA": "takeaway", "PickupPointsEta": "pickup"}


def search_areas(call: Call) -> Answer:
    """Search Delivery Areas: those of a city."""
    city_id = call.form.integer("cityid")
    found = [area for area in call.store.fulfilment.areas if area.city_id == city_id]
    if not found:
        raise RefusalError(Code.NO_RECORD)
    return success(DeliveryAreas=[_area(call, area) for area in found])


def delivery_areas(call: Call) -> Answer:
    """Get Delivery Areas: those a location serves."""
    location = call.location(call.number("locationId"))
    served = [area for area in call.store.fulfilment.areas if location.location_id in area.locations]
    return success(DeliveryAreas=[_area(call, area) for area in served])


def _area(call: Call, area: Area) -> Json:
    return {
        "DeliveryAreaID": area.area_id,
        "DeliveryAreaName": area.name,
        "AreaType": AREA_TYPE,
        "MerchantID": call.store.merchant.merchant_id,
        "IsArchive": False,
        "DeliveryRefCode": area.code,
        "AreaTypeIDs": f"{area.city_id},",
    }


def delivery_cities(call: Call) -> Answer:
    """Get Delivery Cities: each city that has an area, with the first of them."""
    cities: dict[int, Json] = {}
    for area in call.store.fulfilment.areas:
        city: Json = {
            "DeliveryAreaID": area.area_id,
            "DeliveryCityID": area.city_id,
            "DeliveryCityName": area.city,
        }
        cities.setdefault(area.city_id, city)
    return success(DeliveryCities=list(cities.values()))


def reason_codes(call: Call) -> Answer:
    """Get Reason Codes: why a location may not offer a way of delivery."""
    reasons = call.store.fulfilment.location_reasons
    return success(ReasonCodes=[{"Description": text, "ReasonCode": code} for code, text in reasons.items()])


def eta(call: Call) -> Answer:
    """Get Location ETA: how long an order takes, in minutes; ``ALL`` for every way of delivery."""
    code, kind = call.argument("LocationCode").strip().casefold(), call.argument("OrderDeliveryType").upper()
    if not code:
        raise RefusalError(Code.NO_LOCATION_CODE)
    location = next((o for o in call.store.merchant.locations if o.code.casefold() == code), None)
    if location is None:
        raise RefusalError(Code.UNKNOWN_LOCATION_CODE)
    if kind != "ALL" and kind not in ETA_OF:
        raise RefusalError(Code.INVALID_ETA)
    wanted = tuple(RANGES) if kind == "ALL" else ETA_OF[kind]
    found: dict[str, Json] = {name: _range(call, RANGES[name]) for name in wanted}
    return success(LocationETA={**found, "LocationCode": location.code})


def _range(call: Call, name: str) -> Json:
    first, last = call.store.fulfilment.eta[name]
    return {"ETAType": 1, "ETAUnits": "MIN", "EndTime": str(last), "StartTime": str(first)}


HANDLERS: dict[str, Handler] = {
    "locations.search_areas": search_areas,
    "locations.delivery_areas": delivery_areas,
    "locations.delivery_cities": delivery_cities,
    "locations.reason_codes": reason_codes,
    "locations.eta": eta,
}
