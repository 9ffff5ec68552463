"""Properties of variants: the names that mean size, crust and strength in a platform's language."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from console.ordering.catalogue import Option, Variant

SIZE = "Size"
CRUST = "Crust"
STRENGTH = "Strength"
"""The properties of a bundle's parts, by their documented names: the only ones inside the console."""

MIN_SHARED = 2
"""Parts that must share a property before it is taken for the strength of toppings."""


@dataclass(frozen=True, slots=True)
class PartProperties:
    """The property names of one part of a bundle; ``is_base`` where the platform says that it is the base."""

    names: tuple[str, ...]
    is_base: bool = False


class PropertyNames:
    """The names of one platform, in its language: those of its profile, and those learnt from its bundles."""

    def __init__(
        self, sizes: Iterable[str] = (), crusts: Iterable[str] = (), strengths: Iterable[str] = ()
    ) -> None:
        self._known: dict[str, str] = {}
        for role, names in ((SIZE, sizes), (CRUST, crusts), (STRENGTH, strengths)):
            self._known[role.casefold()] = role
            self._known.update({_fold(name): role for name in names if name.strip()})

    def internal_name(self, name: str, inferred: Mapping[str, str] | None = None) -> str:
        """Return ``Size``, ``Crust`` or ``Strength`` for a name that means it; any other name as it is."""
        folded = _fold(name)
        return self._known.get(folded) or (inferred or {}).get(folded) or name

    def is_crust(self, name: str, inferred: Mapping[str, str] | None = None) -> bool:
        """Return True if a name means the crust: the part that has one is the base of its bundle."""
        return self.internal_name(name, inferred) == CRUST

    def renamed(self, variant: Variant) -> Variant:
        """Return a variant whose size, crust and strength have their documented names."""
        options = tuple(map(self._renamed_option, variant.options))
        return variant if options == variant.options else replace(variant, options=options)

    def remember(self, variants: Iterable[Variant]) -> None:
        """Learn from variants that were renamed in an earlier session."""
        for option in (option for variant in variants for option in variant.options):
            if option.printed_name and option.name in (SIZE, CRUST, STRENGTH):
                self._known.setdefault(_fold(option.printed_name), option.name)

    def _renamed_option(self, option: Option) -> Option:
        printed = option.printed_name or option.name
        name = self.internal_name(printed)
        return option if name == option.name else Option(name, option.value, printed)

    def learn(self, parts: Sequence[PartProperties]) -> None:
        """Remember what the parts of a bundle on the menu say; a name that is known keeps its meaning."""
        for name, role in self.infer(parts).items():
            self._known.setdefault(name, role)

    def infer(self, parts: Sequence[PartProperties]) -> dict[str, str]:
        """Return the meaning of unknown names by the shape of one bundle.

        Its base and its toppings share the size; the base alone has the crust, the toppings the strength.
        Without a flagged base, several toppings must share a strength: a meal is not taken for a pizza.
        """
        named = [({_fold(name): None for name in part.names}, part.is_base) for part in parts if part.names]
        counts = Counter(name for names, _ in named for name in names)
        size = self._shared_size(named, counts)
        if not size:
            return {}
        base = self._base(named, counts, size)
        if base is None:
            return {}
        found = {size: SIZE}
        for names, _ in named:
            role = CRUST if names is base else STRENGTH
            others = [name for name in names if name != size]
            if len(others) == 1:
                found.setdefault(others[0], role)
        return {name: role for name, role in found.items() if name not in self._known}

    def _shared_size(self, named: "_Named", counts: Counter[str]) -> str:
        """Return the name that every part has, empty if there is none or another is known to be the size."""
        known = next((name for name in counts if self._known.get(name) == SIZE), "")
        if known:
            return known
        shared = [name for name, count in counts.items() if count == len(named) > 1]
        unknown = [name for name in shared if name not in self._known]
        return unknown[0] if len(unknown) == 1 else ""

    def _base(self, named: "_Named", counts: Counter[str], size: str) -> dict[str, None] | None:
        flagged = [names for names, is_base in named if is_base]
        flagged += [names for names, _ in named if any(self._known.get(name) == CRUST for name in names)]
        if flagged:
            return flagged[0]
        strengths = [name for name, count in counts.items() if name != size and count >= MIN_SHARED]
        own = [names for names, _ in named if any(counts[name] == 1 and name != size for name in names)]
        return own[0] if len(strengths) == 1 and len(own) == 1 else None


_Named = list[tuple[dict[str, None], bool]]


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
