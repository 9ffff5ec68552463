"""The forms that something comes in, as words may ask for them: sizes, crusts, strengths, other options.

Made from variants by the menu and the reading; narrowed word by word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.ordering.bundle import CRUST, SIZE
from console.ordering.menu import Variant
from console.ordering.quickline.names import Attribute, attribute
from console.ordering.quickline.words import Token

Asked = Mapping[str, tuple[Attribute, ...]]
"""What was asked for: for each option, by its name, the values it may have."""

_FIRST = (SIZE.casefold(), CRUST.casefold())


@dataclass(frozen=True, slots=True)
class Forms:
    """The values of each option, sizes first, and which of them go together; ``None``: any."""

    options: tuple[tuple[str, tuple[Attribute, ...]], ...] = ()
    together: tuple[frozenset[Attribute], ...] | None = None

    def narrow(self, tokens: Sequence[Token]) -> Asked | None:
        """What the tokens ask for together, sizes tried first; ``None`` where it is not to be had."""
        return self._narrow(tokens, {})

    def _narrow(self, tokens: Sequence[Token], asked: Asked) -> Asked | None:
        if not tokens:
            return asked if self._is_had(asked) else None
        for name, values in self.options:
            if kept := _best(tokens[0], asked.get(name, values)):
                found = self._narrow(tokens[1:], {**asked, name: kept})
                if found is not None:
                    return found
        return None

    def _is_had(self, asked: Asked) -> bool:
        if self.together is None:
            return True
        return any(all(one & set(values) for values in asked.values()) for one in self.together)


def attributes_of(variants: Iterable[Variant]) -> tuple[Attribute, ...]:
    """Every value of every option of these variants, in their order."""
    found = {attribute(o.name, o.value): None for variant in variants for o in variant.options if o.value}
    return tuple(found)


def forms_of(variants: Sequence[Variant]) -> Forms:
    """The forms of something with these variants."""
    return Forms(
        _by_option(attributes_of(variants)),
        tuple(frozenset(attribute(o.name, o.value) for o in v.options if o.value) for v in variants),
    )


def free_forms(attributes: Iterable[Attribute]) -> Forms:
    """Forms in which every value goes with every other: what is in a deal decides later."""
    return Forms(_by_option(attributes))


def fitting(variants: Iterable[Variant], asked: Asked) -> tuple[Variant, ...]:
    """The variants that have what was asked for."""
    return tuple(
        variant
        for variant in variants
        if all(
            any(attribute(o.name, o.value) in values for o in variant.options) for values in asked.values()
        )
    )


def value_of(asked: Asked, name: str) -> tuple[Attribute, ...]:
    """The values asked for of an option, whatever the case of its name; empty where it was not asked for."""
    return next((values for option, values in asked.items() if option.casefold() == name.casefold()), ())


def _by_option(attributes: Iterable[Attribute]) -> tuple[tuple[str, tuple[Attribute, ...]], ...]:
    found: dict[str, list[Attribute]] = {}
    for one in attributes:
        found.setdefault(one.name, []).append(one)
    return tuple(
        sorted(((name, tuple(values)) for name, values in found.items()), key=lambda o: _order(o[0]))
    )


def _order(name: str) -> int:
    folded = name.casefold()
    return _FIRST.index(folded) if folded in _FIRST else len(_FIRST)


def _best(token: Token, values: tuple[Attribute, ...]) -> tuple[Attribute, ...]:
    """The values that the token names best."""
    levels = [(level, value) for value in values if (level := value.level(token)) is not None]
    best = min((level for level, _ in levels), default=0)
    return tuple(value for level, value in levels if level == best)
