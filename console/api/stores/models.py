"""Delivery data of stores: areas, cities, times, and reason codes."""

from enum import StrEnum

from pydantic import Field

from console.api.transport.wire_types import Text, WireBool, WireInt, WireModel, aliases


class EtaDeliveryType(StrEnum):
    """Delivery mode of an ETA request (Get Location ETA, parameter OrderDeliveryType)."""

    HOME_DELIVERY = "H"
    TAKE_AWAY = "T"
    PICKUP = "P"
    ALL = "ALL"


class DeliveryArea(WireModel):
    """A delivery area (Get Delivery Areas)."""

    area_id: WireInt = Field(validation_alias=aliases("DeliveryAreaID", "DeliveryAreaId"))
    name: Text = Field(default="", validation_alias=aliases("DeliveryAreaName"))
    kind: Text = Field(default="", validation_alias=aliases("AreaType"))
    """``CT`` for an area of a city, ``ST`` for one of a state."""
    reference_code: Text = Field(default="", validation_alias=aliases("DeliveryRefCode"))
    is_archived: WireBool = Field(default=False, validation_alias=aliases("IsArchive"))
    city_ids: Text = Field(default="", validation_alias=aliases("AreaTypeIDs"))
    """The ids of the cities of an area of cities, with a comma after each."""


class DeliveryCity(WireModel):
    """A city with delivery (Get Delivery Cities)."""

    city_id: WireInt = Field(validation_alias=aliases("DeliveryCityID", "DeliveryCityId"))
    name: Text = Field(default="", validation_alias=aliases("DeliveryCityName"))
    area_id: WireInt = Field(default=0, validation_alias=aliases("DeliveryAreaID"))


class ReasonCode(WireModel):
    """A reason why a location does not offer a delivery mode (Get Reason Codes)."""

    code: Text = Field(default="", validation_alias=aliases("ReasonCode"))
    description: Text = Field(default="", validation_alias=aliases("Description"))


class EtaRange(WireModel):
    """From ``start`` to ``end``, both in ``units``, which the documents print as ``MIN``: minutes."""

    units: Text = Field(default="", validation_alias=aliases("ETAUnits"))
    start: WireInt = Field(default=0, validation_alias=aliases("StartTime"))
    end: WireInt = Field(default=0, validation_alias=aliases("EndTime"))


class LocationEta(WireModel):
    """The time an order takes (Get Location ETA); ``None`` for modes not asked for."""

    location_code: Text = Field(default="", validation_alias=aliases("LocationCode"))
    home_delivery: EtaRange | None = Field(default=None, validation_alias=aliases("HomeDeliveryETA"))
    take_away: EtaRange | None = Field(default=None, validation_alias=aliases("TakeAwayETA"))
    pickup: EtaRange | None = Field(default=None, validation_alias=aliases("PickupPointsEta"))
