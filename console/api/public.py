"""The names of the library, each defined where it belongs; import them from ``store_console.api``."""

from pydantic import SecretStr

from console.api.carts.checkout_requests import OrderAddress, OrderAttribute
from console.api.carts.models import CartChangeResult, CartItem, WireCart
from console.api.carts.requests import (
    BundleItemRequest,
    CartChildRequest,
    CartItemRequest,
    ShippingRegion,
    WireDeliveryMode,
    WirePortion,
)
from console.api.customers.models import CustomerAccountDetails
from console.api.errors import (
    AccountLocked,
    AlreadyExists,
    CartRefused,
    InvalidInput,
    NotAuthorised,
    NotFound,
    PlatformError,
    PlatformFault,
    RateLimited,
    SessionExpired,
    SignInRefused,
    TimedOut,
    Unreachable,
    UnreadableResponse,
    VoucherRefused,
    WrongPassword,
)
from console.api.orders.requests import HistorySearch, OrderSearch, WirePayment
from console.api.platform import Platform, Session, connect
from console.api.products.models import ProductSearch
from console.api.transport.auth import AuthToken, OAuth1, SignaturePath, SignaturePlacement
from console.api.transport.endpoint import Endpoint, Timeouts

__all__ = [
    "AccountLocked",
    "AlreadyExists",
    "AuthToken",
    "BundleItemRequest",
    "CartChangeResult",
    "CartChildRequest",
    "CartItem",
    "CartItemRequest",
    "CartRefused",
    "CustomerAccountDetails",
    "Endpoint",
    "HistorySearch",
    "InvalidInput",
    "NotAuthorised",
    "NotFound",
    "OAuth1",
    "OrderAddress",
    "OrderAttribute",
    "OrderSearch",
    "Platform",
    "PlatformError",
    "PlatformFault",
    "ProductSearch",
    "RateLimited",
    "SecretStr",
    "Session",
    "SessionExpired",
    "ShippingRegion",
    "SignInRefused",
    "SignaturePath",
    "SignaturePlacement",
    "TimedOut",
    "Timeouts",
    "Unreachable",
    "UnreadableResponse",
    "VoucherRefused",
    "WireCart",
    "WireDeliveryMode",
    "WirePayment",
    "WirePortion",
    "WrongPassword",
    "connect",
]
