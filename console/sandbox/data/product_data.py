"""Product data besides the menu: tags, tier prices, offers, attributes, reviews."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from console.sandbox.data.data_loader import DataError, TomlTable, load_data_file
from console.sandbox.data.menu_loader import load_menu


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with a description; ``products`` have it at every location from the start."""

    name: str
    description: str
    products: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TierDefinition:
    """The price of one unit from a quantity on; for some customer groups, or for everybody."""

    product_id: int
    quantity: int
    price: Decimal
    groups: frozenset[int]


@dataclass(frozen=True, slots=True)
class CategoryAttribute:
    """An attribute of a category's products. ``values`` are the products' own, by product id."""

    attribute_id: str
    category_id: str
    name: str
    code: str
    group: str
    data_type: str
    values: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class SeedReview:
    """A review in a new store. ``customer`` is a user name."""

    product_id: int
    customer: str
    title: str
    message: str
    rating: int


@dataclass(frozen=True, slots=True)
class ProductData:
    """The contents of the file. ``tags`` are by case-folded name, including the menu's tag words."""

    tags: Mapping[str, Tag]
    tiers: tuple[TierDefinition, ...]
    offers: Mapping[int, str]
    attributes: tuple[CategoryAttribute, ...]
    reviews: tuple[SeedReview, ...]

    def attributes_of(self, category_id: str) -> tuple[CategoryAttribute, ...]:
        """The attributes of a category's products."""
        return tuple(attribute for attribute in self.attributes if attribute.category_id == category_id)


@cache
def load_product_data() -> ProductData:
    """Load the product data of the data file.

    Raises:
        DataError: the file is not TOML, lacks a key, or names a product or category that is not there.
    """
    table = load_data_file("catalogue.toml")
    data = ProductData(
        tags=_tags(table),
        tiers=tuple(_tier(row) for row in table.tables("tier")),
        offers={row.integer("product"): row.text("text") for row in table.tables("offer")},
        attributes=tuple(_attribute(row) for row in table.tables("attribute")),
        reviews=tuple(_review(row) for row in table.tables("review")),
    )
    _check(data)
    return data


def _check(data: ProductData) -> None:
    menu = load_menu()
    product_ids = {
        *(tier.product_id for tier in data.tiers),
        *(review.product_id for review in data.reviews),
        *data.offers,
        *(product_id for tag in data.tags.values() for product_id in tag.products),
        *(product_id for attribute in data.attributes for product_id in attribute.values),
    }
    if not product_ids <= menu.products.keys():
        raise DataError(f"catalogue.toml: no products {sorted(product_ids - menu.products.keys())}")
    if not {attribute.category_id for attribute in data.attributes} <= menu.categories.keys():
        raise DataError("catalogue.toml: an attribute is of no category of the menu")


def _tags(table: TomlTable) -> dict[str, Tag]:
    described = [_tag(row) for row in table.tables("tag")]
    words: dict[str, list[int]] = {}
    for product in load_menu().products.values():
        for word in product.tags:
            words.setdefault(word, []).append(product.product_id)
    plain = [Tag(word, "", tuple(products)) for word, products in words.items()]
    return {tag.name.casefold(): tag for tag in (*plain, *described)}


def _tag(row: TomlTable) -> Tag:
    return Tag(row.text("name"), row.text("description", ""), row.integers("products", ()))


def _tier(row: TomlTable) -> TierDefinition:
    groups = frozenset(row.integers("groups", ()))
    return TierDefinition(row.integer("product"), row.integer("quantity"), row.amount("price"), groups)


def _attribute(row: TomlTable) -> CategoryAttribute:
    values = row.table("values")
    return CategoryAttribute(
        attribute_id=row.text("id"),
        category_id=row.text("category"),
        name=row.text("name"),
        code=row.text("code"),
        group=row.text("group", ""),
        data_type=row.text("type", "String"),
        values={int(product_id): values.text(product_id) for product_id in values.keys},
    )


def _review(row: TomlTable) -> SeedReview:
    return SeedReview(
        row.integer("product"),
        row.text("customer"),
        row.text("title"),
        row.text("message"),
        row.integer("rating"),
    )
