"""Names as they are compared: without case, accents and letters that are not seen."""

from unicodedata import category, combining, normalize


def compared_name(text: str) -> str:
    """Return the form in which names are compared: ``José  Al-Ajmi`` becomes ``jose al-ajmi``."""
    letters = normalize("NFKD", text.casefold())
    seen = (one for one in letters if not combining(one) and category(one) != "Cf")
    return " ".join("".join(seen).split())
