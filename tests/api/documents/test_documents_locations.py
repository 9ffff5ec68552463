"""Areas, cities, times and reasons: requests as printed, sample responses parsed in full."""

import pytest
from pydantic import AliasChoices

from console.api.stores import models as location_models
from console.api.stores.models import EtaDeliveryType
from console.api.transport.wire_types import WireModel
from tests.api.documents.printed_samples import text
from tests.api.documents.samples import API_SAMPLES, documented_api, read_form

pytestmark = pytest.mark.anyio


async def test_search_delivery_areas() -> None:
    api, port = documented_api("locations.search_areas")

    first, second, *_ = await api.locations.search_areas(city_id=36618)

    assert (port.requests[0].method, port.path) == ("POST", "Location/6c57599f/SearchDeliveryAreas")
    assert port.form == read_form(text("locations.search_areas"))
    assert (first.area_id, first.name, first.kind) == (431864, "UYGARKENT", "CT")
    assert second.name == "TRİO PARK ÇORLU"


async def test_get_delivery_areas() -> None:
    api, port = documented_api("locations.delivery_areas")

    first, second, *_ = await api.locations.delivery_areas(location_id=12343)

    assert (port.requests[0].method, port.path) == ("GET", "Location/DeliveryAreas/6c57599f/12343")
    assert (first.reference_code, second.reference_code) == ("Holisol_Del", "J & K")


async def test_get_delivery_cities() -> None:
    api, port = documented_api("locations.delivery_cities")

    cities = await api.locations.delivery_cities()

    assert (port.requests[0].method, port.path) == ("GET", "Location/6c57599f/GetCities")
    assert [(city.city_id, city.name) for city in cities][:2] == [(32, "Bangalore"), (195, "Hyderabad")]


async def test_get_reason_codes() -> None:
    api, port = documented_api("locations.reason_codes")

    reasons = await api.locations.reason_codes()

    assert (port.requests[0].method, port.path) == ("GET", "Location/ReasonCodes/6c57599f")
    assert [reason.code for reason in reasons] == ["OR", "TR"]


async def test_get_location_eta() -> None:
    api, port = documented_api("locations.eta")

    eta = await api.locations.eta(location_code="110", kind=EtaDeliveryType.ALL)

    assert (port.requests[0].method, port.path) == ("GET", "Location/Information/6c57599f/110/ALL")
    assert eta.home_delivery is not None
    assert (eta.home_delivery.start, eta.home_delivery.end, eta.home_delivery.units) == (10, 20, "MIN")
    assert (eta.location_code, eta.take_away and eta.take_away.start) == ("BTM", 45)


@pytest.mark.parametrize("name", ["locations.information", "locations.information.2"])
async def test_get_location_information_by_its_other_name(name: str) -> None:
    api, port = documented_api(name)

    location = await api.locations.details(location_id=18340)

    assert (port.requests[0].method, port.path) == ("GET", "Location/Information/6c57599f/18340")
    assert location.city_name in {"Mumbai", "New Delhi"}


@pytest.mark.parametrize(
    "model",
    [
        value
        for value in vars(location_models).values()
        if isinstance(value, type) and issubclass(value, WireModel) and value is not WireModel
    ],
    ids=lambda model: model.__name__,
)
def test_every_field_is_spelt_as_some_document_spells_it(model: type[WireModel]) -> None:
    responses = "".join(path.read_text("utf-8") for path in API_SAMPLES.glob("*.answer.json"))

    for name, described in model.model_fields.items():
        alias = described.validation_alias
        spellings = alias.choices if isinstance(alias, AliasChoices) else [name]
        assert f'"{spellings[0]}":' in responses, f"{model.__name__}.{name}"
