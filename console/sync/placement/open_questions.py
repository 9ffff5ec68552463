"""Questions to the operator about a placement whose outcome cannot be proved."""

from console.api.errors import PlatformError
from console.sync.placement.order_lookup import SearchResult
from console.sync.placement.state import Placement
from console.sync.platform_rules import PlatformRules
from console.sync.problems import Problem, ProblemCode


def unresolved_question(placement: Placement, result: SearchResult, rules: PlatformRules) -> Problem:
    """Why no order that was found is proved to be this one."""
    if len(result.referenced_ids) > 1:
        return Problem(ProblemCode.DUPLICATE_REFERENCE)
    if result.refusal:
        return Problem(ProblemCode.SEARCH_REFUSED, message=result.refusal)
    if not result.complete:
        return Problem(ProblemCode.SEARCH_INCOMPLETE)
    if result.matching_ids:
        return _match_question(result, rules)
    if rules.reference is not None and not placement.owner_proved:
        return Problem(ProblemCode.OWNER_UNPROVED)
    return Problem(ProblemCode.NO_MATCH, counts=(round(rules.settle_seconds),))


def _match_question(result: SearchResult, rules: PlatformRules) -> Problem:
    """Which of the matches is this order: one may be an equal order, of this home or of another console."""
    if (matches := len(result.matching_ids)) > 1:
        return Problem(ProblemCode.SEVERAL_MATCHES, counts=(matches,))
    if rules.sole_console or rules.reference is not None:
        return Problem(ProblemCode.ONE_MATCH)
    match = next(candidate for candidate in result.candidates if candidate.matches)
    return Problem(
        ProblemCode.SHARED_MATCH, subject=str(match.order_id), message=match.placed_at, now=match.total
    )


def unpaid_question(placement: Placement, refusal: PlatformError) -> Problem:
    """Why an order that is on the platform does not count as placed."""
    return Problem(ProblemCode.UNPAID, message=refusal.message, subject=str(placement.order_id))
