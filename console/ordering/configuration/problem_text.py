"""The sentences for the problems of a configuration."""

from typing import assert_never

from console.ordering.configuration.base import Components
from console.ordering.configuration.bundle import Bundle, BundleItem, Bundles
from console.ordering.configuration.validation import Problem, ProblemKind, find_problems


def problems(
    bundle: Bundle, components: Components, bundles: Bundles, *, deal_slot: BundleItem | None = None
) -> tuple[str, ...]:
    """Why a configuration cannot be ordered, as sentences without repetition; empty if it can.

    ``deal_slot`` is its place in a deal.
    """
    found = find_problems(bundle, components, bundles, deal_slot=deal_slot)
    return tuple(dict.fromkeys(map(problem_text, found)))


def problem_text(problem: Problem) -> str:
    """The sentence for a problem, behind the titles of the bundles that it is inside."""
    return ": ".join((*problem.inside, _sentence(problem)))


def _sentence(problem: Problem) -> str:  # noqa: PLR0911 (one row a kind)
    title, detail, count, limit = problem.title, problem.detail, problem.count, problem.limit
    match problem.kind:
        case ProblemKind.NO_BASE:
            return f"Choose a size and a crust of {title}."
        case ProblemKind.BASE_NOT_IN_DEAL:
            return f"This deal has no {detail} {title}."
        case ProblemKind.SEVERAL_BASES:
            return f"{title} has more than one base."
        case ProblemKind.NOT_ON_BUNDLE:
            return f"{title or 'A part'} does not go on {detail}."
        case ProblemKind.NOT_IN_SIZE:
            return f"{title} cannot be had in {detail or 'this form'}."
        case ProblemKind.WHOLE_ONLY:
            return f"{title} goes on the whole only."
        case ProblemKind.NO_QUANTITY:
            return f"{title} has no quantity."
        case ProblemKind.OVERLAPPING:
            return f"{title} is on it twice."
        case ProblemKind.TOO_FEW:
            return f"Choose {limit - count} {'more ' if count else ''}of {title}."
        case ProblemKind.TOO_MANY:
            return f"{title} takes {limit} at most, and {count} are on it."
        case _:
            assert_never(problem.kind)
