"""A language of the menu, and replies in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.sandbox.responses import Json

_KINDS_BY_KEY = {
    "producttitle": "products",
    "targetname": "products",
    "smallimagealttext": "products",
    "dealtitle": "products",
    "description": "products",
    "categoryname": "categories",
    "variantpropertyname": "properties",
    "propertyname": "properties",
    "variantvalue": "values",
    "value": "values",
    "groupname": "groups",
}
"""The kind of text of each key of a reply, in lower case."""
_PRICES_BY_SIZE = "SlotPrices"


@dataclass(frozen=True, slots=True)
class Language:
    """The translations of one language, by kind of text, then by the English text."""

    texts: Mapping[str, Mapping[str, str]]

    def text(self, kind: str, english: str) -> str:
        """Return a text of the menu in this language, in English if it has none."""
        return self.texts[kind].get(english, english)

    def translate(self, value: Json, key: str = "") -> Json:
        """Return a reply, or the value of one of its keys, with the menu's texts in this language."""
        if isinstance(value, str):
            kind = _KINDS_BY_KEY.get(key.casefold())
            return self.text(kind, value) if kind else value
        if isinstance(value, list):
            return [self.translate(entry, key) for entry in value]
        if isinstance(value, dict):
            is_by_size = key == _PRICES_BY_SIZE
            return {
                self.text("values", name) if is_by_size else name: self.translate(entry, name)
                for name, entry in value.items()
            }
        return value


ENGLISH = Language({kind: {} for kind in ("products", "categories", "properties", "values", "groups")})
