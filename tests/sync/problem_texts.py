"""Problems and notes as an operator reads them."""

from console.ordering.money import Currency
from console.services.orders import problem_texts
from console.sync.cart.differences import LineComparison
from console.sync.problems import Problem

KWD = Currency("KWD")


def text_of(problem: Problem | None) -> str:
    """The sentence for a problem."""
    return problem_texts.problem_text(problem, KWD)


def note_of(comparison: LineComparison) -> str:
    """The note beneath a line."""
    return problem_texts.line_note(comparison, KWD)
