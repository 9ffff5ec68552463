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
class Loaded:
    """A supplement, and the sentence why it is an empty one where its file could not be used."""

    supplement: Supplement
    problem: str = ""


def file_of(profile: Profile, paths: Paths) -> Path | None:
    """The file that a profile names, relative to the settings' folder; ``None`` where it names none."""
    if not profile.menu_supplement:
        return None
    return paths.settings_file.parent / Path(profile.menu_supplement).expanduser()


def menu_supplement(profile: Profile, paths: Paths, otherwise: str = "") -> Loaded:
    """The profile's menu supplement; ``otherwise`` is the text of the one to use where it names none."""
    file = file_of(profile, paths)
    if file is None and not otherwise:
        return Loaded(EMPTY_SUPPLEMENT)
    try:
        return Loaded(
            parse_supplement(Path(profile.name), otherwise.encode())
            if file is None
            else read_supplement(file)
        )
    except TomlFileError as misfit:
        return Loaded(EMPTY_SUPPLEMENT, f"The menu supplement is not used. {misfit.problems[0]}.")
