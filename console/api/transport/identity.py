"""Comparison of ids in a response with those asked for: the platform may leave an id out, or mask its end."""

import re

_MASK = re.compile(r"[x*]{3,}")
"""The documents print ids such as ``132d3c1d-7d71-4b87-9a69-a4d216d63xxx``, not always at full length."""
_NOBODY = "00000000-0000-0000-0000-000000000000"


def ids_conflict(one: str, other: str) -> bool:
    """Return True if both are certainly not the same id; an absent one conflicts with none."""
    (first, first_is_whole), (second, second_is_whole) = _known_part(one), _known_part(other)
    if not first or not second:
        return False
    if first_is_whole and second_is_whole:
        return first != second
    shortest = min(len(first), len(second))
    return first[:shortest] != second[:shortest]


def ids_agree(one: str, other: str) -> bool:
    """Return True if both are certainly the same id: neither absent nor masked."""
    (first, first_is_whole), (second, second_is_whole) = _known_part(one), _known_part(other)
    return bool(first) and first_is_whole and second_is_whole and first == second


def _known_part(text: str) -> tuple[str, bool]:
    """The id up to its mask, and True if it has none; empty for no id and for nobody's."""
    folded = text.strip().casefold()
    if folded == _NOBODY:
        return "", True
    mask = _MASK.search(folded)
    return (folded, True) if mask is None else (folded[: mask.start()], False)
