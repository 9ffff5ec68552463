"""What is put on a bundle and taken off it, change by change: ``+mush:r x -onion``.

Used by the reading of every bundle, alone or in a deal's slot.
"""

from collections.abc import Sequence
from dataclasses import replace

from console.ordering.bundle import STRENGTH, Bundle, option
from console.ordering.draft import Portion
from console.ordering.pizza import ConfigureError, put, take_off, usual
from console.ordering.pizza.base import Components, base_size
from console.ordering.quickline.forms import Forms, value_of
from console.ordering.quickline.grammar import Change, Entry, Mistake, WrongError
from console.ordering.quickline.heads import named_variant
from console.ordering.quickline.menu import topping_forms, topping_items
from console.ordering.quickline.resolving import Found, Lookup, NothingError, find
from console.ordering.quickline.scope import Configured, Scope, first
from console.ordering.quickline.words import Token, squash

PORTIONS = {"left": Portion.LEFT, "right": Portion.RIGHT, "whole": Portion.WHOLE}
"""What may stand behind a colon, or the beginning of it."""
ALL = "*"
"""``-*`` takes off everything that can be taken off."""


def changed(bundle: Bundle, components: Components, entry: Entry, scope: Scope) -> Configured:
    """The bundle after the changes of an entry; one with a mistake is passed over."""
    mistake: Mistake | None = None
    for change in entry.changes:
        end = min((other.start for other in entry.changes if other.start > change.start), default=entry.until)
        try:
            components = _after(bundle, components, change, end, scope)
        except WrongError as wrong:
            mistake = first(mistake, wrong.mistake)
        except ConfigureError as refused:
            mistake = first(mistake, Mistake(change.start, change.end, str(refused)))
    return Configured(components, mistake)


def _after(bundle: Bundle, components: Components, change: Change, until: int, scope: Scope) -> Components:
    if not change.adds and [token.text for token in change.words] == [ALL] and change.portion is None:
        bases = {bundle.base.product_id} if bundle.base else set[int]()
        return tuple(component for component in components if component.product_id in bases)
    items = topping_items(bundle)
    size = base_size(bundle, components)
    on_it = {component.product_id for component in components}
    there = sum(1 << place for place, item in enumerate(items) if item.product_id in on_it)

    def forms(place: int) -> Forms:
        return topping_forms(items[place], size)

    def price(place: int) -> str:
        form = usual(items[place], size)
        return scope.text(form.price if form else items[place].price)

    lookup = Lookup(scope.menu.toppings(bundle), forms, price, counts=False)
    watched = lookup if change.adds else replace(lookup, within=there)
    border = change.portion.start - 1 if change.portion else until
    scope.watch.words(change.start + 1, border, change.words, watched)
    portion = _portion(change, scope)
    if not change.words:
        raise WrongError(change.start, change.end, f"Say what to {'put on' if change.adds else 'take off'}.")
    found = _put_on(change, lookup) if change.adds else _taken_off(change, lookup, there)
    item = items[found.place]
    strength = _strength(change, found)
    if not change.adds:
        if strength:
            raise WrongError(change.start, change.end, "What is taken off has no strength.")
        return take_off(bundle, components, item.product_id, portion)
    named = item.variant(named_variant(change.words))
    strength = option(named, STRENGTH) if named else strength
    return put(bundle, components, item.product_id, portion or Portion.WHOLE, strength)


def _put_on(change: Change, lookup: Lookup) -> Found:
    try:
        return find(change.words, lookup)
    except NothingError:
        half = _meant_half(change.words, lookup)
        if half is None:
            raise
        token = change.words[-1]
        sentence = f"For the {half} half write a colon, for light write lt."
        raise WrongError(token.start, token.end, sentence, (f":{half[0]}", "lt")) from None


def _taken_off(change: Change, lookup: Lookup, there: int) -> Found:
    try:
        return find(change.words, replace(lookup, within=there))
    except NothingError:
        # What is not on it is better named than called unknown.
        named = lookup.index.named[find(change.words, lookup).place]
        on_it = tuple(lookup.index.named[place].title for place in lookup.index.of(there))
        start, end = change.words[0].start, change.words[-1].end
        raise WrongError(start, end, f"{named.title} is not on it.", on_it) from None


def _strength(change: Change, found: Found) -> str:
    """The strength asked for, empty where none is."""
    strengths = value_of(found.asked, STRENGTH)
    if len(strengths) > 1:
        choices = tuple(one.value for one in strengths)
        start, end = change.words[0].start, change.words[-1].end
        raise WrongError(start, end, f"Say which: {', '.join(choices)}.", choices)
    return strengths[0].value if strengths else ""


def _meant_half(words: Sequence[Token], lookup: Lookup) -> str | None:
    """Which half the last word names, where what is before it is a topping: ``+olives l``."""
    half = {"l": "left", "r": "right"}.get(squash(words[-1].text))
    if half is None or len(words) < 2:
        return None
    try:
        find(words[:-1], lookup)
    except WrongError:
        return None
    return half


def _portion(change: Change, scope: Scope) -> Portion | None:
    token = change.portion
    if token is None:
        return None
    scope.watch.portion(token)
    typed = squash(token.text)
    named = [portion for name, portion in PORTIONS.items() if typed and name.startswith(typed)]
    if not named:
        choices = tuple(PORTIONS)
        raise WrongError(token.start - 1, token.end, "Behind a colon stand left, right or whole.", choices)
    return named[0]
