"""Look-up of the codes in updates: a location, a product, a variant."""

from console.sandbox.data.merchant import MerchantLocation
from console.sandbox.menu.menu import MenuProduct, MenuVariant
from console.sandbox.store import Store

NO_SKU = ("", "0")
"""The documents' notation for no variant."""


class TaskError(Exception):
    """A queued update failed; the text says why, for the merchant."""


def find_location(store: Store, code: str) -> MerchantLocation | None:
    """Return the location of a reference code, in any case, ``None`` without one."""
    folded = code.casefold()
    return next(
        (location for location in store.merchant.locations if location.code.casefold() == folded), None
    )


def require_location(store: Store, code: str) -> MerchantLocation:
    """Return the location of a reference code.

    Raises:
        TaskError: there is none.
    """
    location = find_location(store, code)
    if location is None:
        raise TaskError(f"There is no location {code}")
    return location


def require_product(store: Store, sku: str, variant_sku: str = "") -> tuple[MenuProduct, MenuVariant | None]:
    """Return the product of a SKU, and its variant if one is named.

    Raises:
        TaskError: there is no such product, or the variant is another product's.
    """
    product = store.menu.find_product(sku)
    if product is None:
        raise TaskError(f"There is no product of SKU {sku}")
    if variant_sku in NO_SKU:
        return product, None
    variant = store.menu.find_variant(variant_sku)
    if variant is None or variant.product_id != product.product_id:
        raise TaskError(f"{variant_sku} is no variant of {sku}")
    return product, variant
