"""Requests that change a cart, under the documents' own names and in their nesting."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from console.api.transport.encoding import Encodable

NEW_LINE_KEY = "00000000-0000-0000-0000-000000000000"
"""The cart reference key of a line that is not in the cart yet."""


class WirePortion(StrEnum):
    """Part of a base that a component covers (Add to Cart, parameter Portion)."""

    WHOLE = "W"
    LEFT = "L"
    RIGHT = "R"


class WireDeliveryMode(StrEnum):
    """Delivery mode of an order (Add Items to Cart, parameter DelveryMode)."""

    PICKUP = "S"
    DELIVERY = "H"


class ItemStatus(StrEnum):
    """Action for an item (Add Items to Cart, parameter Status)."""

    ADD = "A"
    DELETE = "D"


@dataclass(frozen=True, slots=True)
class BundleItemRequest:
    """A component of a bundle inside a deal: the second level, spelt in camelCase on the wire.

    ``bundle_product_id`` is the bundle it belongs to. ``None`` and empty fields are not sent: the documents
    print those keys for some components and not for others.
    """

    product_id: int
    variant_id: int = 0
    quantity: int = 1
    portion: WirePortion = WirePortion.WHOLE
    bundle_product_id: int = 0
    group_id: int = 0
    bundle_item_id: int | None = None
    is_bundle: bool | None = None
    title: str = ""
    kind: str = ""

    def to_wire(self) -> dict[str, Encodable]:
        """Return the component in its wire form."""
        optional: dict[str, Encodable] = {
            "isBundle": self.is_bundle,
            "bundleItemId": self.bundle_item_id,
            "title": self.title or None,
            "type": self.kind or None,
        }
        return {
            "childItems": [],
            "productId": self.product_id,
            "variantProductId": self.variant_id,
            "quantity": self.quantity,
            "bundleProductId": self.bundle_product_id,
            "portion": self.portion,
            "groupId": self.group_id,
            **{name: value for name, value in optional.items() if value is not None},
        }


@dataclass(frozen=True, slots=True)
class CartChildRequest:
    """A component of a bundle, or a bundle of a deal. ``quantity`` is for all units of its line.

    ``group_id`` is ``None`` for a part in no group, such as a pizza's own crust.
    """

    product_id: int
    variant_id: int = 0
    quantity: int = 1
    portion: WirePortion = WirePortion.WHOLE
    group_id: int | None = None
    children: tuple[BundleItemRequest, ...] = ()

    def to_wire(self) -> dict[str, Encodable]:
        """Return the child in its wire form."""
        data: dict[str, Encodable] = {
            "ProductID": self.product_id,
            "VariantProductID": self.variant_id,
            "Quantity": self.quantity,
            "Status": ItemStatus.ADD,
            "Portion": self.portion,
        }
        if self.group_id is not None:
            data["GroupID"] = self.group_id
        if self.children:
            data["ChildItem"] = [child.to_wire() for child in self.children]
        return data


@dataclass(frozen=True, slots=True)
class CartItemRequest:
    """A line for the cart: a product, or a bundle or deal with its children.

    ``price`` is of one unit in the store's currency and informative: the platform prices by itself.
    ``portion`` and ``price`` are sent only if set; the documents print them for bundles and deals.
    """

    product_id: int
    location_id: int
    variant_id: int = 0
    quantity: int = 1
    status: ItemStatus = ItemStatus.ADD
    reference_key: str = NEW_LINE_KEY
    portion: WirePortion | None = None
    price: Decimal | None = None
    children: tuple[CartChildRequest, ...] = ()

    def to_wire(self) -> dict[str, Encodable]:
        """Return this line in its wire form."""
        data: dict[str, Encodable] = {
            "ProductID": self.product_id,
            "VariantProductID": self.variant_id,
            "Quantity": self.quantity,
            "Status": self.status,
            "LocationId": self.location_id,
            "CartReferenceKey": self.reference_key,
        }
        if self.portion is not None:
            data["Portion"] = self.portion
        if self.price is not None:
            data["Price"] = self.price
        if self.children:
            data["ChildItem"] = [child.to_wire() for child in self.children]
        return data


@dataclass(frozen=True, slots=True)
class ShippingRegion:
    """Destination of a cart, in the platform's codes; empty where unknown."""

    city: str = ""
    state: str = ""
    country: str = ""
