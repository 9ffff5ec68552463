"""Delivery areas: cities, areas, delivery times; and reasons why a store may not deliver."""

from console.sandbox.data.fulfilment_data import DeliveryAreaData
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, Json, RefusalError, Reply, ok

AREA_TYPE = "CT"
ETA_FIELDS = {"H": ("HomeDeliveryETA",), "T": ("TakeAwayETA",), "P": ("PickupPointsEta",)}
ETA_RANGES = {"HomeDeliveryETA": "home", "TakeAwayETA": "takeaway", "PickupPointsEta": "pickup"}


def search_areas(call: Call) -> Reply:
    """Search Delivery Areas of a city."""
    city_id = call.form.integer("cityid")
    areas = [area for area in call.store.fulfilment.areas if area.city_id == city_id]
    if not areas:
        raise RefusalError(Code.NO_RECORD)
    return ok(DeliveryAreas=[_area_record(call, area) for area in areas])


def delivery_areas(call: Call) -> Reply:
    """Get Delivery Areas of a location."""
    location = call.location(call.path_number("locationId"))
    served = [area for area in call.store.fulfilment.areas if location.location_id in area.locations]
    pins: list[Json] = list(location.pins)
    return ok(DeliveryAreas=[{"Pincodes": pins, **_area_record(call, area)} for area in served])


def _area_record(call: Call, area: DeliveryAreaData) -> dict[str, Json]:
    return {
        "DeliveryAreaID": area.area_id,
        "DeliveryAreaName": area.name,
        "AreaType": AREA_TYPE,
        "MerchantID": call.store.merchant.merchant_id,
        "IsArchive": False,
        "DeliveryRefCode": area.code,
        "AreaTypeIDs": f"{area.city_id},",
    }


def delivery_cities(call: Call) -> Reply:
    """Get Delivery Cities: each city that has an area, with the first of them."""
    cities: dict[int, Json] = {}
    for area in call.store.fulfilment.areas:
        city: Json = {
            "DeliveryAreaID": area.area_id,
            "DeliveryCityID": area.city_id,
            "DeliveryCityName": area.city,
        }
        cities.setdefault(area.city_id, city)
    return ok(DeliveryCities=list(cities.values()))


def reason_codes(call: Call) -> Reply:
    """Get Reason Codes: reasons why a location may not offer a delivery mode."""
    reasons = call.store.fulfilment.location_reasons
    return ok(ReasonCodes=[{"Description": text, "ReasonCode": code} for code, text in reasons.items()])


def eta(call: Call) -> Reply:
    """Get Location ETA: the time an order takes, in minutes; ``ALL`` for every delivery mode."""
    code, kind = (
        call.path_argument("LocationCode").strip().casefold(),
        call.path_argument("OrderDeliveryType").upper(),
    )
    if not code:
        raise RefusalError(Code.NO_LOCATION_CODE)
    location = next((o for o in call.store.merchant.locations if o.code.casefold() == code), None)
    if location is None:
        raise RefusalError(Code.UNKNOWN_LOCATION_CODE)
    if kind != "ALL" and kind not in ETA_FIELDS:
        raise RefusalError(Code.INVALID_ETA)
    field_names = tuple(ETA_RANGES) if kind == "ALL" else ETA_FIELDS[kind]
    ranges: dict[str, Json] = {name: _eta_range(call, ETA_RANGES[name]) for name in field_names}
    return ok(LocationETA={**ranges, "LocationCode": location.code})


def _eta_range(call: Call, name: str) -> Json:
    first, last = call.store.fulfilment.eta[name]
    return {"ETAType": 1, "ETAUnits": "MIN", "EndTime": str(last), "StartTime": str(first)}


HANDLERS: dict[str, Handler] = {
    "locations.search_areas": search_areas,
    "locations.delivery_areas": delivery_areas,
    "locations.delivery_cities": delivery_cities,
    "locations.reason_codes": reason_codes,
    "locations.eta": eta,
}
