"""``menu check FILE``: whether a menu supplement can be used, and whether it fits a platform's menu.

Called by the command line.
"""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from console.api.errors import PlatformError
from console.api.service import Api
from console.desk.changes import Trouble
from console.desk.settings import SettingsDesk
from console.paths import Paths
from console.profiles import Profile
from console.shell.platform import reached
from console.supplement import BundleEntry, ItemEntry, Supplement, read
from console.toml_file import Lines, Place, TomlMisfit

_Finding = tuple[Place, str]


def check(options: argparse.Namespace) -> int:
    """Print every problem, or what the file holds; 0 only where it can be used."""
    file: Path = options.file
    try:
        supplement = read(file)
        findings = asyncio.run(_against(supplement, options.profile)) if options.profile else []
        lines = Lines(file.read_text("utf-8"))
        problems = [lines.problem(file, place, text) for place, text in findings]
    except TomlMisfit as misfit:
        problems = list(misfit.problems)
    except (Trouble, PlatformError) as failure:
        print(f"store-console menu check: {failure.sentence}", file=sys.stderr)
        return 1
    else:
        if not problems:
            print(f"{file.name}: {contents(supplement)}.")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def contents(supplement: Supplement) -> str:
    """What a supplement holds, in figures."""
    groups = [group for bundle in supplement.bundles for group in bundle.groups]
    items = sum(len(group.items) for group in groups)
    return f"{len(supplement.bundles)} bundles and deals, {len(groups)} groups, {items} items"


async def _against(supplement: Supplement, name: str) -> list[_Finding]:
    """What of a supplement does not fit a profile and its platform.

    Raises:
        Trouble: there is no such profile, or it cannot be used.
        PlatformError: the platform is not there, or refuses.
    """
    paths = Paths.of_this_machine()
    profile = (await SettingsDesk.open(paths)).chosen(name).active
    connected = await reached(paths, name, "")
    api = Api(connected.endpoint)
    try:
        findings = _of_profile(supplement, profile)
        return findings + [finding async for finding in _of_platform(supplement, api)]
    finally:
        await api.aclose()
        connected.close()


def _of_profile(supplement: Supplement, profile: Profile) -> list[_Finding]:
    wished = supplement.half_rule
    if wished is None or wished is profile.half_rule:
        return []
    return [(("half_rule",), f"is {wished}, and the profile {profile.name} has {profile.half_rule}")]


async def _of_platform(supplement: Supplement, api: Api) -> AsyncIterator[_Finding]:
    """What the platform does not know or list; a base need not be listed, as in the documents."""
    ids = {bundle.product for bundle in supplement.bundles}
    bases = {i.product for b in supplement.bundles for g in b.groups if g.base for i in g.items}
    known = await api.products.multiple(product_ids=sorted(ids | bases))
    there = {product.product_id for product in known}
    for number, bundle in enumerate(supplement.bundles):
        place: Place = ("bundle", number)
        if bundle.product not in there:
            yield (*place, "product"), "the platform has no such product"
            continue
        listed = (await api.products.bundle_items(product_id=bundle.product)).items
        forms: dict[int, set[int]] = {}
        for row in listed:
            forms.setdefault(row.product_id, set()).add(row.variant_id)
        for finding in _of_bundle(bundle, place, forms, there & bases):
            yield finding


def _of_bundle(
    bundle: BundleEntry, place: Place, forms: dict[int, set[int]], bases: set[int]
) -> list[_Finding]:
    findings: list[_Finding] = []
    for group_number, group in enumerate(bundle.groups):
        for item_number, item in enumerate(group.items):
            here = (*place, "group", group_number, "item", item_number)
            if item.product in forms:
                findings += _of_form(item, here, forms[item.product])
            elif not (group.base and item.product in bases):
                findings.append(((*here, "product"), "the platform does not list this item for the bundle"))
    return findings


def _of_form(item: ItemEntry, place: Place, forms: set[int]) -> list[_Finding]:
    if item.variant is None or item.variant in forms:
        return []
    return [((*place, "variant"), f"is no variant of product {item.product}")]
