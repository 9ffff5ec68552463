"""What a platform that sends groups says beside each bundle item; the keys are the sandbox's own.

Used by Get Bundle Items where the switch says so: the documents name none of it.
"""

from console.sandbox.answers import Json, money
from console.sandbox.menu.composing import default_parts
from console.sandbox.menu.menu import ZERO, Bundle, Deal, Group, Menu, Product, Variant


class GroupData:
    """What is said of one bundle or deal."""

    def __init__(self, menu: Menu, product: Product) -> None:
        self._bundle = menu.bundles.get(product.product_id)
        self._deal = menu.deals.get(product.product_id)
        self._unasked = {
            (part.group_id, part.product_id, part.variant_id): part.quantity
            for part in default_parts(menu, product.product_id)
        }

    def of_item(self, child: Product, variant: Variant | None, group: Group) -> dict[str, Json]:
        """The group of one row, how many are in it unasked, and what it costs there."""
        variant_id = 0 if variant is None else variant.variant_id
        quantity = self._unasked.get((group.group_id, child.product_id, variant_id), 0)
        return {
            "GroupId": group.group_id,
            "GroupName": group.name,
            "Minimum": group.minimum,
            "Maximum": group.maximum,
            "Free": group.free,
            "IsDefaultBundleItem": quantity > 0,
            "DefaultQuantity": quantity,
            **(_topping(self._bundle, child) if self._bundle else {}),
            **(_choice(self._deal, child, group) if self._deal else {}),
        }

    def of_whole(self) -> dict[str, Json]:
        """What the bundle costs before all that is in it, and the least it ever costs."""
        price, floor = (self._deal.price, self._deal.floor) if self._deal else (ZERO, ZERO)
        return {"BundlePrice": money(price), "Floor": money(floor)}


def _topping(bundle: Bundle, child: Product) -> dict[str, Json]:
    """``Included`` is missing where a topping costs what it costs by itself."""
    item = bundle.items.get(child.product_id)
    keys: dict[str, Json] = {
        "WholeOnly": item is not None and item.whole_only,
        "IsPrimaryProduct": child.product_id == bundle.base_id,
    }
    if item is not None and item.included is not None:
        keys["Included"] = money(item.included)
    return keys


def _choice(deal: Deal, child: Product, group: Group) -> dict[str, Json]:
    """``SlotPrices`` is what the base of a bundle costs in the slot, by size."""
    slot = next(slot for slot in deal.slots if slot.group_id == group.group_id)
    prices: dict[str, Json] = {size: money(price) for size, price in slot.prices.items()}
    return {"SlotPrices": prices, "Extra": money(slot.extra.get(child.product_id, ZERO))}
