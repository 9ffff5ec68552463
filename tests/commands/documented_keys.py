"""The keys of the documents' samples, and which of them the sandbox's responses lack."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from console.operations import OPERATIONS, OPERATIONS_BY_NAME
from tests.commands.steps import Outcome
from tests.paths import API_SAMPLES

KeyTree = dict[str, "KeyTree"]
"""The keys of an object, each with the keys below it; the rows of a list count as one object."""


def key_tree(value: object) -> KeyTree:
    """Return the keys in a value."""
    if isinstance(value, list):
        return merged(key_tree(row) for row in cast("list[object]", value))
    if not isinstance(value, dict):
        return {}
    return {key: key_tree(below) for key, below in cast("Mapping[str, object]", value).items()}


def merged(trees: Iterable[KeyTree]) -> KeyTree:
    """Return the keys of all trees."""
    whole: KeyTree = {}
    for tree in trees:
        for key, below in tree.items():
            whole[key] = merged((whole.get(key, {}), below))
    return whole


def missing_keys(sample: KeyTree, found: KeyTree, place: str = "") -> Iterator[str]:
    """Yield the keys of a sample that are not found, with their place; nothing is looked for below a null."""
    for key, below in sample.items():
        if key not in found:
            yield f"{place}{key}"
        elif found[key]:
            yield from missing_keys(below, found[key], f"{place}{key}.")


def documented_trees() -> dict[str, KeyTree]:
    """Return the keys of the printed responses that are no refusals, by the path of their operation."""
    trees: dict[str, list[KeyTree]] = {}
    for file in sorted(API_SAMPLES.glob("*.answer.json")):
        name = ".".join(file.name.split(".")[:2])
        if name in OPERATIONS_BY_NAME and ".refused" not in file.name:
            tree = key_tree(json.loads(file.read_text(encoding="utf-8")))
            trees.setdefault(OPERATIONS_BY_NAME[name].path, []).append(tree)
    return {path: merged(found) for path, found in trees.items()}


def found_trees(outcomes: Iterable[Outcome]) -> dict[str, KeyTree]:
    """Return the keys of the sandbox's responses, by the path of their operation."""
    trees: dict[str, list[KeyTree]] = {operation.path: [] for operation in OPERATIONS}
    for outcome in outcomes:
        if outcome.is_done:
            trees[OPERATIONS_BY_NAME[outcome.step.name].path].append(key_tree(outcome.response))
    whole = {path: merged(found) for path, found in trees.items()}
    # Which keys a line of a cart has depends on the line, not on the operation: one with a variant, a bundle.
    lines = merged(
        tree["Carts"]["CartItems"] for tree in whole.values() if "CartItems" in tree.get("Carts", {})
    )
    for tree in whole.values():
        if "CartItems" in tree.get("Carts", {}):
            tree["Carts"]["CartItems"] = lines
    return whole
