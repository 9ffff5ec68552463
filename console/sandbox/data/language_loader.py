"""Reading of the languages of the menu besides English."""

from functools import lru_cache
from importlib import resources

from console.sandbox.data.data_loader import TomlTable, load_data_file
from console.sandbox.menu.language import ENGLISH, Language


@lru_cache(maxsize=64)
def language_of(code: str) -> Language:
    """Return the language of a code such as ``tr`` or ``tr-TR``; English for one without data."""
    main = code.partition("-")[0].strip().lower()
    name = f"language_{main}.toml"
    is_name = main.isascii() and main.isalpha()
    if not (is_name and resources.files("console.sandbox").joinpath("data", name).is_file()):
        return ENGLISH
    table = load_data_file(name)
    return Language({kind: _texts(table.table(kind)) for kind in ENGLISH.texts})


def _texts(table: TomlTable) -> dict[str, str]:
    return {english: table.text(english) for english in table.keys}
