"""Names as they are compared: without case, accents and letters that are not seen."""

from unicodedata import category, combining, normalize

_TYPED_FOR = str.maketrans({
    # Latin letters that are no letter with an accent, and that most keyboards lack.
    "ı": "i", "İ": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
    "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ə": "e", "Ə": "E", "ß": "ss", "ẞ": "SS", "þ": "th", "Þ": "Th",
    "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe",
    # Arabic letters that are written for each other, and the stretch that is none.
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "",
})  # fmt: skip


def typed_alike(text: str) -> str:
    """Replace the letters for which many people type another one: ``Sarımsaklı`` becomes ``Sarimsakli``."""
    return text if text.isascii() else normalize("NFC", text).translate(_TYPED_FOR)


def compared_name(text: str) -> str:
    """Return the form in which names are compared: ``José  Al-Ajmi`` becomes ``jose al-ajmi``."""
    letters = normalize("NFKD", typed_alike(text).casefold())
    seen = (one for one in letters if not combining(one) and category(one) != "Cf")
    return " ".join("".join(seen).split())
