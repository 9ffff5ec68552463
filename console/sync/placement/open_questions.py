"""Questions to the operator about a placement whose outcome cannot be proved."""

from console.api.errors import PlatformError
from console.sync.placement.order_lookup import SearchResult
from console.sync.placement.state import Placement
from console.sync.platform_rules import PlatformRules
from console.sync.problems import Problem, ProblemCode


def unresolved_question(result: SearchResult, rules: PlatformRules) -> Problem:
    """Why no order that was found is proved to be this one."""
    matches = len(result.matching_ids)
    if len(result.referenced_ids) > 1:
        return Problem(ProblemCode.DUPLICATE_REFERENCE)
    if result.refusal:
        return Problem(ProblemCode.SEARCH_REFUSED, message=result.refusal)
    if not result.complete:
        return Problem(ProblemCode.SEARCH_INCOMPLETE)
    if matches > 1:
        return Problem(ProblemCode.SEVERAL_MATCHES, counts=(matches,))
    if matches == 1:
        return Problem(ProblemCode.ONE_MATCH)
    return Problem(ProblemCode.NO_MATCH, counts=(round(rules.settle_seconds),))


def unpaid_question(placement: Placement, refusal: PlatformError) -> Problem:
    """Why an order that is on the platform does not count as placed."""
    return Problem(ProblemCode.UNPAID, message=refusal.message, subject=str(placement.order_id))
