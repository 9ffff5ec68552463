"""The menu supplement of a store profile: its file, or the one that came with the endpoint."""

from dataclasses import dataclass
from pathlib import Path

from console.config.menu_supplement import EMPTY_SUPPLEMENT, Supplement, parse_supplement, read_supplement
from console.config.paths import Paths
from console.config.profiles import Profile
from console.config.toml_loader import TomlFileError


@dataclass(frozen=True, slots=True)
class LoadedSupplement:
    """A supplement; where its file cannot be used, an empty one and the reason."""

    supplement: Supplement
    problem: str = ""


def supplement_path(profile: Profile, paths: Paths) -> Path | None:
    """Return the file that a profile names, relative to the settings' folder, or None."""
    if not profile.menu_supplement:
        return None
    return paths.settings_file.parent / Path(profile.menu_supplement).expanduser()


def load_menu_supplement(profile: Profile, paths: Paths, fallback: str = "") -> LoadedSupplement:
    """Load a profile's menu supplement; ``fallback`` is the text to use where it names none."""
    file = supplement_path(profile, paths)
    if file is None and not fallback:
        return LoadedSupplement(EMPTY_SUPPLEMENT)
    try:
        return LoadedSupplement(
            parse_supplement(Path(profile.name), fallback.encode()) if file is None else read_supplement(file)
        )
    except TomlFileError as error:
        return LoadedSupplement(EMPTY_SUPPLEMENT, f"Menu supplement not used: {error.problems[0]}.")
