"""Every documented parameter is read, and every key of a documented sample is in the response."""

from collections.abc import Sequence

import pytest

from console.operations import OPERATIONS, OPERATIONS_BY_NAME, Operation
from console.sandbox.ignored_parameters import IGNORED_PARAMETERS
from console.sandbox.products.information import STORED_FIELDS
from tests.commands.documented_keys import documented_trees, found_trees, missing_keys
from tests.commands.in_process import recording, run_scenario
from tests.commands.steps import Outcome

QUEUED = {
    "products.update_stock_and_price",
    "products.update_attribute",
    "products.attach_images",
    "products.add_tag",
}
"""Operations whose rows are read later, from a task; the tests of their products hold what they do."""
UPDATES = {"products.update", "products.update_variant"}
APPLIED_FIELDS = {
    "brandid", "inventory", "mrp", "offerproductdescription", "producttype", "sku", "variantproperty",
    "variantsku", "variantvalue", "webprice",
}  # fmt: skip
"""Fields of an update that are applied and not stored as they are."""
SAME_READER = {
    "carts.edit": ("carts.add_items",),
    "carts.update_properties": ("carts.add_attributes",),
}
"""Operations that read an item or an attribute as others do; the scenario sends it to the others."""
ALTERNATIVES = {"productsku"}
"""Read only where the request names no id."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sequence[Outcome], dict[str, set[str]]]:
    """Take the scenario of every operation; what became of it, and the names that were read, by operation."""
    with recording() as recorder:
        outcomes = run_scenario(tmp_path_factory.mktemp("store") / "store.db")
    return outcomes, recorder.names


def names_read(operation: Operation, names: dict[str, set[str]]) -> set[str]:
    """Return what was read for an operation, or for another one at the same path."""
    path = operation.path.casefold()
    same = [other.name for other in OPERATIONS if other.path.casefold() == path]
    return set[str]().union(
        *(names.get(name, set()) for name in (*same, *SAME_READER.get(operation.name, ())))
    )


def test_every_parameter_that_is_not_listed_as_ignored_is_read(
    found: tuple[Sequence[Outcome], dict[str, set[str]]],
) -> None:
    unread: dict[str, list[str]] = {}
    for operation in OPERATIONS:
        read = names_read(operation, found[1]) | ALTERNATIVES
        if operation.name in UPDATES:
            read |= STORED_FIELDS | APPLIED_FIELDS
        ignored = IGNORED_PARAMETERS.get(operation.name, {})
        names = [p.name for p in operation.parameters if p.name not in ignored]
        missing = [name for name in names if name.casefold() not in read]
        if missing and operation.name not in QUEUED:
            unread[operation.name] = missing
    assert unread == {}


def test_every_ignored_parameter_is_one_of_its_operation() -> None:
    for operation, ignored in IGNORED_PARAMETERS.items():
        assert ignored.keys() <= {parameter.name for parameter in OPERATIONS_BY_NAME[operation].parameters}


def test_every_response_has_the_keys_of_its_documented_sample(
    found: tuple[Sequence[Outcome], dict[str, set[str]]],
) -> None:
    trees = found_trees(found[0])
    lacking = {path: list(missing_keys(sample, trees[path])) for path, sample in documented_trees().items()}
    assert {path: keys for path, keys in lacking.items() if keys} == {}
