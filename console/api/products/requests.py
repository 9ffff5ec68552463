"""Requests that change products: values with their documented wire form.

A number that the documents print in quotes is sent in quotes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from console.api.transport.encoding import Encodable


@dataclass(frozen=True, slots=True)
class StockAndPrice:
    """A product's stock and price at one location, by the location's reference code.

    ``None`` leaves a value unchanged. ``dissociate`` takes the product off the location instead of
    setting its stock. Prices are in the store's currency, for one unit from ``quantity`` units on.
    """

    sku: str
    location_code: str
    variant_sku: str = ""
    stock: int | None = None
    dissociate: bool = False
    quantity: int | None = None
    mrp: Decimal | None = None
    web_price: Decimal | None = None
    token_price: Decimal | None = None
    """Price of a reservation."""

    def to_wire(self) -> Mapping[str, Encodable]:
        """Return the product's fields in the request."""
        numbers = {
            "stock": "NA" if self.dissociate else self.stock,
            "locationrefcode": self.location_code,
            "Quantity": self.quantity,
            "MRP": self.mrp,
            "WebPrice": self.web_price,
            "TokenPrice": self.token_price,
        }
        return {"sku": self.sku, "variantsku": self.variant_sku, **_as_text(numbers)}


@dataclass(frozen=True, slots=True)
class ProductUpdate:
    """New information of a product. ``None`` leaves a field unchanged.

    ``product_type`` is P (normal), A (add-on) or B (bundle or deal). Prices are in the store's currency; a
    web price may not be above the MRP. ``extra_fields`` are by documented name.
    """

    category_id: str
    sku: str
    brand_id: str
    title: str
    product_type: str = "P"
    inventory: int | None = None
    mrp: Decimal | None = None
    web_price: Decimal | None = None
    is_available: bool | None = None
    barcode: str | None = None
    short_description: str | None = None
    description: str | None = None
    is_shipped: bool | None = None
    is_picked_up: bool | None = None
    unit: str | None = None
    extra_fields: Mapping[str, str] = field(default_factory=dict[str, str])

    def to_wire(self) -> Mapping[str, Encodable]:
        """Return the product's fields in the request."""
        return {
            "CategoryReference": self.category_id,
            "sku": self.sku,
            "variantsku": "",
            **_information(self),
        }


@dataclass(frozen=True, slots=True)
class VariantUpdate(ProductUpdate):
    """New information of a variant: ``sku`` is the product's, ``variant_sku`` its own.

    ``options`` are the properties that distinguish the variant, with their values: Size is Large.
    """

    variant_sku: str = ""
    options: tuple[tuple[str, str], ...] = ()

    def to_wire(self) -> Mapping[str, Encodable]:
        """Return the variant's fields in the request."""
        fields: dict[str, Encodable] = {
            "CategoryReference": self.category_id,
            "sku": self.sku,
            "variantsku": self.variant_sku,
            **_information(self),
        }
        for number, (name, value) in enumerate(self.options, start=1):
            fields |= {f"VariantProperty{number}": name, f"Value{number}": value}
        return fields


def _information(update: ProductUpdate) -> Mapping[str, Encodable]:
    fields = {
        "BrandID": update.brand_id,
        "ProductTitle": update.title,
        "Inventory": update.inventory,
        "MRP": update.mrp,
        "Webprice": update.web_price,
        "Availability": _yes_no(update.is_available),
        "ProductType": update.product_type,
        "ShortDescription": update.short_description,
        "ProductDescription": update.description,
        "DeliveryOptionShip": _yes_no(update.is_shipped),
        "DeliveryOptionInStorePickup": _yes_no(update.is_picked_up),
        "UOM": update.unit,
        "BarCode": update.barcode,
    }
    return {**_as_text(fields), **update.extra_fields}


@dataclass(frozen=True, slots=True)
class ProductImage:
    """A picture of a product, by file names. ``viewport`` is Front, Back, Left, Right or Bottom."""

    file_name: str
    sequence: int = 1
    zoom: str = ""
    small_image: str = ""
    thumbnail: str = ""
    alt_text: str = ""
    viewport: str = "Front"
    deep_zoom: str = ""
    variant_property: str = ""
    variant_value: str = ""

    def to_wire(self) -> Mapping[str, Encodable]:
        """Return the picture in the request; of a property's value if it names one."""
        option = {"variantproperty": self.variant_property, "variantvalue": self.variant_value}
        return {
            **(option if self.variant_property else {}),
            "filename": self.file_name,
            "sequence": self.sequence,
            "deepzoom": self.deep_zoom,
            "zoom": self.zoom,
            "smallimage": self.small_image,
            "thumbnail": self.thumbnail,
            "alttext": self.alt_text,
            "viewport": self.viewport,
        }


@dataclass(frozen=True, slots=True)
class Swatch:
    """A sample of a variant's colour or pattern."""

    variant_property: str
    variant_value: str
    file_name: str

    def to_wire(self) -> Mapping[str, Encodable]:
        """Return the swatch in the request."""
        return {
            "variantproperty": self.variant_property,
            "variantvalue": self.variant_value,
            "filename": self.file_name,
        }


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document, a film or a panorama; the list that contains it says which.

    ``kind`` is a document's purpose (Specifications, Menu ...), a film's source (YouTube ...) or
    ``local_flash`` for a panorama.
    """

    kind: str
    file_name: str
    seo: str = ""
    sequence: int = 1

    def to_wire(self) -> Mapping[str, Encodable]:
        """Return the attachment in the request."""
        return {
            "type": self.kind,
            "seoinfo": self.seo,
            "filename": self.file_name,
            "sequence": self.sequence,
        }


@dataclass(frozen=True, slots=True)
class MediaSet:
    """All media to attach to a product, or to a variant of one."""

    images: tuple[ProductImage, ...] = ()
    swatches: tuple[Swatch, ...] = ()
    documents: tuple[Attachment, ...] = ()
    videos: tuple[Attachment, ...] = ()
    views: tuple[Attachment, ...] = ()

    def to_wire(self) -> Mapping[str, Encodable]:
        """Return the lists that are not empty."""
        lists = {
            "images": self.images,
            "swatchimages": self.swatches,
            "documents": self.documents,
            "videos": self.videos,
            "view360": self.views,
        }
        return {name: [one.to_wire() for one in some] for name, some in lists.items() if some}


@dataclass(frozen=True, slots=True)
class ProductMedia:
    """Media to attach to one product; ``variants`` are SKUs of its variants, each with its own media."""

    sku: str
    media: MediaSet = field(default_factory=MediaSet)
    variants: tuple[tuple[str, MediaSet], ...] = ()

    def to_wire(self) -> Mapping[str, Encodable]:
        """Return the product in the request."""
        variants = [{"variantsku": sku, **media.to_wire()} for sku, media in self.variants]
        own: dict[str, Encodable] = {"variants": variants} if variants else {}
        return {"sku": self.sku, **own, **self.media.to_wire()}


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "NY"[value]


def _as_text(fields: Mapping[str, str | int | Decimal | None]) -> Mapping[str, Encodable]:
    """Return the fields that are set, each as text."""
    return {
        name: format(value, "f") if isinstance(value, Decimal) else str(value)
        for name, value in fields.items()
        if value is not None
    }
