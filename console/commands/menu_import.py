"""``menu import FILE``: makes a menu supplement from the groups that the platform's Front API sends."""

import argparse
import asyncio
import json
import sys
from decimal import Decimal
from pathlib import Path

from console.commands.menu_check import describe_contents
from console.config.menu_supplement import parse_supplement
from console.config.paths import Paths
from console.config.private_files import ensure_private_folder, write_private_file
from console.config.profiles import Profile
from console.config.supplement_writer import supplement_to_text
from console.config.toml_loader import TomlFileError
from console.config.vocabulary_settings import to_vocabulary
from console.ordering.property_names import PropertyNames
from console.services.catalogue.front_import import FrontImport, import_front_groups
from console.services.catalogue.supplement import supplement_path
from console.services.events import ServiceError
from console.services.settings import SettingsService

MAX_BYTES = 64 * 1024 * 1024
STANDARD_INPUT = "-"


class MenuImportError(Exception):
    """The answer cannot be imported; the text is a sentence."""


def import_menu(options: argparse.Namespace) -> int:
    """Print the supplement, or save it for a profile or as a file; return 0 only if it can be used."""
    try:
        settings = asyncio.run(SettingsService.open(Paths.from_environment())) if options.profile else None
        profile = settings.find_profile(options.profile) if settings else None
        imported = import_front_groups(_read(options.file), _property_names(profile))
        text = _checked_text(imported)
        for note in imported.notes:
            print(f"store-console menu import: {note}", file=sys.stderr)
        if settings is None and options.output is None:
            print(text, end="")
            return 0
        target = options.output or _profile_file(settings, profile)
        _save(target, text, replace=options.replace)
        print(f"{target}: {describe_contents(imported.supplement)}.")
        if settings and profile and supplement_path(profile, settings.paths) != target:
            asyncio.run(_name_in_profile(settings, profile, target.absolute()))
            print(f"The profile {profile.name} uses it from the next start.")
    except (MenuImportError, ServiceError) as error:
        print(f"store-console menu import: {error}", file=sys.stderr)
        return 1
    return 0


def _read(file: str) -> object:
    """Read an answer of the Front API, saved in a file or from standard input.

    Raises:
        MenuImportError: it cannot be read, or is no JSON.
    """
    name = "The answer" if file == STANDARD_INPUT else Path(file).name
    try:
        if file == STANDARD_INPUT:
            raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise MenuImportError(f"{name} cannot be read ({error.strerror or error}).") from error
    if len(raw) > MAX_BYTES:
        raise MenuImportError(f"{name} is larger than {MAX_BYTES // 1024 // 1024} MB.")
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise MenuImportError(f"{name} is not JSON.") from error


def _property_names(profile: Profile | None) -> PropertyNames:
    if profile is None:
        return PropertyNames()
    return to_vocabulary(profile.order_states, profile.properties).properties


def _checked_text(imported: FrontImport) -> str:
    """Return the supplement as text that ``menu check`` accepts.

    Raises:
        MenuImportError: there is no bundle in it, or it contradicts itself.
    """
    if not imported.supplement.bundles:
        raise MenuImportError("; ".join((*imported.notes, "there are no groups in it.")))
    text = supplement_to_text(imported.supplement)
    try:
        parse_supplement(Path("the supplement"), text.encode())
    except TomlFileError as error:
        raise MenuImportError(f"It does not make a supplement. {error.problems[0]}.") from error
    return text


def _profile_file(settings: SettingsService | None, profile: Profile | None) -> Path:
    """Return the file that a profile names, or a new name beside the settings."""
    paths = settings.paths if settings else Paths.from_environment()
    if profile is not None and (named := supplement_path(profile, paths)) is not None:
        return named
    letters = (letter if letter.isalnum() else " " for letter in (profile.name if profile else ""))
    name = "-".join("".join(letters).lower().split()) or "store"
    return paths.settings_file.parent / f"{name}-menu.toml"


def _save(file: Path, text: str, *, replace: bool) -> None:
    """Save the supplement.

    Raises:
        MenuImportError: the file is there already, or cannot be written.
    """
    if file.exists() and not replace:
        raise MenuImportError(f"{file} exists. With --replace it is replaced.")
    try:
        ensure_private_folder(file.parent)
        write_private_file(file, text.encode())
    except OSError as error:
        raise MenuImportError(f"{file} cannot be written ({error.strerror or error}).") from error


async def _name_in_profile(settings: SettingsService, profile: Profile, file: Path) -> None:
    """Name the file in a profile.

    Raises:
        ServiceError: the settings cannot be saved.
    """
    is_beside = file.parent == settings.paths.settings_file.parent
    name = file.name if is_beside else str(file)
    await settings.save_profile(profile.with_values(menu_supplement=name), "", replaces=profile.name)
