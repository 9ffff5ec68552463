"""Where and how fast the stores deliver: areas, cities, times, and reasons why not.

Read by ``locations``.
"""

from enum import StrEnum

from pydantic import Field

from console.api.wire import Text, WireBool, WireInt, WireModel, spelt


class EtaKind(StrEnum):
    """For which way of delivery a time is asked (Get Location ETA, parameter OrderDeliveryType)."""

    HOME_DELIVERY = "H"
    TAKE_AWAY = "T"
    PICKUP = "P"
    ALL = "ALL"


class DeliveryArea(WireModel):
    """An area that is delivered to (Get Delivery Areas)."""

    area_id: WireInt = Field(validation_alias=spelt("DeliveryAreaID", "DeliveryAreaId"))
    name: Text = Field(default="", validation_alias=spelt("DeliveryAreaName"))
    kind: Text = Field(default="", validation_alias=spelt("AreaType"))
    """``CT`` for an area of a city, ``ST`` for one of a state."""
    reference_code: Text = Field(default="", validation_alias=spelt("DeliveryRefCode"))
    is_archived: WireBool = Field(default=False, validation_alias=spelt("IsArchive"))


class DeliveryCity(WireModel):
    """A city that is delivered to (Get Delivery Cities)."""

    city_id: WireInt = Field(validation_alias=spelt("DeliveryCityID", "DeliveryCityId"))
    name: Text = Field(default="", validation_alias=spelt("DeliveryCityName"))
    area_id: WireInt = Field(default=0, validation_alias=spelt("DeliveryAreaID"))


class ReasonCode(WireModel):
    """Why a location does not offer a way of delivery (Get Reason Codes)."""

    code: Text = Field(default="", validation_alias=spelt("ReasonCode"))
    description: Text = Field(default="", validation_alias=spelt("Description"))


class EtaRange(WireModel):
    """From ``start`` to ``end``, both in ``units``, which the documents print as ``MIN``: minutes."""

    units: Text = Field(default="", validation_alias=spelt("ETAUnits"))
    start: WireInt = Field(default=0, validation_alias=spelt("StartTime"))
    end: WireInt = Field(default=0, validation_alias=spelt("EndTime"))


class LocationEta(WireModel):
    """How long an order takes (Get Location ETA); ``None`` for what was not asked."""

    location_code: Text = Field(default="", validation_alias=spelt("LocationCode"))
    home_delivery: EtaRange | None = Field(default=None, validation_alias=spelt("HomeDeliveryETA"))
    take_away: EtaRange | None = Field(default=None, validation_alias=spelt("TakeAwayETA"))
    pickup: EtaRange | None = Field(default=None, validation_alias=spelt("PickupPointsEta"))
