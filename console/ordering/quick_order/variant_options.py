"""Options of products as words ask for them: sizes, crusts, strengths and others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.ordering.catalogue import Variant
from console.ordering.configuration.bundle import CRUST, SIZE
from console.ordering.quick_order.lexer import Token
from console.ordering.quick_order.name_index import OptionTerm, option_term

RequestedOptions = Mapping[str, tuple[OptionTerm, ...]]
"""The values that were requested for each option, by its name."""

_OPTION_ORDER = (SIZE.casefold(), CRUST.casefold())


@dataclass(frozen=True, slots=True)
class VariantOptions:
    """The values of each option, sizes first, and their combinations; ``None``: any."""

    options: tuple[tuple[str, tuple[OptionTerm, ...]], ...] = ()
    combinations: tuple[frozenset[OptionTerm], ...] | None = None

    def narrow(self, tokens: Sequence[Token]) -> RequestedOptions | None:
        """The options that the tokens request, sizes tried first; ``None`` if not available."""
        return self._narrow(tokens, {})

    def _narrow(self, tokens: Sequence[Token], requested: RequestedOptions) -> RequestedOptions | None:
        if not tokens:
            return requested if self._is_available(requested) else None
        for name, values in self.options:
            if best := _best_matches(tokens[0], requested.get(name, values)):
                found = self._narrow(tokens[1:], {**requested, name: best})
                if found is not None:
                    return found
        return None

    def _is_available(self, requested: RequestedOptions) -> bool:
        if self.combinations is None:
            return True
        return any(all(one & set(values) for values in requested.values()) for one in self.combinations)


def option_terms_of(variants: Iterable[Variant]) -> tuple[OptionTerm, ...]:
    """Every value of every option of the variants, in their order."""
    found = {option_term(o.name, o.value): None for variant in variants for o in variant.options if o.value}
    return tuple(found)


def variant_options_of(variants: Sequence[Variant]) -> VariantOptions:
    """The options of a product with these variants."""
    return VariantOptions(
        _by_option(option_terms_of(variants)),
        tuple(frozenset(option_term(o.name, o.value) for o in v.options if o.value) for v in variants),
    )


def free_variant_options(option_terms: Iterable[OptionTerm]) -> VariantOptions:
    """Options whose values can be combined freely: the content of a deal decides later."""
    return VariantOptions(_by_option(option_terms))


def matching_variants(variants: Iterable[Variant], requested: RequestedOptions) -> tuple[Variant, ...]:
    """The variants that have all requested options."""
    return tuple(
        variant
        for variant in variants
        if all(
            any(option_term(o.name, o.value) in values for o in variant.options)
            for values in requested.values()
        )
    )


def requested_values(requested: RequestedOptions, name: str) -> tuple[OptionTerm, ...]:
    """The values requested for an option, case-insensitive; empty if there are none."""
    return next((values for option, values in requested.items() if option.casefold() == name.casefold()), ())


def _by_option(option_terms: Iterable[OptionTerm]) -> tuple[tuple[str, tuple[OptionTerm, ...]], ...]:
    found: dict[str, list[OptionTerm]] = {}
    for one in option_terms:
        found.setdefault(one.name, []).append(one)
    return tuple(
        sorted(((name, tuple(values)) for name, values in found.items()), key=lambda o: _option_order(o[0]))
    )


def _option_order(name: str) -> int:
    folded = name.casefold()
    return _OPTION_ORDER.index(folded) if folded in _OPTION_ORDER else len(_OPTION_ORDER)


def _best_matches(token: Token, values: tuple[OptionTerm, ...]) -> tuple[OptionTerm, ...]:
    """The values that the token matches best."""
    levels = [(level, value) for value in values if (level := value.match_level(token)) is not None]
    best = min((level for level, _ in levels), default=0)
    return tuple(value for level, value in levels if level == best)
