"""The menu supplement: what a platform does not say of bundles and deals, in a file beside the settings.

Read by the desk and by ``store-console menu check``; docs/menu-supplement.md has the format.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict

from console.config.toml_loader import KeyPath, TomlFileError, TomlLines, TomlProblem, load_toml
from console.ordering.pricing.half_rule import HalfRule

MAX_UNITS = 99
"""Units of one item; more is a slip of the finger."""

_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,3})?", re.ASCII)


def _amount(value: object) -> Decimal:
    # A TOML float would lose digits on the way.
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return Decimal(value)
    raise ValueError('must be an amount in quotes, such as "3.250"')


Amount = Annotated[Decimal, BeforeValidator(_amount)]
Id = Annotated[int, Strict(), Field(ge=1, lt=2**63)]
Count = Annotated[int, Strict(), Field(ge=0, le=MAX_UNITS)]
Flag = Annotated[bool, Strict()]
Title = Annotated[str, Field(max_length=200)]


class _SupplementEntry(BaseModel):
    """What all tables share. A key that is not known is a slip of the pen, and told."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, validate_by_alias=True
    )


class ItemEntry(_SupplementEntry):
    """A product that may go into a group."""

    product: Id
    """The product's id on the platform."""
    quantity: Count = 0
    """How many of it the menu puts in unasked."""
    variant: Id | None = None
    """The form it has unasked; without it the usual strength."""
    included: Amount | None = None
    """What the usual strength costs here; without it its own price."""
    whole_only: Flag = False
    """Whether it cannot lie on a half."""
    base_prices: Mapping[str, Amount] = Field(default_factory=dict[str, Decimal])
    """In a deal: what the base of a bundle costs in this slot, by size."""
    extra: Amount = Decimal(0)
    """In a deal: what choosing it costs on top."""
    is_bundle: Flag = Field(default=False, alias="bundle")
    """Whether it has groups of its own."""


class GroupEntry(_SupplementEntry):
    """A group of a bundle, or a slot of a deal."""

    group_id: Id = Field(alias="id")
    """The group's id on the platform."""
    title: Title
    """What the operator reads."""
    minimum: Count = 0
    """The fewest units of its items."""
    maximum: Count | None = None
    """The most units of its items; without it there is no limit."""
    free: Count = 0
    """How many units cost nothing, of those without an included price."""
    base: Flag = False
    """Whether it is the group of crust and size."""
    items: tuple[ItemEntry, ...] = Field(alias="item", min_length=1)
    """What may go in."""


class BundleEntry(_SupplementEntry):
    """A bundle or a deal."""

    product: Id
    """The product's id on the platform."""
    title: Title = ""
    """For the reader's eye only."""
    deal: Flag = False
    """Whether its groups are slots that hold products and bundles."""
    price: Amount = Decimal(0)
    """What it costs before anything that is in it."""
    floor: Amount = Decimal(0)
    """The least it ever costs."""
    groups: tuple[GroupEntry, ...] = Field(alias="group", min_length=1)
    """Its groups, in the order they are asked in."""


class Supplement(_SupplementEntry):
    """A whole file."""

    version: Literal[1]
    """The version of this format."""
    half_rule: HalfRule | None = None
    """What the store says half a topping costs; only held against the profile by ``menu check``."""
    bundles: tuple[BundleEntry, ...] = Field(default=(), alias="bundle")
    """The bundles and deals."""

    def find_bundle(self, product_id: int) -> BundleEntry | None:
        """The entry of this product."""
        return next((entry for entry in self.bundles if entry.product == product_id), None)


EMPTY_SUPPLEMENT = Supplement(version=1)
"""The supplement of a profile that names none."""


def read_supplement(file: Path) -> Supplement:
    """What a file says.

    Raises:
        TomlFileError: it cannot be read, does not fit the format or contradicts itself.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        problem = TomlProblem(file, 0, "", f"cannot be read ({error.strerror or error})")
        raise TomlFileError([problem]) from error
    return parse_supplement(file, raw)


def parse_supplement(file: Path, raw: bytes) -> Supplement:
    """What a file's content says. ``file`` is only named.

    Raises:
        TomlFileError: as for ``read_supplement``.
    """
    supplement = load_toml(file, raw, Supplement)
    contradictions = list(_contradictions(supplement))
    if contradictions:
        lines = TomlLines(raw.decode())
        raise TomlFileError([lines.problem(file, place, text) for place, text in contradictions])
    return supplement


_Finding = tuple[KeyPath, str]


def _contradictions(supplement: Supplement) -> Iterator[_Finding]:
    for number in _duplicate_indexes(entry.product for entry in supplement.bundles):
        yield ("bundle", number, "product"), "this bundle is in the file twice"
    for number, bundle in enumerate(supplement.bundles):
        yield from _bundle_contradictions(bundle, ("bundle", number))


def _bundle_contradictions(bundle: BundleEntry, path: KeyPath) -> Iterator[_Finding]:
    bases = [number for number, group in enumerate(bundle.groups) if group.base]
    for number in _duplicate_indexes(group.group_id for group in bundle.groups):
        yield (*path, "group", number, "id"), "this group is in the bundle twice"
    if bundle.deal:
        for number in bases:
            yield (*path, "group", number, "base"), "a deal has no base of its own"
    elif not bases:
        yield path, "a bundle needs one group with base = true, and a deal deal = true"
    for number in bases[1:] if not bundle.deal else ():
        yield (*path, "group", number, "base"), "a bundle has one base, and this is another"
    for number, group in enumerate(bundle.groups):
        yield from _group_contradictions(group, (*path, "group", number))
        if not bundle.deal:
            yield from _deal_only_fields(group, (*path, "group", number))


def _group_contradictions(group: GroupEntry, path: KeyPath) -> Iterator[_Finding]:
    maximum = group.maximum
    if maximum is not None and group.minimum > maximum:
        yield (*path, "minimum"), f"is more than the maximum of {maximum}"
    if maximum is not None and group.free > maximum:
        yield (*path, "free"), f"is more than the maximum of {maximum}"
    default_units = sum(item.quantity for item in group.items)
    if maximum is not None and default_units > maximum:
        yield (*path, "maximum"), f"is less than the {default_units} that are in unasked"
    if group.base and (len(group.items) != 1 or default_units != 1):
        yield (*path, "item"), "a base group has one item, of quantity 1"
    for number in _duplicate_indexes(item.product for item in group.items):
        yield (*path, "item", number, "product"), "this product is in the group twice"


def _deal_only_fields(group: GroupEntry, path: KeyPath) -> Iterator[_Finding]:
    for number, item in enumerate(group.items):
        for key, value in (("base_prices", item.base_prices), ("extra", item.extra)):
            if value:
                yield (*path, "item", number, key), "is for the slots of a deal"
        if item.is_bundle:
            yield (*path, "item", number, "bundle"), "is for the slots of a deal"


def _duplicate_indexes(ids: Iterable[int]) -> Iterator[int]:
    """The places, from 0, of what was there before."""
    counts: Counter[int] = Counter()
    for number, entry_id in enumerate(ids):
        if counts[entry_id]:
            yield number
        counts[entry_id] += 1
