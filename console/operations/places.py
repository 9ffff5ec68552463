"""The operation rows of locations, the store itself and categories."""

from console.operations.operation import READ, Body, Operation, fields

# fmt: off
# One row each: name, resource, title, method / path, effect, body, session, envelope / parameters.
ROWS: tuple[Operation, ...] = (
    Operation(
        "locations.search", "Location", "Search Locations", "POST",
        "Location/{merchantId}/Search", READ, Body.FORM, envelope="Locations",
        fields=fields("zipcode", "deliveryarea", "deliveryareaId", "outputfield"),
    ),
    Operation(
        "locations.search_areas", "Location", "Search Delivery Areas", "POST",
        "Location/{merchantId}/SearchDeliveryAreas", READ, Body.FORM, envelope="DeliveryAreas",
        fields=fields("cityid*"),
    ),
    Operation(
        "locations.details", "Location", "Get Location Information", "GET",
        "Location/Information/{merchantId}/{LocationId}", READ, envelope="Location",
    ),
    Operation(
        "locations.delivery_cities", "Location", "Get Delivery Cities", "GET",
        "Location/{merchantId}/GetCities", READ, envelope="DeliveryCities",
    ),
    Operation(
        "locations.delivery_areas", "Location", "Get Delivery Areas", "GET",
        "Location/DeliveryAreas/{merchantId}/{locationId}", READ, envelope="DeliveryAreas",
    ),
    Operation(
        "locations.information", "Location", "Get Location Information", "GET",
        "Location/Information/{merchantId}/{locationId}", READ, envelope="Location",
    ),
    Operation(
        "locations.reason_codes", "Location", "Get Reason Codes", "GET",
        "Location/ReasonCodes/{merchantId}", READ, envelope="ReasonCodes",
    ),
    Operation(
        "locations.eta", "Location", "Get Location ETA", "GET",
        "Location/Information/{merchantId}/{LocationCode}/{OrderDeliveryType}", READ, envelope="LocationETA",
    ),
    # Store
    Operation(
        "store.countries", "Store", "Get Supported Countries", "GET",
        "Store/Countries/{merchantId}", READ, envelope="Country",
    ),
    Operation(
        "store.cities", "Store", "Get Cities", "GET",
        "Store/Cities/{merchantId}/{StateCode}", READ, envelope="City",
    ),
    Operation(
        "store.information", "Store", "Get Store Information", "GET",
        "Store/Information/{merchantId}", READ, envelope="Store",
    ),
    Operation(
        "store.states", "Store", "Get States of a Country", "GET",
        "Store/States/{merchantId}/{Countrycode}", READ, envelope="State",
    ),
    # Category
    Operation(
        "categories.information", "Category", "Get Category Information", "GET",
        "Category/Information/{merchantId}/{CategoryId}", READ, envelope="Category",
    ),
    Operation(
        "categories.variant_properties", "Category", "Get Variant Properties", "GET",
        "Category/{merchantId}/{cateogryId}/variantproperties", READ, envelope="VariantProperties",
    ),
)
# fmt: on
