"""Attribution: explains what changed between two reads of a cart by what this order sent.

Each step explains some more of the change and returns a new value; whatever no step explains was put there,
or taken out, by another session. In the examples, A and B are configurations and "+2 A" is a gain of two.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from console.sync.cart.observed_cart import Configuration

Counts = Mapping[Configuration, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """The change still to be explained, and what the order owns and has pending by the steps so far.

    ``gained`` is negative for what shrank. ``pending_adds`` are in the order they were sent.
    """

    gained: Counts
    owned: Counts
    pending_adds: Counts
    pending_removals: Counts
    substitutions: Mapping[Configuration, Configuration]

    def with_deals(self, deals: Iterable[tuple[int, int]]) -> "Attribution":
        """Move ownership into deals that the platform says it made: (single product, deal product).

        Example: we own 2 A, the cart shows -2 A, +2 D, and the platform made deal D of A. Then we own 2 D,
        and an order for A is D in the cart from now on.
        """
        result = self
        for single, deal in deals:
            shrunk = [
                c
                for c, owned in result.owned.items()
                if c.product_id == single and owned > 0 and result.gained.get(c, 0) < 0
            ]
            for old in shrunk:
                grown = [c for c, gained in result.gained.items() if c.product_id == deal and gained > 0]
                for new in grown:
                    result = result._converted(old, new)
        return result

    def with_exact_adds(self) -> "Attribution":
        """Attribute gains to adds of the very same configuration, the latest add first.

        Example: 2 A are pending and the cart shows +3 A. Then we own 2 A, nothing is pending, and +1 A is
        still to be explained. Before any substitution: what is there as it was sent is no replacement, and
        the platform has stopped replacing it. Without that it would be removed and added again for ever.
        """
        result = self
        for requested in self._latest_first():
            explained = result._explained(requested, requested)
            if explained.pending_adds[requested] < result.pending_adds[requested]:
                kept = {r: target for r, target in explained.substitutions.items() if r != requested}
                explained = replace(explained, substitutions=kept)
            result = explained
        return result

    def with_substituted_adds(self) -> "Attribution":
        """Attribute gains to pending adds that the platform may have stored as something else.

        For each add, the latest first: its known substitution, then any configuration of its product; and
        for the latest add only, any other product.
        """
        latest = next(self._latest_first(), None)
        result = self
        for requested in self._latest_first():
            result = result._with_known_substitution(requested)._with_same_product(requested)
            if requested == latest:
                result = result._with_any_product(requested)
        return result

    def with_removals(self) -> "Attribution":
        """Attribute losses to pending removals; beyond them, another session took out its own first.

        Example: we own 3 A, 1 removal of A is pending, and the cart shows -2 A. Then we own 2 A and nothing
        is pending. The caller still limits what we own to what the cart holds.
        """
        owned, pending = dict(self.owned), dict(self.pending_removals)
        for configuration, change in self.gained.items():
            removed = min(-change, pending.get(configuration, 0)) if change < 0 else 0
            if removed:
                pending[configuration] -= removed
                owned[configuration] = owned.get(configuration, 0) - removed
        return replace(self, owned=owned, pending_removals=pending)

    def _with_known_substitution(self, requested: Configuration) -> "Attribution":
        """Explain an add by what the platform made of this configuration before.

        Example: A is known to be stored as B, 1 A is pending and the cart shows +1 B. Then we own 1 B.
        """
        return self._explained(requested, self.substitutions.get(requested, requested))

    def _with_same_product(self, requested: Configuration) -> "Attribution":
        """Explain an add by another configuration of its product, such as a bundle with its children.

        Example: a plain bundle A is pending and the cart shows +1 A with parts. Then that is what A is
        stored as.
        """
        same = sorted(c for c in self.gained if c.product_id == requested.product_id)
        return self._substituted(requested, same)

    def _with_any_product(self, requested: Configuration) -> "Attribution":
        """Explain the latest add by another product that the platform put in its place.

        Example: 1 A is the latest add and the cart shows +1 B. Then A is stored as B. Earlier adds are not
        explained so: B could be the latest one's.
        """
        others = sorted(c for c in self.gained if c.product_id != requested.product_id)
        return self._substituted(requested, others)

    def _substituted(self, requested: Configuration, targets: Iterable[Configuration]) -> "Attribution":
        result = self
        for target in targets:
            if result.pending_adds.get(requested, 0) > 0 and result.gained.get(target, 0) > 0:
                substitutions = {**result.substitutions, requested: target}
                result = replace(result, substitutions=substitutions)._explained(requested, target)
        return result

    def _explained(self, requested: Configuration, target: Configuration) -> "Attribution":
        """Explain as much of the gain of ``target`` as is pending of ``requested``."""
        quantity = min(self.pending_adds.get(requested, 0), max(self.gained.get(target, 0), 0))
        return replace(
            self,
            gained=_plus(self.gained, target, -quantity),
            owned=_plus(self.owned, target, quantity),
            pending_adds=_plus(self.pending_adds, requested, -quantity),
        )

    def _converted(self, old: Configuration, new: Configuration) -> "Attribution":
        """Move as much from ``old`` to ``new`` as we owned, as shrank, and as appeared."""
        moved = min(self.owned[old], -self.gained[old], self.gained[new])
        if moved <= 0:
            return self
        requested = next((r for r, target in self.substitutions.items() if target == old), old)
        return replace(
            self,
            gained=_plus(_plus(self.gained, old, moved), new, -moved),
            owned=_plus(_plus(self.owned, old, -moved), new, moved),
            substitutions={**self.substitutions, requested: new},
        )

    def _latest_first(self) -> Iterator[Configuration]:
        return reversed(list(self.pending_adds))


def _plus(counts: Counts, configuration: Configuration, quantity: int) -> Counts:
    return {**counts, configuration: counts.get(configuration, 0) + quantity}
