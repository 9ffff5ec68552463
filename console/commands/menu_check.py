"""``menu check FILE``: checks a menu supplement, also against a platform's menu."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from console.api.client import ApiClient
from console.api.errors import PlatformError
from console.commands.platform_connection import open_platform_connection
from console.config.menu_supplement import BundleEntry, ItemEntry, Supplement, read_supplement
from console.config.paths import Paths
from console.config.profiles import Profile
from console.config.toml_loader import KeyPath, TomlFileError, TomlLines
from console.services.events import ServiceError
from console.services.settings import SettingsService

_Finding = tuple[KeyPath, str]


def check_menu_supplement(options: argparse.Namespace) -> int:
    """Print every problem, or the file's contents; return 0 only if it can be used."""
    file: Path = options.file
    try:
        supplement = read_supplement(file)
        findings = asyncio.run(_check_against_profile(supplement, options.profile)) if options.profile else []
        lines = TomlLines(file.read_text("utf-8"))
        problems = [lines.problem(file, place, text) for place, text in findings]
    except TomlFileError as error:
        problems = list(error.problems)
    except (ServiceError, PlatformError) as error:
        print(f"store-console menu check: {error.message}", file=sys.stderr)
        return 1
    else:
        if not problems:
            print(f"{file.name}: {describe_contents(supplement)}.")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def describe_contents(supplement: Supplement) -> str:
    """Return a supplement's contents in numbers."""
    groups = [group for bundle in supplement.bundles for group in bundle.groups]
    items = sum(len(group.items) for group in groups)
    return f"{len(supplement.bundles)} bundles and deals, {len(groups)} groups, {items} items"


async def _check_against_profile(supplement: Supplement, name: str) -> list[_Finding]:
    """Compare a supplement with a profile and its platform.

    Raises:
        ServiceError: there is no such profile, or it cannot be used.
        PlatformError: the platform is unreachable, or refuses.
    """
    paths = Paths.from_environment()
    profile = (await SettingsService.open(paths)).find_profile(name)
    connection = await open_platform_connection(paths, name, "")
    api = ApiClient(connection.endpoint)
    try:
        findings = _profile_findings(supplement, profile)
        return findings + [finding async for finding in _platform_findings(supplement, api)]
    finally:
        await api.aclose()
        connection.close()


def _profile_findings(supplement: Supplement, profile: Profile) -> list[_Finding]:
    rule, profile_rule = supplement.half_rule, profile.pricing.half_rule
    if rule is None or rule is profile_rule:
        return []
    return [(("half_rule",), f"is {rule}, and the profile {profile.name} has {profile_rule}")]


async def _platform_findings(supplement: Supplement, api: ApiClient) -> AsyncIterator[_Finding]:
    """Find what the platform does not know or list; a base need not be listed, as documented."""
    ids = {bundle.product for bundle in supplement.bundles}
    bases = {i.product for b in supplement.bundles for g in b.groups if g.base for i in g.items}
    products = await api.products.multiple(product_ids=sorted(ids | bases))
    known_ids = {product.product_id for product in products}
    for number, bundle in enumerate(supplement.bundles):
        path: KeyPath = ("bundle", number)
        if bundle.product not in known_ids:
            yield (*path, "product"), "the platform has no such product"
            continue
        listed = (await api.products.bundle_items(product_id=bundle.product)).items
        variants: dict[int, set[int]] = {}
        for row in listed:
            variants.setdefault(row.product_id, set()).add(row.variant_id)
        for finding in _bundle_findings(bundle, path, variants, known_ids & bases):
            yield finding


def _bundle_findings(
    bundle: BundleEntry, path: KeyPath, variants: dict[int, set[int]], bases: set[int]
) -> list[_Finding]:
    findings: list[_Finding] = []
    for group_number, group in enumerate(bundle.groups):
        for item_number, item in enumerate(group.items):
            item_path = (*path, "group", group_number, "item", item_number)
            if item.product in variants:
                findings += _variant_findings(item, item_path, variants[item.product])
            elif not (group.base and item.product in bases):
                findings.append(
                    ((*item_path, "product"), "the platform does not list this item for the bundle")
                )
    return findings


def _variant_findings(item: ItemEntry, path: KeyPath, variants: set[int]) -> list[_Finding]:
    if item.variant is None or item.variant in variants:
        return []
    return [((*path, "variant"), f"is not a variant of product {item.product}")]
