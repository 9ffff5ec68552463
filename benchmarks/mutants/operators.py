"""Mutations that mutmut does not know: guards, operands, elements and whole statements removed.

mutmut has one list of operators, each a node type and a function from such a node to its mutated forms. It
passes over decorated functions, which here are properties: ``mutate_properties`` lets it in.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast

import libcst as cst
from mutmut.mutation import file_mutation, mutators

Operator = Callable[[Any], Iterable[cst.CSTNode]]


def without_guard(node: cst.If) -> Iterator[cst.If]:
    """A condition that never holds: the guard, or the branch, is gone."""
    yield node.with_changes(test=cst.Name("False"))


def without_filter(node: cst.CompIf) -> Iterator[cst.CompIf]:
    """A comprehension that takes everything."""
    yield node.with_changes(test=cst.Name("True"))


def without_operand(node: cst.BooleanOperation) -> Iterator[cst.BaseExpression]:
    """One side of an ``and`` or ``or`` alone."""
    for operand in (node.left, node.right):
        # With the parentheses of the whole, which may go over several lines.
        yield operand.with_changes(lpar=[*node.lpar, *operand.lpar], rpar=[*operand.rpar, *node.rpar])


def without_element(node: cst.Tuple | cst.List | cst.Set | cst.Dict) -> Iterator[cst.BaseExpression]:
    """A display without one of its elements. A tuple of names may be assigned to: it is left alone."""
    elements: Sequence[cst.BaseElement | cst.BaseDictElement] = node.elements
    is_target = isinstance(node, cst.Tuple) and all(
        isinstance(element, cst.Element) and isinstance(element.value, cst.Name) for element in elements
    )
    if len(elements) < 2 or is_target:
        return
    for index in range(len(elements)):
        yield node.with_changes(elements=[*elements[:index], *elements[index + 1 :]])


def without_statement(node: cst.SimpleStatementLine) -> Iterator[cst.SimpleStatementLine]:
    """No call where one is made for its effect, and no error where one is raised again."""
    match node.body:
        case [cst.Expr(value=cst.Call() | cst.Await())] | [cst.Raise(exc=None)]:
            yield node.with_changes(body=[cst.Pass()])
        case _:
            return


def other_text(node: cst.BaseString) -> Iterator[cst.BaseString]:
    """One other text, instead of mutmut's three: SQL, headers and codes are often the same in other case."""
    yield from list(mutators.operator_string(node))[:1]


OWN_OPERATORS: list[tuple[type[cst.CSTNode], Operator]] = [
    (cst.If, without_guard),
    (cst.CompIf, without_filter),
    (cst.BooleanOperation, without_operand),
    (cst.Tuple, without_element),
    (cst.List, without_element),
    (cst.Set, without_element),
    (cst.Dict, without_element),
    (cst.SimpleStatementLine, without_statement),
    (cst.BaseString, other_text),
]


def add_own_operators() -> None:
    """Give mutmut the operators above, before it makes mutants."""
    operators = cast("list[tuple[type, Operator]]", mutators.mutation_operators)
    operators[:] = [entry for entry in operators if entry[1] is not mutators.operator_string]
    operators += OWN_OPERATORS


def mutate_properties() -> None:
    """Let mutmut into properties: each is made of the function that it chooses, as any other function is."""
    skips = file_mutation.MutationVisitor._skip_node_and_children
    arrange = file_mutation.function_trampoline_arrangement

    def skips_all_but_properties(self: file_mutation.MutationVisitor, node: cst.CSTNode) -> bool:
        return not _is_property(node) and skips(self, node)

    def arrange_property(
        function: cst.FunctionDef, mutants: Iterable[file_mutation.Mutation], class_name: str | None
    ) -> tuple[Any, Any, Any, Sequence[str]]:
        if not _is_property(function):
            return arrange(function, mutants, class_name)
        plain = function.with_changes(decorators=[])
        before, (chooser, *forms), after, names = arrange(plain, mutants, class_name)
        chooser = cst.ensure_type(chooser, cst.FunctionDef)
        chooser = chooser.with_changes(decorators=[*function.decorators, *chooser.decorators])
        return before, [chooser, *forms], after, names

    file_mutation.MutationVisitor._skip_node_and_children = skips_all_but_properties
    file_mutation.function_trampoline_arrangement = arrange_property


def _is_property(node: cst.CSTNode) -> bool:
    match node:
        case cst.FunctionDef(decorators=[cst.Decorator(decorator=cst.Name(value="property"))]):
            return True
        case _:
            return False
