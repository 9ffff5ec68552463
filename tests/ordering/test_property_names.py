"""Size, crust and strength by any name: from the profile, from a bundle's shape, never from a guess."""

import pytest

from console.ordering.catalogue import Option, Variant
from console.ordering.money import ZERO
from console.ordering.property_names import CRUST, SIZE, STRENGTH, PartProperties, PropertyNames

BASE = PartProperties(("Kenar", "Boy"))
TOPPING = PartProperties(("Güç", "Boy"))
SAUCE = PartProperties(("Boy",))
ROLES = {"boy": SIZE, "kenar": CRUST, "güç": STRENGTH}


@pytest.mark.parametrize(
    "parts",
    [
        [BASE, TOPPING, TOPPING],
        [TOPPING, SAUCE, TOPPING, BASE],
        [PartProperties(("Kenar", "Boy"), is_base=True), TOPPING],
        [BASE, TOPPING, TOPPING, PartProperties(())],
    ],
)
def test_shape_of_a_bundle_tells_what_its_names_mean(parts: list[PartProperties]) -> None:
    assert PropertyNames().infer(parts) == ROLES


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [BASE],
        [BASE, TOPPING],
        [PartProperties(("Boy", "Pişirme")), SAUCE, PartProperties(("Boy", "Buz"))],
        [PartProperties(("Boy", "Pişirme")), PartProperties(("Adet",)), SAUCE],
    ],
)
def test_meal_is_not_taken_for_a_pizza(parts: list[PartProperties]) -> None:
    """What is taken for a crust is not printed as a part."""
    assert PropertyNames().infer(parts) == {}


def test_known_names_keep_their_meaning() -> None:
    names = PropertyNames(sizes=["Boy"], crusts=["Hamur"])
    names.learn([BASE, TOPPING, TOPPING])
    asked = ("size", "BOY ", "Hamur", "Kenar", "Güç", "Renk")
    assert [names.internal_name(name) for name in asked] == [SIZE, SIZE, CRUST, CRUST, STRENGTH, "Renk"]


def test_variants_that_were_renamed_teach_the_next_session() -> None:
    names, later = PropertyNames(sizes=["Boy"]), PropertyNames()
    variant = Variant(1, 2, "", (Option("Boy", "Orta"), Option("Renk", "Mavi")), ZERO, ZERO)
    renamed = names.renamed(variant)
    assert renamed.options == (Option(SIZE, "Orta", "Boy"), Option("Renk", "Mavi"))
    later.remember([renamed])
    assert later.internal_name("boy") == SIZE
    assert names.renamed(renamed) == renamed
