"""Routing: the operation of a method and a path, by the table's own templates.

Paths match in any case, as the documents spell them both ways.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from console.operations import Operation

ALIASES: Mapping[str, tuple[str, ...]] = {
    "products.auto_complete": ("Product/ProductAutoComplete/{merchantId}/{keyword}/{limit}/{locationId}",),
    "products.with_attributes": ("Product/InformrationNAttr/{merchantId}/{productid}",),
    "carts.add_free_products": ("AddFreeProducts/{merchantId}/{promotionruleid}",),
    "carts.coupon_suggestions": ("CouponSuggestion/{merchantId}",),
}
"""Paths that the documents' samples spell in another way than their operation."""


@dataclass(frozen=True, slots=True)
class RouteMatch:
    """An operation and the arguments in its path, by lower-case name."""

    operation: Operation
    arguments: Mapping[str, str]


class Router:
    """The routes of some operations. If several share a path, the first wins: they differ by body only."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._routes: dict[tuple[str, int], list[tuple[tuple[str, ...], Operation]]] = {}
        for operation in operations:
            for template in (*operation.paths, *ALIASES.get(operation.name, ())):
                segments = _segments(template)
                routes = self._routes.setdefault((operation.method, len(segments)), [])
                routes.append((segments, operation))
        for routes in self._routes.values():
            routes.sort(key=lambda route: sum(segment.startswith("{") for segment in route[0]))

    def find(self, method: str, path: str) -> RouteMatch | None:
        """Return the operation of a path below ``/developerapi/``, still escaped; ``None`` without one."""
        parts = tuple(path.strip("/").split("/"))
        for segments, operation in self._routes.get((method, len(parts)), ()):
            if all(a.startswith("{") or a == b.casefold() for a, b in zip(segments, parts, strict=True)):
                arguments = {
                    name.strip("{}"): unquote(value)
                    for name, value in zip(segments, parts, strict=True)
                    if name.startswith("{")
                }
                return RouteMatch(operation, arguments)
        return None


def _segments(template: str) -> tuple[str, ...]:
    return tuple(template.strip("/").casefold().split("/"))
