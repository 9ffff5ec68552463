"""Product updates: the store's changes, applied to the menu of the data files."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from console.sandbox.menu.menu import Menu, MenuProduct, MenuVariant

ProductChange = tuple[int, int, str, str]
"""Product, variant (0 for the product itself), the documents' field in lower case, its new value."""

MODES = {"deliveryoptionship": "H", "deliveryoptioninstorepickup": "S"}
"""The documents' fields that allow a product in a delivery mode."""


def apply_changes(menu: Menu, changes: Iterable[ProductChange]) -> Menu:
    """Return the menu with these changes; prices and stock are not among them."""
    by_product: dict[int, dict[int, dict[str, str]]] = {}
    for product_id, variant_id, field, value in changes:
        by_product.setdefault(product_id, {}).setdefault(variant_id, {})[field] = value
    if not by_product:
        return menu
    products = dict(menu.products)
    for product_id, fields in by_product.items():
        if product_id in products:
            products[product_id] = _changed_product(products[product_id], fields)
    by_variant = {v.variant_id: v for product in products.values() for v in product.variants}
    return replace(menu, products=products, by_variant=by_variant)


def _changed_product(product: MenuProduct, changes: Mapping[int, Mapping[str, str]]) -> MenuProduct:
    product_changes = changes.get(0, {})
    modes = {mode: mode in product.modes for mode in MODES.values()}
    modes |= {
        mode: product_changes[field] == "Y" for field, mode in MODES.items() if field in product_changes
    }
    return replace(
        product,
        title=product_changes.get("producttitle", product.title),
        category_id=product_changes.get("categoryreference", product.category_id),
        description=product_changes.get("shortdescription", product.description),
        barcode=product_changes.get("barcode", product.barcode),
        active=product_changes.get("availability", "NY"[product.active]) == "Y",
        modes=tuple(mode for mode, allowed in modes.items() if allowed),
        variants=tuple(
            _changed_variant(variant, changes.get(variant.variant_id, {}), product_changes)
            for variant in product.variants
        ),
        updates=product_changes,
    )


def _changed_variant(
    variant: MenuVariant, changes: Mapping[str, str], product_changes: Mapping[str, str]
) -> MenuVariant:
    return replace(
        variant,
        barcode=changes.get("barcode", variant.barcode),
        active=changes.get("availability", "NY"[variant.active]) == "Y",
        updates={**product_changes, **changes},
    )
