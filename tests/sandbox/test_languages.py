"""The menu in the language that a request asks for; any other language is English."""

import pytest

from console.sandbox.data.language_loader import language_of
from console.sandbox.data.menu_loader import load_menu
from console.sandbox.menu.language import ENGLISH


@pytest.mark.parametrize("code", ["", "en", "xx", "../tr", "tr/..", "TRTR", "t r", "тр", "-"])
def test_unknown_language_is_english(code: str) -> None:
    assert language_of(code) is ENGLISH


@pytest.mark.parametrize("code", ["tr", "TR", "tr-TR"])
def test_turkish_has_every_kind_of_text(code: str) -> None:
    language = language_of(code)
    assert language is not ENGLISH
    assert all(language.texts.values())


def test_translated_texts_are_those_of_the_menu() -> None:
    menu, texts = load_menu(), language_of("tr").texts
    titles = {product.title for product in menu.products.values()}
    options = {pair for p in menu.products.values() for v in p.variants for pair in v.options}
    assert texts["products"].keys() <= titles
    assert texts["properties"].keys() == {name for name, _ in options}
    assert texts["values"].keys() <= {value for _, value in options}
    assert texts["categories"].keys() <= {category.name for category in menu.categories.values()}


def test_reply_is_translated_by_the_kind_of_its_keys() -> None:
    turkish = language_of("tr")
    assert turkish.translate([{"ProductTitle": "Beef"}, None, 7]) == [{"ProductTitle": "Dana Dilim"}, None, 7]
    reply = {"CategoryName": "Beef", "Comment": "Beef", "SlotPrices": {"Medium": 1.5}}
    expected = {"CategoryName": "Dana Etli", "Comment": "Beef", "SlotPrices": {"Orta Boy": 1.5}}
    assert turkish.translate(dict(reply)) == expected
