"""Group fields of a bundle item, as a platform that sends groups might; the keys are the sandbox's own.

The documents have none of them.
"""

from console.sandbox.menu.configuration import default_parts
from console.sandbox.menu.menu import ZERO, Menu, MenuBundle, MenuDeal, MenuGroup, MenuProduct, MenuVariant
from console.sandbox.responses import Json, money


class GroupFields:
    """The group fields of one bundle or deal."""

    def __init__(self, menu: Menu, product: MenuProduct) -> None:
        self._bundle = menu.bundles.get(product.product_id)
        self._deal = menu.deals.get(product.product_id)
        self._default_quantities = {
            (part.group_id, part.product_id, part.variant_id): part.quantity
            for part in default_parts(menu, product.product_id)
        }

    def item_fields(
        self, child: MenuProduct, variant: MenuVariant | None, group: MenuGroup
    ) -> dict[str, Json]:
        """Return the group of one row, its default quantity, and its price there."""
        variant_id = 0 if variant is None else variant.variant_id
        quantity = self._default_quantities.get((group.group_id, child.product_id, variant_id), 0)
        return {
            "GroupId": group.group_id,
            "GroupName": group.name,
            "Minimum": group.minimum,
            "Maximum": group.maximum,
            "Free": group.free_count,
            "IsDefaultBundleItem": quantity > 0,
            "DefaultQuantity": quantity,
            **(_topping_fields(self._bundle, child) if self._bundle else {}),
            **(_choice_fields(self._deal, child, group) if self._deal else {}),
        }

    def bundle_fields(self) -> dict[str, Json]:
        """Return the bundle's own price without its items, and its minimum price."""
        price, floor = (self._deal.price, self._deal.minimum_price) if self._deal else (ZERO, ZERO)
        return {"BundlePrice": money(price), "Floor": money(floor)}


def _topping_fields(bundle: MenuBundle, child: MenuProduct) -> dict[str, Json]:
    """Return a topping's price; ``Included`` is missing if it has its own price."""
    item = bundle.items.get(child.product_id)
    keys: dict[str, Json] = {
        "WholeOnly": item is not None and item.whole_only,
        "IsPrimaryProduct": child.product_id == bundle.base_id,
    }
    if item is not None and item.included_price is not None:
        keys["Included"] = money(item.included_price)
    return keys


def _choice_fields(deal: MenuDeal, child: MenuProduct, group: MenuGroup) -> dict[str, Json]:
    """Return a choice's prices; ``SlotPrices`` is the price of a bundle's base in the slot, by size."""
    slot = next(slot for slot in deal.slots if slot.group_id == group.group_id)
    prices: dict[str, Json] = {size: money(price) for size, price in slot.base_prices.items()}
    return {"SlotPrices": prices, "Extra": money(slot.extra_prices.get(child.product_id, ZERO))}
