"""One declarative row per documented operation: where it is, how it is encoded, whether it may be repeated.

Read by the transport, which sends a row, and by the sandbox, which serves it; spelling is the documents'.
"""

from dataclasses import dataclass
from enum import StrEnum


class Body(StrEnum):
    """How the body of a request is encoded."""

    NONE = "none"
    """No body at all, POST or GET."""
    INPUT_DATA = "input-data"
    """A form of ``InputData=<json>&InputFormat=application/json``."""
    MERCHANT_INPUT_DATA = "merchant-input-data"
    """As ``INPUT_DATA``, with ``MerchantId`` as a third field."""
    FORM = "form"
    """A plain form."""
    MERCHANT_FORM = "merchant-form"
    """A plain form with ``MerchantId`` among its fields."""


class Effect(StrEnum):
    """What sending it twice would do. The method does not tell: ``Carts/Remove`` is a GET."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented operation.

    ``path`` is the template below ``{host}/developerapi/``. Its names in braces are filled from the
    arguments of the call; ``{merchantId}``, in any case, is the profile's. ``session`` says that the
    customer's access token travels in the ``accesstoken`` header; ``envelope`` is the key of the answer
    that holds what was asked for, empty where the answer is the message code alone.
    """

    name: str
    resource: str
    title: str
    method: str
    path: str
    effect: Effect
    body: Body = Body.NONE
    session: bool = False
    envelope: str = ""


READ, WRITE = Effect.READ, Effect.WRITE

# fmt: off
# One row each: name, resource, title, method / path, effect, body, session, envelope.
OPERATIONS: tuple[Operation, ...] = (
    # OAuth
    Operation(
        "oauth.timestamp", "OAuth", "Generate TimeStamp", "GET",
        "OAuth/TimeStamp", READ,
    ),
    # Customer
    Operation(
        "customers.create", "Customer", "Create Customer Account", "POST",
        "Customer/{merchantId}/Create", WRITE, Body.INPUT_DATA, envelope="Customer",
    ),
    Operation(
        "customers.update", "Customer", "Update Customer Details", "POST",
        "Customer/{merchantId}/Update", WRITE, Body.INPUT_DATA, session=True,
    ),
    Operation(
        "customers.start_session", "Customer", "Start Customer Session", "POST",
        "Customer/{merchantId}/StartCustomerSession", WRITE, Body.MERCHANT_INPUT_DATA, session=True, envelope="Token",
    ),
    Operation(
        "customers.logout", "Customer", "Customer Logout", "POST",
        "Customer/{merchantId}/Logout", WRITE, session=True,
    ),
    Operation(
        "customers.access_token", "Customer", "Get Access Token", "POST",
        "Customer/GetAccessToken/{merchantId}", WRITE, envelope="Token",
    ),
    Operation(
        "customers.validate_token", "Customer", "Validate Access Token", "GET",
        "Customer/{merchantId}/{accesstoken}/ValidateToken", READ, envelope="SessionValid",
    ),
    Operation(
        "customers.search", "Customer", "Search Customers", "POST",
        "Customer/{merchantId}/Search", READ, Body.INPUT_DATA, envelope="Customers",
    ),
    Operation(
        "customers.details", "Customer", "Get Customer Details", "GET",
        "Customer/{merchantId}/{UserId}", READ, envelope="Customer",
    ),
    Operation(
        "customers.agent_login", "Customer", "Agent Login", "POST",
        "Customer/{merchantId}/AgentLogin", READ, Body.MERCHANT_FORM, envelope="AgentDetails",
    ),
    # Customer Groups
    Operation(
        "groups.of_customer", "Customer Groups", "Get Customer Groups by User ID", "GET",
        "CustomerGroups/Group/{merchantId}/{userId}", READ, envelope="CostumerGroup",
    ),
    # Product
    Operation(
        "products.search", "Product", "Search Products", "POST",
        "Product/{merchantId}/Search", READ, Body.INPUT_DATA, envelope="ProductIds",
    ),
    Operation(
        "products.auto_complete", "Product", "Get Product IDs (Auto Complete)", "GET",
        "ProductAutoComplete/{merchantId}/{keyword}/{limit}/{locationId}", READ, envelope="Suggestions",
    ),
    Operation(
        "products.by_category", "Product", "Get Products by Category", "GET",
        "Product/Category/{merchantId}/{CatagoryId}/{availibility}", READ, envelope="Products",
    ),
    Operation(
        "products.information", "Product", "Get Product Information (by Location)", "GET",
        "Product/Information/{merchantId}/{productId}/{locationId}", READ, envelope="Product",
    ),
    Operation(
        "products.variants", "Product", "Get Product Variants (by Parent Product ID)", "GET",
        "Product/Varients/{merchantId}/{ParentProductId}/{availability}", READ, envelope="ProductVarient",
    ),
    Operation(
        "products.variant", "Product", "Get Product Variants (by Variant ID)", "GET",
        "Product/ProductVarient/{merchantId}/{variantProductId}", READ, envelope="ProductVarient",
    ),
    Operation(
        "products.by_sku", "Product", "Get Product Details (by SKU)", "GET",
        "Product/SKU/{merchantId}/{sku}", READ, envelope="Product",
    ),
    Operation(
        "products.multiple", "Product", "Get Multiple Products Information", "POST",
        "Product/{merchantId}/GetMultipleProductInformation", READ, Body.MERCHANT_FORM, envelope="Products",
    ),
    Operation(
        "products.stock_by_location", "Product", "Get Product Price and Inventory (LocationStockPrice)", "POST",
        "Product/{merchantId}/LocationStockPrice", READ, Body.MERCHANT_FORM, envelope="LocationStockPrices",
    ),
    Operation(
        "products.validate_location", "Product", "Validate Location", "GET",
        "Product/ValidateLocation/{merchantId}/{productId}/{variantProductId}/{pinCode}/{locationId}/{quantity}", READ,
    ),
    # Carts
    Operation(
        "carts.add_items", "Carts", "Add Items to Cart (Normal/Variant)", "POST",
        "carts/AddCartItems/{merchantId}", WRITE, Body.INPUT_DATA, session=True, envelope="Carts",
    ),
    Operation(
        "carts.by_token", "Carts", "Get Cart Items (by AccessToken)", "GET",
        "Carts/cart/{merchantId}/{accesstoken}", READ, session=True, envelope="Carts",
    ),
    Operation(
        "carts.update_quantity", "Carts", "Update Quantity of a Cart Item", "GET",
        "Carts/Update/{merchantId}/{cartReferenceKey}/{quantity}", WRITE, session=True, envelope="Carts",
    ),
    Operation(
        "carts.remove", "Carts", "Remove a Cart Item", "GET",
        "Carts/Remove/{merchantId}/{cartReferenceKey}/{quantity}", WRITE, session=True,
    ),
    # Location
    Operation(
        "locations.search", "Location", "Search Locations", "POST",
        "Location/{merchantId}/Search", READ, Body.FORM, envelope="Locations",
    ),
    Operation(
        "locations.information", "Location", "Get Location Information", "GET",
        "Location/Information/{merchantId}/{locationId}", READ, envelope="Location",
    ),
)
# fmt: on

BY_NAME: dict[str, Operation] = {operation.name: operation for operation in OPERATIONS}
