"""The menu's values: labels as people say them, variants by id, categories in the menu's order."""

from decimal import Decimal

from console.ordering.catalogue import Catalogue, Category, Option, Product, Variant
from console.ordering.customer import Customer

ONE = Decimal(1)
LARGE = Variant(7, 1, "P-L", (Option("Size", "Large"), Option("Crust", "Pan")), ONE, ONE)


def product(product_id: int, category_id: str, variants: tuple[Variant, ...] | None = None) -> Product:
    return Product(
        product_id, "Pizza", "P", category_id, f"Category {category_id}", ONE, ONE, variants=variants
    )


def test_a_variants_label_is_its_options_values() -> None:
    assert LARGE.label == "Large Pan"


def test_a_variant_is_found_by_its_id_where_variants_are_known() -> None:
    assert product(1, "a", (LARGE,)).variant(7) == LARGE
    assert product(1, "a", (LARGE,)).variant(8) is None
    assert product(1, "a").variant(7) is None


def test_categories_come_in_the_menus_order_with_their_counts() -> None:
    catalogue = Catalogue(1, (product(1, "b"), product(2, "a"), product(3, "b")), 0.0)
    assert catalogue.categories == (Category("b", "Category b", 2), Category("a", "Category a", 1))


def test_a_customer_without_a_name_is_called_by_the_user_name() -> None:
    assert Customer("1", "55512345").name == "55512345"
    assert Customer("1", "tom", "Tom", "Sawyer").name == "Tom Sawyer"
    assert Customer("1", "tom", last_name="Sawyer").name == "Sawyer"
