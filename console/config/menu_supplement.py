"""The menu supplement: data on bundles and deals that a platform does not send.

A file beside the settings; docs/menu-supplement.md describes its format.
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
"""Units of one item: more is a typing error."""

_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,3})?", re.ASCII)


def _amount(value: object) -> Decimal:
    # A TOML float would lose digits.
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return Decimal(value)
    raise ValueError('must be an amount in quotes, such as "3.250"')


Amount = Annotated[Decimal, BeforeValidator(_amount)]
Id = Annotated[int, Strict(), Field(ge=1, lt=2**63)]
Count = Annotated[int, Strict(), Field(ge=0, le=MAX_UNITS)]
Flag = Annotated[bool, Strict()]
Title = Annotated[str, Field(max_length=200)]


class _SupplementEntry(BaseModel):
    """Base of all tables. An unknown key is an error, so that typing errors show."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, validate_by_alias=True
    )


class ItemEntry(_SupplementEntry):
    """A product that a group may contain."""

    product: Id
    """The product's id on the platform."""
    quantity: Count = 0
    """Units in the default bundle."""
    variant: Id | None = None
    """Its default variant; without it the default strength."""
    included: Amount | None = None
    """Price of the default strength here; without it the item's own."""
    whole_only: Flag = False
    """True if it cannot go on one half."""
    base_prices: Mapping[str, Amount] = Field(default_factory=dict[str, Decimal])
    """In a deal: price of a bundle's base in this slot, by size."""
    extra: Amount = Decimal(0)
    """In a deal: surcharge for choosing it."""
    is_bundle: Flag = Field(default=False, alias="bundle")
    """True if it has groups of its own."""


class GroupEntry(_SupplementEntry):
    """A group of a bundle, or a slot of a deal."""

    group_id: Id = Field(alias="id")
    """The group's id on the platform."""
    title: Title
    """The title that the operator reads."""
    minimum: Count = 0
    """Fewest units of its items."""
    maximum: Count | None = None
    """Most units of its items; no limit without it."""
    free: Count = 0
    """Units that are free, among those without an included price."""
    base: Flag = False
    """True for the group of crust and size."""
    items: tuple[ItemEntry, ...] = Field(alias="item", min_length=1)
    """Its items."""


class BundleEntry(_SupplementEntry):
    """A bundle or a deal."""

    product: Id
    """The product's id on the platform."""
    title: Title = ""
    """A comment for whoever reads the file."""
    deal: Flag = False
    """True if its groups are slots that hold products and bundles."""
    price: Amount = Decimal(0)
    """Price before its items are added."""
    floor: Amount = Decimal(0)
    """Lowest total price."""
    groups: tuple[GroupEntry, ...] = Field(alias="group", min_length=1)
    """Its groups, in the order they are shown."""


class Supplement(_SupplementEntry):
    """A whole file."""

    version: Literal[1]
    """The version of this format."""
    half_rule: HalfRule | None = None
    """The store's rule for half a topping; ``menu check`` compares it with the profile's."""
    bundles: tuple[BundleEntry, ...] = Field(default=(), alias="bundle")
    """The bundles and deals."""

    def find_bundle(self, product_id: int) -> BundleEntry | None:
        """Return the entry of a product, or None."""
        return next((entry for entry in self.bundles if entry.product == product_id), None)


EMPTY_SUPPLEMENT = Supplement(version=1)
"""The supplement of a profile without one."""


def read_supplement(file: Path) -> Supplement:
    """Read a supplement file.

    Raises:
        TomlFileError: the file cannot be read, does not fit the format or contradicts itself.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        problem = TomlProblem(file, 0, "", f"cannot be read ({error.strerror or error})")
        raise TomlFileError([problem]) from error
    return parse_supplement(file, raw)


def parse_supplement(file: Path, raw: bytes) -> Supplement:
    """Parse a supplement file's content; ``file`` only names it in errors.

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
        yield (*path, "maximum"), f"is less than the {default_units} units of the default"
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
    """Yield the index of each id that came before."""
    counts: Counter[int] = Counter()
    for number, entry_id in enumerate(ids):
        if counts[entry_id]:
            yield number
        counts[entry_id] += 1
