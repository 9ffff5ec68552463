"""The menu supplement of a store profile: its file, or what came with the connection.

Used by the door, and by ``store-console menu check``.
"""

from dataclasses import dataclass
from pathlib import Path

from console.config.menu_supplement import EMPTY_SUPPLEMENT, Supplement, parse_supplement, read_supplement
from console.config.paths import Paths
from console.config.profiles import Profile
from console.config.toml_loader import TomlFileError


@dataclass(frozen=True, slots=True)
class LoadedSupplement:
    """A supplement, and the sentence why it is an empty one where its file could not be used."""

    supplement: Supplement
    problem: str = ""


def supplement_path(profile: Profile, paths: Paths) -> Path | None:
    """The file that a profile names, relative to the settings' folder; ``None`` where it names none."""
    if not profile.menu_supplement:
        return None
    return paths.settings_file.parent / Path(profile.menu_supplement).expanduser()


def load_menu_supplement(profile: Profile, paths: Paths, fallback: str = "") -> LoadedSupplement:
    """The profile's menu supplement; ``fallback`` is the text of the one to use where it names none."""
    file = supplement_path(profile, paths)
    if file is None and not fallback:
        return LoadedSupplement(EMPTY_SUPPLEMENT)
    try:
        return LoadedSupplement(
            parse_supplement(Path(profile.name), fallback.encode()) if file is None else read_supplement(file)
        )
    except TomlFileError as misfit:
        return LoadedSupplement(EMPTY_SUPPLEMENT, f"The menu supplement is not used. {misfit.problems[0]}.")
